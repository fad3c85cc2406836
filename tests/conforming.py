"""The conformance cases, read and run: tests/conformance/README.md says what a file holds and what each block means.

A block that says what follows (problems, answers, explanation, same) is told again as the engine has it; a case holds where
every block comes out as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from attrs import evolve, frozen

import jurat
from engine.assessment import Assessment, FactUse, Step
from engine.notices import ChallengeTold, DutyTold, TimeLimit, challenges, duties
from engine.values import Reason, refusal_of
from explain.document import reason_view
from explain.paying import document as claim_document
from explain.telling.other_days import days_words, reasons_together
from explain.telling.steps import shown
from grammar.parsing import parse_value
from grammar.problems import Problem, errors
from grammar.source import Source
from grammar.syntax import DateText
from jurat.answers import Answer
from jurat.paying import pay
from jurat.rulebook import Rules, from_sources

FOLDER = Path(__file__).parent / "conformance"
FILES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
FOLLOWS = ("problems", "answers", "payments", "explanation", "same")
"""Blocks that say what follows from those before them."""

_BLOCK = re.compile(r"^```([a-z_ ]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ANSWER = re.compile(r"(?P<term>[\w.]+)(?: of (?P<whose>\w+))? is .+")
_ASKS = "asks: "
_LISTED = re.compile(r"(?P<list>needs|assumed|not used|steps|challenges|duties): .+")
_DAY = r"\d{1,2} [A-Z][a-z]+ \d{4}"
_PERIOD = re.compile(rf"from (?P<first>{_DAY}) to (?P<last>{_DAY})")
_QUESTION = re.compile(
    rf"on (?P<on>{_DAY})(?:, known (?P<known>{_DAY}))?(?P<readings>(?:, reading \w+)*)(?P<drafts>(?:, with \w+)*)(?P<strict>, strict)?"
)


@frozen
class Block:
    kind: str
    text: str


@frozen(slots=False)
class ConformanceCase:
    """One case of a file: what it is about, and its blocks in order."""

    file: Path
    title: str
    about: tuple[str, ...]
    shared: tuple[str, ...]
    """The rules of the file, which are read with those of each of its cases."""
    blocks: tuple[Block, ...]

    @property
    def works(self) -> bool:
        """Whether something in it has a value, or two books are compared."""
        lines = [line for block in self._of("answers") for line in block.text.splitlines()]
        paid = any("£" in block.text for block in self._of("payments"))
        return bool(self._of("same")) or paid or any(" is " in line and " is refused: " not in line for line in lines)

    @property
    def is_refused(self) -> bool:
        """Whether something in it is refused: the book, the household, or a value."""
        refused = any(" is refused: " in block.text for block in self._of("answers"))
        refused = refused or any(": refused" in block.text for block in self._of("payments"))
        return refused or any(line.startswith("error ") for block in self._of("problems") for line in block.text.splitlines())

    @property
    def is_explained(self) -> bool:
        """Payments are told with how each is made."""
        return any(block.text.strip() for kind in ("explanation", "payments") for block in self._of(kind))

    @property
    def texts(self) -> list[str]:
        """Every rule file and household that it holds."""
        return [*self.shared, *(block.text for block in self.blocks if block.kind == "case" or block.kind.startswith("rules"))]

    @cached_property
    def book(self) -> Rules:
        return _book([*self.shared, *(block.text for block in self._of("rules"))], self._folders)

    @property
    def _folders(self) -> dict[str, str]:
        """The rule files that stand in a folder of their own, and so may open a scheme."""
        start = "rules in "
        return {block.kind.removeprefix(start): block.text for block in self.blocks if block.kind.startswith(start)}

    def _of(self, kind: str) -> list[Block]:
        return [block for block in self.blocks if block.kind == kind]

    def retold(self) -> Iterator[tuple[Block, str]]:
        """Each block that says what follows, and what it would say; a book of which no problems are told has none."""
        household: Source | None = None
        questions: list[tuple[str, Answer]] = []
        if not any(block.kind == "problems" for block in self._before_household()):
            yield Block("problems", ""), _lines(_problem(p) for p in jurat.check(self.book))
        for block in self.blocks:
            match block.kind:
                case "case" | "json":
                    household = Source(HOUSEHOLD, block.text)
                case "problems" if household is None:
                    yield block, _lines(_problem(p) for p in jurat.check(self.book))
                case "problems":
                    assert household is not None
                    yield block, _lines(_problem(p) for p in self._asked_for_everything(household).problems)
                case "answers":
                    assert household is not None, f"{self.title}: answers without a household"
                    questions = list(_questions(self.book, household, block.text))
                    yield block, _lines(text for text, _ in questions)
                case "payments":
                    assert household is not None, f"{self.title}: payments without a household"
                    yield block, _payments(self.book, household, block.text)
                case "explanation":
                    yield block, _explanation(questions[0][1])
                case "same":
                    yield block, _lines(self._same(line) for line in block.text.splitlines())

    def _before_household(self) -> Iterator[Block]:
        for block in self.blocks:
            if block.kind in ("case", "json"):
                return
            yield block

    def _asked_for_everything(self, household: Source) -> Answer:
        rules = [name for name, provision in self.book.law.provisions.items() if provision.kind == "rule"]
        return jurat.assess(self.book, household, of=rules)

    @cached_property
    def _changed(self) -> Rules:
        """The other book of a comparison: written out, or the first with words replaced wherever they stand."""
        written = [block.text for block in self._of("rules changed")]
        if written:
            return _book([*self.shared, *written])
        texts = [*self.shared, *(block.text for block in self._of("rules"))]
        for block in self._of("change"):
            for line in block.text.splitlines():
                old, _, new = line.partition(" => ")
                assert any(re.search(_standing(old), text) for text in texts), f"`{old}` does not stand in the book"
                texts = [re.sub(_standing(old), lambda _, new=new: new, text) for text in texts]  # type: ignore[misc]
        return _book(texts)

    def _same(self, line: str) -> str:
        """`on 1 October 2010: effect same, law other`."""
        day = line.removeprefix("on ").partition(":")[0]
        graphs = []
        for book in (self.book, self._changed):
            assert not errors(jurat.check(book)), _lines(_problem(problem) for problem in jurat.check(book))
            graphs.append(book.on(_date(day)).graph)
        one, other = graphs
        effect = "same" if one.effect == other.effect else "other"
        law = "same" if one.law == other.law else "other"
        return f"on {day}: effect {effect}, law {law}"


OWN, HOUSEHOLD = "rules", "the case"


def _book(texts: Sequence[str], folders: Mapping[str, str] = MappingProxyType({})) -> Rules:
    """The last text is the case's own; what stands before it is called so in problems."""
    names = [OWN, *(f"rules {number}" for number in range(2, len(texts) + 1))]
    sources = [Source(name, text) for name, text in zip(names[: len(texts)], reversed(texts), strict=True)]
    return from_sources([*sources, *(Source(f"{folder}/rules", text) for folder, text in folders.items())])


