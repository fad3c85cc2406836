"""How what is worked out on other days is worded: which days, what was found on each, days alike told together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from engine.mechanisms.base import DayWorking, Frame
from engine.nodes import Node, OverDays, StretchOf
from engine.values import Reason, Refusal, day_words, whatever_day
from explain.marks import figure, words
from explain.voices import Fill, InFigures, Saying, Voice, filled, part, said, say, shown_cell, written_of
from grammar.words import MONTHS

_WHICH = {"on any day": "any of: ", "on every day": "all of: ", "on no day": "none of: "}
_LENGTHS = {"length before": "before", "length beginning": "beginning with", "length ending": "ending with"}
_CALENDARS = {"of": "of", "before": "before", "but one before": "but one before"}


def days_words(first: date, last: date) -> str:
    """`4 to 9 January 2008`, `29 December 2007 to 2 January 2008`, `4 January 2008`."""
    if first == last:
        return day_words(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_words(last)}"
    return f"{day_words(first)} to {day_words(last)}"


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
    return reason.message.replace(day_words(reason.day), days_words(reason.day, last))


def stretch(voice: Voice, of: StretchOf, first: Node, last: Node) -> Saying:
    """`the 7 days before Day of the claim`; in figures with the first and the last of them."""
    if of.kind == "from to":
        return said("the days from ", part(voice, first), " to ", part(voice, last))
    end = last if of.kind == "length beginning" else first
    if of.kind in _CALENDARS:
        text = said(f"the {of.unit} {_CALENDARS[of.kind]} ", part(voice, end.args[0]))
    else:
        text = said("the ", part(voice, end.args[1]), f" {_LENGTHS[of.kind]} ", part(voice, end.args[0]))
    return said(text, " (", (_shown_days(first, last),), ")") if isinstance(voice, InFigures) else text


def _shown_days(first: Node, last: Node) -> Fill:
    from_, until = shown_cell(first), shown_cell(last)

    def days(frame: Frame) -> str:
        a, b = frame.cells[first.index], frame.cells[last.index]
        if not isinstance(a, date) or not isinstance(b, date):
            return f"{from_(frame)} to {until(frame)}"
        return words(days_words(a, b)) if a <= b else "no day"

    return days


def end_of_stretch(voice: Voice, node: Node) -> Saying:
    which = node.mechanism.split()[0]
    of: StretchOf = node.detail
    if of.kind in _CALENDARS:
        days = said(f"the {of.unit} {_CALENDARS[of.kind]} ", part(voice, node.args[0]))
    elif of.kind == "from to":
        days = said("the days from ", part(voice, node.args[0]), " to ", part(voice, node.args[1]))
    else:
        days = said("the ", part(voice, node.args[1]), f" {_LENGTHS[of.kind]} ", part(voice, node.args[0]))
    text = said(f"the {which} day of ", days)
    return said(voice.leaf(node), " (", text, ")") if isinstance(voice, InFigures) else text


def in_stretch(voice: Voice, node: Node) -> Saying:
    day, first, last = node.args
    negated, of = node.detail
    return said(part(voice, day), f" is {'not ' if negated else ''}within ", stretch(voice, of, first, last))


def in_months(voice: Voice, node: Node) -> Saying:
    """`the day of the award is within October to April`."""
    months, negated = node.detail
    ends = " to ".join(MONTHS[number - 1] for number in dict.fromkeys((months[0], months[-1])))
    return said(part(voice, node.args[0]), f" is {'not ' if negated else ''}within {ends}")


# ---- what is worked out on the days ---------------------------------------------------------------------------------


def over_days(voice: Voice, node: Node) -> Saying:
    detail: OverDays = node.detail
    return _found(voice, node) if isinstance(voice, InFigures) else _in_words(voice, node, detail)


def _in_words(voice: Voice, node: Node, detail: OverDays) -> Saying:
    operand = () if detail.operand is None else part(voice, detail.operand.root)
    if node.mechanism == "on day":
        return said(operand, " on ", part(voice, node.args[0]))
    assert detail.stretch is not None
    days = stretch(voice, detail.stretch, node.args[0], node.args[1])
    if detail.where is not None:
        days = said(days, " on which ", say(voice, detail.where.root))
    match node.mechanism:
        case "on any day" | "on every day" | "on no day":
            return said(operand, f" {node.mechanism} in ", days)
        case "days running":
            return said(operand, " on ", part(voice, node.args[2]), " running in ", days)
        case "count of days":
            return said("the number of days in ", days)
        case "sum over days":
            return said("the sum of ", operand, " over the days in ", days)
    return said(f"the {node.mechanism.split()[0]} ", operand, " on the days in ", days)


def _found(voice: InFigures, node: Node) -> Saying:
    """What was found on each day: days one after another that are alike as one."""
    detail: OverDays = node.detail
    root = None if detail.operand is None else detail.operand.root
    leaf = shown_cell(node, voice.per)
    write = None if root is None else written_of(root, voice.per)

    def value(working: DayWorking) -> str:
        return "" if write is None else write(working.value)

    def on_the_day(frame: Frame) -> str:
        found = [f"{value(working)} (on {words(day_words(working.day))})" for working in frame.days.get(node.index, ())]
        return "".join(found) or leaf(frame)

    def told(frame: Frame) -> str:
        counted = [run for run in runs(frame.days.get(node.index, ())) if run[0].belongs is not False]
        match node.mechanism:
            case "sum over days":
                return " + ".join(_times(value(run[0]), run) for run in counted) or f"{leaf(frame)} (no day)"
            case "count of days":
                return " + ".join(f"{_how_many(run)} ({_days_of(run)})" for run in counted) or f"{leaf(frame)} (no day)"
        each = "; ".join(f"{_days_of(run)}: {value(run[0])}" for run in counted)
        return f"{before(frame)}{each or 'no day'}"

    before: Fill = (
        filled(said(part(voice, node.args[2]), " running in: ")) if node.mechanism == "days running" else _looked_for(node)
    )
    return (on_the_day if node.mechanism == "on day" else told,)


def _looked_for(node: Node) -> Fill:
    """What is looked for among what was found on several days."""
    mechanism = node.mechanism
    said_first = _WHICH.get(mechanism, f"the {mechanism.split()[0]} of ")
    return lambda frame: said_first


def _times(value: str, run: Sequence[DayWorking]) -> str:
    return f"{value} ({_days_of(run)})" if len(run) == 1 else f"{figure(str(len(run)))} × {value} ({_days_of(run)})"


def _how_many(run: Sequence[DayWorking]) -> str:
    return figure("refused" if isinstance(run[0].belongs, Refusal) else str(len(run)))


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
