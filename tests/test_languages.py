"""The letter to a claimant in other languages: whole catalogues, the same figures, amounts and days as each language writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from attrs import evolve
from babel.messages.catalog import Message

import jurat
from explain.letter.letter import Letter, letter
from explain.letter.rendering import render_letter
from explain.tongue import ENGLISH, languages, tongue
from jurat.answers import Answer, Reader
from jurat.catalogues import EXPLAIN, RULES, all_files, catalogue, compiled, main, read, up_to_date, words_of, written
from jurat.cli import main as command
from jurat.languages import words_of_rules
from tests.books import PEOPLE, ask, household, shipped

OTHERS = [code for code in languages() if code != "en"]
CASES = sorted(RULES.rglob("cases/*.case"))
CHILDCARE = RULES / "jersey" / "income_support" / "cases" / "childcare.case"
CATALOGUES = sorted([*EXPLAIN.rglob("*.po"), *RULES.rglob("translations/*.po")])
GAP = "\N{NO-BREAK SPACE}"


def test_there_are_three_languages() -> None:
    assert languages() == ("en", "fr", "pt")


# ---- catalogues -----------------------------------------------------------------------------------------------------


def test_every_catalogue_is_what_python_m_jurat_catalogues_makes_of_the_texts_of_now() -> None:
    stale = [path.relative_to(RULES.parent).as_posix() for path, data in all_files() if path.read_bytes() != data]
    assert stale == [], "run python -m jurat.catalogues"


def messages(path: Path) -> list[Message]:
    return [message for message in read(path.read_bytes()) if message.id]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(RULES.parent).as_posix())
def test_every_message_is_translated_with_the_same_places_to_fill_in(path: Path) -> None:
    for message in messages(path):
        own = [message.id] if isinstance(message.id, str) else list(message.id)
        said = strings(message)
        assert all(said) and not message.fuzzy, message.id
        assert [places(text) for text in said] == [places(own[-1])] * len(said), message.id
        assert [ends(text) for text in said] == [ends(own[-1])] * len(said), message.id


def strings(message: Message) -> list[str]:
    """What it is in the language: for one, and for several."""
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def ends(text: str) -> str:
    """The stop or the colon that a text ends with, if any."""
    return "".join(sign for sign in text.rstrip()[-1:] if sign in ".:;")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.relative_to(RULES.parent).as_posix())
def test_every_catalogue_says_that_it_awaits_a_native_reader_and_not_when_it_was_made(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "Awaits a native reader" in text and "X-Native-Reader: awaited" in text
    assert "Date" not in text.partition("\n\n")[0] and "Babel" not in text


def test_a_scheme_that_nobody_has_translated_gets_a_catalogue_to_fill_in(tmp_path: Path) -> None:
    tmp_path.joinpath("help.rules").write_text(HELP, encoding="utf-8")
    main([str(tmp_path)])
    assert "This is what is paid for the rent of {rent}." in tmp_path.joinpath("translations", "words.pot").read_text("utf-8")


def test_what_is_translated_comes_back_with_its_phrase(tmp_path: Path) -> None:
    """Where a phrase goes, what was said of it is kept as a comment."""
    whole, other = catalogue([("Rent", "a.rules"), (("visit", "visits"), "a.rules")], "fr"), catalogue([("Help", "a.rules")])
    whole["Rent"].string, whole["visit"].string = "Loyer", ("visite", "visites")
    without = up_to_date(written(whole), other)
    assert '#~ msgstr "Loyer"' in without.decode() and [message.id for message in read(without) if message.id] == ["Help"]
    back = read(up_to_date(without, whole))
    assert (back["Rent"].string, back["visit"].string) == ("Loyer", ("visite", "visites"))
    assert not back.obsolete


def test_what_a_catalogue_of_rules_holds(tmp_path: Path) -> None:
    tmp_path.joinpath("help.rules").write_text(HELP, encoding="utf-8")
    tmp_path.joinpath("drafts").mkdir()
    tmp_path.joinpath("drafts", "draft.rules").write_text('figure draft "A draft" : £ a week', encoding="utf-8")
    assert {words for words, _ in words_of(tmp_path)} >= {
        "Rent", "Help", "Kind of home", "flat or house", "household", ("visit", "visits"), "Visits", "the price was not found",
        "This is what is paid for the rent of {rent}.",
    }  # fmt: skip
    assert "A draft" not in {words for words, _ in words_of(tmp_path)}


HELP = (
    PEOPLE
    + """
unit visit plural visits
choice home_kind "Kinds of home" : flat_or_house, hotel
input home_is of household "Kind of home" : home_kind
  default flat_or_house
input visits_made of household "Visits" : visits per week
  default 0 visits per week
  range 0 visits per week to 100 visits per week
input rent of household "Rent" : £ a week
  range £0 per week to £20,000 per week
figure price "Price" : £ per visit
  £5 per visit from 1 January 2000 until 31 December 2011
  not encoded "the price was not found" from 1 January 2012
