"""What the mutator begins with: every rule book, case and message of this house, and the words of the language."""

from __future__ import annotations

import ast
import re
from functools import cache

from grammar.parsing import parse
from grammar.source import Source
from grammar.words import UNIT_WORDS, reserved_words
from tests.books import CHILDCARE, FIRST_LAW, PEOPLE, ROOT
from tests.documents import PAGES, VARIANTS

RULE_FILE, JSON_CASE, TEXT_CASE = b"r", b"j", b"c"
"""The first byte of an input says what the rest is."""

CASES = sorted(CHILDCARE.parent.glob("*.*"))


@cache
def seeds() -> tuple[bytes, ...]:
    """Each a kind and a text, in the same order on every machine."""
    rules = [path.read_text("utf-8") for path in sorted(FIRST_LAW.glob("*.rules"))]
    found = [RULE_FILE + text.encode() for text in [*rules, *documented(), *_of_tests()]]
    for path in CASES:
        found.append((JSON_CASE if path.suffix == ".json" else TEXT_CASE) + path.read_bytes())
    kinds = {"rules": RULE_FILE, "json": JSON_CASE, "case": TEXT_CASE}
    for page in [*sorted(PAGES.glob("*.md")), *sorted(VARIANTS.glob("*.md"))]:
        blocks = re.findall(r"^```(rules|json|case)\n(.*?)^```$", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
        found += [kinds[language] + text.encode() for language, text in blocks]
    return tuple(dict.fromkeys(found))


def documented() -> list[str]:
    """The books in the documents."""
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "docs").glob("*.md"))]
    return [block for text in texts for block in re.findall(r"^```rules\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)]


def _of_tests() -> list[str]:
    """The books that other tests are about: they use what the shipped rules have no need of."""
    found = []
    for path in sorted((ROOT / "tests").glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and " : " in node.value:
                read = parse(Source("", node.value))
                if read.file.declarations and not read.problems:
                    found.append(node.value if "entity " in node.value else PEOPLE + node.value)
    return found


@cache
def dictionary() -> tuple[str, ...]:
    """Words and signs that may stand in the place of another; among them what no file should hold."""
    units = [f"{per} {unit}" for unit in UNIT_WORDS for per in ("per", "a")] + [unit + "s" for unit in UNIT_WORDS]
    values = ["£0", "£1", "1p", "£0.01", "0", "1", "12%", "100%", "0.0001", "£999,999,999,999,999", "9" * 15, "52", "-", "£250"]
    days = ["29 February 2008", "31 January 2010", "1 October 2010", "31 December 2200", "1 January 1900", "31 April 2010"]
    signs = [*'()+-×÷=<>,:/{}[]"', "<=", ">=", "≠", "−", "“", "”", "{pay}", "null", "true", "NaN", "1e999", '"from"', '"value"']
    odd = [
        "\0",
        "\ufeff",
        "\u202e",
        "\u2028",
        "\x85",
        "\r",
        "\t",
        "٣",
        "𝟗",
        "é",
        "ﬁ",
        "\U0001f600",
        "\ud800",
        "2010-10-01",
        "1/2/10",
    ]
    phrases = ["half even", "not encoded", "a multiple of", "yes/no", "whole number", ", rounded to the nearest 1p", ", unrounded",
               ", rounded up to 1p", ", but not less than £0", ", but not more than £1", "when not", "otherwise £1 when"]  # fmt: skip
    names = ["person", "household", "assessment_date", "award", "home", "a", "n" * 81]
    return (*sorted(reserved_words()), *sorted(units), *values, *days, *signs, *odd, *phrases, *names)
