"""Trees of values to text: amounts, dates, phrases, with brackets where the grammar needs them and nowhere else.

How loosely each phrase binds follows `rules.lark`, whose rules have the names of the levels here. Trees as written and trees
with declared units by their symbols (`visit:visits`, S2) are both written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from attrs import frozen

from grammar import limits, syntax
from grammar.stretches import Days, EndOf, InStretch, OnDay, OnDays, Stretch
from grammar.syntax import Expr, Number, Powers, Rounding
from grammar.words import UNIT_WORDS, day_text

OPERAND, ATOM, EACH, PRODUCT, SUM, COMPARISON, NEGATION, CONJUNCTION, DISJUNCTION, CONDITION, VALUE = range(11)
"""How loosely a phrase binds; what binds more loosely than its place allows stands in brackets."""

_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_READ_AS_ONE = re.compile(r"encoded\b")
"""After `not`: the two words would be one, those of law that is not written here."""


def quoted(text: str) -> str:
    """A text in quotes: straight ones, or curly ones around a text that holds straight ones."""
    return f"“{text}”" if '"' in text else f'"{text}"'


@frozen
class Writer:
    """Writes the parts of a tree; `called` is how a term is written whose key is known."""

    called: Callable[[str], str]

    # ---- names ------------------------------------------------------------------------------------------------------

    def names(self, words: Iterable[syntax.Word]) -> str:
        return ", ".join(self.called(word.name) for word in words)

    def declared(self, name: str) -> str:
        """The name that a declaration gives: a scheme never stands before it."""
        return self.called(name).rpartition(".")[2]

    def sentence(self, text: str) -> str:
        """A `because`, with the terms in its braces as they are written."""
        return quoted(_IN_BRACES.sub(lambda named: f"{{{self.called(named[1])}}}", text))

    # ---- amounts and types ------------------------------------------------------------------------------------------

    def number(self, number: Number) -> str:
        sign, size = "-" if number.digits < 0 else "", abs(number.digits)
        if number.percent:
            return f"{sign}{_decimal(size, number.places - 2)}%"
        above = [symbol for symbol, power in number.unit if power > 0]
        per = "".join(f" per {_one(symbol)}" for symbol, power in number.unit if power < 0)
        if above == ["£"]:
            return f"{sign}{_money(size, number.places)}{per}"
        digits = _decimal(size, number.places)
        count = _one if digits == "1" else _many
        return " ".join([f"{sign}{digits}", *map(count, above)]) + per

    def multiple(self, number: Number) -> str:
        """What amounts are rounded to, or are multiples of: `1p`, `7p`, as coins are called."""
        is_coin = number.unit == (("£", 1),) and number.places >= 2 and 0 < number.digits < 10**number.places
        return f"{_decimal(number.digits, number.places - 2)}p" if is_coin else self.number(number)

    def bound(self, end: Number | syntax.DateText | syntax.Word) -> str:
        """An end of a range, a rate or a limit: a figure stands there by its name."""
        return self.called(end.name) if isinstance(end, syntax.Word) else self.value(end)

    def type(self, type_: syntax.TypeText) -> str:
        if type_.kind == "choice":
            return self.called(type_.choice or "")
        return _unit_type(type_.unit) if type_.kind == "amount" else type_.kind

    # ---- what declarations share ------------------------------------------------------------------------------------

    def period(self, period: syntax.Period) -> str:
        until = f" until {day_text(period.end)}" if period.end else ""
        return f"from {day_text(period.start)}{until}"

    def cite(self, cite: syntax.Cite) -> str:
        instrument = f"{self.called(cite.instrument)} " if cite.instrument else ""
        return f"cite {instrument}{quoted(cite.text)}"

    def made_by(self, made_by: syntax.MadeBy) -> str:
        provision = f" {quoted(made_by.provision)}" if made_by.provision is not None else ""
        return f"made by {self.called(made_by.instrument)}{provision}"

    def rounding(self, rounding: Rounding) -> str:
        to = self.multiple(rounding.to)
        match rounding.mode:
            case "nearest":
                return f"rounded to the nearest {to}"
            case "half even":
                return f"rounded to the nearest {to} half even"
            case way:
                return f"rounded {way} to {to}"

    # ---- phrases ----------------------------------------------------------------------------------------------------

    def value(self, tree: Any, level: int = VALUE) -> str:
        """A value or a condition, in brackets where its place has room only for what binds more closely."""
        loosest, way = _PHRASES[type(tree)]
        text = way(self, tree)
        return text if loosest <= level else f"({text})"

    def operand(self, tree: Expr) -> str:
        return self.value(tree, OPERAND)

    def _ref(self, ref: syntax.Ref) -> str:
        return self.called(ref.name) + (f" of {self.called(ref.of)}" if ref.of else "")

    def _chain(self, parts: Iterable[tuple[int, Expr]], signs: dict[int, str], level: int) -> str:
        """`a + b - c`: the first sign goes without saying."""
        return " ".join(f"{signs[sign]} {self.value(part, level)}" for sign, part in parts).removeprefix(f"{signs[1]} ")

    def _extreme(self, extreme: syntax.Extreme) -> str:
        return f"{extreme.which} of ({', '.join(self.value(operand, SUM) for operand in extreme.operands)})"

    def _over(self, over: syntax.Members | Days) -> str:
        whom = f"days in the {self._stretch(over.stretch)}" if isinstance(over, Days) else self.called(over.group)
        return f"{whom} where {self.operand(over.where)}" if over.where else whom

    def _aggregate(self, aggregate: syntax.Aggregate) -> str:
        return f"{aggregate.which} of {self.operand(aggregate.operand)} over {self._over(aggregate.members)}"

    def _quantified(self, quantified: syntax.Quantified) -> str:
        return f"{quantified.which} of {self._over(quantified.members)} meet {self.operand(quantified.condition)}"

    def _rank(self, rank: syntax.Rank) -> str:
        keys = " then ".join(f"{key.first} {self.called(key.term.name)}" for key in rank.keys)
        return f"rank among {self.called(rank.group)} by {keys}" + (f" ties {rank.ties}" if rank.ties else "")

    def _applied(self, applied: syntax.Applied) -> str:
        return f"{self.called(applied.scale)} applied to {self.operand(applied.operand)}"

    def _elapsed(self, elapsed: syntax.Elapsed) -> str:
        return f"{elapsed.unit}s from {self.operand(elapsed.start)} to {self.operand(elapsed.end)}"

    def _for_each(self, each: syntax.ForEach) -> str:
        size = self.number(each.size)
        how = f"{size} or part of it" if each.part_counts else f"complete {size}"
        return f"{self.value(each.amount, ATOM)} for each {how} of {self.operand(each.of)}"

    # ---- days -------------------------------------------------------------------------------------------------------

    def _stretch(self, stretch: Stretch) -> str:
        """Days one after another, without the `the` before them."""
        day = self.operand(stretch.day)
        if stretch.length is None:
            return f"{stretch.unit} {stretch.kind} {day}"
        length = self.operand(stretch.length)
        match stretch.kind:
            case "length before":
                return f"{length} before {day}"
            case "length beginning" | "length ending":
                return f"{length} {stretch.kind.removeprefix('length ')} with {day}"
            case _:
                return f"days from {day} to {length}"

    def _on_days(self, on: OnDays) -> str:
        which = f"{self.operand(on.running)} running" if on.running else f"{on.which} day"
        return f"{self.operand(on.operand)} on {which} in the {self._stretch(on.stretch)}"

    def _in_stretch(self, within: InStretch) -> str:
        verb = "is not within" if within.negated else "is within"
        return f"{self.value(within.day, SUM)} {verb} the {self._stretch(within.stretch)}"

    def _within(self, within: syntax.Within) -> str:
        verb = "is not within" if within.negated else "is within"
        day, length = self.value(within.day, SUM), self.operand(within.length)
        return f"{day} {verb} {length} beginning with {self.operand(within.start)}"

    # ---- conditions -------------------------------------------------------------------------------------------------

    def _compare(self, compare: syntax.Compare) -> str:
        return f"{self.value(compare.left, SUM)} {compare.order} {self.value(compare.right, SUM)}"

    def _is(self, is_: syntax.Is) -> str:
        answers = [self.value(answer) for answer in is_.answers]
        answer = answers[0] if len(answers) == 1 else f"one of ({', '.join(answers)})"
        return f"{self.value(is_.left, SUM)} is {'not ' if is_.negated else ''}{answer}"

    def _not(self, not_: syntax.Not) -> str:
        condition = self.value(not_.operand, COMPARISON)
        return f"not ({condition})" if _READ_AS_ONE.match(condition) else f"not {condition}"

    def _limbs(self, limbs: syntax.Limbs) -> str:
        return f"{limbs.which} of {' '.join(map(self._limb, limbs.limbs))}"

    def _limb(self, limb: syntax.Limb) -> str:
        cites = f"{' '.join(map(self.cite, limb.cites))}: " if limb.cites else ""
        return f"({limb.label}) {cites}{self.value(limb.condition, DISJUNCTION)}"

    # ---- limits -----------------------------------------------------------------------------------------------------

    def _limited(self, limited: syntax.Limited) -> str:
        return ", ".join([self.value(limited.value, SUM), *map(self._limit, limited.limits)])

    def _limit(self, limit: syntax.Limit | Rounding | syntax.Unrounded) -> str:
        match limit:
            case Rounding():
                return self.rounding(limit)
            case syntax.Limit(which=which, value=value):
                return f"but not {'less' if which == 'floor' else 'more'} than {self.value(value, SUM)}"
            case _:
                return "unrounded"


def _decimal(size: int, places: int) -> str:
    digits = str(size).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _money(size: int, places: int) -> str:
    """`£1,000.50`; in pence what cannot be said in pounds: `£5.000` looks like thousands, and many digits are too many."""
    whole, point, pence = _decimal(size, places).partition(".")
    looks_like_thousands = places > 2 and size % 10**places == 0
    if looks_like_thousands or len(whole + pence) > limits.NUMBER_DIGITS:
        return f"{_decimal(size, places - 2)}p"
    return f"£{int(whole):,}{point}{pence}"


def _one(symbol: str) -> str:
    """One of a unit; a name that is not known to be declared stays as it is written."""
    return symbol.partition(":")[0]


def _many(symbol: str) -> str:
    return f"{symbol}s" if symbol in UNIT_WORDS else symbol.rpartition(":")[2]


def _unit_type(unit: Powers) -> str:
    """`£ an hour`, `visits a week`, `£ per visit`."""
    parts = [_many(symbol) for symbol, power in unit if power > 0]
    for symbol, power in unit:
        if power < 0:
            article = "per" if symbol not in UNIT_WORDS else "an" if symbol == "hour" else "a"
            parts.append(f"{article} {_one(symbol)}")
    return " ".join(parts)


_ADDED, _MULTIPLIED = {1: "+", -1: "-"}, {1: "×", -1: "÷"}

_PHRASES: dict[type, tuple[int, Callable[[Writer, Any], str]]] = {
    Number: (OPERAND, Writer.number),
    syntax.DateText: (OPERAND, lambda _, t: day_text(t.value)),
    syntax.Never: (OPERAND, lambda _, t: "never"),
    syntax.YesNo: (OPERAND, lambda _, t: "yes" if t.value else "no"),
    syntax.Text: (OPERAND, lambda _, t: quoted(t.value)),
    syntax.Word: (OPERAND, lambda _, t: t.name),
    syntax.Ref: (OPERAND, Writer._ref),
    syntax.Extreme: (ATOM, Writer._extreme),
    syntax.Aggregate: (ATOM, Writer._aggregate),
    syntax.Count: (ATOM, lambda w, t: f"count of {w._over(t.members)}"),
    syntax.Quantified: (ATOM, Writer._quantified),
    syntax.Rank: (ATOM, Writer._rank),
    syntax.Applied: (ATOM, Writer._applied),
    syntax.Elapsed: (ATOM, Writer._elapsed),
    OnDay: (ATOM, lambda w, t: f"{w.operand(t.operand)} on {w.operand(t.day)}"),
    OnDays: (ATOM, Writer._on_days),
    EndOf: (ATOM, lambda w, t: f"{t.which} day of the {w._stretch(t.stretch)}"),
    syntax.ForEach: (EACH, Writer._for_each),
    syntax.Product: (PRODUCT, lambda w, t: w._chain(t.factors, _MULTIPLIED, EACH)),
    syntax.Sum: (SUM, lambda w, t: w._chain(t.terms, _ADDED, PRODUCT)),
    syntax.Compare: (COMPARISON, Writer._compare),
    syntax.Is: (COMPARISON, Writer._is),
    syntax.Within: (COMPARISON, Writer._within),
    InStretch: (COMPARISON, Writer._in_stretch),
    syntax.Not: (NEGATION, Writer._not),
    syntax.And: (CONJUNCTION, lambda w, t: " and ".join(w.value(part, NEGATION) for part in t.parts)),
    syntax.Or: (DISJUNCTION, lambda w, t: " or ".join(w.value(part, CONJUNCTION) for part in t.parts)),
    syntax.Limbs: (CONDITION, Writer._limbs),
    syntax.Limited: (VALUE, Writer._limited),
    syntax.NotEncoded: (VALUE, lambda _, t: f"not encoded {quoted(t.reason)}"),
}
"""By the kind of a phrase, how loosely it binds and how it is written."""
