"""The front door: looks at the arguments before anything is imported.

``deskterm --version`` is asked by scripts and prompts, and the console is opened all day; neither
may pay for the command line's machinery. Everything else is `deskterm.cli`.
"""

import sys

from deskterm import __version__


def main() -> int:
    """Run deskterm with the process's arguments and return its exit status."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        sys.stdout.write(f"deskterm {__version__}\n")
        return 0
    from deskterm.cli.door import enter

    return enter(arguments)


if __name__ == "__main__":
    sys.exit(main())
