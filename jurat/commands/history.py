"""`jurat history NAME`: the whole life of a provision, each text with what made it so and the words that changed."""

from __future__ import annotations

import argparse

from engine.book.history import history
from explain.rules.history import HistoryFormat, history_text
from grammar.problems import Problem, errors
from grammar.words import closest
from jurat.commands import common
from jurat.rulebook import Rules, load

MOST_LISTED = 20
"""How many names are listed that hold the word that was asked for."""
_SUFFIXES: dict[str, HistoryFormat] = {".md": "md", ".json": "json"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="a figure, a rule, a table, a scale or a group, by any name that it had")
    parser.add_argument("--known", type=common.day, metavar="DATE", help="what was known on this day (default: all)")
    common.add_with(parser)
    parser.add_argument("--rules", metavar="PATH", help="where the rules are (default: $JURAT_RULES, ./rules, the shipped ones)")
    parser.add_argument("--format", choices=("text", "md", "json"), help="default: as FILE ends, else text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to a file instead of standard output")
    parser.epilog = "Example: jurat history child_rate"


def run(options: argparse.Namespace) -> int:
    rules = load(common.found_rules(options.rules), drafts=options.drafts)
    problems = errors(rules.problems)
    key = None if problems else _key(rules, options.name)
    if isinstance(key, Problem):
        problems = [key]
    if problems or not isinstance(key, str):
        common.tell(problems)
        return common.failed(problems)
    form: HistoryFormat = common.format_of(options, _SUFFIXES, "text")
    return common.write(history_text(history(rules.law, key, options.known), form), options.output)


def _key(rules: Rules, name: str) -> str | Problem:
    """The first name of a provision, by any name that it had."""
    law = rules.law
    key = law.keys.of(name)
    key = next((one.first for one in law.renamed if one.name == key), key)
    if key in law.provisions or key in law.notices:
        return key
    if name in law.keys.ambiguous:
        first, second = law.keys.ambiguous[name][:2]
        message = f"`{name}` is a name of more than one scheme."
        return Problem(code="ambiguous-name", message=message, fix=f"Write `{first}` or `{second}`.")
    known = sorted({law.keys.permanent(one).rpartition(".")[2] for one in (*law.provisions, *law.notices)})
    holding = [one for one in known if name in one]
    near = closest(name, (*law.provisions, *law.notices, *law.keys.qualified))
    message = f"There is no provision called `{name[:80]}`."
    if key in law.inputs:
        message = f"`{name}` is a fact, which has no dates and so no history."
    fix = f"Write `{near}`." if near else "Name a figure, a rule, a table, a scale or a group, a challenge or a duty."
    if holding and not near and key not in law.inputs:
        listed = ", ".join(f"`{one}`" for one in holding[:MOST_LISTED])
        fix = f"Write one of {listed}{' …' if len(holding) > MOST_LISTED else ''}."
    return Problem(code="unknown-name", message=message, fix=fix)
