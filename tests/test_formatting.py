"""The one layout: meaning and comments stay, a second time changes nothing, and no clause moves another's lines.

Documents of what was written and how it is laid out are made by `python -m pytest tests/test_formatting.py --regen-all`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from itertools import count, pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest_regressions.file_regression import FileRegressionFixture

from grammar import formatting
from grammar.formatting import WIDTH, formatted
from grammar.parsing import parse, trees
from grammar.source import Source
from grammar.table import parser
from grammar.trees import Tree
from grammar.words import reserved_words
from tests.books import ROOT, RULES
from tests.test_house import fenced

HERE = Path(__file__).parent
UGLY = sorted((HERE / "layouts").glob("*.*"))
SHIPPED = sorted(path for path in RULES.rglob("*.*") if path.suffix in (".rules", ".case"))
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DOCUMENTS.remove(ROOT / "docs" / "tutorial.md")  # makes mistakes on purpose; test_tutorial.py looks at its files at the end


def laid_out(text: str) -> str:
    """The layout of a text without mistakes."""
    result = formatted(Source("test.rules", text))
    assert result.problems == ()
    return result.text


LAID_OUT = [laid_out(path.read_text(encoding="utf-8")) for path in (*SHIPPED, *UGLY)]
"""Every shipped file and every document below, as laid out."""

PIECES = sorted({piece.strip("\n") + "\n" for text in LAID_OUT for piece in re.split(r"\n\n(?=\S)", text)})
"""Their stretches between empty lines: what the properties start from."""


def tokens_of(text: str) -> list[str]:
    return [str(token) for token in parser().lex(text)]


def beside_comments(text: str) -> list[tuple[str, str, str]]:
    """Every comment with the word before it and the word after it, read without the formatter."""
    tokens = [*parser().lex(text)]
    ends = [0, *(token.end_pos or 0 for token in tokens)]
    starts = [*(token.start_pos or 0 for token in tokens), len(text)]
    words = ["", *map(str, tokens), ""]
    return [
        (words[number], comment.strip(), words[number + 1])
        for number, (end, start) in enumerate(zip(ends, starts, strict=True))
        for comment in re.findall("#.*", text[end:start])
    ]


# ---- documents ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", UGLY, ids=lambda path: path.name)
def test_layout(path: Path, file_regression: FileRegressionFixture) -> None:
    """What was written, and how it is laid out."""
    written = path.read_text(encoding="utf-8")
    document = f"# {path.name}\n\n```text\n{written}```\n\n```{path.suffix[1:]}\n{laid_out(written)}```\n"
    file_regression.check(document, extension=".md", basename=path.name.replace(".", "-"), encoding="utf-8")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: str(path.relative_to(RULES)))
def test_the_shipped_files_are_laid_out(path: Path) -> None:
    """Rules and cases that we ship; `jurat fmt rules` makes them so."""
    text = path.read_text(encoding="utf-8")
    assert laid_out(text) == text


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_the_examples_in_documents_are_laid_out(path: Path) -> None:
    """Whoever copies one starts from the one layout."""
    text = path.read_text(encoding="utf-8")
    for example in fenced(text, "rules") + fenced(text, "case"):
        assert laid_out(example) == example


def subtrees(tree: Tree) -> Iterator[Tree]:
    yield tree
    for part in tree.children:
        if isinstance(part, Tree):
            yield from subtrees(part)


def test_every_form_of_the_grammar_stands_in_a_document() -> None:
    """A new phrase has to be seen laid out before it is called done."""
    inlined = {str(rule.origin.name) for rule in parser().rules if rule.options.expand1}
    forms = {rule.alias or str(rule.origin.name) for rule in parser().rules}
    forms = {form for form in forms if not form.startswith("_")} - inlined - {"start", "reserved", "mistake"}
    texts = [path.read_text(encoding="utf-8") for path in (*UGLY, *SHIPPED)]
    seen = {part.data for text in texts for _, tree in trees(Source("", text)) for part in subtrees(tree)}
    assert forms - seen == set()


# ---- what stays -----------------------------------------------------------------------------------------------------

JOINTS = st.sampled_from([" ", "\n", "\t", "\r\n", "  \n   ", "\xa0", "\n\t\t"])
REMARKS = st.sampled_from(
    [" # behind\n", "\n# alone\n", "\n   #deeper \n", "\n\n# after an empty line\n\n", " # two\n  # of them\n"]
)
SYNONYMS = {"×": "*", "÷": "/", ">=": "≥", "<=": "≤", "-": "−"}


def spelt_otherwise(word: str) -> str:
    """Another spelling of a sign, or curly quotes around a text that holds none."""
    curly = re.sub(r'^"([^“”]*)"$', r"“\1”", word)
    return SYNONYMS.get(word, curly)


@st.composite
def spaced_anew(draw: st.DrawFn, joints: st.SearchStrategy[str]) -> tuple[str, str]:
    """A text as laid out, and its words with other white space between them."""
    text = draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map("\n".join))
    rng = random.Random(draw(st.integers(0, 10**6)))
    some = draw(st.lists(joints, min_size=1, max_size=6))
    words = tokens_of(text)
    return text, "".join(word + rng.choice(some) for word in words)


@settings(max_examples=60, deadline=None)
@given(spaced_anew(JOINTS), st.booleans())
def test_white_space_and_synonyms_are_no_part_of_the_layout(texts: tuple[str, str], with_synonyms: bool) -> None:
    """However the words were spaced and broken, the lines are the same; only empty lines and comments are the writer's."""
    text, noisy = texts
    if with_synonyms:
        noisy = re.sub(r'“[^”\n]*”|"[^"\n]*"|×|÷|>=|<=|-', lambda found: spelt_otherwise(found[0]), noisy)
    assert laid_out(noisy) == laid_out("\n".join(tokens_of(text)))


