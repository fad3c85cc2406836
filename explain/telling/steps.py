"""One step as it is told: its words, its figures, what held and what did not, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from engine.assessment import Assessment, Step
from engine.book.law import Citation, citations
from engine.checking.sentences import IN_BRACES
from engine.graph import Graph, Term
from engine.nodes import Node
from engine.values import Refusal, Value, refusal_of, writer
from explain import phrases
from explain.telling.cases import Choose, chooser
from explain.telling.rows import Passed
from explain.telling.voices import REFUSED, Kept, in_words, kept, listed, once
from explain.telling.working import Lines, worked
from explain.tongue import Tongue

_WITHOUT_FIGURES = ("not encoded", "literal", "affected", "scale")
"""Mechanisms whose words say all; a scale's value says it in figures."""


@frozen(eq=False, repr=False)
class CaseTold:
    """A case of a term as it is told whoever's it is: the same object for every step in which it applied."""

    term: Term
    words: str
    cites: tuple[Citation, ...]
    """The term's own citations, then those of the case."""
    policy: str | None
    """Whose rounding policy applied, where the rule itself states none."""
    figures: Lines
    because: Filled | None
    sentence: str | None
    """The same as it stands beside the rule, its values in braces."""
    says_why: bool
    """Whether that is of a case which gives an amount of its own, and so says why it is that."""


@frozen(eq=False, repr=False)
class Told:
    """What a formula did: the words and figures of the case that applied, and the cases that did not."""

    case: CaseTold
    figures: tuple[str, ...]
    """The working, line by line; the first is the formula with figures put in and its result."""
    applied: str | None
    """Why this case applied, where there were several."""
    passed: tuple[Passed, ...]
    because: str | None
    part: str | None
    """The exception or the row that gave the value, as the rules call it."""


Filled = Callable[[Assessment, Step], str]


def told(assessment: Assessment, step: Step) -> Told:
    return tellings(assessment.graph)[step.term].told(assessment, step)


def tellings(graph: Graph) -> Kept[Telling]:
    """How the steps of each term are told."""
    return kept(graph, _telling)


@frozen(eq=False, repr=False)
class Telling:
    """How the steps of a term are told: what no household changes is made once, each case when it first applies."""

    term: Term
    choose: Choose
    cases: dict[tuple[int, tuple[int, ...]], CaseTold]

    def told(self, assessment: Assessment, step: Step) -> Told:
        node, which, passed, applied, cites, sentence, part = self.choose(assessment.graph, step)
        case = self.cases.get((node.index, which))
        if case is None:
            case = self.cases[node.index, which] = self._case(assessment.graph, node, cites, sentence)
        because = None if case.because is None else case.because(assessment, step)
        return Told(case, case.figures(step.frame), applied, passed, because, part)

    def _case(self, graph: Graph, node: Node, cites: tuple[Citation, ...], sentence: str | None) -> CaseTold:
        term = self.term
        own = term.authority.cites if term.authority else ()
        has_figures = term.in_force is not None and node.mechanism not in _WITHOUT_FIGURES
        head = term.in_force.provision.head if term.in_force else None
        says_why = sentence is not None and node.mechanism == "literal"
        sentence = sentence or getattr(head, "because", None)
        return CaseTold(
            term=term,
            words=in_words(graph, node),
            cites=tuple(dict.fromkeys((*own, *cites))),
            policy=_policy(graph, term) if node.mechanism == "rounding" and node.detail[2] else None,
            figures=once(graph, worked, node) if has_figures else lambda frame: (),
            because=_sentence(sentence) if sentence else None,
            sentence=sentence,
            says_why=says_why,
        )


def _telling(graph: Graph, term: Term) -> Telling:
    return Telling(term, chooser(graph, term), {})


def _policy(graph: Graph, term: Term) -> str | None:
    """The instrument whose rounding policy was applied, with its citation (S19)."""
    instrument = term.in_force.instrument if term.in_force else None
    if instrument is None:
        return None
    cites = citations(graph.book.law, instrument.policy_cites, instrument.name)
    policy = phrases.sentence("Rounded by the policy of the {instrument}", instrument=instrument.title)
    return "; ".join([policy, *(str(cite) for cite in cites)])


# ---- the sentence beside the rule, and the place in the law ---------------------------------------------------------


def _sentence(sentence: str) -> Filled:
    """A `because` with the values put in of the terms that it names; the checker has seen that the rule reads them."""
    words, names = IN_BRACES.split(sentence)[0::2], IN_BRACES.findall(sentence)
    text = "%s".join(part.replace("%", "%%") for part in words)
    if not names:
        return lambda assessment, step: sentence
    refused, what_is_refused = phrases.sentence(REFUSED), phrases.sentence("what is refused")
    not_needed = [phrases.sentence("what was not needed")]

    def because(assessment: Assessment, step: Step) -> str:
        values: dict[str, list[str]] = {name: [] for name in names}
        for item in (step, *[assessment.at(key) for key in step.reads]):
            if item.term.name in values:
                known = shown(item.value, item) if isinstance(item, Step) else item.exact.words() if item.exact else refused
                values[item.term.name].append(what_is_refused if known == refused else known)
        return text % tuple([listed(values[name] or not_needed, "and") for name in names])

    return because


def because_in(tongue: Tongue, assessment: Assessment, step: Step) -> str | None:
    """The sentence beside a rule in another language; its values are those that the sentence names in its own."""
    found = told(assessment, step)
    sentence = found.case.sentence
    if tongue.is_own or sentence is None:
        return found.because
    said, names = tongue.title(sentence), set(IN_BRACES.findall(sentence))
    if not set(IN_BRACES.findall(said)) <= names:
        said = sentence
    values: dict[str, list[str]] = {name: [] for name in names}
    for item in (step, *[assessment.at(key) for key in step.reads]):
        if item.term.name in values:
            values[item.term.name].append(tongue.value(item.exact) if item.exact else tongue.say("what is refused"))
    not_needed = [tongue.say("what was not needed")]
    return IN_BRACES.sub(lambda name: tongue.listed(values[name[1]] or not_needed), said)


def shown(value: Value, step: Step) -> str:
    """A step's value as people write it; members by name."""
    if isinstance(value, Refusal):
        return phrases.sentence(REFUSED)
    if isinstance(value, tuple):
        names = ", ".join(step.frame.world.names[path] for path in step.members())
        if refusal_of(value) is None:
            return names or phrases.sentence("nobody")
        if names:
            return phrases.sentence("refused ({names} and perhaps others)", names=names)
        return phrases.sentence(REFUSED)
    return writer(step.term.type, step.term.scale)(value)
