"""Letters read back in each language: sums, what stands in them twice, and every figure as its language writes it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Literal

import pytest
from attrs import evolve

import jurat
from explain.letter import rendering
from explain.letter.letter import Letter, letter
from explain.letter.rendering import letter_data, render_letter
from explain.reading_back.checking import DoesNotAddUpError
from explain.reading_back.languages import Figures
from explain.reading_back.letters import LetterRead, letter_from_data, letter_from_html, wrong_in
from explain.reading_back.lines import words_of
from explain.templating import TextFormat
from explain.tongue import languages, tongue
from jurat.languages import words_of_rules
from tests.books import CHILDCARE, ask, book, household, shipped
from tests.test_adds_up import altered, made_up

GAP = "\N{NO-BREAK SPACE}"
FORMS: tuple[TextFormat | Literal["json"], ...] = ("text", "md", "html", "json")


@cache
def childcare(code: str) -> Letter:
    answer = jurat.assess(shipped(), CHILDCARE)
    assert answer.assessment is not None
    language = tongue(code, words_of_rules(answer.files, code))
    return letter(answer.assessment, answer.schemes, tongue=language)


def figures(code: str) -> Figures:
    return Figures(tongue(code).say)


# ---- figures of a language ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "£1,234.50 a week", "1,234.5"),
        ("fr", f"1{GAP}234,50{GAP}£ par semaine", "1,234.5"),
        ("pt", f"£1{GAP}234,50 por semana", "1,234.5"),
        ("fr", f"−189,87{GAP}£", "−189.87"),
        ("pt", "−£189,87", "−189.87"),
        ("fr", f"16,5{GAP}%", "0.165"),
        ("pt", "1 de março de 2009", "2009-03-01"),
        ("fr", "1er mars 2009", "2009-03-01"),
        ("fr", "31 mars 2009", "2009-03-31"),
        ("en", "£33.333333…", "33.333333"),
    ],
)
def test_a_figure_of_a_language(code: str, text: str, expected: str) -> None:
    [found] = figures(code).all_in(text)
    assert found.value is not None and words_of(found.value) == expected


def test_figures_in_a_sentence() -> None:
    text = f"À 1{GAP}617,12{GAP}£, soit 372,12{GAP}£ de plus, pour 2 enfants le 31 février 2009."
    assert [found.text for found in figures("fr").all_in(text)] == [
        f"1{GAP}617,12{GAP}£", f"372,12{GAP}£", "2", "31 février 2009",
    ]  # fmt: skip
    assert [found.value for found in figures("fr").all_in(text)][3] is None


# ---- one digit ------------------------------------------------------------------------------------------------------

ELSEWHERE = {
    "0": "what is assumed to be 0 or £0 becomes the number of an item of a list, or the £1 of what one pound more does",
    "13": "an article's number becomes that of days within which to report",
    "17": "an article's number becomes that of the next",
}
"""Figures of which a digit is let stand: it becomes one that stands in the same letter elsewhere, and nothing rests on it."""


def held(made: Letter, code: str) -> Callable[[str], list[str]]:
    """What is found wrong in a letter that is handed out as HTML."""
    of = figures(code)

    def wrong(text: str) -> list[str]:
        read = letter_from_html(text, of)
        try:
            rendering._must_add_up(made, read, of)
        except DoesNotAddUpError as error:
            return [str(error)]
        return []

    return wrong


@pytest.mark.parametrize("code", [code for code in languages() if code != "en"])
def test_every_digit_of_a_letter(code: str) -> None:
    """One printed digit is another: the message has the line in which it stands, or that which rests on it.

    The reference, which changes with the law, has none here: `verify` holds it against the law.
    """
    made = evolve(childcare(code), reference="abcdefabcdef")
    text = render_letter(made, "html")
    wrong = held(made, code)
    assert wrong(text) == []
    body = re.sub(r"<[^>]*>", lambda tag: "\N{NULL}" * len(tag[0]), text)
    places = [at for at in range(text.index("</style>"), len(text)) if body[at].isdigit()]
    assert len(places) > 130
    figure = {at: found for found in re.finditer(r"\d+(?:,\d+)?", body) for at in range(*found.span())}
    missed = [figure[at][0] for at in places if not wrong(altered(text, at))]
    assert set(missed) <= set(ELSEWHERE) and len(missed) < 20
    told = [wrong(altered(text, at))[0] for at in places if figure[at][0] not in ELSEWHERE]
    assert all(re.search(r"\(.*\w+.*: ", found) for found in told)


@pytest.mark.parametrize("code", languages())
def test_every_digit_of_its_sums(code: str) -> None:
    """From the letter alone, as whoever holds it can; the message begins with what the line is called."""
    of, text = figures(code), render_letter(childcare(code), "html")
    labels = [row.label for row in letter_from_html(text, of).sums[0]]
    places = [
        at
        for cell in re.finditer(r'<td class="value">([^<]*)</td>|<span class="big">([^<]*)', text)
        for at in range(*cell.span(cell.lastindex or 1))
        if text[at].isdigit()
    ]
    assert len(places) > 50
    for at in places:
        [found, *_] = wrong_in(letter_from_html(altered(text, at), of), of)
        assert found.startswith(tuple(f"{label}: " for label in labels))


@pytest.mark.parametrize("code", languages())
def test_in_each_form(code: str) -> None:
    """A line of the sum, and where the award ends, are found in text, Markdown, HTML and JSON alike."""
    made = childcare(code)
    [award] = made.awards
    lines = tuple(evolve(line, value=line.value.replace("478", "479")) for line in award.lines)
    change = made.changes[0]
    turned = evolve(change, lines=tuple(line.replace("372", "373") for line in change.lines))
    for form in FORMS:
        with pytest.raises(DoesNotAddUpError, match=r"\(.*478[.,]27"):
            render_letter(evolve(made, awards=(evolve(award, lines=lines),)), form)
        with pytest.raises(DoesNotAddUpError, match="373"):
            render_letter(evolve(made, changes=(turned,)), form)


def test_what_is_told_twice() -> None:
    """A fact of the sum among the facts, and the award at the head."""
    made = childcare("fr")
    given = tuple(evolve(fact, value=fact.value.replace("245,00", "246,00")) for fact in made.given)
    of = figures("fr")
    assert wrong_in(read(evolve(made, given=given)), of) == [
        f"Revenus bruts du travail (parent): 245,00{GAP}£ par semaine is printed, and another amount among what was used",
    ]
    [award] = made.awards
    head = evolve(award, value=award.value.replace("288", "289"))
    [found, *_] = wrong_in(read(evolve(made, awards=(head,))), of)
    assert found == (
        f"Prestation Income Support: 288,40{GAP}£ is printed where it adds up, and 289,40{GAP}£ par semaine at the head"
    )


def read(made: Letter) -> LetterRead:
    return letter_from_data(json.loads(json.dumps(letter_data(made))), Figures(made.tongue.say))


def test_a_language_that_says_another_month() -> None:
    """What a catalogue gets wrong is found before the letter is handed out: each figure reads as what it was written for."""
    made = childcare("pt")
    said = dict(made.tongue.said.figures)
    [text] = [text for text in said if text == "£245,00 por semana"]
    made.tongue.said.figures[text] = said["£288,40 por semana"]
    try:
        with pytest.raises(DoesNotAddUpError, match=r"£245,00 por semana is printed for 288\.4"):
            render_letter(made, "text")
    finally:
        made.tongue.said.figures[text] = said[text]


# ---- no false alarm -------------------------------------------------------------------------------------------------


def test_law_that_is_made_up() -> None:
    """Letters on it are handed out in every language and form; most have no sums, all have figures."""
    for number in range(1, 25):
        for answer in made_up(number):
            assert answer.assessment is not None
            for code in languages():
                made = letter(answer.assessment, answer.schemes, tongue=tongue(code))
                for form in FORMS:
                    render_letter(made, form)


def test_two_awards_of_one_name() -> None:
    """Each is held against its own sum; a fact of one name with a rule is no other figure."""
    rules = book("""
        input pay of person "Pay" : £
        input rent of person "Rent 2" : £
        rule total of person "Total" : £
          is rent - pay""")
    case = household({"pay": "10", "rent": "70"}, {"pay": "20", "rent": "90"})
    told = jurat.explain(ask(rules, case, "total"), "html", reader="claimant")
    assert told.count('<table class="adds">') == 2
    of = figures("en")
    assert wrong_in(letter_from_html(told, of), of) == []
    assert wrong_in(letter_from_html(told.replace("−£20.00", "−£21.00"), of), of) != []


def test_a_fact_of_one_person_that_is_assumed_of_another() -> None:
    """Both are called alike, and one of them stands among what was told; so does a rule that is called as a fact."""
    rules = book("""
        input pay of person "Pay" : £
          default £50
        rule total of household "Pay" : £
          is sum of pay over person""")
    for form in FORMS:
        told = jurat.explain(ask(rules, household({"pay": "10"}, {}), "total"), form, reader="claimant")
        assert "£60.00" in told
