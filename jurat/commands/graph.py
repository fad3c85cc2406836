"""`jurat graph [NAME…]`: how an award hangs together, as an outline or as a picture."""

from __future__ import annotations

import argparse
import sys

from engine.assess import asked_terms
from engine.book.consolidate import book_days
from explain.rules.drawing import Drawing, drawing
from grammar.problems import errors
from jurat.commands import common
from jurat.rulebook import load

_SUFFIXES = {".svg": "svg", ".dot": "dot", ".gv": "dot"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="NAME", help="a term: what it rests on (default: what is paid)")
    parser.add_argument("--uses", action="store_true", help="what rests on the term instead")
    parser.add_argument("--depth", type=_depth, metavar="N", help="only what is at most N arrows away")
    parser.add_argument("--on", type=common.day, metavar="DATE", help="the day of the law (default: when it last changes)")
    common.add_rules(parser)
    parser.add_argument("--format", choices=("text", "dot", "svg"), help="default: as FILE ends, else text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of standard output")
    parser.epilog = "Example: jurat graph childcare_component -o childcare.svg"


def run(options: argparse.Namespace) -> int:
    if options.uses and not options.names:
        print("jurat: --uses needs the NAME of a term: what rests on it is shown", file=sys.stderr)
        return 2
    rules = load(common.found_rules(options.rules), drafts=options.drafts)
    checked = rules.on(options.on or book_days(rules.law)[-1])
    problems = [*rules.problems, *checked.problems]
    asked, unknown = asked_terms(checked.graph, options.names)
    problems += unknown if not errors(problems) else ()
    if errors(problems):
        common.tell(problems)
        return 2 if any(problem.code in common.CANNOT_READ for problem in problems) else 1
    form = common.format_of(options, _SUFFIXES, "text")
    text = _text(drawing(checked.graph, asked, options.uses, options.depth), form)
    return 2 if text is None else common.write(text, options.output)


def _text(drawn: Drawing, form: str) -> str | None:
    """A drawing in one of its forms; None, with a message, where a picture cannot be made."""
    if form == "text":
        from explain.rules.outlining import outline

        return outline(drawn)
    from explain.rules.picture import dot_text, picture

    dot = dot_text(drawn)
    if form == "dot":
        return dot
    from jurat.graphviz import NoLayout, layout

    placed = layout(dot)
    if isinstance(placed, NoLayout):
        print(f"jurat: {placed.why}", file=sys.stderr)
        return None
    return picture(drawn, placed)


def _depth(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number, like 2")
    return int(text)
