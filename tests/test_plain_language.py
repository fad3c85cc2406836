"""What `jurat check --plain` says of the writer's own words: where a good editor would say it, and nowhere else."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import jurat
from engine.plain.ages import Counts, counts, reading_ages
from engine.plain.forms import entries, hard_words
from engine.plain.remarks import remarks
from engine.plain.sentences import MOST_WORDS, counted, cut, length, sentences
from engine.plain.syllables import syllables
from engine.plain.texts import read
from grammar.content import Tree
from grammar.declarations import Case, Instrument, Unwritten
from grammar.parsing import parse
from grammar.problems import Problem
from grammar.source import Source
from grammar.syntax import NotEncoded
from jurat.cli import main
from tests.books import ROOT, RULES, shipped

TABLES = Path(__file__).parent / "test_plain_language"


def remarked(*texts: str) -> list[Problem]:
    """The remarks on a book of these files."""
    return list(remarks(Source(f"{number}.rules", text) for number, text in enumerate(texts)))


def on_note(text: str) -> list[Problem]:
    """Those on one note."""
    return remarked(f'input rent of person "Rent" : £ note "{text}"')


def said(found: list[Problem]) -> list[tuple[str, str]]:
    """Codes, each with the words that it stands at."""
    return [(remark.code, remark.place.span.text if remark.place else "") for remark in found]


# ---- which texts ----------------------------------------------------------------------------------------------------


def shown(tree: object) -> Iterator[str]:
    """The texts of a tree that somebody is shown, by what they are and not by how they are written."""
    if isinstance(tree, tuple):
        for part in tree:
            yield from shown(part)
    if not isinstance(tree, Tree) or isinstance(tree, Case):
        return
    names = ["because", "ask", "despite"] + ([] if isinstance(tree, Instrument) else ["title"])
    yield from (text for name in names if (text := getattr(tree, name, None)))
    yield from getattr(tree, "notes", ())
    if isinstance(tree, Unwritten):
        yield tree.why
    if isinstance(tree, NotEncoded) and tree.reason:
        yield tree.reason
    for part in tree.inside():
        yield from shown(part)


@pytest.mark.parametrize("path", sorted(RULES.rglob("*.rules")), ids=lambda path: str(path.relative_to(RULES)))
def test_the_texts_that_are_found_are_those_of_the_tree(path: Path) -> None:
    """They are looked for by the word before them; the tree knows them by what they are."""
    source = Source(str(path), path.read_text(encoding="utf-8"))
    of_tree = [text for declaration in parse(source).file.declarations for text in shown(declaration)]
    assert sorted(text.words for text in read(source).texts) == sorted(of_tree)


@pytest.mark.parametrize(
    "text",
    [
        'input rent of person "Prior to" : £',
        'rule rent of everyone "Rent" : £ reading other "Prior to" is £1',
        'rule rent of person "Rent" : £ because "Prior to" is £1',
        'input rent of person "Rent" : £ ask “Prior to”',
        'instrument an_order "Order" note "Prior to"',
        'figure rate "Rate" : £ not encoded "prior to" from 1 May 2010',
        'provision "Article 8" discretionary "prior to"',
        'entity person "Prior to"',
        'role claimant of household "Prior to" : one person',
        'in rate substitute not encoded "prior to"',
        'figure rate "Rate" : £ £2 being 3% more despite "prior to" from 1 May 2010',
        'rule rent of # not here\n person "Prior to" : £',
    ],
)
def test_what_is_read(text: str) -> None:
    """Whatever somebody is shown, wherever it stands."""
    assert [remark.code for remark in remarked(text)] == ["hard-word"]


@pytest.mark.parametrize(
    "text",
    [
        'instrument an_order "Order (Prior to) 2010"',
        'amendment an_order "Order (Prior to) 2010"',
        'rule rent of person "Rent" : £ cite "Prior to" is £1',
        'rule rent of person "Rent" : £ cite an_order "Prior to" is £1',
        'input rent of person "Rent" : yes/no decided by "an officer prior to" applying "prior to"',
        'provision "Article 8, prior to" not encoded "why"',
        'example "Prior to" on 1 May 2010 note "Prior to" given person a rent is £1 source "prior to" expect rent of a is £1',
        '# because "Prior to"',
        'input rent of person "Rent" : £ note "The Order says \'prior to that day\'."',
    ],
)
def test_what_is_not_read(text: str) -> None:
    """The law's own words, and what is for those who write rules."""
    assert remarked(text) == []


