"""The command line. Results go to standard output, all else to standard error.

Exit status: 0 fine, 1 problems or a refused output, 2 wrong use. Warnings are 0, and with --strict 1.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

COMMANDS = {
    "explain": "how a case's award is worked out, step by step",
    "assess": "a case's values only",
    "check": "look for problems in rule files",
    "problem": "what the code of a problem means, with an example and the same mended",
    "pay": "what is paid over a period, payment by payment, and why it changes",
    "test": "run the examples in rule files, and say what they exercise",
    "coverage": "which provisions of the law a scheme's rules name, encode and test, and which not, and why",
    "fmt": "lay rule files and cases out in the one way that all have",
    "consolidate": "the rules as they stand on a day, each with what made it so, as rule text",
    "history": "the whole life of a provision: each text, what made it so, and the words that changed",
    "rates": "the table of rates of a scheme on two days, and what changes",
    "compare": "two laws, one household under two laws, or two households under one, and why they differ",
    "curve": "an award along one fact: where it turns, ends and jumps, and why, as a table and a picture",
    "uprate": "the draft of an amendment that uprates a scheme by a percentage",
    "amend": "the amendment that turns the rules into an edited copy of them",
    "graph": "how an award hangs together, as an outline or a picture",
    "docs": "the documentation of the rules: a page a rule, an index by provision of the law, for any browser",
    "verify": "whether a printed explanation adds up, rests on these rules, and would be given again today",
    "new": "a start for a scheme or a case, with a comment for every line",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit status."""
    if sys.stdout is None or sys.stderr is None:
        return 2  # there is nowhere to answer
    for stream in (sys.stdout, sys.stderr):  # the same bytes whatever the locale
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    arguments = _with_signs(sys.argv[1:] if argv is None else argv)
    parser = _parser(arguments)
    gc.disable()  # a command ends before collecting pays: a tenth of the time to the first answer
    try:
        options = parser.parse_args(arguments)
        if not options.command:
            parser.print_help(sys.stderr)
            return 2
        status: int = import_module(f"jurat.commands.{options.command}").run(options)
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # whoever read us has stopped
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        print(f"jurat: {error.strerror or error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    finally:
        gc.enable()


def run() -> NoReturn:
    """The command as the shell starts it: `main`, and an end without taking every object apart, which costs a sixth of it."""
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def _with_signs(arguments: Sequence[str]) -> list[str]:
    """`--by -3.1%` as `--by=-3.1%`: an amount with a minus is no option."""
    found: list[str] = []
    for argument in arguments:
        if found[-1:] == ["--by"] and re.match(r"-[£0-9.]", argument):
            argument = f"{found.pop()}={argument}"
        found.append(argument)
    return found


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    from jurat import __version__

    parser = argparse.ArgumentParser(
        prog="jurat",
        description="Benefit rules in words: awards to the penny, and how they come about.",
        epilog="Example: jurat explain household.json --on 2010-10-01",
    )
    parser.add_argument("--version", action="version", version=f"jurat {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    named = next((argument for argument in arguments if not argument.startswith("-")), None)
    for name, help_ in COMMANDS.items():
        command = commands.add_parser(name, help=help_, description=help_[:1].upper() + help_[1:] + ".")
        if name == named:  # only the command that is run is imported
            import_module(f"jurat.commands.{name}").add_arguments(command)
    return parser
