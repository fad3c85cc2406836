"""One household under two laws, or two under one, as every format tells it: the answers, why they differ, and the steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from attrs import evolve, frozen

from engine.assessment import Assessment, FactUse, Step, StepId
from engine.book.law import DRAFT
from engine.comparing.causes import LawCause
from engine.comparing.facts import DayCause, FactCause
from engine.comparing.households import Compared, StepsBeside, Why
from engine.comparing.splitting import Cause, Found, Move, state_of
from engine.graph import Graph
from engine.values import Exact, Refusal
from explain.comparing.facts import both_given, figure_words
from explain.comparing.laws import Labels
from explain.comparing.marking import Marked, marked
from explain.phrases import NO_INSTRUMENT, day_words, sentence, worded
from explain.telling.provision_words import apart, meaning_lines
from explain.telling.steps import shown
from explain.telling.voices import listed
from explain.templating import TextFormat, rendered


@frozen(eq=False, repr=False)
class CauseView:
    """A cause as it is told: what of the law or of the case, and what it does."""

    source: str
    """The instrument and the place in it; whose fact."""
    what: str
    days: str
    """When it was made, and from when it is so."""

    @property
    def words(self) -> str:
        return ": ".join(filter(None, (self.source, self.what))) + (f" ({self.days})" if self.days else "")


@frozen(eq=False, repr=False)
class ShareView:
    """What a cause, or several together, changes of an answer."""

    amount: str
    causes: tuple[CauseView, ...]


@frozen(eq=False, repr=False)
class AnswerView:
    title: str
    whose: str
    before: str
    after: str
    change: str
    """`£8.30 a week more`; "" where the two cannot be taken from each other."""
    shares: tuple[ShareView, ...]
    total: str
    """The sum of the shares; "" where there is none."""
    reasons: tuple[str, ...]
    """Why it is refused, on either side."""


@frozen(eq=False, repr=False)
class StepRow:
    """A step on both sides, where they differ."""

    identity: str
    title: str
    whose: str
    why: Why
    what: str
    """Why in words."""
    before: str | None
    after: str | None
    old: tuple[str, ...]
    """Of a rule that says something else: what only the rule of the first law says, and what only that of the second."""
    new: tuple[str, ...]
    uses: tuple[str, ...]
    """Of a rule that says the same: what it rests on that is other."""
    change: str
    """`+£1.89`; "" where the two cannot be taken from each other, or are the same."""

    @property
    def marked(self) -> tuple[Marked, ...]:
        """The words of its rule, with those that only one side has."""
        return marked(self.old, self.new)


@frozen(eq=False, repr=False)
class Run:
    """Steps one after another: one that differs, or several that are the same."""

    rows: tuple[StepRow, ...]

    @property
    def is_same(self) -> bool:
        return self.rows[0].why == "same"


@frozen(eq=False, repr=False)
class HouseholdView:
    title: str
    first: str
    last: str
    says: tuple[str, str]
    """What stands before the words that only one law has."""
    answers: tuple[AnswerView, ...]
    without: tuple[CauseView, ...]
    """Causes that reach this household and change none of its answers."""
    elsewhere: int
    """How many other causes touch nothing that it rests on."""
    steps: tuple[StepRow, ...]
    """Of both sides, in their order."""

    def those(self, why: Why) -> list[StepRow]:
        """The steps that differ so, or the same ones."""
        return [row for row in self.steps if row.why == why]

    @property
    def runs(self) -> list[Run]:
        """All steps in their order, those that are the same in runs."""
        return list(_runs(self.steps))


def told_household(compared: Compared, named: Labels) -> HouseholdView:
    """The whole comparison, in words."""
    voice = _Voice(compared)
    still = [one for one in compared.contributions if not one.moves_something]
    causes = [cause for one in still for cause in one.causes]
    reaching = [cause for cause in causes if voice.reaches(cause)]
    return HouseholdView(
        title=named.title,
        first=named.first,
        last=named.last,
        says=named.says,
        answers=tuple(voice.answer(key, move) for key, move in compared.answers.items()),
        without=tuple(voice.cause(cause) for cause in reaching),
        elsewhere=len(causes) - len(reaching),
        steps=tuple(map(voice.row, compared.steps)),
    )


_WHAT = {
    "rule": worded("its rule says something else"),
    "inputs": worded("the same rule on other figures"),
    "new": worded("new"),
    "gone": worded("gone"),
    "same": worded("the same"),
}

_MEMBERS = {
    "there": worded("is there"),
    "gone": worded("is no longer there"),
    "roles": worded("has other roles, or other days"),
}


def _runs(rows: Sequence[StepRow]) -> Iterator[Run]:
    for is_same, together in groupby(rows, lambda row: row.why == "same"):
        if is_same:
            yield Run(tuple(together))
        else:
            yield from (Run((row,)) for row in together)


def render_household(view: HouseholdView, form: TextFormat) -> str:
    return rendered("compared_household", form, found=view)


class _Voice:
    """What is told of one comparison."""

    def __init__(self, compared: Compared) -> None:
        self.compared = compared
        self.graphs: tuple[Graph, Graph] = (compared.before.graph, compared.after.graph)
        self.names = {**compared.before.world.names, **compared.after.world.names}
        self.rests_on = state_of(compared.before).rests_on | state_of(compared.after).rests_on
        self.touching: dict[str, int] = {}
        for one in compared.contributions:
            for cause in one.causes:
                for name in cause.terms if isinstance(cause, LawCause) else ():
                    self.touching[name] = self.touching.get(name, 0) + 1

    # ---- answers ----------------------------------------------------------------------------------------------------

    def answer(self, key: StepId, move: Move) -> AnswerView:
        item = self.compared.item(key)
        moved = [(one, one.moves[key]) for one in self.compared.contributions if key in one.moves and one.moves[key].is_move]
        shares = tuple(ShareView(_amount(found), tuple(map(self.cause, one.causes))) for one, found in moved)
        difference = move.difference
        reasons = [
            f"{label}: {reason.message}"
            for label, found in ((sentence("before"), move.before), (sentence("after"), move.after))
            if isinstance(found.value, Refusal)
            for reason in found.value.reasons
        ]
        return AnswerView(
            title=item.term.title,
            whose=self.names[item.path],
            before=_value(move.before),
            after=_value(move.after),
            change=_more_or_less(difference),
            shares=shares,
            total=_signed(difference) if difference is not None and shares else "",
            reasons=tuple(reasons),
        )

    def reaches(self, cause: Cause) -> bool:
        """Whether the household rests on anything that a cause touches."""
        if isinstance(cause, LawCause):
            return any(name in self.rests_on for name in cause.terms)
        return not isinstance(cause, FactCause) or cause.kind != "fact" or cause.name in self.rests_on

    # ---- causes -----------------------------------------------------------------------------------------------------

    def cause(self, cause: Cause) -> CauseView:
        match cause:
            case LawCause():
                return self._of_law(cause)
            case FactCause():
                return self._of_case(cause)
            case DayCause():
                what = sentence("ages, and what is counted to the day of the award")
                days = sentence("{first} to {last}", first=day_words(cause.before), last=day_words(cause.after))
                return CauseView(sentence("The day itself"), what, days)
        raise AssertionError(cause)

    def _of_law(self, cause: LawCause) -> CauseView:
        what = listed([self._touched(name, cause) for name in cause.terms], "and")
        if cause.is_end:
            return CauseView(sentence("Its time is over"), what, sentence("from {day}", day=day_words(cause.day)))
        title = cause.instrument.title if cause.instrument else sentence(NO_INSTRUMENT)
        is_known = cause.instrument is None or cause.instrument.made is not None  # or only that it was made before some day
        if cause.made == DRAFT:
            days = sentence("a draft, from {day}", day=day_words(cause.day))
        elif cause.made and is_known:
            days = sentence("made {made}, from {day}", made=day_words(cause.made), day=day_words(cause.day))
        else:
            days = sentence("from {day}", day=day_words(cause.day))
        return CauseView(", ".join(filter(None, (title, cause.provision))), what, days)

    def _touched(self, name: str, cause: LawCause) -> str:
        if name.startswith("#"):
            return next((e.write.text.place for e in cause.events if e.place[0] == name), name)
        terms = [graph.by_name.get(name) for graph in self.graphs]
        is_omitted = any(event.write.is_omission for event in cause.events if event.place == (name, "text"))
        term = (is_omitted and terms[0]) or terms[1] or terms[0]
        assert term is not None
        parts = [event.place[1].removeprefix("part ") for event in cause.events if event.place[0] == name]
        whole = [event for event in cause.events if event.place in ((name, "text"), (name, "head"))]
        inner = [part for part in dict.fromkeys(parts) if part not in ("text", "head")]
        is_part_only = bool(inner) and all(event.write.carries_on for event in whole)
        title = f"{term.title}, {listed(inner, 'and')}" if is_part_only else term.title
        if term.kind == "figure" and self.touching.get(name) == 1 and not cause.is_end:
            values = [figure_words(one) for one in terms]
            if None not in values:
                return sentence("{title} from {first} to {last}", title=title, first=values[0] or "", last=values[1] or "")
        return title

    def _of_case(self, cause: FactCause) -> CauseView:
        whose = self.names.get(cause.path, "")
        if cause.kind == "order":
            return CauseView(sentence("The order in which they are listed"), sentence("is another"), "")
        if cause.kind != "fact":
            source = f"{(cause.entity or '').replace('_', ' ').capitalize()} {whose}".strip()
            return CauseView(source, sentence(_MEMBERS[cause.kind]), "")
        term = self.graphs[1].by_name[cause.name]
        first, last = both_given(term, cause.before, cause.after)
        source = f"{term.title} ({whose})" if whose else term.title
        return CauseView(source, sentence("from {first} to {last}", first=first, last=last), "")

    # ---- steps ------------------------------------------------------------------------------------------------------

    def row(self, step: StepsBeside) -> StepRow:
        item = step.after or step.before
        assert item is not None
        difference = step.difference
        old, new, uses = (), (), ()  # type: tuple[str, ...], tuple[str, ...], tuple[str, ...]
        if step.before is not None and step.after is not None:
            if step.why == "rule" and item.term.kind != "figure":
                lines = (
                    meaning_lines(graph, one.term) for graph, one in zip(self.graphs, (step.before, step.after), strict=True)
                )
                old, new = apart(*lines)
            elif step.why == "inputs":
                uses = tuple(self._other_uses(step.before, step.after))
        return StepRow(
            identity=str(step.id),
            title=item.term.title,
            whose=self.names[item.path],
            why=step.why,
            what=sentence(worded("another figure") if step.why == "rule" and item.term.kind == "figure" else _WHAT[step.why]),
            before=None if step.before is None else shown(step.before.value, step.before),
            after=None if step.after is None else shown(step.after.value, step.after),
            old=old,
            new=new,
            uses=uses,
            change=_signed(difference, per=False) if difference is not None and difference.value else "",
        )

    def _other_uses(self, before: Step, after: Step) -> Iterator[str]:
        """What a step used that was not the same on both sides."""
        first, last = self._used(self.compared.before, before), self._used(self.compared.after, after)
        nothing = sentence("not needed")
        for key in dict.fromkeys([*last, *first]):
            title, was = first.get(key, ("", nothing))
            title, now = last.get(key, (title, nothing))
            if was != now:
                yield f"{title}: {was} → {now}"

    def _used(self, side: Assessment, step: Step) -> dict[StepId, tuple[str, str]]:
        """What a step read: its title and whose, and what it was."""
        used = {}
        for item in map(side.at, step.reads):
            whose = self.names[item.path] if item.path != step.path else ""
            title = f"{item.term.title} ({whose})" if whose else item.term.title
            used[StepId(item.term.identity, item.path)] = title, _of_item(item)
        return used


def _of_item(item: Step | FactUse) -> str:
    if isinstance(item, Step):
        return shown(item.value, item)
    return item.exact.words() if item.exact is not None else sentence("not given")


def _value(found: Found) -> str:
    match found.value:
        case Exact():
            return found.value.words()
        case Refusal():
            return sentence("refused")
        case _:
            return sentence("not there")


def _amount(move: Move) -> str:
    difference = move.difference
    return _signed(difference) if difference is not None else f"{_value(move.before)} → {_value(move.after)}"


def _signed(difference: Exact, per: bool = True) -> str:
    assert isinstance(difference.value, int)
    return f"{'+' if difference.value > 0 else ''}{_points(difference, per)}"


def _points(difference: Exact, per: bool = True) -> str:
    """An amount; a difference of percentages in points, as it is no percentage of either."""
    text = difference.words(per)
    return sentence("{number} points", number=text.removesuffix("%")) if difference.type.kind == "%" else text


def _more_or_less(difference: Exact | None) -> str:
    if difference is None or not isinstance(difference.value, int):
        return ""
    if difference.value == 0:
        return sentence("no difference")
    size = _points(evolve(difference, value=abs(difference.value)))
    return sentence(worded("{amount} more") if difference.value > 0 else worded("{amount} less"), amount=size)
