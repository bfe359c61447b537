"""Entries to fill a log with, as the tests of the record write them."""

from tests.audit.conftest import clerk as clerk  # noqa: PLC0414
from tests.audit.conftest import facts_of as facts_of  # noqa: PLC0414
from tests.audit.conftest import the_clock as the_clock  # noqa: PLC0414
from tests.audit.conftest import write as write  # noqa: PLC0414
