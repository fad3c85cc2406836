"""Made-up values: typed, with every phrase that the language has for each type."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define, evolve, field

from tests.reference import writing_days
from tests.reference.pen import (
    AMOUNTS,
    ATOM,
    BIRTHDAYS,
    COLOURS,
    COMPARISON,
    CONDITION,
    CONJUNCTION,
    DAYS,
    EACH,
    NEGATION,
    OPERAND,
    PRODUCT,
    REMARKS,
    SUM,
    VALUE,
    WHOLE,
    Pen,
    Phrase,
    Term,
    day_text,
    within,
)  # fmt: skip

SCALARS = ["whole number", "number", "%"]
PRODUCTS = {
    "£ a week": [("£ an hour", "hours a week"), ("£ per visit", "visits a week")],
    "£": [("£ a week", "weeks"), ("£ a month", "months")],
}
"""Types whose units make another when they are multiplied."""
DIVISORS = {"2": 1, "4": 2, "5": 1, "8": 3, "3": None, "7": None, "12": None}
"""By what an amount is divided, and how many decimals more it then has."""
ROUNDINGS = [
    "rounded to the nearest {}", "rounded to the nearest {}", "rounded to the nearest {}", "rounded up to {}", "rounded down to {}", "rounded to the nearest {} half even",
    "rounded up to a multiple of {}", "rounded down to a multiple of {}",
]  # fmt: skip
MULTIPLES = {
    "%": ["1%", "0.1%"], "number": ["1", "0.1", "0.25"], "whole number": ["1", "7"], "hours a week": ["1 hour", "0.25 hours per week"],
    "visits a week": ["1 visit", "2 visits per week"],
    "days": ["1 day", "7 days"], "weeks": ["1 week", "2 weeks"], "months": ["1 month", "3 months"], "years": ["1 year", "5 years"],
}  # fmt: skip
"""To what each type is rounded; money to pence."""
SIZES = {
    "£": ["£250", "£7", "£0.50"], "£ a week": ["£10 per week", "£2.25 per week"], "number": ["3", "0.5"], "hours a week": ["8 hours per week"],
}  # fmt: skip
"""Of what there may be so many complete ones."""


@define
class Writer:
    """Writes values for one kind of entity, from the terms that it can read."""

    pen: Pen
    owner: str | None
    """The kind of entity that reads; None for a figure."""
    inner: list[str]
    """The kinds of entity inside it."""
    containers: list[str]
    terms: list[Term]
    groups: dict[str, tuple[str, str]] = field(factory=dict)
    """The owner of each group and role, and of what kind its members are."""
    roles: dict[str, tuple[str, str]] = field(factory=dict)
    """The same of the roles that one person holds."""

    scales: list[tuple[str, str]] = field(factory=list)
    """The scales, and of what type each is applied to and gives."""
    depth: int = 0
    """Inside how many groups and stretches of days."""
    on_other_days: bool = False

    def of(self, member: str) -> Writer:
        """For a member inside: what is written within a group's brackets."""
        containers = [*self.containers, *([self.owner] if self.owner else []), *self.inner[: self.inner.index(member)]]
        inner = self.inner[self.inner.index(member) + 1 :]
        return evolve(self, owner=member, inner=inner, containers=containers, scales=[], depth=self.depth + 1)

    def other_day(self) -> Writer:
        """For what is looked at on other days: no scales, and no value with more decimals than can be read there (S72)."""
        told = [term for term in self.terms if (term.decimals or 0) <= (2 if "£" in term.type else 4) or term.is_input]
        return evolve(self, terms=told, scales=[], depth=self.depth + 1, on_other_days=True)

    @property
    def can_look_around(self) -> bool:
        """Whether other days can be looked at here: groups and days stand no more than three deep inside each other."""
        return self.owner is not None and self.depth + len(self.inner) < 3

    def of_these(self, terms: list[Term]) -> Writer:
        """The same, where fewer terms can be read."""
        return evolve(self, terms=terms)

    # ---- terms ------------------------------------------------------------------------------------------------------

    def readable(self, *types: str) -> list[Term]:
        mine = {None, "everyone", self.owner, *self.containers, *(holder for _, holder in self._held())} if self.owner else {None}
        return [term for term in self.terms if term.type in types and term.owner in mine]

    def _held(self) -> list[tuple[str, str]]:
        """The roles in what this one is or stands in, and by what kind of entity each is held."""
        return [(role, holder) for role, (of, holder) in self.roles.items() if of in (self.owner, *self.containers)]

    def read(self, term: Term) -> Phrase:
        """By bare name; of what contains this one; or of who holds a role."""
        text = term.name
        holding = [role for role, holder in self._held() if holder == term.owner]
        is_own = term.owner in (None, "everyone", self.owner)
        if term.owner in self.containers:
            text += f" of {term.owner}"
        elif holding and (not is_own or self.pen.chance(15)):
            text += f" of {self.pen.one_of(holding)}"
        return Phrase(text, OPERAND, term.decimals)

    def leaf(self, type_: str) -> Phrase:
        """A term of the type more often than a literal; the last declared are the likeliest."""
        found = self.readable(type_, *(["whole number"] if type_ == "number" else []))
        if not found or self.pen.chance(25):
            return self.pen.literal(type_)
        return self.read(self.pen.one_of(found[::-1]))

    # ---- amounts ----------------------------------------------------------------------------------------------------

    def amount(self, type_: str, depth: int) -> Phrase:
        """A value of a type in which nothing stands that has to be rounded."""
        if depth == 0 or not self.pen.chance(80):
            return self.leaf(type_)
        ways: list[Callable[[str, int], Phrase]] = [self._sum, self._product, self._divided, self._extreme, self._limited]
        if type_ in PRODUCTS:
            ways += [self._units]
        if type_ not in WHOLE:
            ways += [self._for_each]
        if type_ in ("days", "weeks", "months", "years"):
            ways += [self.elapsed] * 3
        if any(of == type_ for _, of in self.scales):
            ways += [self._applied] * 4
        if type_ == "whole number" and self.rankings():
            ways += [self.rank] * 8
        if self.can_look_around:
            ways += [lambda type_, depth: writing_days.amount(self, type_, depth)] * 3
        if self.inner:
            ways += [self._over_members] * 2 + ([self._count] * 3 if type_ == "whole number" else [])
        return self.pen.one_of(ways)(type_, depth - 1)

    def _sum(self, type_: str, depth: int) -> Phrase:
        terms = [self.amount(type_, depth) for _ in range(2 + self.pen.upto(1))]
        text = within(terms[0], PRODUCT)
        for term in terms[1:]:
            text += self.pen.one_of([" + ", " - "]) + within(term, PRODUCT)
        return Phrase(text, SUM, _most(terms))

    def _product(self, type_: str, depth: int) -> Phrase:
        scalars = {"whole number": ["whole number"], "%": ["%"]}.get(type_, SCALARS)
        if type_ in ("days", "weeks", "months", "years"):
            scalars = ["whole number"]
        factors = [self.amount(self.pen.one_of(scalars), depth), self.amount(type_, depth)]
        return Phrase(" × ".join(within(factor, EACH) for factor in factors), PRODUCT, _total(factors))

    def _units(self, type_: str, depth: int) -> Phrase:
        factors = [self.amount(part, depth) for part in self.pen.one_of(PRODUCTS[type_])]
        return Phrase(" × ".join(within(factor, EACH) for factor in factors), PRODUCT, _total(factors))

    def _divided(self, type_: str, depth: int) -> Phrase:
        """By a constant; the whole is rounded where it might never end, and so it is here always."""
        if type_ in ("%", "whole number", "days", "weeks", "months", "years"):
            return self._sum(type_, depth)
        top = self.amount(type_, depth)
        if type_ == "£ a week" and self.pen.chance(30):
            rent = self.amount("£ a month", depth)
            return Phrase(f"{within(rent, EACH)} × 12 months per year ÷ 52 weeks per year", PRODUCT, None)
        figures = [term for term in self.readable("whole number", "number") if term.is_figure]
        if figures and not self.on_other_days and self.pen.chance(30):
            return Phrase(f"{within(top, EACH)} ÷ {self.pen.one_of(figures).name}", PRODUCT, None)
        divisor = self.pen.one_of(list(DIVISORS))
        more = DIVISORS[divisor]
        return Phrase(
            f"{within(top, EACH)} ÷ {divisor}", PRODUCT, None if more is None or top.decimals is None else top.decimals + more
        )

    def quotient(self, type_: str, depth: int) -> Phrase:
        """Divided by what varies: the whole of what a rounding rounds (S15)."""
        if type_ == "number" and self.pen.chance(50):
            kind = self.pen.one_of(["£ a week", "£", "hours a week"])
            parts = [self.amount(kind, depth), self.amount(kind, depth)]
        else:
            parts = [self.amount(type_, depth), self.amount(self.pen.one_of(["whole number", "number"]), depth)]
        return self.rounded(type_, Phrase(" ÷ ".join(within(part, EACH) for part in parts), PRODUCT, None))

    def rounded(self, type_: str, value: Phrase) -> Phrase:
        multiple = self.pen.one_of(MULTIPLES.get(type_, ["1p", "7p", "£1", "50p"]))
        rounding = self.pen.one_of(ROUNDINGS).format(multiple)
        return Phrase(f"{within(value, SUM)}, {rounding}", VALUE, 4 if type_ == "%" else 2)

    def _half(self, type_: str) -> Phrase:
        """Where a rounding meets halves."""
        leaf = self.leaf(type_)
        return Phrase(f"0.5 × {leaf.text}", PRODUCT, None if leaf.decimals is None else leaf.decimals + 1)

    def _extreme(self, type_: str, depth: int) -> Phrase:
        operands = [self.amount(type_, depth) for _ in range(2 + self.pen.upto(1))]
        listed = ", ".join(within(operand, SUM) for operand in operands)
        return Phrase(f"{self.pen.one_of(['lower', 'higher'])} of ({listed})", ATOM, _most(operands))

    def _limited(self, type_: str, depth: int) -> Phrase:
        """Limits and roundings, one after another."""
        value = self._half(type_) if type_ not in ("%", *WHOLE) and self.pen.chance(35) else self.amount(type_, depth)
        for _ in range(1 + self.pen.upto(1)):
            if self.pen.chance(40) and type_ not in ("weeks", "months", "years"):
                value = self.rounded(type_, Phrase(value.text, min(value.level, SUM), value.decimals))
            else:
                bound = self.amount(type_, min(depth, 1))
                which = self.pen.one_of(["less", "more"])
                value = Phrase(f"{value.text}, but not {which} than {within(bound, SUM)}", VALUE, _most([value, bound]))
        return value

    def _for_each(self, type_: str, depth: int) -> Phrase:
        kind = self.pen.one_of(list(SIZES))
        size = self.pen.one_of(SIZES[kind])
        amount, of = self.amount(type_, 0), self.amount(kind, depth)
        each = self.pen.one_of(["for each complete {} of {}", "for each {} or part of it of {}"])
        return Phrase(f"{within(amount, ATOM)} {each.format(size, within(of, OPERAND))}", EACH, amount.decimals)

    def _applied(self, type_: str, depth: int) -> Phrase:
        """A scale, applied to an amount; a rate has up to five decimals."""
        operand = self.amount(type_, depth)
        name = self.pen.one_of([name for name, of in self.scales if of == type_])
        return Phrase(
            f"{name} applied to {within(operand, OPERAND)}", ATOM, None if operand.decimals is None else operand.decimals + 5
        )

    def elapsed(self, type_: str, depth: int) -> Phrase:
        start, end = writing_days.perhaps_never(self, depth), writing_days.perhaps_never(self, depth)
        return Phrase(f"{type_} from {within(start, OPERAND)} to {within(end, OPERAND)}", ATOM, 0)

    # ---- members ----------------------------------------------------------------------------------------------------

    def members(self) -> tuple[str, str]:
        """A group, or all of a kind, perhaps narrowed; and of what kind they are."""
        groups = [(name, member) for name, (owner, member) in self.groups.items() if owner == self.owner]
        name, member = self.pen.one_of([*groups * 3, *((inner, inner) for inner in self.inner)])
        if self.pen.chance(25):
            return f"{name} where {within(self.of(member).condition(1), OPERAND)}", member
        return name, member

    def _count(self, type_: str, depth: int) -> Phrase:
        return Phrase(f"count of {self.members()[0]}", ATOM, 0)

    def _over_members(self, type_: str, depth: int) -> Phrase:
        members, member = self.members()
        operand = self.of(member).amount(type_, depth)
        which = self.pen.one_of(["sum", "highest", "lowest"])
        return Phrase(f"{which} of {within(operand, OPERAND)} over {members}", ATOM, operand.decimals)

    def rankings(self) -> list[str]:
        """The groups of one that contains this one, in which this one may be."""
        return [name for name, (owner, member) in self.groups.items() if member == self.owner and owner in self.containers]

    def rank(self, type_: str, depth: int) -> Phrase:
        keys = []
        own = [term for term in self.terms if term.owner == self.owner and term.type in (*AMOUNTS, "date")]
        if not own:
            return self.leaf(type_)
        if self.pen.chance(60):  # facts are often alike, and what is worked out from several seldom is
            own = [term for term in own if term.is_input] or own
        for _ in range(2 if self.pen.chance(30) else 1):
            term = self.pen.one_of(own)
            keys.append(
                f"{self.pen.one_of(['earliest', 'latest'] if term.type == 'date' else ['highest', 'lowest'])} {term.name}"
            )
        ties = self.pen.one_of(["", "", "", " ties equal", " ties listed"])
        return Phrase(f"rank among {self.pen.one_of(self.rankings())} by {' then '.join(keys)}{ties}", ATOM, 0)

    def _quantified(self, depth: int) -> Phrase:
        members, member = self.members()
        condition = self.of(member).condition(depth)
        return Phrase(f"{self.pen.one_of(['any', 'all', 'none'])} of {members} meet {within(condition, OPERAND)}", ATOM)

    # ---- dates, words, conditions -----------------------------------------------------------------------------------

    def day(self, depth: int) -> Phrase:
        if depth and self.pen.chance(40):
            ways: list[Callable[[int], Phrase]] = [self._day_later, self._day_later, self._earlier]
            if self.can_look_around:
                ways += [lambda depth: writing_days.day(self, depth)] * 2
            return self.pen.one_of([*ways, self._earliest, self._earliest] if self.inner else ways)(depth - 1)
        found = self.readable("date")
        if found and self.pen.chance(60):
            return self.read(self.pen.one_of(found))
        return Phrase(self.pen.one_of(["assessment_date", *map(day_text, BIRTHDAYS), *map(day_text, DAYS)]))

    def _day_later(self, depth: int) -> Phrase:
        """A day, and lengths of time added to it or taken from it."""
        text = within(self.day(depth), PRODUCT)
        for _ in range(1 + self.pen.upto(1)):
            text += self.pen.one_of([" + ", " - "]) + within(self._length(), PRODUCT)
        return Phrase(text, SUM)

    def _length(self) -> Phrase:
        unit = self.pen.one_of(["days", "weeks", "months", "years"])
        figures = [term for term in self.readable(unit) if term.is_figure]
        if figures and self.pen.chance(40):
            return self.read(self.pen.one_of(figures))
        return self.elapsed(unit, 0) if self.pen.chance(20) else self.pen.literal(unit)

    def _earlier(self, depth: int) -> Phrase:
        days = [within(self.day(depth), SUM) for _ in range(2 + self.pen.upto(1))]
        never = self.readable("date or never")
        if never and self.pen.chance(40):
            return Phrase(f"earlier of ({', '.join([*days, self.read(self.pen.one_of(never)).text])})", ATOM)
        return Phrase(f"{self.pen.one_of(['earlier', 'later'])} of ({', '.join(days)})", ATOM)

    def _earliest(self, depth: int) -> Phrase:
        members, member = self.members()
        which = self.pen.one_of(["earliest", "latest"])
        return Phrase(f"{which} of {within(self.of(member).day(depth), OPERAND)} over {members}", ATOM)

    def condition(self, depth: int) -> Phrase:
        if depth == 0 or not self.pen.chance(80):
            return self._flag()
        ways: list[Callable[[int], Phrase]] = [
            self._compare, self._compare, self._is, self._logic, self._logic, self._not, self._within, self._limbs,
        ]  # fmt: skip
        if self.inner:
            ways += [self._quantified] * 2
        if self.owner is not None:
            ways += [lambda depth: writing_days.in_stretch(self, depth)]
        if self.can_look_around:
            ways += [lambda depth: writing_days.condition(self, depth)] * 3
        return self.pen.one_of(ways)(depth - 1)

    def of_members(self) -> Phrase:
        """Where there are members, a condition on them: whether two such hold together is left to the case (S32)."""
        return self._quantified(0) if self.inner else self.condition(1)

    def _flag(self) -> Phrase:
        found = self.readable("yes/no")
        if found and self.pen.chance(70):
            return self.read(self.pen.one_of(found[::-1]))
        return self._compare(0)

    def _compare(self, depth: int) -> Phrase:
        order = self.pen.one_of([">", ">=", "<", "<=", "=", "≠"])
        if self.pen.chance(25):
            left, right = writing_days.perhaps_never(self, depth), writing_days.perhaps_never(self, depth)
        else:
            types = [term.type for term in self.readable(*AMOUNTS)] or ["number"]
            type_ = self.pen.one_of(types)
            left, right = self.amount(type_, depth), self.amount(type_, 0)
        return Phrase(f"{within(left, SUM)} {order} {within(right, SUM)}", COMPARISON)

    def _is(self, depth: int) -> Phrase:
        found = self.readable("colour", "text", "yes/no", "date or never")
        if not found:
            return self._compare(depth)
        term = self.pen.one_of(found)
        verb = self.pen.one_of(["is", "is not"])
        name = self.read(term).text
        if term.type == "date or never":
            return Phrase(f"{name} {verb} never", COMPARISON)
        if term.type == "text":
            return Phrase(f'{name} {verb} "{self.pen.one_of(REMARKS)}"', COMPARISON)
        if term.type == "yes/no":
            return Phrase(f"{name} {verb} {self.pen.one_of(['yes', 'no'])}", COMPARISON)
        if self.pen.chance(40):
            return Phrase(f"{name} is one of ({', '.join(self.pen.some(COLOURS, 2))})", COMPARISON)
        return Phrase(f"{name} {verb} {self.pen.one_of(COLOURS)}", COMPARISON)

    def _logic(self, depth: int) -> Phrase:
        word, level = self.pen.one_of([("and", CONJUNCTION), ("or", CONDITION)])
        parts = [self.condition(depth) for _ in range(2 + self.pen.upto(1))]
        return Phrase(f" {word} ".join(within(part, level - 1) for part in parts), level)

    def _within(self, depth: int) -> Phrase:
        day, start = self.day(depth), self.day(depth)
        verb = self.pen.one_of(["is within", "is not within"])
        length, first = within(self._length(), OPERAND), within(start, OPERAND)
        return Phrase(f"{within(day, SUM)} {verb} {length} beginning with {first}", COMPARISON)

    def _limbs(self, depth: int) -> Phrase:
        limbs = [f"({label}) {within(self.condition(depth), CONDITION)}" for label in "abc"[: 2 + self.pen.upto(1)]]
        return Phrase(f"{self.pen.one_of(['all', 'any', 'none'])} of {' '.join(limbs)}", VALUE)

    def _not(self, depth: int) -> Phrase:
        return Phrase(f"not {within(self.condition(depth), COMPARISON)}", NEGATION)


def _most(phrases: list[Phrase]) -> int | None:
    found = [phrase.decimals for phrase in phrases]
    return None if None in found else max(number for number in found if number is not None)


def _total(phrases: list[Phrase]) -> int | None:
    found = [phrase.decimals for phrase in phrases]
    return None if None in found else sum(number for number in found if number is not None)