def test_the_lines_of_a_text_are_those_of_its_words() -> None:
    """Without its comments and empty lines, a laid out text is what its words alone give."""
    for text in LAID_OUT:
        if "#" not in text:
            assert [line for line in text.splitlines() if line] == laid_out(" ".join(tokens_of(text))).splitlines()


@settings(max_examples=100, deadline=None)
@given(spaced_anew(st.one_of(JOINTS, REMARKS)))
def test_meaning_and_comments_stay_and_a_second_time_changes_nothing(texts: tuple[str, str]) -> None:
    """Comments anywhere between words: the same ones, each beside the same words."""
    _, noisy = texts
    once = laid_out(noisy)
    assert parse(Source("", once)).file.declarations == parse(Source("", noisy)).file.declarations
    assert beside_comments(once) == beside_comments(noisy)
    assert laid_out(once) == once
    assert not re.search(r"[ \t\r]$|\n\n\n|\A\n|\n\n\Z", once, re.MULTILINE)


@settings(max_examples=50, deadline=None)
@given(st.permutations(["default £0 per week", "range £0 per week to £9 per week", 'ask "?"', 'cite "5(a)"', 'note "Why"']))
def test_clauses_keep_the_order_in_which_they_were_written(clauses: list[str]) -> None:
    """The order means nothing, and is the writer's."""
    head = 'input pay of person "Pay" : £ a week'
    assert laid_out(" ".join([head, *clauses])) == "\n  ".join([head, *clauses]) + "\n"


HEAD = 'rule kept of person "Kept" : £\n  is £1 when able\n    cite "1"\n'


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (HEAD + "    # of the citation", HEAD + "    # of the citation\n"),
        (HEAD + "  # of the rule\n   ", HEAD + "  # of the rule\n"),
        (HEAD + "# of the file\n\n", HEAD + "# of the file\n"),
        (HEAD + "            # far to the right\n", HEAD + "    # far to the right\n"),
        (HEAD + "\t# behind a tab\n  otherwise £2", HEAD + "  # behind a tab\n  otherwise £2\n"),
        (HEAD + "\t\t# behind two\n  otherwise £2", HEAD + "    # behind two\n  otherwise £2\n"),
        (HEAD + "# too far to the left\n  otherwise £2", HEAD + "  # too far to the left\n  otherwise £2\n"),
        (HEAD + "  # the first\n\n\n# the next\nentity person", HEAD + "  # the first\n\n# the next\nentity person\n"),
        (HEAD.replace("£1", "£1#why\n"), HEAD.replace("£1 ", "£1  #why\n      ")),
    ],
)
def test_how_deep_a_comment_stands(written: str, wanted: str) -> None:
    """As deep as what follows; or as its writer set it, up to the depth of what came before."""
    assert laid_out(written) == wanted


# ---- line by line ---------------------------------------------------------------------------------------------------


def depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def clauses(lines: list[str]) -> list[tuple[int, int]]:
    """The first line of every clause, and the line after its last: what goes on stands four spaces deeper, or more."""
    starts = [0]
    for number, line in enumerate(lines):
        if number and depth(line) < depth(lines[starts[-1]]) + 4:
            starts.append(number)
    return list(pairwise([*starts, len(lines)]))


