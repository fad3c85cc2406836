"""How what is worked out on other days is worded: which days, what was found on each, days alike told together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from engine import values
from engine.mechanisms.base import DayWorking, Frame
from engine.nodes import Node, OverDays, StretchOf
from engine.values import Reason, Refusal, whatever_day
from explain.marks import figure, words
from explain.phrases import MONTHS, day_words, sentence, worded
from explain.telling.voices import REFUSED, Fill, InFigures, Saying, Voice, part, phrase, said, say, shown_cell, written_of

_NO_DAY = worded("no day")
_WHICH = {
    "on any day": worded("any of: {each}"),
    "on every day": worded("all of: {each}"),
    "on no day": worded("none of: {each}"),
    "highest of days": worded("the highest of {each}"),
    "lowest of days": worded("the lowest of {each}"),
    "earliest of days": worded("the earliest of {each}"),
    "latest of days": worded("the latest of {each}"),
}
_LENGTHS = {
    "length before": worded("the {length} before {day}"),
    "length beginning": worded("the {length} beginning with {day}"),
    "length ending": worded("the {length} ending with {day}"),
}
_CALENDARS = {
    "of": worded("the {unit} of {day}"),
    "before": worded("the {unit} before {day}"),
    "but one before": worded("the {unit} but one before {day}"),
}
_ON_DAYS = {
    "on any day": worded("{what} on any day in {days}"),
    "on every day": worded("{what} on every day in {days}"),
    "on no day": worded("{what} on no day in {days}"),
    "sum over days": worded("the sum of {what} over the days in {days}"),
    "highest of days": worded("the highest {what} on the days in {days}"),
    "lowest of days": worded("the lowest {what} on the days in {days}"),
    "earliest of days": worded("the earliest {what} on the days in {days}"),
    "latest of days": worded("the latest {what} on the days in {days}"),
}


def days_words(first: date, last: date) -> str:
    """`4 to 9 January 2008`, `29 December 2007 to 2 January 2008`, `4 January 2008`."""
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return sentence("{first} to {last}", first=first.day, last=day_words(last))
    return sentence("{first} to {last}", first=day_words(first), last=day_words(last))


def reasons_together(reasons: Sequence[Reason]) -> list[tuple[Reason, str]]:
    """Each reason with what is said of it: what is wanting on days one after another is said once, of the first."""
    found: list[tuple[Reason, date | None]] = []
    latest: dict[object, int] = {}
    for reason in reasons:
        if reason.day is not None:
            alike = whatever_day(Refusal((reason,)))
            number = latest.get(alike, -1)
            last = found[number][1] if number >= 0 else None
            if last is not None and last + timedelta(days=1) == reason.day:
                found[number] = (found[number][0], reason.day)
                continue
            latest[alike] = len(found)
        found.append((reason, reason.day))
    return [(reason, _of_days(reason, last)) for reason, last in found]


def _of_days(reason: Reason, last: date | None) -> str:
    if reason.day is None or last is None:
        return reason.message
    return reason.message.replace(values.day_words(reason.day), days_words(reason.day, last))


def stretch(voice: Voice, of: StretchOf, first: Node, last: Node) -> Saying:
    """`the 7 days before Day of the claim`; in figures with the first and the last of them."""
    if of.kind == "from to":
        return _from_to(voice, first, last)
    text = _days_of_stretch(voice, of, last if of.kind == "length beginning" else first)
    return said(text, " (", (_shown_days(first, last),), ")") if isinstance(voice, InFigures) else text


def _from_to(voice: Voice, first: Node, last: Node) -> Saying:
    return phrase("the days from {first} to {last}", first=part(voice, first), last=part(voice, last))


def _days_of_stretch(voice: Voice, of: StretchOf, end: Node) -> Saying:
    """By the node of its first or last day: the day that it is counted from, and how long it is."""
    day = part(voice, end.args[0])
    if of.kind in _CALENDARS:
        return phrase(_CALENDARS[of.kind], unit=of.unit, day=day)
    return phrase(_LENGTHS[of.kind], length=part(voice, end.args[1]), day=day)


def _shown_days(first: Node, last: Node) -> Fill:
    from_, until = shown_cell(first), shown_cell(last)

    def days(frame: Frame) -> str:
        a, b = frame.cells[first.index], frame.cells[last.index]
        if not isinstance(a, date) or not isinstance(b, date):
            return sentence("{first} to {last}", first=from_(frame), last=until(frame))
        return words(days_words(a, b)) if a <= b else sentence(_NO_DAY)

    return days


def end_of_stretch(voice: Voice, node: Node) -> Saying:
    of: StretchOf = node.detail
    days = _from_to(voice, *node.args[:2]) if of.kind == "from to" else _days_of_stretch(voice, of, node)
    is_first = node.mechanism == "first of stretch"
    text = phrase("the first day of {days}", days=days) if is_first else phrase("the last day of {days}", days=days)
    return said(voice.leaf(node), " (", text, ")") if isinstance(voice, InFigures) else text


def in_stretch(voice: Voice, node: Node) -> Saying:
    day, first, last = node.args
    negated, of = node.detail
    return _within(part(voice, day), negated, stretch(voice, of, first, last))


def in_months(voice: Voice, node: Node) -> Saying:
    """`the day of the award is within October to April`."""
    months, negated = node.detail
    first, last = (sentence(MONTHS[number - 1]) for number in (months[0], months[-1]))
    ends = first if first == last else sentence("{first} to {last}", first=first, last=last)
    return _within(part(voice, node.args[0]), negated, (ends,))


def _within(day: Saying, negated: bool, days: Saying) -> Saying:
    return phrase(worded("{day} is not within {days}") if negated else worded("{day} is within {days}"), day=day, days=days)


# ---- what is worked out on the days ---------------------------------------------------------------------------------


def over_days(voice: Voice, node: Node) -> Saying:
    detail: OverDays = node.detail
    return _found(voice, node) if isinstance(voice, InFigures) else _in_words(voice, node, detail)


def _in_words(voice: Voice, node: Node, detail: OverDays) -> Saying:
    operand = () if detail.operand is None else part(voice, detail.operand.root)
    if node.mechanism == "on day":
        return phrase("{what} on {day}", what=operand, day=part(voice, node.args[0]))
    assert detail.stretch is not None
    days = stretch(voice, detail.stretch, node.args[0], node.args[1])
    if detail.where is not None:
        days = phrase("{days} on which {condition}", days=days, condition=say(voice, detail.where.root))
    match node.mechanism:
        case "days running":
            return phrase("{what} on {length} running in {days}", what=operand, length=part(voice, node.args[2]), days=days)
        case "count of days":
            return phrase("the number of days in {days}", days=days)
    return phrase(_ON_DAYS[node.mechanism], what=operand, days=days)


def _found(voice: InFigures, node: Node) -> Saying:
    """What was found on each day: days one after another that are alike as one."""
    detail: OverDays = node.detail
    root = None if detail.operand is None else detail.operand.root
    leaf = shown_cell(node, voice.per)
    write = None if root is None else written_of(root, voice.per)

    def value(working: DayWorking) -> str:
        return "" if write is None else write(working.value)

    def on_the_day(frame: Frame) -> str:
        found = [
            sentence("{value} (on {day})", value=value(working), day=words(day_words(working.day)))
            for working in frame.days.get(node.index, ())
        ]
        return "".join(found) or leaf(frame)

    def told(frame: Frame) -> str:
        counted = [run for run in runs(frame.days.get(node.index, ())) if run[0].belongs is not False]
        match node.mechanism:
            case "sum over days":
                return " + ".join(_times(value(run[0]), run) for run in counted) or f"{leaf(frame)} ({no_day})"
            case "count of days":
                return " + ".join(f"{_how_many(run)} ({_days_of(run)})" for run in counted) or f"{leaf(frame)} ({no_day})"
        return "; ".join(f"{_days_of(run)}: {value(run[0])}" for run in counted) or no_day

    no_day = sentence(_NO_DAY)
    match node.mechanism:
        case "on day":
            return (on_the_day,)
        case "days running":
            return phrase("{length} running in: {each}", length=part(voice, node.args[2]), each=(told,))
        case "sum over days" | "count of days":
            return (told,)
    return phrase(_WHICH[node.mechanism], each=(told,))


def _times(value: str, run: Sequence[DayWorking]) -> str:
    return f"{value} ({_days_of(run)})" if len(run) == 1 else f"{figure(str(len(run)))} × {value} ({_days_of(run)})"


def _how_many(run: Sequence[DayWorking]) -> str:
    return figure(sentence(REFUSED) if isinstance(run[0].belongs, Refusal) else str(len(run)))


def _days_of(run: Sequence[DayWorking]) -> str:
    return words(days_words(run[0].day, run[-1].day))


def runs(workings: Sequence[DayWorking]) -> list[list[DayWorking]]:
    """The days, those one after another together on which the same was found in the same way."""
    found: list[list[DayWorking]] = []
    before: object = None
    for working in workings:
        now = _what(working)
        if found and now == before:
            found[-1].append(working)
        else:
            found.append([working])
        before = now
    return found


def _what(working: DayWorking) -> object:
    frames = [frame for frame in (working.where, working.operand) if frame is not None]
    return [
        whatever_day(value) for value in (working.belongs, working.value, *(cell for frame in frames for cell in frame.cells))
    ]


def lines_of_days(node: Node, belongs: Fill | None, amount: Fill | None) -> Callable[[Frame], list[str]]:
    """For days alike whether they count and why, and each operand that is more than a name."""

    def lines(frame: Frame) -> list[str]:
        found = []
        for run in runs(frame.days.get(node.index, ())):
            days = _days_of(run)
            if run[0].where is not None and belongs is not None:
                found.append(f"{days}: {belongs(run[0].where)}")
            if run[0].operand is not None and amount is not None:
                found.append(f"{days}: {amount(run[0].operand)}")
        return found

    return lines