def _standing(words: str) -> str:
    """Words as they stand by themselves: `kept` is no part of `none_kept`."""
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def cases_in(path: Path) -> list[ConformanceCase]:
    """The cases of one file."""
    head, *sections = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    shared = tuple(text for kind, text in _BLOCK.findall(head) if kind == "rules")
    found = []
    for section in sections:
        title, _, rest = section.partition("\n")
        about = re.search(r"^About: (.+)$", rest, re.MULTILINE)
        assert about, f"{path.name}: “{title}” does not say what it is about"
        blocks = tuple(Block(kind, text) for kind, text in _BLOCK.findall(rest))
        found.append(ConformanceCase(path, title, tuple(re.split(r"[,;] ", about[1])), shared, blocks))
    return found


def with_explanations(case: ConformanceCase, text: str) -> str:
    """A file's text with the explanations of one case told anew; everything else in it is a person's to write."""
    before, heading, section = text.partition(f"## {case.title}\n")
    section, next_heading, after = section.partition("\n## ")
    told = iter([now for block, now in case.retold() if block.kind == "explanation"])
    section = _BLOCK.sub(lambda found: f"```explanation\n{next(told)}```" if found[1] == "explanation" else found[0], section)
    return before + heading + section + next_heading + after


# ---- what was asked, and what came out ------------------------------------------------------------------------------


def _questions(book: Rules, household: Source, text: str) -> Iterator[tuple[str, Answer]]:
    """Each question of a block with its answers: as text, and as they are."""
    asked: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if _QUESTION.fullmatch(line):
            asked.append((line, []))
        else:
            asked = asked or [("", [])]
            asked[-1][1].append(line)
    for question, lines in asked:
        found = _QUESTION.fullmatch(question)
        drafts = found["drafts"].split(", with ")[1:] if found else ()
        named = [line for line in lines if line.startswith(_ASKS)]
        terms = [name for line in named for name in line.removeprefix(_ASKS).split(", ")]
        terms += [told["term"] for line in lines if (told := _ANSWER.fullmatch(line))]
        answer = jurat.assess(
            evolve(book, drafts=tuple(drafts), checked={}) if drafts else book,
            household,
            on=_date(found["on"]) if found else None,
            known=_date(found["known"]) if found and found["known"] else None,
            of=tuple(dict.fromkeys(terms)),
            readings=found["readings"].split(", reading ")[1:] if found else (),
            strict=bool(found and found["strict"]),
        )
        heading = [question] if question else []
        if answer.assessment is None:
            yield "\n".join([*heading, *named, *(_problem(problem) for problem in answer.problems)]), answer
        else:
            assessment = answer.assessment
            yield "\n".join([*heading, *(_told(assessment, line) for line in lines)]), answer


def _payments(book: Rules, household: Source, text: str) -> str:
    """What is paid over the period that the first line says."""
    asked = _PERIOD.fullmatch(text.partition("\n")[0])
    assert asked, "payments begin with the period: from 1 October 2010 to 31 October 2010"
    found = pay(book, household, _date(asked["first"]), _date(asked["last"]))
    lines = [asked[0]]
    if found.claim is None:
        return _lines([*lines, *(_problem(problem) for problem in found.problems)])
    for paid in claim_document(found.claim, None).paid:
        lines.append(f"{paid.title} ({paid.whose}): {paid.total}")
        lines += [": ".join(filter(None, (line.days, line.working, line.amount))) for line in paid.lines]
    segments = "; ".join(days_words(segment.first, segment.last) for segment in found.claim.segments)
    return _lines([*lines, f"segments: {segments}"])


