"""What `jurat check --plain` says of the writer's own words: where a good editor would say it, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.plain.ages import reading_ages
from engine.plain.forms import entries, hard_words
from engine.plain.remarks import remarks
from engine.plain.texts import read
from grammar.content import Tree
from grammar.declarations import Case, Instrument, Unwritten
from grammar.parsing import parse
from grammar.source import Source
from grammar.syntax import NotEncoded
from tests.books import RULES, shipped
from tests.plainly import WORDS, on_note, remarked, said

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
        ("She defrays it.", ["pays"]),
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


# ---- the law that we ship -------------------------------------------------------------------------------------------


def test_the_shipped_law_has_no_remarks() -> None:
    """Every one that there was, was mended; and each scheme can be read by most who have left school."""
    assert [(remark.code, remark.message) for remark in shipped().remarks] == []
    ages = {age.scheme: age.counts.years or 0 for age in shipped().reading_ages}
    assert set(ages) >= {"Income Support", "Community Costs Bonus", "Social Security contributions"}
    assert max(ages.values()) <= 13
