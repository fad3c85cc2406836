"""Lark's tree to our own: literals, types and values.

Brackets are the only thing that nests (grammar/limits.py counts them), so the recursion here is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from lark import Token

from grammar import building_days, limits, syntax
from grammar.problems import Place, Problem
from grammar.source import Source, Span
from grammar.syntax import Expr, Number, Powers
from grammar.trees import Tree
from grammar.words import MONTHS, day_text, nearest_day

Node = Tree

_SIGNS = {"+": 1, "-": -1, "−": -1, "×": 1, "*": 1, "÷": -1, "/": -1}
_ORDERS: dict[str, syntax.Order] = {"≥": ">=", "≤": "<=", "=": "=", "≠": "≠", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def children(tree: Node, *kinds: str) -> list[Node]:
    return [child for child in tree.children if child.__class__ is Tree and child.data in kinds]


def tokens(tree: Node, kind: str) -> list[Token]:
    return [child for child in tree.children if isinstance(child, Token) and child.type == kind]


def unquoted(token: Token) -> str:
    return str(token)[1:-1]


class ValueBuilder:
    """Builds values; what is well formed but cannot be meant (31 February, £1,00) becomes a problem."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source = source
        self.problems = problems
        self.subject: str | None = None
        self.named_units: list[syntax.Word] = []

    # ---- places -----------------------------------------------------------------------------------------------------

    def span(self, item: Node | Token) -> Span:
        if isinstance(item, Token):
            return limits.span_of(self.source, item)
        if item.end < item.start:  # read in another order than it was written, because that was said otherwise
            return Span(self.source, item.end, item.start)
        return Span(self.source, item.start, item.end)

    def problem(self, code: str, message: str, item: Node | Token, fix: str) -> None:
        place = Place(self.span(item))
        self.problems.append(Problem(code=code, message=message, place=place, subject=self.subject, fix=fix))

    def word(self, token: Token) -> syntax.Word:
        return syntax.Word(str(token), span=self.span(token))

    # ---- literals ---------------------------------------------------------------------------------------------------

    def day(self, token: Token) -> date:
        day, month, year = token.split()
        if day.startswith("0"):
            self.problem("date-spelling", f"The day `{day}` begins with 0.", token, f"Write `{int(day)} {month} {year}`.")
        if int(year) not in limits.YEARS:
            years = f"{limits.YEARS[0]} to {limits.YEARS[-1]}"
            self.problem("no-such-date", f"Dates go from {years}.", token, "Write a year in between.")
            return date(2000, 1, 1)
        found = nearest_day(int(day), MONTHS.index(month) + 1, int(year))
        if found.day != int(day):
            self.problem("no-such-date", f"There is no {token}.", token, f"Write `{day_text(found)}`.")
        return found

    def _digits(self, text: str, token: Token) -> tuple[int, int]:
        whole, _, decimals = text.partition(".")
        if "," in whole and not re.fullmatch(r"\d{1,3}(,\d{3})+", whole):
            right = f"{int(whole.replace(',', '')):,}"
            fix = f"Write `£{right}`."
            if decimal := re.fullmatch(r"(\d+),(\d\d)", whole):
                fix = f"Write `£{int(decimal[1]):,}.{decimal[2]}`, or `£{right}` if that is meant."
            self.problem("comma-in-number", f"The commas in `{token}` are not at the thousands.", token, fix)
        whole = whole.replace(",", "")
        if token.startswith("£") and len(decimals) >= 3 and not int(decimals):
            self.problem(
                "comma-in-number",
                f"`{token}` is {whole} pounds and no pence; the point divides pounds from pence.",
                token,
                f"Write `£{int(whole):,}`, or `£{int(whole + decimals):,}` if that is meant.",
            )
        if len(whole) > 1 and whole.startswith("0"):
            self.problem("leading-zero", f"`{token}` begins with 0.", token, f"Write `{_without_zeros(token)}`.")
        return int(whole + decimals), len(decimals)

    def number(self, tree: Node) -> Number:
        first = tree.children[0]
        assert isinstance(first, Token)
        unit: dict[str, int] = {}
        if tree.data == "money":
            digits, places = self._digits(first[1:].strip(), first)
            unit["£"] = 1
        elif tree.data == "pence":
            digits, places = self._digits(first[:-1], first)
            places += 2
            unit["£"] = 1
        else:
            digits, places = self._digits(str(first), first)
        for unit_tree in children(tree, "time_unit"):
            self._add(unit, _unit_word(unit_tree), 1, unit_tree)
        for named in tokens(tree, "NAME"):
            self._add(unit, str(named), 1, named)
            self.named_units.append(self.word(named))
        self._add_pers(unit, tree)
        percent = tree.data == "percent"
        return Number(digits, places + 2 * percent, powers(unit), percent, span=self.span(tree))

    def _add_pers(self, unit: dict[str, int], tree: Node) -> None:
        for per in children(tree, "per_time"):
            self._add(unit, str(per.children[0]).split()[1], -1, per)
        for per in children(tree, "per_unit"):
            [name] = tokens(per, "NAME")
            self._add(unit, str(name), -1, per)
            self.named_units.append(self.word(name))

    def _add(self, unit: dict[str, int], symbol: str, power: int, item: Node | Token) -> None:
        if symbol in unit:
            self.problem("doubled-word", f"The unit says `{symbol}` twice.", item, "Say it once.")
            return
        unit[symbol] = power

    def signed(self, tree: Node) -> Number:
        """A literal number, possibly with a minus before it."""
        if tree.data == "negative":
            inner = tree.children[-1]
            assert isinstance(inner, Tree)
            number = self.signed(inner)
            return Number(-number.digits, number.places, number.unit, number.percent, span=self.span(tree))
        if tree.data == "date":
            self.problem("amount-expected", "An amount is needed here, not a date.", tree, "Write a number with its unit.")
            return Number(1, 0, span=self.span(tree))
        return self.number(tree)

    def fact_value(self, tree: Node) -> syntax.FactValue:
        match str(tree.data):
            case "yes_no" | "word" | "text" | "date" | "never":
                answer: syntax.FactValue = self.answer(tree)
                return answer
            case _:
                return self.signed(tree)

    def answer(self, tree: Node) -> Any:
        [token] = tree.children
        assert isinstance(token, Token)
        span = self.span(tree)
        match str(tree.data):
            case "yes_no":
                return syntax.YesNo(token == "yes", span=span)
            case "word":
                return syntax.Word(str(token), span=span)
            case "text":
                return syntax.Text(unquoted(token), span=span)
            case "never":
                return syntax.Never(span=span)
            case _:
                return syntax.DateText(self.day(token), span=span)

    # ---- types ------------------------------------------------------------------------------------------------------

    def type(self, tree: Node) -> syntax.TypeText:
        span = self.span(tree)
        match str(tree.data):
            case "yes_no_type":
                return syntax.TypeText("yes/no", span=span)
            case "date_type":
                return syntax.TypeText("date", span=span)
            case "date_or_never_type":
                return syntax.TypeText("date or never", span=span)
            case "text_type":
                return syntax.TypeText("text", span=span)
            case "number_type":
                return syntax.TypeText("number", span=span)
            case "whole_type":
                return syntax.TypeText("whole number", span=span)
            case "percent_type":
                return syntax.TypeText("%", span=span)
            case "choice_type":
                return syntax.TypeText("choice", choice=str(tree.children[0]), span=span)
        unit: dict[str, int] = {}
        first = tree.children[0]
        if isinstance(first, Tree):
            self._add(unit, _unit_word(first), 1, first)
        else:
            self._add(unit, str(first), 1, first)
            if first.type == "NAME":
                self.named_units.append(self.word(first))
        self._add_pers(unit, tree)
        return syntax.TypeText("amount", unit=powers(unit), span=span)

    # ---- values -----------------------------------------------------------------------------------------------------

    def expr(self, tree: Node) -> Expr:
        build: Callable[[ValueBuilder, Node], Expr] = _VALUES[str(tree.data)]
        return build(self, tree)

    def exprs(self, tree: Node) -> tuple[Expr, ...]:
        return tuple(self.expr(child) for child in tree.children if isinstance(child, Tree))

    def _signed_parts(self, tree: Node) -> tuple[tuple[int, Expr], ...]:
        """`a + b - c` as ((1, a), (1, b), (-1, c)); the same for × and ÷."""
        parts: list[tuple[int, Expr]] = []
        sign = 1
        for child in tree.children:
            if isinstance(child, Token):
                sign = _SIGNS[str(child)]
            else:
                parts.append((sign, self.expr(child)))
        return tuple(parts)

    def over(self, tree: Node) -> syntax.Members | syntax.Days:
        """Over whom, or over which days."""
        return building_days.days(self, tree) if tree.data == "days" else self.members(tree)

    def members(self, tree: Node) -> syntax.Members:
        name, where = tree.children
        condition = self.expr(where) if isinstance(where, Tree) else None
        return syntax.Members(str(name), condition, span=self.span(tree))

    def rounding(self, tree: Node) -> syntax.Rounding:
        to = next(child for child in tree.children if isinstance(child, Tree))
        mode: Any = "half even" if tokens(tree, "HALF_EVEN") else str(tree.data)
        if to.data == "date":
            self.problem("amount-expected", "An amount is needed here, not a date.", to, "Write `1p`, `£1` or a number.")
            return syntax.Rounding(mode, Number(1, 0, span=self.span(to)), span=self.span(tree))
        number = self.number(to)
        if number.digits == 0:
            self.problem("amount-expected", "Nothing can be rounded to 0.", to, "Write `1p`, `£1` or a number above 0.")
            number = Number(1, 0, number.unit, span=number.span)
        return syntax.Rounding(mode, number, span=self.span(tree))

    def limited(self, tree: Node) -> Expr:
        value, *rest = tree.children
        assert isinstance(value, Tree)
        limits_: list[syntax.Limit | syntax.Rounding | syntax.Unrounded] = []
        for limit in rest:
            assert isinstance(limit, Tree)
            match str(limit.data):
                case "floor" | "ceiling" as which:
                    [bound] = self.exprs(limit)
                    limits_.append(syntax.Limit(which, bound, span=self.span(limit)))
                case "unrounded":
                    limits_.append(syntax.Unrounded(span=self.span(limit)))
                case _:
                    limits_.append(self.rounding(limit))
        return syntax.Limited(self.expr(value), tuple(limits_), span=self.span(tree))

    def for_each(self, tree: Node) -> Expr:
        amount, size, of = (child for child in tree.children if isinstance(child, Tree))
        part_counts = tree.data == "each_started"
        each = self.signed(size)
        return syntax.ForEach(self.expr(amount), each, self.expr(of), part_counts, span=self.span(tree))

    def aggregate(self, tree: Node) -> Expr:
        operand, members = tree.children
        assert isinstance(operand, Tree) and isinstance(members, Tree)
        which: Any = str(tree.data).removesuffix("_of")
        return syntax.Aggregate(which, self.expr(operand), self.over(members), span=self.span(tree))

    def quantified(self, tree: Node) -> Expr:
        _, members, condition = tree.children
        assert isinstance(condition, Tree) and isinstance(members, Tree)
        which: Any = str(tree.data).removesuffix("_of")
        return syntax.Quantified(which, self.members(members), self.expr(condition), span=self.span(tree))

    def rank(self, tree: Node) -> Expr:
        ties = next((child for child in tree.children if isinstance(child, Tree) and child.data != "rank_key"), None)
        keys = []
        for key in children(tree, "rank_key"):
            first, term = key.children
            assert isinstance(first, Token) and isinstance(term, Token)
            keys.append(syntax.RankKey(str(first), self.word(term), span=self.span(key)))  # type: ignore[arg-type]
        said: Any = None if ties is None else str(ties.data).removeprefix("ties_")
        return syntax.Rank(str(tokens(tree, "NAME")[0]), tuple(keys), said, span=self.span(tree))

    def applied(self, tree: Node) -> Expr:
        scale, operand = tree.children
        assert isinstance(operand, Tree)
        return syntax.Applied(str(scale), self.expr(operand), span=self.span(tree))

    def within(self, tree: Node) -> Expr:
        day, length, start = self.exprs(tree)
        return syntax.Within(day, length, start, tree.data == "not_within", span=self.span(tree))

    def limbs(self, tree: Node) -> Expr:
        which = str(tree.children[0])
        return syntax.Limbs(which, tuple(self._limb(limb) for limb in children(tree, "limb")), span=self.span(tree))  # type: ignore[arg-type]

    def _limb(self, tree: Node) -> syntax.Limb:
        label, cites, condition = tree.children
        assert isinstance(label, Token) and isinstance(condition, Tree)
        found = self.cites(cites) if isinstance(cites, Tree) else ()
        return syntax.Limb(str(label)[1:-1].strip(), self.expr(condition), found, span=self.span(tree))

    def cites(self, tree: Node) -> tuple[syntax.Cite, ...]:
        found = []
        for cite in children(tree, "cite"):
            name, text = cite.children
            assert isinstance(text, Token)
            found.append(syntax.Cite(str(name) if name else None, unquoted(text), span=self.span(cite)))
        return tuple(found)

    def elapsed(self, tree: Node) -> Expr:
        unit, start, end = tree.children
        assert isinstance(unit, Tree) and isinstance(start, Tree) and isinstance(end, Tree)
        return syntax.Elapsed(_unit_word(unit), self.expr(start), self.expr(end), span=self.span(tree))

    def compare(self, tree: Node) -> Expr:
        left, order, right = tree.children
        assert isinstance(left, Tree) and isinstance(right, Tree)
        return syntax.Compare(self.expr(left), _ORDERS[str(order)], self.expr(right), span=self.span(tree))

    def is_(self, tree: Node) -> Expr:
        left, *answers = tree.children
        assert isinstance(left, Tree)
        values = tuple(self.word(a) if isinstance(a, Token) else self.answer(a) for a in answers)
        return syntax.Is(self.expr(left), values, tree.data == "is_not", span=self.span(tree))

    def ref(self, tree: Node) -> Expr:
        name, of = tree.children
        return syntax.Ref(str(name), str(of) if of is not None else None, span=self.span(tree))

    def not_encoded(self, tree: Node) -> Expr:
        return syntax.NotEncoded(unquoted(tokens(tree, "STRING")[0]), span=self.span(tree))

    def any_not_encoded(self, tree: Node) -> Expr:
        return syntax.NotEncoded("", span=self.span(tree))


