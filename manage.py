#!/usr/bin/env python
"""Django's command line, with a database behind it."""

import os
import sys

from django.core.management import execute_from_command_line

from config import embedded

MALFORMED = 2


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
    except Exception as error:
        # Its class cannot be asked for by name: the package it is in does not load.
        if type(error).__name__ != "RulebookError":
            raise
        sys.stderr.write(f"规则文件有误：{error}\n")
        sys.exit(MALFORMED)


if __name__ == "__main__":
    main()