def _told(assessment: Assessment, line: str) -> str:
    listed = _LISTED.fullmatch(line)
    if listed:
        between = "; " if listed["list"] in ("challenges", "duties") else ", "
        return f"{listed['list']}: {between.join(_list(assessment, listed['list'])) or 'none'}"
    asked = _ANSWER.fullmatch(line)
    assert asked, f"neither a question nor an answer: {line}"
    whose = (asked["whose"],) if asked["whose"] else ()
    name = line.partition(" is ")[0]
    found = assessment.find(assessment.graph.book.law.keys.of(asked["term"]), *whose)
    return f"{name} is nobody's" if found is None else f"{name} is {_value(found)}"


def _list(assessment: Assessment, what: str) -> list[str]:
    match what:
        case "steps":
            return [str(step.id) for step in assessment.steps]
        case "needs":
            return [_named(use.term.name, use.path) for use in assessment.facts]
        case "challenges":
            return [_challenge(one) for one in challenges(assessment.graph)]
        case "duties":
            return [_duty(one) for one in duties(assessment)]
        case "assumed":
            return [_named(use.term.name, use.path) for use in assessment.facts if use.is_assumed]
        case _:
            return [f"{_named(use.term.name, use.path)} ({use.unused})" for use in assessment.unused]


def _challenge(one: ChallengeTold) -> str:
    after = f" after {', '.join(identity.rpartition(':')[2] for identity in one.after)}" if one.after else ""
    return f"{one.name}{after} ({_limit(one.within)})"


def _duty(one: DutyTold) -> str:
    about = ", ".join(_named(use.term.name, use.path) for use in one.facts)
    also = f", also {', '.join(one.also)}" if one.also else ""
    return f"{one.name} ({_limit(one.within)}) about {about or 'none'}{also}"


def _limit(limit: TimeLimit) -> str:
    if limit.number is None:
        return "at any time" if limit.is_unlimited else "not encoded"
    return f"within {limit.number} {limit.unit}{'' if limit.number == 1 else 's'} after {limit.after}"


def _named(name: str, path: Sequence[str]) -> str:
    return f"{name} of {path[-1]}" if path else name


def _value(answer: Step | FactUse) -> str:
    refusal = refusal_of(answer.value)
    if refusal is not None:
        return "refused: " + ", ".join(_reason(reason) for reason in refusal.reasons)
    if isinstance(answer, Step):
        return shown(answer.value, answer)
    assert answer.exact is not None
    return answer.exact.words()


def _reason(reason: Reason) -> str:
    return f"{reason.kind} ({_named(reason.term.rpartition(':')[2], reason.path)})"


def _problem(problem: Problem) -> str:
    """`error must-round at line 2`: of another text than the case's own rules, with the text's name."""
    where = ""
    if problem.place is not None:
        folder, _, file = problem.place.span.source.path.rpartition("/")
        of = f" of {file}" + (f" in {folder}" if folder else "")
        where = f" at line {problem.place.span.line}" + ("" if of == f" of {OWN}" else of)
    elif problem.where:
        where = f" in {problem.where}"
    return f"{problem.severity} {problem.code}{where}"


def _explanation(answer: Answer) -> str:
    """Of each answer: the reasons if it is refused, then its step as it is printed, without its number and its uses."""
    if answer.assessment is None:
        return ""
    parts: list[str] = []
    printed = jurat.explain(answer).split("\n\n")
    numbers = {step.key: number for number, step in enumerate(answer.assessment.steps, 1)}
    for found in answer.assessment.answers:
        refusal = refusal_of(found.value)
        for reason, message in reasons_together(refusal.reasons) if refusal else ():
            view = reason_view(answer.assessment, found, reason, message)
            parts.append(view.message)
            parts += [f"Law: {view.citation}"] if view.citation else []
            parts += [f"Needed in: {' → '.join(view.way)}"] if view.way else []
        if isinstance(found, Step):
            start = f"{numbers[found.key]:3d}. "
            [step] = [part.strip("\n") for part in printed if part.strip("\n").startswith(start)]
            lines = _unwrapped(line.removeprefix("     ") for line in step.removeprefix(start).splitlines())
            parts += [line for line in lines if not line.startswith("uses ") and line != "no instrument"]
    return _lines(parts)


def _unwrapped(lines: Iterator[str]) -> list[str]:
    """Lines as they were before they were broken to a width: what goes on stands two spaces deeper."""
    found: list[str] = []
    for line in lines:
        if found and _depth(line) == _depth(found[-1]) + 2:
            found[-1] += f" {line.strip()}"
        else:
            found.append(line)
    return found


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def _date(text: str) -> date:
    value, problem = parse_value(text)
    assert isinstance(value, DateText), problem
    return value.value


def _lines(lines: Iterator[str] | Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