def test_a_remark_names_its_declaration_and_its_place_in_the_law() -> None:
    """As a problem does, also where the citation stands behind the words."""
    [remark] = remarked('rule rent of person "Rent" : £\n  note "Prior to."\n  cite "Article 5"\n  cite "Article 6"\n  is £1')
    assert (remark.subject, remark.citation, remark.severity, remark.is_error) == ("rent", "Article 5", "advice", False)
    assert remark.place is not None
    assert (remark.place.span.line, remark.place.span.column) == (2, 9)


# ---- sentences ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  ", []),
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("the words were not found", ["the words were not found"]),
        ("Amendment No. 5 says so. It does.", ["Amendment No. 5 says so.", "It does."]),
        ("It is £2.50 a week. £3 is more.", ["It is £2.50 a week.", "£3 is more."]),
        ("See para. 4, e.g. Sch. 1. Then stop.", ["See para. 4, e.g. Sch. 1.", "Then stop."]),
        ("He said “no.” Then he left.", ["He said “no.”", "Then he left."]),
        ("At www.gov.je it stands.", ["At www.gov.je it stands."]),
        ("You keep {rate}. {other} is more.", ["You keep {rate}.", "{other} is more."]),
        ("It was lost … and found.", ["It was lost … and found."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    """Full stops of abbreviations and amounts end nothing."""
    assert [sentence.words for sentence in sentences(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You keep {earnings disregard rate} of what you earn", 7),
        ("30 × (15.5 − 10) = 165", 4),
        ("full-time work, 16.5% — or none", 5),
        ("Social: the States, a trust, a company of the States, a parish", 6),
        ("Social: the States, a trust and a company", 8),
    ],
)
def test_the_length_of_a_sentence(text: str, expected: int) -> None:
    """A name in braces is one value, a sign is no word, and of a list only the longest item counts."""
    assert length(counted(text)) == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("one two three four five six seven;", "eight nine ten eleven twelve"),
        ("one two three four five and six seven, eight nine,", "but ten eleven twelve thirteen fourteen"),
        ("one two three four five six, seven eight nine,", "which ten eleven twelve thirteen fourteen"),
        ("one two three four five six", "because ten eleven twelve thirteen fourteen"),
    ],
)
def test_where_a_sentence_is_cut(before: str, after: str) -> None:
    """Where it pauses most."""
    place = cut(counted(f"{before} {after}"))
    assert place is not None
    assert (place.start, place.before, place.after) == (len(before) + 1, len(before.split()), len(after.split()))


def test_a_sentence_without_a_joint_is_not_cut() -> None:
    """It needs other words."""
    assert cut(counted("word " * 40)) is None
    [remark] = on_note("word " * 40)
    assert (remark.code, remark.fix) == ("long-sentence", "Say it in two sentences, or leave something out.")


WORDS = st.sampled_from(
    [
        "the",
        "rent",
        "is",
        "paid",
        "for",
        "each",
        "week,",
        "and",
        "what",
        "you",
        "earn;",
        "but",
        "a",
        "child",
        "may",
        "not",
        "(with",
        "care)",
        "£5",
        "{rate}",
    ]
)
SENTENCES = st.lists(WORDS, min_size=1, max_size=60).map(lambda words: f"The {' '.join(words)} home.")
PLAIN = st.sampled_from(["It is paid each week.", "You keep £5.", "Who counts?", "{rate} is the rate."])


@given(st.lists(SENTENCES, min_size=1, max_size=4), PLAIN, st.integers(0, 4))
def test_a_plain_sentence_makes_no_other_one_long(written: list[str], plain: str, place: int) -> None:
    """Wherever it is put."""
    more = [*written[:place], plain, *written[place:]]
    assert [f.message for f in on_note(" ".join(more)) if f.code == "long-sentence"] == [
        f.message for f in on_note(" ".join(written)) if f.code == "long-sentence"
    ]


@given(SENTENCES)
def test_a_sentence_is_long_where_its_words_are_many(sentence: str) -> None:
    """And a cut leaves two parts that make it up."""
    words = counted(sentence)
    found = [remark for remark in on_note(sentence) if remark.code == "long-sentence"]
    assert bool(found) == (length(words) > MOST_WORDS)
    place = cut(words)
    if place is not None:
        assert place.before + place.after == len(words)
        assert len(counted(sentence[: place.start])) == place.before


# ---- hard words -----------------------------------------------------------------------------------------------------

ENTRIES = list(entries())


def test_there_are_several_hundred_hard_words() -> None:
    """Those of statutes among them, in every form."""
    known = dict(ENTRIES)
    assert len(ENTRIES) > 1_500
    assert known["in respect of"][0] == "for"
    assert known["commences"] == ("starts", "begins")
    assert hard_words("commenced")[0].instead == ("started", "begun", "began")
    assert known["utilising"] == known["utilizing"] == ("using",)
    assert {"prior to", "pursuant to", "in accordance with", "aforementioned", "notwithstanding", "hereinafter"} <= known.keys()


