"""One question: a book, a case, a day, and the day as of which law and facts are known (S39). `Here` is a place in the book."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any, Protocol

from attrs import evolve, frozen

from grammar import syntax as s
from tests.reference.calendar import ShortMonths
from tests.reference.law import Book, Place
from tests.reference.people import Member, People, number
from tests.reference.results import Refused, Value, refused


class Question(Protocol):
    """What the words of a provision can ask of the rest."""

    @property
    def book(self) -> Book: ...

    @property
    def people(self) -> People: ...

    @property
    def day(self) -> date: ...

    @property
    def seen(self) -> Counter[str]: ...

    def value(self, term: str, member: Member) -> Value: ...

    def standing(self, name: str, member: Member) -> str: ...

    def on(self, day: date) -> Question: ...

    def meaning(self, expr: s.Expr, here: Here) -> Any: ...

    def candidates(self, group: str, me: Member) -> list[tuple[Member, bool | Refused]] | Refused: ...

    def in_force(self, place: Place) -> Any: ...

    def not_in_force(self, place: Place, member: Member) -> Refused: ...


@frozen(eq=False)
class Here:
    """Whose words are read, for whose step, and for whom: inside a group's brackets, each of its members (S21)."""

    question: Question
    place: Place
    whose: Member
    me: Member
    on_other_day: bool = False
    own: date | None = None
    """Where the words are read for another day, the one that is asked about."""

    @property
    def short_months(self) -> ShortMonths | None:
        return self.place.short_months

    @property
    def own_day(self) -> date:
        return self.own or self.question.day

    def of(self, member: Member) -> Here:
        return evolve(self, me=member)

    def on(self, day: date) -> Here | Refused:
        """The same words, read for the same one, on another day; refused where that one is not there on it (S70)."""
        question = self.question.on(day)
        me, whose = question.people.again(self.me), question.people.again(self.whose)
        return (
            self.refused("not there")
            if me is None
            else evolve(self, question=question, me=me, whose=whose or self.whose, on_other_day=True, own=self.own_day)
        )

    def refused(self, kind: str) -> Refused:
        return refused(kind, self.place.identity, self.me.path)

    def value(self, expr: s.Expr) -> Any:
        """The value of what is written, read in its place."""
        self.saw(expr)
        return self.question.meaning(expr, self)

    def saw(self, tree: s.Tree) -> None:
        """Counts each kind of phrase that an answer was worked out from."""
        self.question.seen[type(tree).__name__] += 1

    def read(self, ref: s.Ref) -> Any:
        """By bare name a term of one's own, or of nobody's; of another, the one who contains this one, or holds a role (S21)."""
        if ref.name == "assessment_date":
            return self.question.day
        if ref.of is None:
            owner = self.question.book.owner(ref.name)
            return self.term(ref.name, self.question.people.everyone if owner is None else self.me)
        role = self.question.book.roles.get(ref.of)
        if role is None:
            container = self.me.within(ref.of)
            assert container is not None
            return self.term(ref.name, container)
        holders = self.question.candidates(ref.of, self.me)
        assert not isinstance(holders, Refused)
        return self.term(ref.name, holders[0][0]) if holders else self.refused("nobody")

    def term(self, name: str, member: Member) -> Any:
        """A term's value; of another day only to pence, or to four decimals (S72)."""
        value = self.question.value(name, member)
        book = self.question.book
        if name in book.inputs and not isinstance(value, Refused) and self.question.standing(name, member) in self.refuses(name):
            return refused("refused fact", book.inputs[name].identity, member.path)
        if not self.on_other_day or name in book.inputs or not isinstance(value, Fraction):
            return value
        is_money = "£" in dict(book.type_of(name).unit)
        is_told = (value * (100 if is_money else 10_000)).denominator == 1
        return value if is_told else refused("out of range", book.provisions[name].identity, member.path)

    def refuses(self, name: str) -> set[str]:
        """The standings of a fact that the rule refuses whose words are read, on the rule's own day (S81)."""
        clauses = getattr(self.place.declaration, "refuses", ())
        of_it = [one for one in clauses if one.stands(self.own_day) and any(word.name == name for word in one.facts)]
        for one in of_it:
            self.saw(one)
        return {standing for one in of_it for standing in one.standings}

    def bound(self, bound: s.Number | s.DateText | s.Word) -> Any:
        """A limit of a band or a cell: an amount, a date, or a figure by its name."""
        match bound:
            case s.Number():
                return number(bound)
            case s.DateText():
                return bound.value
            case s.Word():
                return self.question.value(bound.name, self.question.people.everyone)

    def length_unit(self, expr: s.Expr) -> str:
        """In which unit of time something is measured that is added to a date."""
        book = self.question.book
        match expr:
            case s.Number():
                [(unit, _)] = book.symbols(expr.unit).items()
                return unit
            case s.Elapsed():
                return book.units[expr.unit]
            case s.Ref():
                [(unit, _)] = book.symbols(book.type_of(expr.name).unit).items()
                return unit
            case s.Sum():
                return self.length_unit(expr.terms[0][1])
            case s.OnDay():
                return self.length_unit(expr.operand)
            case s.Limited():
                return self.length_unit(expr.value)
            case s.Extreme():
                return self.length_unit(expr.operands[0])
            case s.Aggregate():
                return self.length_unit(expr.operand)
            case s.ForEach():
                return self.length_unit(expr.amount)
            case s.Product():
                return next(unit for _, factor in expr.factors if (unit := self.length_unit(factor)))
        return ""
