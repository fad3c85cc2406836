"""`python -m jurat` is the command `jurat`."""

from jurat.cli import run

if __name__ == "__main__":
    run()
