"""A claim over time as it is told: what is paid for which days, what makes it so, and why it changes when it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from attrs import frozen

from engine.assessment import Assessment, FactUse, Step
from engine.paying import POUNDS, Claim, Paid, Payment, Refused, Segment
from engine.values import Exact, Refusal, refusal_of
from explain.drafts import drafts_data, with_drafts
from explain.phrases import day_words, numbered, paired, sentence, worded
from explain.telling.limiting import rounded_to
from explain.telling.other_days import days_words
from explain.telling.steps import told
from explain.templating import rendered
from grammar.syntax import Rounding

Form = Literal["text", "md"]


@frozen(eq=False, repr=False)
class Line:
    """One payment: the days, how it is made of the award, and the amount or why there is none."""

    days: str
    working: str
    amount: str
    why: tuple[str, ...]


@frozen(eq=False, repr=False)
class Change:
    """Why the award is another from a day on: the facts, the law or the passing of time that changed first."""

    day: str
    causes: tuple[str, ...]


@frozen(eq=False, repr=False)
class PaidView:
    title: str
    whose: str
    paid: str
    lines: tuple[Line, ...]
    total: str
    refused: bool
    known: str
    """The sum of what is known, where the total is refused."""
    because: str | None
    """What the rules say of the award, where they say the same on all days."""


@frozen(eq=False, repr=False)
class ClaimDocument:
    title: str | None
    period: str
    drafts: tuple[str, ...]
    """That drafts count in it, which are not law."""
    paid: tuple[PaidView, ...]
    changes: tuple[Change, ...]


_PAID = {
    "day": worded("Paid by the day."),
    "week": worded("Paid by the week."),
    "month": worded("Paid by the month."),
    "calendar year": worded("Paid once a calendar year."),
}
_PAID_ROUNDED = {
    "day": worded("Paid by the day, each payment {rounded}."),
    "week": worded("Paid by the week, each payment {rounded}."),
    "month": worded("Paid by the month, each payment {rounded}."),
    "calendar year": worded("Paid once a calendar year, each payment {rounded}."),
}


def document(claim: Claim, title: str | None) -> ClaimDocument:
    names = next((segment.found.world.names for segment in claim.segments if isinstance(segment.found, Assessment)), {})
    return ClaimDocument(
        title=title,
        period=sentence("from {first} to {last}", first=day_words(claim.first), last=day_words(claim.last)),
        drafts=with_drafts(claim.drafts, claim.first, claim.last),
        paid=tuple(_paid(paid, names.get(paid.path, ""), _because(claim, paid)) for paid in claim.paid),
        changes=tuple(_changes(claim)),
    )


def render(claim: Claim, title: str | None, form: Form) -> str:
    """The claim in one of its forms, ending in one line end."""
    return rendered("claim", form, doc=document(claim, title))


def _because(claim: Claim, paid: Paid) -> str | None:
    found = [segment.found for segment in claim.segments if isinstance(segment.found, Assessment)]
    answers = [(day, day.find(paid.term.name, *paid.path)) for day in found]
    said = {told(day, answer).because for day, answer in answers if isinstance(answer, Step) and not refusal_of(answer.value)}
    return said.pop() if len(said) == 1 else None


def _paid(paid: Paid, whose: str, because: str | None) -> PaidView:
    assert paid.term.payable is not None
    total, rounding = paid.total, paid.term.payable.rounding
    by = paid.term.payable.by
    how = sentence(_PAID[by]) if rounding is None else sentence(_PAID_ROUNDED[by], rounded=_rounded(rounding))
    refused = isinstance(total, Refusal)
    shown = sentence("refused") if isinstance(total, Refusal) else total.words()
    return PaidView(paid.term.title, whose, how, tuple(map(_line, paid.payments)), shown, refused, paid.known.words(), because)


def _rounded(rounding: Rounding) -> str:
    return rounded_to(rounding.mode, rounding.to.digits, 10**rounding.to.places, POUNDS)


def _line(payment: Payment | Refused) -> Line:
    days = days_words(payment.first, payment.last)
    if isinstance(payment, Refused):
        return Line(days, "", sentence("refused"), tuple(reason.message for reason in payment.refusal.reasons))
    working = payment.award.words()
    if payment.days is not None:
        weekly = ("week", -1) in payment.award.type.unit
        one, several = _TIMES_A_WEEK if weekly else _TIMES
        working = numbered(one, several, payment.days, award=working, amount=payment.exact.words())
    if isinstance(payment.amount, Refusal):
        return Line(days, working, sentence("refused"), tuple(reason.message for reason in payment.amount.reasons))
    if payment.rounding is not None:
        working += f", {_rounded(payment.rounding)}"
    return Line(days, working, payment.amount.words(), ())


_TIMES = paired("{award} × {number} day = {amount}", "{award} × {number} days = {amount}")
_TIMES_A_WEEK = paired("{award} × {number} day ÷ 7 days a week = {amount}", "{award} × {number} days ÷ 7 days a week = {amount}")

# ---- why it changes -------------------------------------------------------------------------------------------------


def _changes(claim: Claim) -> Iterator[Change]:
    for before, after in _where_awards_differ(claim):
        yield Change(day_words(after.first), tuple(_causes(before, after)))


def _where_awards_differ(claim: Claim) -> Iterator[tuple[Segment, Segment]]:
    """Two segments that follow each other; where only the way to the same awards differs there is nothing to tell."""
    for before, after in zip(claim.segments, claim.segments[1:], strict=False):
        if any(before.value(paid.term.name, paid.path) != after.value(paid.term.name, paid.path) for paid in claim.paid):
            yield before, after


def _causes(before: Segment, after: Segment) -> Iterator[str]:
    """What differs and rests on nothing that differs, or has another version of the law: the first causes of a change."""
    if not isinstance(before.found, Assessment) or not isinstance(after.found, Assessment):
        yield sentence("what can be worked out")
        return
    was = {(item.term.identity, item.path): item for item in _items(before.found)}
    now = {(item.term.identity, item.path): item for item in _items(after.found)}
    different = {key for key in now if key not in was or not _alike(was[key], now[key])}
    for key, item in now.items():
        if key not in different:
            continue
        below = [after.found.at(read) for read in item.reads] if isinstance(item, Step) else []
        old = was.get(key)
        if not _law_changed(old, item) and any((found.term.identity, found.path) in different for found in below):
            continue
        whose = after.found.world.names[item.path]
        named = sentence("{title} of {whose}", title=item.term.title, whose=whose) if whose else item.term.title
        yield f"{named}: {_shown(item)}" if old is None else _changed(named, old, item)
    for key, gone in was.items():
        if key not in now and isinstance(gone, FactUse):
            yield sentence("{title} is no longer needed", title=gone.term.title)


def _items(found: Assessment) -> list[Step | FactUse]:
    return [*found.steps, *found.facts]


def _alike(one: Step | FactUse, other: Step | FactUse) -> bool:
    return one.value == other.value and one.term.scale == other.term.scale


def _changed(named: str, old: Step | FactUse, new: Step | FactUse) -> str:
    """What was and what is, and whether the law changed, a fact, or only the day."""
    first, last = _shown(old), _shown(new)
    if isinstance(new, FactUse):
        return sentence("{what}: {first} → {last} (a fact)", what=named, first=first, last=last)
    if _law_changed(old, new):
        return sentence("{what}: {first} → {last} (the law)", what=named, first=first, last=last)
    if new.term.kind == "rule":
        return sentence("{what}: {first} → {last} (time passes)", what=named, first=first, last=last)
    return f"{named}: {first} → {last}"


def _law_changed(old: Step | FactUse | None, new: Step | FactUse) -> bool:
    """Whether another version of its own text is in force."""
    was, now = old.term.authority if old else None, new.term.authority
    return was is not None and now is not None and was.since != now.since


def _shown(item: Step | FactUse) -> str:
    if isinstance(item.value, Refusal):
        return sentence("refused")
    if isinstance(item.value, tuple):
        return numbered("{number} member", "{number} members", len(item.value))
    return Exact(item.value, item.term.type, item.term.scale).words()


# ---- as data --------------------------------------------------------------------------------------------------------


def data(claim: Claim, title: str | None) -> dict[str, Any]:
    """The claim as JSON has it; see jurat/schemas/claim.v1.json."""
    return {
        "version": 1,
        "title": title,
        "from": claim.first.isoformat(),
        "until": claim.last.isoformat(),
        **drafts_data(claim.drafts),
        "segments": [_segment_data(segment) for segment in claim.segments],
        "paid": [_paid_data(paid) for paid in claim.paid],
        "changes": [
            {"on": after.first.isoformat(), "causes": list(_causes(before, after))}
            for before, after in _where_awards_differ(claim)
        ],
    }


def _segment_data(segment: Segment) -> dict[str, Any]:
    found = segment.found
    return {
        "from": segment.first.isoformat(),
        "until": segment.last.isoformat(),
        "effect": found.graph.effect if isinstance(found, Assessment) else None,
        "awards": [
            {
                "term": answer.term.name,
                "path": list(answer.path),
                "result": _value(answer),
            }
            for answer in (found.answers if isinstance(found, Assessment) else ())
        ],
    }


def _paid_data(paid: Paid) -> dict[str, Any]:
    assert paid.term.payable is not None
    total = paid.total
    return {
        "term": paid.term.name,
        "id": {"provision": paid.term.identity, "path": list(paid.path)},
        "payable": paid.term.payable.by,
        "payments": [_payment_data(payment) for payment in paid.payments],
        "total": _refused(total) if isinstance(total, Refusal) else _exact(total),
        "total_known": _exact(paid.known),
    }


def _payment_data(payment: Payment | Refused) -> dict[str, Any]:
    days = {"from": payment.first.isoformat(), "until": payment.last.isoformat()}
    if isinstance(payment, Refused):
        return {**days, "award": None, "days": None, "result": _refused(payment.refusal)}
    result = _refused(payment.amount) if isinstance(payment.amount, Refusal) else _exact(payment.amount)
    return {**days, "award": _exact(payment.award), "days": payment.days, "result": result}


def _value(answer: Step | FactUse) -> dict[str, Any]:
    refusal = refusal_of(answer.value)
    return _exact(answer.exact) if answer.exact is not None else _refused(refusal or Refusal(()))


def _exact(exact: Exact) -> dict[str, Any]:
    return {"value": exact.plain(), "unit": str(exact.type)}


def _refused(refusal: Refusal) -> dict[str, Any]:
    return {"refused": [{"kind": r.kind.replace(" ", "-"), "message": r.message} for r in refusal.reasons]}