EDITS: dict[str, Callable[[str], str]] = {
    "a longer word": lambda word: word + "_and_more_of_it" if word[0].islower() else word,
    "a longer text": lambda word: word[:-1] + ", and more of it" * 5 + '"' if word[0] == '"' else word,
    "another number": lambda word: re.sub(r"[0-9]+", "1234", word, count=1),
    "a long sum": lambda word: f"{word} + {word} × {word} - ({word} + {word})",
    "a long condition": lambda word: f"{word} and a_thing_that_matters = £5 per week and not another_thing_that_matters_as_well",
    "nothing": lambda word: "",
}


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PIECES), st.sampled_from(sorted(EDITS)), st.randoms(use_true_random=False))
def test_a_change_to_one_clause_moves_no_other_line(text: str, edit: str, rng: random.Random) -> None:
    """One fact a line: what a reviewer sees of a change is the clause that was changed."""
    tokens = list(parser().lex(text))
    for token in rng.sample(tokens, min(len(tokens), 6)):
        changed = text[: token.start_pos] + EDITS[edit](str(token)) + text[token.end_pos :]
        if changed != text and not parse(Source("", changed)).problems:
            break
    else:
        assume(False)
    lines = text.splitlines()
    first, last = next(clause for clause in clauses(lines) if clause[0] < (token.line or 0) <= clause[1])
    after = laid_out(changed).splitlines()
    assert after[:first] == lines[:first]
    assert after[len(after) - (len(lines) - last) :] == lines[last:]


@pytest.mark.parametrize("text", [text for text in PIECES if "\n  " in text], ids=lambda text: text[:40].split("\n", 1)[0])
def test_a_clause_left_out_or_said_twice_moves_no_other(text: str) -> None:
    """Wherever the rest can still be read; but for heads, without which a clause would be part of what stands before."""
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    inner = [(first, last) for first, last in clauses(lines) if re.match("(?! *(?:version|reading) ) +", lines[first])]
    changes = [[*lines[:first], *lines[last:]] for first, last in inner]
    changes += [[*lines[:last], *lines[first:]] for first, last in inner if not lines[first].lstrip().startswith("is ")]
    for change in changes:
        changed = "\n".join([*change, ""])
        if not parse(Source("", changed)).problems:
            assert laid_out(changed) == changed


def test_only_texts_in_quotes_and_names_make_a_line_too_long() -> None:
    """A line that is longer than the width has no place left where it could be broken."""
    for text in LAID_OUT:
        for line in text.splitlines():
            assert len(re.sub(r'"[^"]*"', '""', line)) <= WIDTH or line.lstrip().startswith("#"), line


# ---- any text -------------------------------------------------------------------------------------------------------


def test_a_text_with_a_mistake_is_left_alone() -> None:
    """Byte for byte, with its problems."""
    for path in sorted((HERE / "messages").glob("*.*")):
        if path.suffix in (".rules", ".case"):
            source = Source(path.name, path.read_text(encoding="utf-8"))
            result = formatted(source)
            assert bool(result.problems) == bool(parse(source).problems)
            assert result.text == source.text or not result.problems


@settings(max_examples=200, deadline=None)
@given(st.one_of(
    st.text(max_size=100),
    st.lists(st.sampled_from([*sorted(reserved_words()), "a_name", '"text"', "£5", "12%", "1p", "7", "1 May 2010", "# c\n",
                              "(", ")", ",", ":", "+", "-", "×", "÷", "=", ">", "£", "\n"]), max_size=40).map(" ".join),
))  # fmt: skip
def test_any_text_gives_a_layout_or_problems_and_never_raises(text: str) -> None:
    """Whatever somebody pastes."""
    result = formatted(Source("any.rules", text))
    assert result.text == text or not result.problems


@pytest.mark.parametrize(("text", "wanted"), [("", ""), (" \n\n", ""), ("# c", "# c\n"), ("\n # c \n\n\n#d", "# c\n\n#d\n")])
def test_a_text_that_declares_nothing(text: str, wanted: str) -> None:
    """Nothing, or comments only."""
    assert laid_out(text) == wanted


ROUNDS = count(1)


@pytest.mark.parametrize(
    ("harm", "doubt"),
    [
        (lambda text: text.replace("£5", "£6"), "change what it says"),
        (lambda text: text.replace("from", "form"), "change what it says"),
        (lambda text: text.replace("# why", "# how"), "move or change a comment"),
        (lambda text: text.replace("  # why\n", "\n# why\n"), "move or change a comment"),
        (lambda text: text.replace("# why", "").replace("£", "# why\n£"), "move or change a comment"),
        (lambda text: text + "\n" * next(ROUNDS), "not be the same a second time"),
    ],
)
def test_the_formatter_does_not_trust_itself(harm: Callable[[str], str], doubt: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A layout that said something else, lost a comment, or were another the second time, is never given."""
    written = 'figure rate "Rate" : £\n  £5 from 1 May 2010  # why\n'
    rightly = formatting.laid_out
    monkeypatch.setattr(formatting, "laid_out", lambda read: harm(rightly(read)))
    result = formatted(Source("test.rules", written))
    assert result.text == written
    [problem] = result.problems
    assert (problem.code, problem.path) == ("layout-unproved", "test.rules")
    assert doubt in problem.message
