"""Facts as written to a case: every name, type, unit and range looked at, each mistake told with its place (S10, S35, S38)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from itertools import pairwise

from attrs import define, evolve, field, frozen

from engine.book.schemes import EVERYONE
from engine.cases.facts import NOBODY, STANDINGS, Case, Fact, Member, Standing
from engine.checking.vocabulary import InputType, Mistake, Vocabulary, range_message, value_of
from engine.mechanisms.base import MAX_MEMBERS
from engine.values import Exact, day_words
from grammar import syntax
from grammar.problems import Place, Problem
from grammar.source import Span
from grammar.words import closest


@frozen(eq=False, repr=False)
class At:
    """Where something of a case stands: in a text, or in data that has no lines."""

    span: Span | None = None
    where: str | None = None
    path: str | None = None


@frozen(kw_only=True)
class FactData:
    """One fact as written; `value` None where it is said that nothing is known (S35: explicit null is missing)."""

    name: str
    value: syntax.FactValue | None
    at: At
    start: date | None = None
    end: date | None = None
    reported: date | None = None
    source: str | None = None
    standing: str | None = None


@frozen(kw_only=True)
class MemberData:
    """One member as written; `of` is the place, in the same list, of what contains it."""

    entity: str
    name: str
    of: int | None
    facts: tuple[FactData, ...]
    at: At
    start: date | None = None
    end: date | None = None
    roles: tuple[str, ...] = ()
    is_lost: bool = False
    """What contains it is named and not there; that has been told."""


@frozen(eq=False, repr=False)
class Bound:
    """The case, as far as it could be understood, and what could not."""

    case: Case
    problems: tuple[Problem, ...]


def bind(
    title: str | None,
    on: date,
    known: date | None,
    members: Sequence[MemberData],
    words: Vocabulary,
    derived: Collection[str] = (),
    path: str | None = None,
) -> Bound:
    """A case from what was written at `path`, in the vocabulary of a book."""
    binder = _Binder(words, derived)
    bound: list[Member] = []
    members = [binder.by_key(data) for data in members]
    everyone = NOBODY
    for data in members:
        if data.entity == EVERYONE:
            everyone = binder.everyone(data)
    persons = [data for data in members if data.entity != EVERYONE]
    number = {id(data): place for place, data in enumerate(persons)}
    for data in persons:
        of = None if data.of is None else number[id(members[data.of])]
        bound.append(binder.member(evolve(data, of=of), bound))
    binder.one_holder_each(bound, on, persons)
    if not bound and everyone is NOBODY:
        binder.problem("empty-case", "The case names nobody.", At(path=path), fix=f"Begin with a {binder.top()}.")
    for entity, count in Counter(member.entity for member in bound).items():
        if count > MAX_MEMBERS:
            binder.problem(
                "too-many-members",
                f"There are {count} of {entity} in the case; at most {MAX_MEMBERS} are read.",
                At(path=path),
                fix="Assess each household by itself.",
            )
    return Bound(Case(title, on, known, tuple(bound), everyone), tuple(binder.problems))


@define(eq=False, repr=False)
class _Binder:
    words: Vocabulary
    derived: Collection[str]
    """Names that are no inputs, but of what is worked out from them."""
    problems: list[Problem] = field(factory=list)
    seen: set[tuple[str, ...]] = field(factory=set)

    def problem(
        self,
        code: str,
        message: str,
        at: At,
        subject: str | None = None,
        fix: str | None = None,
        citation: str | None = None,
    ) -> None:
        place = Place(at.span) if at.span else None
        self.problems.append(
            Problem(
                code=code,
                message=message,
                place=place,
                subject=subject,
                fix=fix,
                where=at.where,
                citation=citation,
                path=at.path,
            )
        )

    def by_key(self, data: MemberData) -> MemberData:
        """The same with the keys of the names that are written with their scheme."""
        keys = self.words.keys
        if not keys.qualified:
            return data
        facts = tuple(evolve(fact, name=keys.of(fact.name)) for fact in data.facts)
        return evolve(data, entity=keys.of(data.entity), facts=facts, roles=tuple(keys.of(role) for role in data.roles))

    def top(self) -> str:
        return next((entity for entity in self.words.order if self.words.container[entity] is None), "household")

    def member(self, data: MemberData, bound: Sequence[Member]) -> Member:
        above = bound[data.of] if data.of is not None else None
        self._place_of(data, above)
        path = (*(above.path if above else ()), data.name)
        if path in self.seen:
            message = f"`{data.name}` is the name of two members."
            self.problem("named-twice", message, data.at, data.name, "Give one of them another.")
        self.seen.add(path)
        if data.start and data.end and data.end < data.start:
            self.problem(
                "period-backwards", f"`{data.name}` would leave before coming.", data.at, data.name, "Exchange the two dates."
            )
        for role in data.roles:
            self._role(role, data)
        return Member(data.entity, path, data.of, self._facts(data), data.start, data.end, data.roles)

    def everyone(self, data: MemberData) -> Member:
        """The facts that are nobody's own."""
        return Member(EVERYONE, (), None, self._facts(data))

    def _facts(self, data: MemberData) -> dict[str, tuple[Fact, ...]]:
        facts: dict[str, list[Fact]] = {}
        for fact_data in data.facts:
            fact = self._fact(data, fact_data)
            if fact is not None:
                facts.setdefault(fact_data.name, []).append(fact)
        for name, values in facts.items():
            self._one_at_a_time(name, values, data)
        return {name: tuple(values) for name, values in facts.items()}

    def _role(self, name: str, data: MemberData) -> None:
        """Whether a member may hold a role: there is one of that name, for its kind."""
        role = self.words.roles.get(name)
        if role is None:
            near = closest(name, self.words.roles)
            listed = ", ".join(f"`{known}`" for known in self.words.roles)
            fix = (
                f"Say `as {near}`." if near else f"Write one of {listed}." if listed else "Leave it out: the rules have no roles."
            )
            self.problem("unknown-role", f"There is no role called `{name[:80]}`.", data.at, data.name, fix)
        elif role.holder != data.entity:
            message = f"A {role.name.replace('_', ' ')} is a {role.holder}, not a {data.entity}."
            self.problem("wrong-entity", message, data.at, data.name, f"Give the role to a {role.holder}.")

    def one_holder_each(self, members: Sequence[Member], on: date, written: Sequence[MemberData]) -> None:
        """A role for one is held by one at a time (S24)."""
        holders: dict[tuple[str, tuple[str, ...]], Member] = {}
        for member, data in zip(members, written, strict=True):
            for name in member.roles:
                role = self.words.roles.get(name)
                if role is None or role.cardinality == "any number" or not member.there(on):
                    continue
                above = member
                while above.entity != role.owner and above.parent is not None:
                    above = members[above.parent]
                first = holders.setdefault((name, above.path), member)
                if first is not member:
                    self.problem(
                        "too-many-holders",
                        f"{first.path[-1]} and {member.path[-1]} are both {name.replace('_', ' ')}, and only one can be.",
                        data.at,
                        above.path[-1],
                        "Leave the role with one of them, or say from which day each is there.",
                    )

    def _place_of(self, data: MemberData, above: Member | None) -> None:
        if data.entity not in self.words.container:
            near = closest(data.entity, self.words.container, self.problems)
            listed = ", ".join(f"`{entity}`" for entity in self.words.order)
            self.problem(
                "unknown-entity",
                f"There is no kind of entity called `{data.entity}`; there are {listed}.",
                data.at,
                data.name,
                f"Write `{near}`." if near else None,
            )
            return
        if data.is_lost:
            return
        wanted = self.words.container[data.entity]
        found = above.entity if above else None
        if wanted != found:
            inside = f"inside a {found}" if found else "by itself"
            self.problem(
                "wrong-entity",
                f"A {data.entity} stands inside a {wanted}, not {inside}."
                if wanted
                else f"A {data.entity} stands by itself, not {inside}.",
                data.at,
                data.name,
                f"Write it inside the {wanted} that it belongs to." if wanted else "Write it at the top of the case.",
            )

    def _fact(self, member: MemberData, data: FactData) -> Fact | None:
        item = self.words.inputs.get(data.name)
        if item is None:
            self._unknown_fact(member, data)
            return None
        citation = item.cites[0] if item.cites else None
        if item.entity != (None if member.entity == EVERYONE else member.entity):
            what = f"a fact of a {item.entity}" if item.entity else "the same for everyone"
            whose = "" if member.entity == EVERYONE or item.entity is None else f", not of a {member.entity}"
            where = f"with a {item.entity}" if item.entity else "under `given everyone`, or at the top of a JSON case"
            self.problem("wrong-entity", f"`{data.name}` is {what}{whose}.", data.at, data.name, f"Write it {where}.", citation)
            return None
        if data.start and data.end and data.end < data.start:
            self.problem("period-backwards", "The fact ends before it begins.", data.at, data.name, "Exchange the two dates.")
        standing = self._standing(data)
        value = None
        if data.value is not None:
            found = self._value(item, data, citation)
            if found is None:
                return None
            value = found.value
        return Fact(value, data.start, data.end, data.reported, data.source, standing)

    def _value(self, item: InputType, data: FactData, citation: str | None) -> Exact | None:
        assert data.value is not None
        found = value_of(data.value, item.type, item.scale, self.words.choices, bare=True, told=self.problems)
        if isinstance(found, Mistake):
            self.problem("value-type", f"{item.title}: {found.text}", data.at, data.name, found.fix, citation)
            return None
        exact = Exact(found, item.type, item.scale)
        outside = range_message(exact, item.low, item.high)
        if outside:
            fix = "Correct it, or ask the rule's writer to widen the range."
            self.problem("out-of-range", f"{item.title}: {outside}", data.at, data.name, fix, citation)
            return None
        return exact

    def _standing(self, data: FactData) -> Standing | None:
        if data.standing is None:
            return None
        for standing in STANDINGS:
            if standing == data.standing:
                return standing
        listed = ", ".join(f"`{standing}`" for standing in STANDINGS)
        message = f"`{data.standing[:40]}` is no standing of a fact."
        self.problem("unknown-standing", message, data.at, data.name, f"Write one of {listed}.")
        return None

    def _unknown_fact(self, member: MemberData, data: FactData) -> None:
        entity = None if member.entity == EVERYONE else member.entity
        if data.name in self.words.keys.ambiguous:
            written = self.words.keys.ambiguous[data.name]
            message = f"`{data.name}` is a name in several schemes: {', '.join(f'`{other}`' for other in written)}."
            self.problem("ambiguous-name", message, data.at, member.name, f"Write `{written[0]}`, or another of them.")
            return
        own = {name for name, item in self.words.inputs.items() if item.entity == entity}
        near = closest(data.name, own, self.problems) or closest(data.name, self.words.inputs, self.problems)
        fix = "Leave it out: no rule asks for it."
        if data.name in self.derived:
            self.problem(
                "unknown-fact",
                f"`{data.name[:80]}` is worked out by a rule.",
                data.at,
                member.name,
                "Give the facts that it rests on.",
            )
            return
        if own and not near:
            listed = ", ".join(f"`{name}`" for name in sorted(own)[:8])
            fix = f"Leave it out, or write one of the facts of a {member.entity}: {listed}{' …' if len(own) > 8 else ''}."
        if near:
            item = self.words.inputs[near]
            fix = f"Write `{near}` ({item.title}{'' if near in own else f', a fact of a {item.entity}'})."
        self.problem("unknown-fact", f"No input is called `{data.name[:80]}`.", data.at, member.name, fix)

    def _one_at_a_time(self, name: str, facts: Iterable[Fact], data: MemberData) -> None:
        """Two values of one fact from the same day, reported on the same day, cannot both be meant (S54)."""
        ordered = sorted(facts, key=lambda fact: (fact.start or date.min, fact.reported or date.min))
        for before, after in pairwise(ordered):
            if (before.start, before.reported) == (after.start, after.reported):
                since = f" from {day_words(after.start)}" if after.start else ""
                self.problem(
                    "said-twice",
                    f"`{name}` of `{data.name}` has two values{since}.",
                    data.at,
                    name,
                    "Delete one, or say from which day each is true.",
                )
