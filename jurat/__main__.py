"""`python -m jurat` is the command `jurat`."""

import sys

from jurat.cli import main

if __name__ == "__main__":
    sys.exit(main())
