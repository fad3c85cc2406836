"""Every phrase that is made up for a page can be translated: it is whole, marked as a phrase, and says by name what is put in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from gettext import NullTranslations
from pathlib import Path

import pytest

import jurat
from explain.phrases import speaking
from explain.telling.voices import phrase
from explain.tongue import Tongue
from jurat.catalogues import EXPLAIN, IN_LETTERS, IN_PAGES, RULES, phrases
from tests.books import CHILDCARE
from tests.english import english, english_of_template, modules, templates

ALLOWED: dict[str, dict[str, tuple[str, ...]]] = {
    "Programs read it.": {
        "data.py": (),
        "comparing/data.py:_cause": ("end", "law", "day"),
        "letter/rendering.py:letter_data": ("easy-read", "claimant"),
        "rules/rates.py:COLUMNS": ("from_", "to_"),
        "receipts.py:question_data": ("sha256:",),
    },
    "It is the end of a file's name.": {
        "templating.py:template": (".jinja",),
        "templating.py:_SUFFIX": ("txt", "md", "html"),
    },
    "It is a template by its name.": {
        "letter/rendering.py:render_letter": ("easy", "letter"),
        "rendering.py:render": ("explanation",),
    },
    "It is an address in a site.": {
        "site/addresses.py": (),
        "site/contents.py:_scheme": ("terms", "scheme-"),
        "site/graphs.py:_outline": ("term-", "#term-"),
        "site/graphs.py:_svg": (".svg",),
        "site/notices.py:notice_page": ("index.html#scheme-",),
        "site/terms.py:term_page": ("index.html#scheme-",),
    },
    "It is a kind, for a template to choose by.": {
        "comparing/laws.py:told_laws": ("effect", "wording", "none"),
        "letter/letter.py:_Teller": ("adds", "less", "comes to"),
        "page/gaps.py:_UNWRITTEN": ("not encoded",),
        "page/otherwise.py:_carrying": ("less", "more"),
        "page/waterfall.py:_rows": ("comes to",),
        "rules/picture.py:_legend": ("rule paid", "rule unknown"),
    },
    "It is a mechanism by its name.": {
        "telling/steps.py:_WITHOUT_FIGURES": ("not encoded",),
        "telling/working.py:_BY_THEMSELVES": (),
        "telling/working.py:_FOUND": (),
        "telling/voices.py:ENDING_WITH_A_DAY": (),
        "telling/voices.py:LOOSE": (),
        "telling/voices.py:LOOSE_IN_FIGURES": (),
        "telling/voices.py:_JOINED": (),
    },
    "Graphviz reads it.": {
        "rules/picture.py:_DOT_FILLS": (),
        "rules/picture.py:_DOT_SHAPES": (),
        "rules/picture.py:_dot_node": ("rounded", "dashed"),
        "rules/picture.py:dot_text": ("digraph jurat {", "  graph [rankdir=LR, nodesep=0.16, ranksep=0.55, tooltip="),
    },
    "It is the language of rules, which is English, or what somebody types.": {
        "explanation.html.jinja": ("--reading ", "jurat verify page.html"),
        "explanation.md.jinja": (" (`--reading ",),
        "explanation.txt.jinja": (" (--reading ",),
        "rules/history.py:words_of": ("payable by the ",),
        "rules/outlining.py:_told": ("jurat graph ",),
        "receipts.py:_command": ("case.json", "case.case"),
        "start.case.jinja": (),
        "start.rules.jinja": (),
        "rules/starts.py": (),
    },
    "It is an element.": {"marks.py:_ELEMENTS": (), "marks.py:link": ('<a href="#step-',), "rendering.py:back": ()},
}  # fmt: skip
"""What stays English, by why: where it stands, and which texts; none named are all."""

PLACES = {place: texts for places in ALLOWED.values() for place, texts in places.items()}


def left_over(path: Path) -> Iterator[tuple[str, str]]:
    """Where in a module or a template English is put together that is not allowed to be, and what."""
    if path.suffix == ".jinja":
        found = [(path.name, text) for text in english_of_template(path.read_text(encoding="utf-8"))]
    else:
        module = path.relative_to(EXPLAIN).as_posix()
        found = [(f"{module}:{name}", text) for name, text in english(ast.parse(path.read_text(encoding="utf-8")))]
    for place, text in found:
        texts = PLACES.get(place, PLACES.get(place.partition(":")[0]))
        if texts is None or (texts and text not in texts):
            yield place, text


EVERY = [pytest.param(path, id=path.relative_to(EXPLAIN).as_posix()) for path in (*modules(), *templates())]


@pytest.mark.parametrize("path", EVERY)
def test_no_english_is_put_together_of_pieces(path: Path) -> None:
    """A lint on syntax trees; for matching and in keys English may stand, since nobody sees it there."""
    assert list(left_over(path)) == []


def test_nothing_is_allowed_that_is_not_there() -> None:
    there = set()
    for path in modules():
        module = path.relative_to(EXPLAIN).as_posix()
        for name, text in english(ast.parse(path.read_text(encoding="utf-8"))):
            there |= {(module, ""), (f"{module}:{name}", ""), (f"{module}:{name}", text)}
    for path in templates():
        there |= {(path.name, said) for text in english_of_template(path.read_text(encoding="utf-8")) for said in ("", text)}
    assert {(place, text) for place, texts in PLACES.items() for text in texts or ("",)} <= there


@pytest.mark.parametrize(
    "text",
    [
        'f"the number of {group}"',
        'said("not ", claim)',
        'def f(): return "nobody"',
        'shown or "nobody"',
        '"up to" if so else below',
        'first + " to " + last',
        'ORDERS = {"<": "is less than"}',
        'Line("Nothing is paid")',
        'lines += ["In all"]',
        'sentence("{a}", a=f"of {b}")',
        'sentence("new" if new else "gone")',
    ],
)
def test_the_lint_finds_what_it_looks_for(text: str) -> None:
    """It can fail."""
    assert list(english(ast.parse(text)))


@pytest.mark.parametrize(
    "text",
    [
        "<p>Nothing is paid.</p>",
        '<th data-label="Rate">',
        '<a title="{% if new %}new{% else %}{{ title }}{% endif %}">',
        '{{ "example" if one else "examples" }}',
        '{{ rows("New steps", found) }}',
        '{% for step in steps %}{{ step }}{% else %}Nobody{% endfor %}',
        '{{ sentence("{a}", a="of " ~ b) }}',
        '{% set heading = "Facts" %}{{ heading }}',
        '<p>{{ found.number }} step{% if found.number > 1 %}s are{% else %} is{% endif %} the same',
    ],
)  # fmt: skip
def test_the_lint_finds_it_in_templates(text: str) -> None:
    assert english_of_template(text)


@pytest.mark.parametrize(
    "text",
    [
        '<p class="soft">{{ sentence("Nothing is paid.") }}</p>',
        '<li class="{{ "after" if last else "before" }}">{% if row.why == "same" %}–{% endif %}',
        "<style>p { margin: 0; }</style>{% block style %}p { margin: 0; }{% endblock %}",
        '{{ numbered("{number} step", "{number} steps", found.number) }}',
    ],
)
def test_the_lint_lets_markup_and_phrases_be(text: str) -> None:
    assert english_of_template(text) == []


@pytest.mark.parametrize("marked", [IN_LETTERS, IN_PAGES], ids=["letters", "pages"])
def test_every_phrase_is_found(marked: dict[str, tuple[int, ...] | None]) -> None:
    """What is marked as one is written out there: what is worked out first could not be found."""
    found = {one for message, _ in phrases(marked) for one in ([message] if isinstance(message, str) else message)}
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in marked and node.args:
                written = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                assert set(written) <= found, f"{path.name}, line {node.lineno}"


def test_a_phrase_puts_its_parts_where_it_names_them() -> None:
    assert phrase("{amount}, but not less than {least}", least=("£0", str), amount="£5") == ("£5, but not less than £0", str)
    assert phrase("100% of {this}", this="{that}") == ("100% of {that}",)


class Backwards(NullTranslations):
    """A language in which every phrase stands the other way round, its places whole."""

    def gettext(self, message: str) -> str:
        return " ".join(reversed(re.findall(r"\{\w+\}|[^{}\s]+", message)))


def test_another_language_may_put_the_parts_of_a_phrase_in_its_own_order() -> None:
    """Nothing of a formula in words depends on English: neither where its parts stand, nor what is between them."""
    answer = jurat.assess(jurat.load(RULES / "jersey" / "income_support"), CHILDCARE)
    assert answer.assessment is not None
    from explain.telling.steps import tellings

    [award] = answer.assessment.answers

    def words() -> str:
        return tellings(answer.assessment.graph)[award.term].told(answer.assessment, award).case.words  # type: ignore

    with speaking(Tongue("backwards", Backwards())):
        assert "than less not but" in words()
    assert "but not less than" in words()


def test_phrases_are_files_of_text() -> None:
    assert Path(EXPLAIN, "locale", "pages.pot").is_file()


@pytest.mark.parametrize("path", [param for param in EVERY if str(param.id).endswith(".py")])
def test_nothing_is_said_before_the_language_is_known(path: Path) -> None:
    """What is said where a module begins would stay English; there it is marked, and said later."""
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value is not None:
            said = [node for node in ast.walk(statement.value) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
            assert not [node.lineno for node in said if node.func.id in ("sentence", "numbered", "phrase")]  # type: ignore[attr-defined]
