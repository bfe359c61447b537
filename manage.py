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
    try:
        execute_from_command_line(sys.argv)
    except Exception as wrong:
        if not unreadable_rules(wrong):
            raise
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)


def unreadable_rules(wrong: Exception) -> bool:
    """Whether the rulebook could not be read, which stops every command.

    It is read as it is imported, so that its own class cannot be imported here.
    """
    types = sys.modules.get("workflows.rulebook.types")
    return types is not None and isinstance(wrong, types.RulebookError)


if __name__ == "__main__":
    main()
