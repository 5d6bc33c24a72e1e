#!/usr/bin/env python
"""Django's commands; without configured servers each one brings its own."""

import os
import sys

from django.core.management import execute_from_command_line

from config.embedded import Trouble
from config.embedded.commands import provided_for


def main() -> None:
    """Run the command that the arguments name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        with provided_for(sys.argv[1:]):
            execute_from_command_line(sys.argv)
    except Trouble as trouble:
        sys.exit(str(trouble))


if __name__ == "__main__":
    main()