def _without_zeros(token: Token) -> str:
    return re.sub(r"^(£?)0+(?=\d)", r"\1", token)


def powers(unit: dict[str, int]) -> Powers:
    return tuple(sorted((symbol, power) for symbol, power in unit.items() if power))


def _unit_word(tree: Node) -> str:
    return str(tree.children[0]).removesuffix("s")


_VALUES: dict[str, Any] = {
    "money": ValueBuilder.number,
    "pence": ValueBuilder.number,
    "percent": ValueBuilder.number,
    "quantity": ValueBuilder.number,
    "date": ValueBuilder.answer,
    "yes_no": ValueBuilder.answer,
    "never": ValueBuilder.answer,
    "ref": ValueBuilder.ref,
    "sum": lambda b, t: syntax.Sum(b._signed_parts(t), span=b.span(t)),
    "product": lambda b, t: syntax.Product(b._signed_parts(t), span=b.span(t)),
    "lower_of": lambda b, t: syntax.Extreme("lower", b.exprs(t), span=b.span(t)),
    "higher_of": lambda b, t: syntax.Extreme("higher", b.exprs(t), span=b.span(t)),
    "earlier_of": lambda b, t: syntax.Extreme("earlier", b.exprs(t), span=b.span(t)),
    "later_of": lambda b, t: syntax.Extreme("later", b.exprs(t), span=b.span(t)),
    "sum_of": ValueBuilder.aggregate,
    "earliest_of": ValueBuilder.aggregate,
    "latest_of": ValueBuilder.aggregate,
    "highest_of": ValueBuilder.aggregate,
    "lowest_of": ValueBuilder.aggregate,
    "count_of": lambda b, t: syntax.Count(b.over(t.children[0]), span=b.span(t)),
    "any_of": ValueBuilder.quantified,
    "all_of": ValueBuilder.quantified,
    "none_of": ValueBuilder.quantified,
    "rank": ValueBuilder.rank,
    "applied": ValueBuilder.applied,
    "within": ValueBuilder.within,
    "not_within": ValueBuilder.within,
    "limbs": ValueBuilder.limbs,
    "elapsed": ValueBuilder.elapsed,
    "each_complete": ValueBuilder.for_each,
    "each_started": ValueBuilder.for_each,
    "compare": ValueBuilder.compare,
    "is_": ValueBuilder.is_,
    "is_not": ValueBuilder.is_,
    "one_of": ValueBuilder.is_,
    "and_": lambda b, t: syntax.And(b.exprs(t), span=b.span(t)),
    "or_": lambda b, t: syntax.Or(b.exprs(t), span=b.span(t)),
    "not_": lambda b, t: syntax.Not(b.exprs(t)[0], span=b.span(t)),
    "limited": ValueBuilder.limited,
    "not_encoded": ValueBuilder.not_encoded,
    "any_not_encoded": ValueBuilder.any_not_encoded,
    **building_days.VALUES,
}