def test_what_is_written_instead_is_plain() -> None:
    """Done as it says, a fix leaves nothing to be remarked on."""
    for hard, instead in ENTRIES:
        assert [plain for plain in instead if hard_words(plain)] == [], hard
        for phrase in (hard, hard.capitalize()):
            [found] = hard_words(f"It: {phrase}, as you see")
            assert found.end - found.start == len(phrase), hard


def test_no_two_tables_have_the_same_word() -> None:
    """But for forms that are spelt alike."""
    seen: dict[str, tuple[str, ...]] = {}
    for hard, instead in ENTRIES:
        assert seen.setdefault(hard, instead)[:0] == ()
    from engine.plain import phrases, single_words, verbs

    heads = [
        line.partition("=")[0].strip()
        for table in (phrases.PHRASES, single_words.NOUNS, single_words.OTHERS, verbs.VERBS)
        for line in table.strip().splitlines()
    ]
    assert [head for head in heads if heads.count(head) > 1] == ["endeavour", "endeavour"]  # a noun and a verb


SOME_HARD = st.sampled_from([hard for hard, _ in ENTRIES])
MIXED = st.lists(st.one_of(SOME_HARD, WORDS, st.sampled_from(["of", "to", "in", "that", "the fact", "Prior", "not"])), max_size=8)


@given(MIXED)
def test_fixes_done_one_after_another_end(words: list[str]) -> None:
    """Each takes its remark away, and what it makes together with the words beside it is mended in turn."""
    text = " ".join(words)
    for _ in range(4 * len(words) + 1):
        found = hard_words(text)
        if not found:
            return
        first = found[0]
        text = text[: first.start] + first.instead[0] + text[first.end :]
        assert not any((hard.start, hard.end) == (first.start, first.end) and hard == first for hard in hard_words(text))
    raise AssertionError(f"still hard: {text}")


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Prior to that day.", ["Before"]),
        ("With effect from, prior, to", ["From"]),
        ("No later than noon", ["By"]),
        ("It commenced.", ["started"]),
        ("Duly signed", [""]),
        ("Commences pursuant to it", ["Starts", "under"]),
        ("prioritised", []),
        ("in receipt of pay", ["getting"]),
        ("*prior to*", ["before"]),
    ],
)
def test_hard_words(text: str, instead: list[str]) -> None:
    """Whole words only, the longest first, in capitals where they are."""
    assert [hard.instead[0] for hard in hard_words(text)] == instead


# ---- terms ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ask for LTIA.", [("undefined-term", "LTIA")]),
        ("Ask for LTIA, and LTIA again.", [("undefined-term", "LTIA")]),
        ("Long Term Incapacity Allowance (LTIA) is paid to GPs.", [("undefined-term", "Long Term Incapacity Allowance")]),
        ("See R&O.81/2008, P.80/2022, Part II, the UK.", []),
        ("The Community Care Grant ended.", [("undefined-term", "Community Care Grant")]),
        ("If Parish Welfare ended.", [("undefined-term", "Parish Welfare")]),
        ("In the Day Care of Children (Jersey) Law 2002, the Special Payments Regulations.", []),
        ("From October to April, on Christmas Day, by the Jersey Homes Trust or FB Cottages Housing Trust.", []),
        ("A 'relevant week' counts.", [("undefined-term", "relevant week")]),
        ("A 'relevant week' means seven days. The claimant's 'relevant week' counts.", []),
        ("The Minister and the States.", []),
        ("Ask for Parish Welfare.", [("undefined-term", "Parish Welfare")]),
        ("The words 'prior week' were not found.", []),
    ],
)
def test_terms(text: str, expected: list[tuple[str, str]]) -> None:
    """Told once; a law, a month, a place and somebody's name say themselves what they are."""
    assert said(on_note(text)) == expected


NOTED = 'input pay of person "Pay" : £ note "Remunerative work counts."'
MEANT = "note \"'remunerative' means paid.\""


@pytest.mark.parametrize(
    ("book", "is_remarked"),
    [
        (NOTED, True),
        (f"{NOTED} {MEANT}", False),
        (f'{NOTED} input rent of person "Rent" : £ {MEANT}', True),
        (f'scheme help "Help" {MEANT} {NOTED}', False),
        (f'instrument an_order "Order" {MEANT} {NOTED}', False),
        (f'{NOTED} input rent of person "Other" : £ decided by "a remunerative officer" applying "it"', True),
        (f'{NOTED} input work of person "Unremunerative work" : £', True),
    ],
)
def test_a_word_may_stay_where_it_is_said_what_it_means(book: str, is_remarked: bool) -> None:
    """For the whole book on a scheme or an instrument, else for the declaration."""
    assert [code for code, _ in said(remarked(book))] == ["hard-word"] * is_remarked