rule help of household "Help" : £ a week
  payable by the week
  because "This is what is paid for the rent of {rent}."
  is rent + price × visits_made, rounded to the nearest 1p
"""
)

# ---- the three letters say the same ---------------------------------------------------------------------------------


@cache
def answer(case: Path, on: date | None = None) -> Answer:
    return jurat.assess(shipped(), case, on=on)


@cache
def letter_in(case: Path, code: str, easy: bool = False, on: date | None = None) -> Letter:
    """A letter without the working in figures, which is told in English alone."""
    found = answer(case, on)
    assert found.assessment is not None
    language = tongue(code, words_of_rules(found.files, code))
    made = letter(found.assessment, found.schemes, easy=easy, tongue=language)
    return evolve(made, awards=tuple(evolve(award, figures=None) for award in made.awards))


def figures(case: Path, code: str, **options: Any) -> Counter[str]:
    """Every number of a letter as English writes it, without what stands between thousands."""
    text = render_letter(evolve(letter_in(case, code, **options), title=None), "text")
    thousands, point = (",", ".") if code == "en" else (GAP, ",")
    found = re.findall(rf"\d+(?:{re.escape(thousands)}\d{{3}})*(?:{re.escape(point)}\d+)?", text)
    return Counter(number.replace(thousands, "").replace(point, ".") for number in found)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("easy", [False, True], ids=["in full", "easy to read"])
def test_a_letter_has_the_same_figures_in_every_language(case: Path, code: str, easy: bool) -> None:
    assert figures(case, code, easy=easy) == figures(case, "en", easy=easy)


@pytest.mark.parametrize("code", OTHERS)
def test_so_has_a_letter_of_a_refusal(code: str) -> None:
    on = date(2012, 1, 1)
    assert figures(CHILDCARE, code, on=on) == figures(CHILDCARE, "en", on=on)


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
@pytest.mark.parametrize("code", OTHERS)
def test_nothing_of_a_letter_is_left_in_english(case: Path, code: str) -> None:
    """What stands in no translation stands in no letter; what a case itself says is nobody's to translate."""
    made = letter_in(case, code)
    assert not made.tongue.untranslated.found
    text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", render_letter(evolve(made, title=None), "html"), flags=re.DOTALL)
    left = [words for words, said in english(code) if re.search(rf"\b{re.escape(words)}(?!\w)", text) and words not in said]
    assert left == []


@cache
def english(code: str) -> tuple[tuple[str, str], ...]:
    """Stretches of English of some length, each with all that the language says in translating what it stands in."""
    found: dict[str, str] = {}
    for path in CATALOGUES:
        if code in (path.stem, path.parent.parent.name):
            for message in messages(path):
                own = message.id if isinstance(message.id, str) else " ".join(message.id)
                said = " ".join(strings(message))
                for stretch in re.split(r"\{\w+\}", own):
                    words = stretch.strip(" .:;,()")
                    if len(words) > 6:
                        found[words] = found.get(words, "") + said
    return tuple(found.items())


@pytest.mark.parametrize("code", languages())
@pytest.mark.parametrize("reader", ["claimant", "easy-read"])
def test_a_page_says_in_which_language_it_is(code: str, reader: Reader) -> None:
    page = jurat.explain(answer(CHILDCARE), "html", reader=reader, language=code)
    assert f'<html lang="{code}">' in page


@pytest.mark.parametrize(
    ("code", "begins", "ends"),
    [
        ("en", "Income Support award on 1 October 2010: £288.40 a week", ""),
        ("fr", f"Prestation Income Support au 1er octobre 2010{GAP}: 288,40{GAP}£ par semaine", "la lettre en anglais."),
        ("pt", "Prestação de Income Support em 1 de outubro de 2010: £288,40 por semana", "a carta em inglês."),
    ],
)
@pytest.mark.parametrize("form", ["text", "md"])
def test_a_translated_letter_says_at_its_foot_that_it_awaits_a_native_reader(
    code: str, begins: str, ends: str, form: Any
) -> None:
    text = jurat.explain(answer(CHILDCARE), form, reader="claimant", language=code)
    assert begins in text
    assert text.rstrip().endswith(ends)
    assert ("língua materna" in text or "langue maternelle" in text) == (code != "en")


def test_the_letter_as_data_says_its_language() -> None:
    data = jurat.explain(answer(CHILDCARE), "json", reader="claimant", language="pt")
    assert '"language": "pt"' in data and '"value": "£288,40 por semana"' in data


# ---- a rule book of one's own ---------------------------------------------------------------------------------------


def translated(folder: Path, says: dict[Any, Any], case: dict[str, Any], on: date = date(2010, 10, 1)) -> str:
    """A letter in French on rules of which some words are translated."""
    folder.joinpath("help.rules").write_text(HELP, encoding="utf-8")
    main([str(folder)])
    catalogue = read(folder.joinpath("translations", "words.pot").read_bytes())
    catalogue.locale = "fr"
    for message in catalogue:
        if message.id in says:
            message.string = says[message.id]
    folder.joinpath("translations", "fr.mo").write_bytes(compiled(written(catalogue)))
    found = ask(jurat.load(folder), case, on=on)
    return jurat.explain(found, "text", reader="claimant", language="fr")


