"""What a book says about itself: standing checks on its figures, provisions that affect a term, how payments are rounded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from attrs import evolve

from engine import types, units
from engine.book.amendments.uprating import follows, is_of_another_unit, not_following, of_another_unit
from engine.book.consolidate import Book, InForce
from engine.checking.naming import Names
from engine.mechanisms.base import Scope
from engine.mechanisms.limits import rounding_type
from engine.mechanisms.reads import number
from engine.types import Type
from engine.values import Exact, day_words
from grammar import declarations as d
from grammar.problems import Place, Problem
from grammar.syntax import Number, Powers
from grammar.words import closest


def check_standing(names: Names, problems: list[Problem]) -> None:
    """Every problem with what the book says about itself, on its day."""
    for check, instrument in names.book.law.standing_checks:
        _every_figure(check, instrument, names, problems)
    _affecting(names, problems)
    for in_force in names.book.in_force.values():
        _being(in_force, names.book, problems)


def _being(in_force: InForce, book: Book, problems: list[Problem]) -> None:
    """`being 3.1% more, rounded to the nearest 7p` is true of a value that begins on the day, and the one before it (S52)."""
    text, timeline = in_force.text, in_force.provision.timeline
    if not isinstance(text, d.Dated) or text.being is None or text.period.start != book.on:
        return
    being = text.being
    before = timeline.at(book.on - timedelta(days=1), book.known)
    old = before.text.value if before is not None and isinstance(before.text, d.Dated) else None
    if not isinstance(old, Number) or not isinstance(text.value, Number):
        message = "Nothing is known here of which it could be so much more or less."
        fix = "Leave `being` out, or write the value of the day before and this one as numbers."
        problems.append(_told(in_force, code="being-of-nothing", message=message, fix=fix))
        return
    if is_of_another_unit(old, being):
        message, fix = of_another_unit(old, being)
        problems.append(_told(in_force, code="being-of-nothing", message=message, fix=fix))
        return
    found = follows(old, text.value, being)
    if found is None:
        return
    type_ = types.declared(in_force.provision.head.type) if isinstance(in_force.provision.head, d.Figure) else types.NUMBER
    wrong = not_following(old, text.value, being, found, type_)
    problem = _told(in_force, code="does-not-follow", message=wrong.message, fix=wrong.fix)
    problems.append(evolve(problem, place=wrong.place, severity=wrong.severity))


def _told(in_force: InForce, code: str, message: str, fix: str | None = None) -> Problem:
    assert isinstance(in_force.text, d.Dated) and in_force.text.being is not None
    place, citation = Place(in_force.text.being.span), in_force.provision.citation
    return Problem(code=code, message=message, place=place, subject=in_force.provision.name, citation=citation, fix=fix)


def _every_figure(check: d.StandingCheck, instrument: str | None, names: Names, problems: list[Problem]) -> None:
    """`every figure in £ a week is a multiple of 7p`: of the figures of its instrument, in force on the day."""
    book = names.book
    if check.period and not (check.period.start <= book.on <= (check.period.end or book.on)):
        return
    type_ = types.declared(check.type)
    excepted = {word.name for word in check.excepted}
    for word in check.excepted:
        if word.name not in book.law.provisions and word.name not in book.law.unread:
            near = closest(word.name, book.law.provisions)
            problems.append(
                Problem(
                    code="unknown-name",
                    message=f"There is no figure called `{word.name}`.",
                    place=Place(word.span, "not declared anywhere"),
                    fix=f"Write `{near}`." if near else "Name a figure, or leave it out.",
                )
            )
    step, step_scale, step_type = number(check.multiple)
    above = types.amount(tuple((symbol, power) for symbol, power in type_.unit if power > 0))
    if step_type not in (above, type_) or step <= 0:
        message = f"`{check.multiple.span.text}` is {step_type}, and the figures are {type_}."
        problems.append(
            Problem(code="value-type", message=message, place=Place(check.multiple.span), fix="Write an amount of theirs.")
        )
        return
    for name, in_force in book.in_force.items():
        term, text = names.terms.get(name), in_force.text
        if term is None or term.type != type_ or not isinstance(text, d.Dated) or name in excepted or term.constant is None:
            continue
        if instrument is not None and in_force.provision.instrument != instrument:
            continue
        if term.formula is not None and term.formula.root.mechanism == "not encoded":
            continue
        if term.constant * step_scale % (step * term.scale):
            shown = Exact(term.constant, term.type, term.scale).words()
            problems.append(
                Problem(
                    code="not-a-multiple",
                    message=f"`{name}` is {shown} on {day_words(book.on)}, which is no multiple of {check.multiple.span.text}.",
                    place=Place(text.value.span, f"no multiple of {check.multiple.span.text}"),
                    second=Place(check.span, "said here of every figure"),
                    subject=name,
                    citation=in_force.provision.citation,
                    fix=f"Correct the figure; or, if the law has it so, add `except {name}` to the check.",
                )
            )


def _affecting(names: Names, problems: list[Problem]) -> None:
    """A provision without a term can affect a rule or a table that there is."""
    law = names.book.law
    for unwritten in names.book.unwritten:
        for clause in unwritten.text.affecting:
            word = clause.term
            provision = law.provisions.get(word.name)
            if provision is not None and provision.kind in ("rule", "table"):
                continue
            if word.name in law.unread:
                continue
            rules = [name for name, found in law.provisions.items() if found.kind in ("rule", "table")]
            near = closest(word.name, rules)
            there = word.name in law.provisions or word.name in law.inputs
            message = f"`{word.name}` is not worked out by a rule." if there else f"There is no rule called `{word.name}`."
            problems.append(
                Problem(
                    code="unknown-name",
                    message=message,
                    place=Place(word.span, "affected?"),
                    subject=unwritten.text.place,
                    fix=f"Write `{near}`." if near else "Name the rule that cannot be given to those whom the provision touches.",
                )
            )


def check_payment(head: d.Rule | d.Table, scope: Scope, type_: Type) -> None:
    """What is paid is money, and a payment is rounded to an amount of it."""
    if head.payable is None:
        return
    if type_ is not types.UNKNOWN and not type_.is_money:
        scope.problem(
            "value-type", f"`{head.name}` is {type_}, and what is paid is money.", head.payable.span, str(type_),
            "Declare it as an amount, or leave `payable` out.",
        )  # fmt: skip
        return
    wanted = _PAYS[head.payable.by]
    if type_ is not types.UNKNOWN and type_.unit not in wanted:
        first, *_ = wanted
        scope.problem(
            "payment-unit",
            f"`{head.name}` is {type_}, and cannot be paid {_BY[head.payable.by]}.",
            head.payable.span,
            str(type_),
            f"Declare it as {units.show(first)}, or say by what it is paid.",
        )
    elif head.payable.rounding is not None:
        rounding_type(scope, head.payable.rounding, type_)


_POUNDS = (units.POUND, 1)
_PAYS: Mapping[str, tuple[Powers, ...]] = {
    "day": ((("week", -1), _POUNDS), (("day", -1), _POUNDS), (_POUNDS,)),
    "week": ((("week", -1), _POUNDS), (_POUNDS,)),
    "month": ((("month", -1), _POUNDS), (_POUNDS,)),
    "calendar year": ((_POUNDS,), (("year", -1), _POUNDS)),
}
"""Of what an award must be an amount to be paid so (S56, S57): nothing converts a month into days."""

_BY = {"day": "by the day", "week": "by the week", "month": "by the month", "calendar year": "once a calendar year"}