def test_a_word_of_a_title_is_told_at_the_title() -> None:
    """And not wherever the title is used."""
    title = 'input work of person "Remunerative work" : yes/no'
    assert said(remarked(f'{title} ask "Is it remunerative work?"')) == [("hard-word", "Remunerative")]


def test_terms_are_known_from_other_files() -> None:
    """A book is one, however it is cut up."""
    assert remarked('input a of person "A" : £ note "Help to Work is paid."', 'scheme help "Help to Work"') == []


# ---- the other remarks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is not paid unless you claim.", "not paid unless"),
        ("No award is made without a claim.", "No award is made without"),
        ("That is not unlikely.", "not unlikely"),
        ("You can't claim without proof.", "can't claim without"),
        ("It is not paid. Unless you claim, wait.", None),
        ("It is not paid, and you go without.", None),
        ("Left paid work without good cause.", None),
        ("Have you lived here without a break?", None),
        ("It is not under 5.", None),
        ("It is not known when it began, but without it nothing is paid.", None),
    ],
)
def test_double_negatives(text: str, expected: str | None) -> None:
    """In one part of one sentence only."""
    assert said(on_note(text)) == ([] if expected is None else [("double-negative", expected)])


def test_a_title_is_long_from_thirteen_words() -> None:
    """Twelve can be taken in."""
    assert remarked(f'input a of person "{"word " * 12}" : £') == []
    [remark] = remarked(f'input a of person "{"word " * 13}" : £')
    assert (remark.code, "13 words" in remark.message) == ("long-title", True)


ANY_TEXT = st.text(max_size=200) | st.lists(
    st.sampled_from(
        ['"', "“", "”", "'", "note", "rule", "in", "of", "means", "\n", "#", " ", "LTIA", "Parish Welfare", "prior to"]
    )
    | st.text(max_size=5),
    max_size=40,
).map(" ".join)


@given(ANY_TEXT)
def test_any_text_gives_remarks(text: str) -> None:
    """As a file, and as what stands in quotes; each remark stands inside what it is about."""
    quoted = re.sub(r'["\n]', " ", text)
    for source in (Source("any.rules", text), Source("note.rules", f'input a of person "{quoted}" : £ note "{quoted}"')):
        for remark in remarks([source]):
            assert remark.place is not None
            assert 0 <= remark.place.span.start < remark.place.span.end <= len(source.text)
            assert remark.fix
        assert all(age.counts.years is not None for age in reading_ages([source]))


# ---- ages -----------------------------------------------------------------------------------------------------------


def words_of(table: str) -> list[tuple[str, int]]:
    """Words with the number of their syllables, which begins the line or stands behind the word."""
    found = []
    for line in (TABLES / table).read_text(encoding="utf-8").splitlines():
        common, *words = line.split()
        for word in words:
            spelt, _, own = word.partition(":")
            found.append((spelt, int(own or common)))
    return found


def test_syllables() -> None:
    """Of words that benefit law uses, all; of others, which the count was not made with, all but two of 172."""
    assert [word for word, number in words_of("syllables.txt") if syllables(word) != number] == []
    others = words_of("syllables_of_other_words.txt")
    assert [word for word, number in others if syllables(word) != number] == ["vegetable", "diabetes"]
    assert len(others) == 172


@given(st.text(max_size=30))
def test_every_word_has_a_syllable(word: str) -> None:
    """Whatever it is."""
    assert 1 <= syllables(word) <= max(1, 2 * len(word))


def test_an_age_is_exact() -> None:
    """0.39 × 10 + 11.8 × 1.5 − 15.59 + 5 = 11.01; and half a year counts upwards."""
    assert Counts(words=20, sentences=2, syllables=30).age == Fraction(1101, 100)
    assert Counts(words=20, sentences=2, syllables=30).years == 11
    assert Counts().age is None
    assert Counts(words=6, sentences=1, syllables=6).years == 5
    assert counts("You keep {disregard_rate} of 20. Then you stop.") == Counts(words=8, sentences=2, syllables=8)


@given(st.lists(SENTENCES, min_size=1, max_size=3))
def test_shorter_sentences_are_for_younger_readers(written: list[str]) -> None:
    """The same words in more sentences never ask for an older one."""
    found = counts(" ".join(written))
    age, split = found.age, Counts(found.words, found.sentences + 1, found.syllables).age
    assert age is not None and split is not None and split < age