def test_words_that_nobody_has_translated_stand_in_english_and_are_counted(tmp_path: Path) -> None:
    text = translated(tmp_path, {"Help": "Aide", "Rent": "Loyer"}, household({}, rent=7))
    assert f"Aide au 1er octobre 2010{GAP}: 7,00{GAP}£ par semaine" in text
    assert "This is what is paid for the rent of 7,00" in text
    assert text.endswith("1 texte des règles n’est pas encore traduit.\n")
    assert translated(tmp_path, {}, household({}, rent=7)).endswith("3 textes des règles ne sont pas encore traduits.\n")


def test_units_of_the_rules_follow_the_number_before_them(tmp_path: Path) -> None:
    says = {("visit", "visits"): ("visite", "visites"), "Visits": "Visites", "flat or house": "appartement ou maison"}
    one, several = (translated(tmp_path, says, household({}, rent=7, visits_made=n)) for n in (1, 2))
    assert f"Visites{GAP}: 1 visite par semaine" in one
    assert f"Visites{GAP}: 2 visites par semaine" in several


def test_a_sentence_fills_in_what_its_own_rule_names_and_nothing_else(tmp_path: Path) -> None:
    own = "This is what is paid for the rent of {rent}."
    for said, shown in [
        ("Loyer : {rent}.", f"Loyer : 7,00{GAP}£ par semaine."),
        ("{rent.__class__} {price}", "This is what is paid"),
    ]:
        assert shown in translated(tmp_path, {own: said}, household({}, rent=7))


def test_a_reason_says_why_in_the_words_of_the_catalogue(tmp_path: Path) -> None:
    says = {"Price": "Prix", "the price was not found": "le prix n’a pas été trouvé"}
    text = translated(tmp_path, says, household({}, rent=7, visits_made=2), date(2012, 1, 1))
    assert f"Prix{GAP}: cette partie de la loi n’est pas encore dans le programme (le prix n’a pas été trouvé)." in " ".join(
        text.split(" ")
    )


def test_a_damaged_catalogue_is_left_out(tmp_path: Path) -> None:
    translated(tmp_path, {"Help": "Aide"}, household({}, rent=7))
    compiled_words = tmp_path / "translations" / "fr.mo"
    whole = compiled_words.read_bytes()
    rules = jurat.load(tmp_path)
    for damaged in (b"", b"nothing", whole[:60], whole[:4] + bytes([255] * 40), whole.replace(b"nplurals=2", b"nplurals=x")):
        compiled_words.write_bytes(damaged)
        text = jurat.explain(ask(rules, household({}, rent=7)), "text", reader="claimant", language="fr")
        assert "Help au 1er octobre 2010" in text or "Aide au 1er octobre 2010" in text


# ---- which languages there are --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["de", "FR", "../fr", ""])
def test_a_language_that_is_not_there_is_told_with_those_that_are(code: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="there are: en, fr, pt"):
        jurat.explain(answer(CHILDCARE), reader="claimant", language=code)
    assert command(["explain", str(CHILDCARE), "--for", "claimant", "--language", code, "--rules", str(RULES)]) == 2
    assert f"There is no letter in the language {code!r}; there are: en, fr, pt." in capsys.readouterr().err


@pytest.mark.parametrize("reader", ["officer", "auditor"])
def test_pages_for_others_are_in_english_alone(reader: Reader, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="Only the letter is in other languages than English"):
        jurat.explain(answer(CHILDCARE), reader=reader, language="fr")
    assert command(["explain", str(CHILDCARE), "--for", reader, "--language", "fr", "--rules", str(RULES)]) == 2
    assert "Only the letter is in other languages than English" in capsys.readouterr().err


def test_the_command_line_writes_what_python_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        command(["explain", str(CHILDCARE), "--for", "easy-read", "--language", "pt", "--format", "html", "--rules", str(RULES)])
        == 0
    )
    assert capsys.readouterr().out == jurat.explain(answer(CHILDCARE), "html", reader="easy-read", language="pt")


def test_english_is_what_the_phrases_say() -> None:
    assert tongue("en") is ENGLISH


def phrases_of(path: Path) -> Iterator[str]:
    for message in messages(path):
        yield from strings(message)


@pytest.mark.parametrize(
    "path", [path for path in CATALOGUES if path.stem == "fr" or "fr" in path.parts], ids=lambda p: p.parent.parent.name
)
def test_french_has_its_spaces_and_its_apostrophes(path: Path) -> None:
    """A space that does not break before a colon, a semicolon, a percent sign and the sign of the pound; no typewriter's quotes."""
    for text in phrases_of(path):
        assert not re.search(rf"[^{GAP}][:;%£?!]", text.replace("5(e)", "")), text
        assert "'" not in text and '"' not in text
