#!/usr/bin/env python
"""Django's command line, with a database behind it."""

import os
import sys

from django.core.management import execute_from_command_line

from config import embedded


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if embedded.wanted_by(sys.argv[1:]):
        try:
            embedded.hold()
        except embedded.CannotStart as reason:
            sys.exit(str(reason))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