# ---- the law that we ship -------------------------------------------------------------------------------------------


def test_the_shipped_law_has_no_remarks() -> None:
    """Every one that there was, was mended; and each scheme can be read by most who have left school."""
    assert [(remark.code, remark.message) for remark in shipped().remarks] == []
    ages = {age.scheme: age.counts.years or 0 for age in shipped().reading_ages}
    assert set(ages) >= {"Income Support", "Community Costs Bonus", "Social Security contributions"}
    assert max(ages.values()) <= 13


# ---- the command ----------------------------------------------------------------------------------------------------

HARD = 'entity person\ninput rent of person "Rent" : £ a week\n  ask "How much rent did you pay prior to that?"\n'


def test_check_counts_remarks_and_shows_them_where_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are advice: the exit status tells of them with --plain --strict only."""
    (tmp_path / "rent.rules").write_text(HARD, encoding="utf-8")
    where = str(tmp_path)
    assert main(["check", where]) == main(["check", where, "--strict"]) == 0
    out, err = capsys.readouterr()
    assert "advice" not in out
    assert err.splitlines() == ["1 remark on plain language; --plain shows them."] * 2
    assert main(["check", where, "--plain"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("No problems in 1 rule file")
    assert "advice: `prior to` is harder than it need be. [hard-word]\n  in rent\n" in out
    assert "Files of no scheme: about 6 (9 words, too few for more than a guess)" in out
    assert err == ""
    assert main(["check", where, "--plain", "--strict"]) == 1


def test_check_says_where_there_is_nothing_to_remark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Silence would leave open whether it was looked at."""
    (tmp_path / "rent.rules").write_text(HARD.replace("prior to", "before"), encoding="utf-8")
    assert main(["check", str(tmp_path), "--plain", "--strict"]) == 0
    assert "No remarks on plain language." in capsys.readouterr().out
    assert main(["check", str(tmp_path)]) == 0
    assert capsys.readouterr().err == ""


def test_remarks_as_data(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In the shape of problems, with the ages beside them; there where they are asked for only."""
    (tmp_path / "rent.rules").write_text(HARD, encoding="utf-8")
    assert main(["check", str(tmp_path), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"version": 1, "problems": []}
    assert main(["check", str(tmp_path), "--format", "json", "--plain"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [(problem["code"], problem["severity"], problem["line"]) for problem in data["problems"]] == [
        ("hard-word", "advice", 3)
    ]
    assert data["reading_ages"] == [{"scheme": None, "age": 6, "words": 9, "kinds": {"question": {"age": 6, "words": 9}}}]
    schema = json.loads((ROOT / "jurat" / "schemas" / "problem.v1.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(data)


def test_of_a_file_only_its_own_remarks_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As its own problems are."""
    (tmp_path / "a.rules").write_text('scheme a "A"\ninput b of person "B" : £', encoding="utf-8")
    (tmp_path / "b.rules").write_text(HARD, encoding="utf-8")
    main(["check", str(tmp_path / "a.rules")])
    assert "remark" not in capsys.readouterr().err


def test_an_unchanged_book_is_not_read_again(tmp_path: Path) -> None:
    """How many remarks there are is kept with all else, and what finds them is not even imported."""
    (tmp_path / "rent.rules").write_text(HARD, encoding="utf-8")
    code = "import sys; from jurat.cli import main; main(['check', 'rent.rules']); print('engine.plain.remarks' in sys.modules)"
    environment = {"PYTHONPATH": str(ROOT), "JURAT_CACHE": str(tmp_path / "kept")}
    for was_read in ("True", "False"):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
        )
        assert done.stdout.splitlines()[-1] == was_read
        assert done.stderr == "1 remark on plain language; --plain shows them.\n"


def test_the_page_says_what_is_true() -> None:
    """Its numbers are those of the program, and its message is printed."""
    page = (ROOT / "docs" / "plain_language.md").read_text(encoding="utf-8")
    assert f"more than {MOST_WORDS} words" in page
    shown_there = re.search(r"```text\n(advice: .*?)```", page, re.DOTALL)
    assert shown_there is not None
    from grammar.rendering import render

    [remark] = remarks(
        [
            Source(
                "rent.rules",
                'entity person\ninput rent of person "Rent" : £ a week\n  ask "How much rent did you pay prior to the start of your claim?"',
            )
        ]
    )
    assert render(remark) == shown_there[1].rstrip("\n")
    assert jurat.load(RULES).remarks == ()
