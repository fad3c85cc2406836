"""Other days than the award's: stretches of them, and what a value is on each (S69 to S72)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from engine import types
from engine.dates import calendar
from engine.mechanisms.arithmetic import need_numbers
from engine.mechanisms.base import DayWorking, Frame, Mechanism, Run, Scope, known, quoted, strict
from engine.mechanisms.conditions import need_conditions
from engine.mechanisms.groups import FINISH, Finish, counted, doubts
from engine.mechanisms.time import duration_unit, moved, need_dates, need_short_months, never_happened, told
from engine.nodes import Formula, Node, OverDays, StretchOf
from engine.values import NEVER, Refusal, Value, day_words, merged
from grammar import syntax
from grammar.source import Span

MOST_DAYS = 3_660
"""The most days that are looked at one by one: ten years of them."""

_DAYS_IN = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


Ends = tuple[StretchOf, Node, Node]
"""Which days, the first of them and the last."""

# ---- which days -----------------------------------------------------------------------------------------------------


def stretch(scope: Scope, text: syntax.Stretch, day: Node, length: Node | None) -> Ends | None:
    """Which days are meant, the first of them and the last; None where a problem has been told.

    `detail` of both ends is the `StretchOf`; what a stretch begins or ends with is that day itself.
    """
    nodes = [day] if length is None else [day, length]
    if not known(*nodes):
        return None
    dates = nodes if text.kind == "from to" else [day]
    if not need_dates(scope, dates, "Days one after another are counted from a date."):
        return None
    if text.kind == "from to":
        assert length is not None
        return StretchOf("from to", "day", most=MOST_DAYS), day, length
    if length is None:
        assert text.unit is not None
        of = StretchOf(text.kind, text.unit, most=_DAYS_IN[text.unit])
        return of, _end_node(scope, "first", (day,), of, text.span), _end_node(scope, "last", (day,), of, text.span)
    unit = duration_unit(scope, length)
    if unit is None:
        return None
    need_short_months(scope, unit, length.span)
    most = MOST_DAYS if length.constant is None else min(MOST_DAYS, max(0, length.constant) * _DAYS_IN[unit])
    of = StretchOf(text.kind, unit, scope.short_months, most)
    first, last = (_end_node(scope, which, (day, length), of, text.span) for which in ("first", "last"))
    return of, first, last


def _end_node(scope: Scope, which: str, args: Sequence[Node], of: StretchOf, span: Span) -> Node:
    return scope.node(f"{which} of stretch", args, types.DATE, span, detail=of)


def prepare_end(node: Node, runs: tuple[Run, ...]) -> Run:
    """The first or the last day of a stretch."""
    of: StretchOf = node.detail
    index, is_first = node.index, node.mechanism == "first of stretch"

    def run(frame: Frame) -> Value:
        values = [run(frame) for run in runs]
        value: Value
        if any(isinstance(value, Refusal) for value in values):
            value = merged(values)
        else:
            day, *rest = values
            assert isinstance(day, date)
            if of.kind == "from to":
                value = never_happened(frame, day) or (day if is_first else rest[0])
            else:
                value = never_happened(frame, day) or _end(frame, of, is_first, day, rest[0] if rest else 0)  # type: ignore[arg-type]
        frame.cells[index] = value
        return value

    return run


_BACK = {"of": 0, "before": 1, "but one before": 2}


def _end(frame: Frame, of: StretchOf, is_first: bool, day: date, length: int) -> Value:
    if of.kind in _BACK:
        return told(frame, calendar(of.unit, day, _BACK[of.kind])[0 if is_first else 1])
    short = of.short_months
    match of.kind, is_first:
        case ("length beginning", True) | ("length ending", False):
            return day
        case "length before", False:
            return told(frame, day - timedelta(days=1))
        case "length beginning", False:
            after = moved(frame, day, length, of.unit, short)  # type: ignore[arg-type]
            return after - timedelta(days=1) if isinstance(after, date) else after
        case "length before", True:
            return moved(frame, day, -length, of.unit, short)  # type: ignore[arg-type]
    return moved(frame, day + timedelta(days=1), -length, of.unit, short)  # type: ignore[arg-type]


def end_of(scope: Scope, which: str, ends: Ends, span: Span) -> Node:
    """`first day of the month of a`, `last day of the …`."""
    of, first, last = ends
    if of.kind != "from to":
        return first if which == "first" else last
    type_ = types.DATE if which == "first" else last.type
    return scope.node(f"{which} of stretch", (first, last), type_, span, detail=of)


def in_stretch(scope: Scope, day: Node, of: StretchOf, first: Node, last: Node, negated: bool, span: Span) -> Node:
    """`a is within the month of b`; `detail` is (whether it is negated, which days)."""
    if not need_dates(scope, [day], "A day lies in a stretch of days."):
        return scope.unknown(span)
    return scope.node("in stretch", (day, first, last), types.YES_NO, span, detail=(negated, of))


def prepare_in_stretch(node: Node, runs: tuple[Run, ...]) -> Run:
    negated, of = node.detail
    if of.kind != "from to" or node.args[1].type.kind != "date or never":
        return strict(node, runs, lambda day, first, last: (first <= day <= last) is not negated)
    index = node.index

    def run(frame: Frame) -> Value:
        values = [run(frame) for run in runs]
        value: Value
        if any(isinstance(value, Refusal) for value in values):
            value = merged(values)
        else:
            day, first, last = values
            assert isinstance(first, date)
            value = never_happened(frame, first) or (first <= day <= last) is not negated  # type: ignore[operator]
        frame.cells[index] = value
        return value

    return run


def in_months(scope: Scope, day: Node, ends: tuple[int, int], negated: bool, span: Span) -> Node:
    """`a is within October to April`; `detail` is (the months from 1 that are meant, in their order, whether it is negated)."""
    if not known(day) or not need_dates(scope, [day], "A day lies in months of the year."):
        return scope.unknown(span)
    first, last = ends
    months = tuple((first - 1 + number) % 12 + 1 for number in range((last - first) % 12 + 1))
    return scope.node("in months", (day,), types.YES_NO, span, detail=(months, negated))


def prepare_in_months(node: Node, runs: tuple[Run, ...]) -> Run:
    """What has not happened lies in no month (S68)."""
    months, negated = node.detail
    return strict(node, runs, lambda day: (day != NEVER and day.month in months) is not negated)


# ---- what is worked out on them -------------------------------------------------------------------------------------


def on_day(scope: Scope, operand: Formula, day: Node, span: Span) -> Node:
    """`capital on claimed`: the value of another day."""
    root = operand.root
    if not known(root, day) or not need_dates(scope, [day], "A value is as it was on a date."):
        return scope.unknown(span)
    detail = OverDays(None, operand)
    return scope.node("on day", (day,), root.type, span, scale=root.scale, low=root.low, high=root.high, detail=detail)


def quantified(scope: Scope, which: str, operand: Formula, ends: Ends, running: Node | None, span: Span) -> Node:
    """`c on any day in the …`, `on every day`, `on no day`, `c on 42 days running in the …`."""
    of, first, last = ends
    if not known(operand.root) or not need_conditions(scope, [operand.root]):
        return scope.unknown(span)
    args = [first, last]
    if running is not None:
        if not known(running):
            return scope.unknown(span)
        unit = duration_unit(scope, running)
        if unit is None:
            return scope.unknown(span)
        if unit not in ("day", "week"):
            message = f"{quoted(running)} has no fixed number of days."
            return scope.refuse("not-a-duration", message, running.span, str(running.type), "Say how many days or weeks.")
        args.append(running)
    return scope.node(_QUANTIFIED[which], args, types.YES_NO, span, detail=OverDays(of, operand))


_QUANTIFIED = {"any": "on any day", "every": "on every day", "no": "on no day", "running": "days running"}


def count(scope: Scope, where: Formula | None, ends: Ends, span: Span) -> Node:
    of, first, last = ends
    return scope.node("count of days", (first, last), types.WHOLE, span, low=0, high=of.most, detail=OverDays(of, None, where))


def aggregate(scope: Scope, which: str, operand: Formula, where: Formula | None, ends: Ends, span: Span) -> Node:
    """`sum of x over days in the …`, and the highest, lowest, earliest, latest of it."""
    of, first, last = ends
    root = operand.root
    if not known(root):
        return scope.unknown(span)
    if which in ("earliest", "latest"):
        if not need_dates(scope, [root], "Of amounts write `highest of …` or `lowest of …`."):
            return scope.unknown(span)
        return scope.node(f"{which} of days", (first, last), root.type, span, detail=OverDays(of, operand, where))
    if which != "sum" and root.type.is_date:
        other = "latest" if which == "highest" else "earliest"
        message = f"{quoted(root)} is a date, and dates are earlier or later."
        return scope.refuse("date-arithmetic", message, root.span, "a date", f"Write `{other} of … over days in …`.")
    if not need_numbers(scope, [root], "added up" if which == "sum" else "compared in size"):
        return scope.unknown(span)
    low, high = root.low, root.high
    if which == "sum":
        low = None if low is None else min(0, low * of.most)
        high = None if high is None else max(0, high * of.most)
    name = "sum over days" if which == "sum" else f"{which} of days"
    detail = OverDays(of, operand, where)
    return scope.node(name, (first, last), root.type, span, scale=root.scale, low=low, high=high, detail=detail)


def prepare_on_day(node: Node, runs: tuple[Run, ...]) -> Run:
    return _prepare(node, runs, _only)


def prepare_over_days(node: Node, runs: tuple[Run, ...]) -> Run:
    return _prepare(node, runs, _FINISH[node.mechanism])


def _prepare(node: Node, runs: tuple[Run, ...], finish: Finish) -> Run:
    """The parts that are worked out on other days come after those of the day itself."""
    *ends, where, operand = runs
    detail: OverDays = node.detail
    terms = detail.reads
    index = node.index

    def run(frame: Frame) -> Value:
        found = [end(frame) for end in ends]
        value: Value
        if any(isinstance(end, Refusal) for end in found):
            value = merged(found)
        else:
            days = _days(frame, found[0], found[1] if len(found) > 1 else found[0])  # type: ignore[arg-type]
            if isinstance(days, Refusal):
                value = days
            else:
                workings = tuple(_working(frame, detail, where, operand, terms, day) for day in days)
                frame.days[index] = workings
                value = finish(frame, node, workings)
        frame.cells[index] = value
        return value

    return run


def _days(frame: Frame, first: date, last: date) -> list[date] | Refusal:
    refused = never_happened(frame, first, last)
    if refused:
        return refused
    count = (last - first).days + 1
    if count > MOST_DAYS:
        message = f"From {day_words(first)} to {day_words(last)} is more than {MOST_DAYS:,} days."
        return frame.refusal("out of range", message)
    return [first + timedelta(days=number) for number in range(count)]


def _working(
    frame: Frame, detail: OverDays, where: Run | None, operand: Run | None, terms: Sequence[int], day: date
) -> DayWorking:
    """One day: whether it counts, and the value."""
    belongs: bool | Refusal = True
    where_frame = operand_frame = None
    value: Value | None = None
    if where is not None and detail.where is not None:
        there = frame.on_day(day, detail.where, terms)
        if isinstance(there, Refusal):
            return DayWorking(day, there, None, None, there)
        where_frame = there
        belongs = where(there)  # type: ignore[assignment]
    if operand is not None and detail.operand is not None and belongs is not False:
        there = frame.on_day(day, detail.operand, terms)
        if isinstance(there, Refusal):
            return DayWorking(day, belongs, where_frame, None, there)
        operand_frame = there
        value = operand(there)
    return DayWorking(day, belongs, where_frame, operand_frame, value)


def _only(frame: Frame, node: Node, workings: Sequence[DayWorking]) -> Value:
    [working] = workings
    assert working.value is not None
    return working.value


def _extreme(frame: Frame, node: Node, workings: Sequence[DayWorking]) -> Value:
    unknown, values = doubts(workings), counted(workings)
    if unknown:
        return merged(unknown)
    which = node.mechanism.split()[0]
    if not values:
        return frame.refusal("nobody", f"There is no such day, and so no {which} of them.")
    return max(values) if which in ("highest", "latest") else min(values)


def _running(frame: Frame, node: Node, workings: Sequence[DayWorking]) -> Value:
    """Whether so many days one after another all meet the condition; unknown where that turns on a day that is not known."""
    length = node.args[2]
    wanted = frame.cells[length.index]
    if isinstance(wanted, Refusal):
        return wanted
    assert isinstance(wanted, int)
    days = wanted * _DAYS_IN[length.type.unit[0][0]]
    if longest(w.value is True for w in workings) >= days:
        return True
    if longest(w.value is not False for w in workings) >= days:
        return merged(w.value for w in workings)
    return False


def longest(met: Iterator[bool]) -> int:
    """How many stand one after another, where most do."""
    most = now = 0
    for is_met in met:
        now = now + 1 if is_met else 0
        most = max(most, now)
    return most


_FINISH: dict[str, Finish] = {
    "on any day": FINISH["any"],
    "on every day": FINISH["all"],
    "on no day": FINISH["none"],
    "days running": _running,
    "count of days": FINISH["count"],
    "sum over days": FINISH["sum over"],
    "highest of days": _extreme,
    "lowest of days": _extreme,
    "earliest of days": _extreme,
    "latest of days": _extreme,
}

MECHANISMS = (
    Mechanism("first of stretch", prepare_end),
    Mechanism("last of stretch", prepare_end),
    Mechanism("in stretch", prepare_in_stretch),
    Mechanism("in months", prepare_in_months),
    Mechanism("on day", prepare_on_day),
    *(Mechanism(name, prepare_over_days) for name in _FINISH),
)
