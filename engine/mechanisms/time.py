"""Time: what has passed between two days, a day so long after another, the earlier or later of several (S8, S26, S27)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from engine import types
from engine.dates import ShortMonths, anniversary, elapsed
from engine.mechanisms.base import Frame, Mechanism, Run, Scope, known, quoted, strict
from engine.nodes import Node
from engine.values import NEVER, Refusal, Value, day_words, merged
from grammar.limits import YEARS
from grammar.source import Span


def need_dates(scope: Scope, nodes: Sequence[Node], fix: str) -> bool:
    for node in nodes:
        if not node.type.is_date:
            scope.problem("not-a-date", f"{quoted(node)} is {node.type}, not a date.", node.span, str(node.type), fix)
            return False
    return True


def need_short_months(scope: Scope, unit: str, span: Span) -> None:
    """Warns where nothing says what happens when a month lacks the day (S27)."""
    if unit in ("year", "month") and scope.short_months is None:
        scope.problem(
            "short-months-unsaid",
            f"Nothing says when {unit}s are complete that would end on a day which the month lacks (29 February).",
            span,
            f"{unit}s are counted here",
            "Add `short months: last day` or `short months: next month` to the instrument.",
            warning=True,
        )


# ---- from one day to another ----------------------------------------------------------------------------------------


def elapsed_between(scope: Scope, unit: str, start: Node, end: Node, span: Span) -> Node:
    """`years from a to b`, whole ones; `detail` is (unit, what happens where a month lacks the day)."""
    if not known(start, end):
        return scope.unknown(span)
    if not need_dates(scope, (start, end), "Time is counted from one date to another."):
        return scope.unknown(span)
    need_short_months(scope, unit, span)
    most = {"year": 301, "month": 3_612, "week": 15_706, "day": 109_938}[unit]
    return scope.node(
        "elapsed", (start, end), types.amount(((unit, 1),)), span, low=-most, high=most, detail=(unit, scope.short_months)
    )


def prepare_elapsed(node: Node, runs: tuple[Run, ...]) -> Run:
    unit, short_months = node.detail
    may_be_never = any(arg.type.kind == "date or never" for arg in node.args)
    if (short_months is not None or unit in ("week", "day")) and not may_be_never:
        return strict(node, runs, lambda a, b: elapsed(unit, a, b, short_months or "last"))
    first, second = runs
    index = node.index

    def run(frame: Frame) -> Value:
        a, b = first(frame), second(frame)
        value: Value
        if isinstance(a, Refusal) or isinstance(b, Refusal):
            value = merged((a, b))
        else:
            assert isinstance(a, date) and isinstance(b, date)
            value = never_happened(frame, a, b) or elapsed(unit, a, b, short_months or "last")
            if short_months is None and not isinstance(value, Refusal) and value != elapsed(unit, a, b, "next"):
                value = frame.refusal(
                    "month end", f"On {day_words(b)} it is not settled whether another {unit} since {day_words(a)} is complete."
                )
        frame.cells[index] = value
        return value

    return run


# ---- so long after a day --------------------------------------------------------------------------------------------


def duration_unit(scope: Scope, node: Node) -> str | None:
    """The unit of a whole number of days, weeks, months or years; a problem and None for anything else."""
    unit = node.type.unit
    if len(unit) != 1 or unit[0][1] != 1 or unit[0][0] not in ("day", "week", "month", "year"):
        message = f"{quoted(node)} is {node.type}, not days, weeks, months or years."
        scope.problem("not-a-duration", message, node.span, str(node.type), "Write for example `13 weeks`.")
        return None
    if node.scale != 1:
        message = f"{quoted(node)} may be a part of a {unit[0][0]}, and a date moves by whole ones."
        scope.problem(
            "not-a-duration", message, node.span, "may have decimals", f"Round it in a rule of its own, to 1 {unit[0][0]}."
        )
        return None
    return unit[0][0]


def date_sum(scope: Scope, terms: Sequence[tuple[int, Node]], span: Span) -> Node:
    """`start + 13 weeks - 1 day`, from left to right; `detail` is (sign, unit) of each length, and the rule for short months."""
    (sign, start), *rest = terms
    nodes = [node for _, node in terms]
    if not known(*nodes):
        return scope.unknown(span)
    if not start.type.is_date or sign < 0:
        first = next(node for node in nodes if node.type.is_date)
        return scope.refuse(
            "date-arithmetic",
            f"{quoted(first)} is a date, and stands after what is to be added to it.",
            first.span,
            "a date",
            f"Begin with it: `{first.span.text} + {start.span.text}`.",
        )
    lengths: list[tuple[int, str]] = []
    for sign, node in rest:
        if node.type.is_date:
            return scope.refuse(
                "date-arithmetic",
                f"{quoted(node)} is a date, and a date cannot be added or taken away.",
                node.span,
                "a date",
                "To count the time between two dates write `days from … to …`, so that the unit is named.",
            )
        unit = duration_unit(scope, node)
        if unit is None:
            return scope.unknown(span)
        need_short_months(scope, unit, node.span)
        lengths.append((sign, unit))
    return scope.node("date sum", nodes, types.DATE, span, detail=(tuple(lengths), scope.short_months))


def never_happened(frame: Frame, *days: date) -> Refusal | None:
    """A refusal where one of these days is `never`: no time passes from it, and none to it (S68)."""
    if NEVER in days:
        return frame.refusal("never", "What has never happened has no day to count from or to.")
    return None


def moved(frame: Frame, day: date, count: int, unit: str, short_months: ShortMonths | None) -> Value:
    """The day so many units after another; a refusal where nothing settles which that is, or where no calendar has it."""
    refused = never_happened(frame, day)
    if refused:
        return refused
    try:
        if unit in ("day", "week"):
            found = day + timedelta(days=count * (7 if unit == "week" else 1))
        else:
            months = count * (12 if unit == "year" else 1)
            found = anniversary(day, months, short_months or "last")
            if short_months is None and found != anniversary(day, months, "next"):
                plural = "" if abs(count) == 1 else "s"
                return frame.refusal("month end", f"It is not settled which day is {count} {unit}{plural} from {day_words(day)}.")
    except (OverflowError, ValueError):
        return frame.refusal("out of range", f"There is no day {count} {unit}s from {day_words(day)}.")
    return told(frame, found)


def told(frame: Frame, day: date) -> date | Refusal:
    """A day that has been worked out; refused outside the years of which days can be told (S8)."""
    if day.year not in YEARS:
        return frame.refusal("out of range", f"{day_words(day)} lies outside the years {YEARS[0]} to {YEARS[-1]}.")
    return day


def prepare_date_sum(node: Node, runs: tuple[Run, ...]) -> Run:
    lengths, short_months = node.detail
    index = node.index

    def run(frame: Frame) -> Value:
        values = [run(frame) for run in runs]
        value: Value = merged(values) if any(isinstance(v, Refusal) for v in values) else values[0]
        for (sign, unit), count in zip(lengths, values[1:], strict=True):
            if isinstance(value, Refusal):
                break
            value = moved(frame, value, sign * count, unit, short_months)  # type: ignore[arg-type]
        frame.cells[index] = value
        return value

    return run


# ---- within so long from a day --------------------------------------------------------------------------------------


def within(scope: Scope, day: Node, length: Node, start: Node, negated: bool, span: Span) -> Node:
    """`day is within 13 weeks beginning with start`: from the start, and before the day 13 weeks after it, which is a node.

    `detail` is whether it is negated.
    """
    if not known(day, length, start):
        return scope.unknown(span)
    if not need_dates(scope, (day, start), "A day lies within so many weeks or months that begin with another day."):
        return scope.unknown(span)
    after = date_sum(scope, [(1, start), (1, length)], span)
    if not known(after):
        return after
    return scope.node("within", (day, start, after), types.YES_NO, span, detail=negated)


def prepare_within(node: Node, runs: tuple[Run, ...]) -> Run:
    negated = node.detail
    return strict(node, runs, lambda day, start, after: (start <= day < after) is not negated)


# ---- the earlier or later of several --------------------------------------------------------------------------------


def extreme(scope: Scope, which: str, operands: Sequence[Node], span: Span) -> Node:
    """`earlier of (a, b)`, `later of (a, b)`."""
    if not known(*operands):
        return scope.unknown(span)
    other = "lower" if which == "earlier" else "higher"
    if not need_dates(scope, operands, f"Of amounts write `{other} of (…)`."):
        return scope.unknown(span)
    may_be_never = [node.type.kind == "date or never" for node in operands]
    is_never = all(may_be_never) if which == "earlier" else any(may_be_never)
    return scope.node(which, operands, types.DATE_OR_NEVER if is_never else types.DATE, span)


def prepare_earlier(node: Node, runs: tuple[Run, ...]) -> Run:
    return strict(node, runs, lambda *days: min(days))


def prepare_later(node: Node, runs: tuple[Run, ...]) -> Run:
    return strict(node, runs, lambda *days: max(days))


MECHANISMS = (
    Mechanism("elapsed", prepare_elapsed),
    Mechanism("date sum", prepare_date_sum),
    Mechanism("within", prepare_within),
    Mechanism("earlier", prepare_earlier),
    Mechanism("later", prepare_later),
)
