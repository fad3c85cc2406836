"""A case as JSON to members and facts. Numbers stay text until they are exact; whatever is odd is told, with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from unicodedata import category

from attrs import define, evolve, field, frozen

from engine.book.resolve import units_of
from engine.book.schemes import EVERYONE
from engine.cases.binding import At, FactData, MemberData
from engine.checking.vocabulary import CASE_KEYS, Vocabulary
from engine.types import Type
from grammar import syntax
from grammar.limits import DAILY_VALUES, NUMBER_DIGITS, YEARS
from grammar.problems import Place, Problem
from grammar.source import Source, Span
from grammar.words import closest

DEPTH = 20
CHARACTERS = 256_000
TEXT_CHARACTERS = 500
NAME_CHARACTERS = 80
_TOP = CASE_KEYS
_FACT = {"value", "from", "until", "reported", "source", "standing"}
_DAILY = "day by day"
_OF_DAILY = {_DAILY, "from", "reported", "source", "standing"}
_MEMBER = {"from", "until", "as"}
_LIST = "A list holds the values that a fact has had, one after another; at least one."
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


@frozen
class Written:
    """A number as it stands in the JSON text."""

    text: str


class _RefusedError(Exception):
    """Stops the JSON reader at something that is legal JSON, or nearly, and cannot be meant."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        self.problem = (code, message, fix)


@frozen
class JsonCase:
    """What a JSON case says of itself; its members wait for a vocabulary."""

    source: Source
    title: str | None
    on: date | None
    known: date | None
    content: Mapping[str, Any]


def read(source: Source) -> tuple[JsonCase | None, tuple[Problem, ...]]:
    """JSON text to a case without its members; None where the text is no JSON object."""
    data, problem = _load(source)
    if problem is not None:
        return None, (problem,)
    reader = _Reader(source.path, None)
    if not isinstance(data, dict):
        reader.problem("not-a-case", "A case is a JSON object.", "", 'Begin with `{"version": 1, "on": "2010-10-01", …}`.')
        return None, tuple(reader.problems)
    if data.get("version") != Written("1"):
        message = "The case does not say which version of the format it has."
        reader.problem("case-version", message, "version", 'Write `"version": 1`.')
    title = reader.text(data["title"], "title") if data.get("title") is not None else None
    on = reader.day(data["on"], "on") if data.get("on") is not None else None
    known = reader.day(data["known"], "known") if data.get("known") is not None else None
    content = {key: value for key, value in data.items() if key not in _TOP}
    return JsonCase(source, title, on, known, content), tuple(reader.problems)


def members_of(case: JsonCase, words: Vocabulary, problems: list[Problem]) -> tuple[MemberData, ...]:
    """The members of a JSON case, containers first, in the vocabulary of a book."""
    reader = _Reader(case.source.path, words)
    facts = reader.inside(case.content, None, None, "")
    if facts:
        everyone = MemberData(entity=EVERYONE, name="", of=None, facts=tuple(facts), at=At(path=case.source.path))
        reader.members.append(everyone)
    problems += reader.problems
    return tuple(reader.members)


# ---- text to data ---------------------------------------------------------------------------------------------------


def _load(source: Source) -> tuple[Any, Problem | None]:
    if len(source.text) > CHARACTERS:
        message = f"The case has {len(source.text):,} characters; {CHARACTERS:,} are read."
        return None, Problem(code="too-large", message=message, path=source.path, fix="Send one household.")
    if _depth(source.text) > DEPTH:
        message = f"The JSON is nested more than {DEPTH} deep."
        return None, Problem(code="over-a-limit", message=message, path=source.path, fix="A case has a few levels only.")
    try:
        data = json.loads(source.text, parse_int=Written, parse_float=Written, parse_constant=_constant, object_pairs_hook=_pairs)
    except json.JSONDecodeError as error:
        at = min(error.pos, max(len(source.text) - 1, 0))
        return None, Problem(
            code="not-json",
            message=f"This is not JSON: {error.msg[:1].lower()}{error.msg[1:]}.",
            place=Place(Span(source, at, at + 1), "here") if source.text else None,
            path=source.path,
            fix="Look for a comma, a quote or a bracket that is missing or too many.",
        )
    except _RefusedError as refused:
        code, message, fix = refused.problem
        return None, Problem(code=code, message=message, path=source.path, fix=fix)
    return data, None


def _depth(text: str) -> int:
    depth = most = 0
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', text):
        depth += 1 if token[0] in "[{" else -1 if token[0] in "]}" else 0
        most = max(most, depth)
    return most


def _constant(name: str) -> Any:
    raise _RefusedError(
        "not-a-number", f"`{name}` is no number that a fact can have.", "Write the amount, or leave the fact out."
    )


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            shown = ascii(key)[1:-1][:80]
            raise _RefusedError(
                "named-twice", f"`{shown}` stands twice in one object.", "Keep one; several values of a fact are a list."
            )
        found[key] = value
    return found


# ---- data to members ------------------------------------------------------------------------------------------------


@define(eq=False, repr=False)
class _Reader:
    path: str
    words: Vocabulary | None
    problems: list[Problem] = field(factory=list)
    members: list[MemberData] = field(factory=list)

    def problem(self, code: str, message: str, where: str, fix: str | None = None) -> None:
        self.problems.append(Problem(code=code, message=message, path=self.path, where=where or None, fix=fix))

    def inside(self, content: Mapping[str, Any], entity: str | None, number: int | None, where: str) -> list[FactData]:
        """The facts among the keys of an object; its members are added to the list on the way."""
        assert self.words is not None
        facts: list[FactData] = []
        for written, value in content.items():
            here = f"{where}, {written}" if where else written
            key = self.words.keys.of(written)
            if key in self.words.container:
                self._members(key, value, number, here)
            elif entity is not None and key in _MEMBER:
                continue
            elif entity is None and key in self.words.inputs and self.words.inputs[key].entity is None:
                facts.extend(self._facts(key, value, here))
            elif entity is None:
                near = closest(key, [*self.words.container, *_TOP], self.problems)
                shown = ", ".join(f"`{name}`" for name in sorted(_TOP))
                fix = f"Write `{near}`." if near else None
                self.problem("unknown-fact", f"`{_safe(key)}` is no entity, and not one of {shown}.", here, fix)
            elif key not in self.words.inputs and isinstance(value, dict) and "value" not in value:
                near = closest(key, [*self.words.container, *self.words.inputs], self.problems)
                listed = ", ".join(f"`{name}`" for name in self.words.order)
                fix = f"Write `{near}`." if near else f"Write one of the entities {listed}, or a fact."
                self.problem("unknown-fact", f"`{_safe(key)}` is neither an entity nor an input.", here, fix)
            else:
                facts.extend(self._facts(key, value, here))
        return facts

    def _members(self, entity: str, value: Any, of: int | None, where: str) -> None:
        if not isinstance(value, dict):
            fix = f'Write `"{entity}": {{"name": {{…}}}}`.'
            self.problem("not-a-case", f"`{entity}` is an object: each name with its facts.", where, fix)
            return
        for name, content in value.items():
            here = f"{where} {_safe(name)}"
            if not self._is_name(name, here):
                continue
            if not isinstance(content, dict):
                self.problem("not-a-case", f"`{_safe(name)}` is an object with its facts.", here, "Write its facts in `{…}`.")
                continue
            number = len(self.members)
            start = self.day(content["from"], f"{here}, from") if content.get("from") is not None else None
            end = self.day(content["until"], f"{here}, until") if content.get("until") is not None else None
            at = At(where=here, path=self.path)
            roles = self._roles(content["as"], f"{here}, as") if content.get("as") is not None else ()
            member = MemberData(entity=entity, name=name, of=of, facts=(), at=at, start=start, end=end, roles=roles)
            self.members.append(member)
            facts = self.inside(content, entity, number, here)
            self.members[number] = evolve(member, facts=tuple(facts))

    def _roles(self, value: Any, where: str) -> tuple[str, ...]:
        """The roles of a member: one as text, or a list of them."""
        roles = value if isinstance(value, list) else [value]
        if all(isinstance(role, str) for role in roles):
            return tuple(dict.fromkeys(roles))
        self.problem("value-type", "The roles of a member are text, or a list of texts.", where, 'Write `"as": "claimant"`.')
        return ()

    def _is_name(self, name: str, where: str) -> bool:
        if name and len(name) <= NAME_CHARACTERS and not _hidden(name):
            return True
        why = "has no letters" if not name else "has characters that cannot be seen" if _hidden(name) else "is too long"
        fix = f"Use up to {NAME_CHARACTERS} visible characters."
        self.problem("name-spelling", f"The name `{_safe(name)}` {why}.", where, fix)
        return False

    def _facts(self, name: str, value: Any, where: str) -> list[FactData]:
        if isinstance(value, list):
            if not value or any(isinstance(item, list) for item in value):
                self.problem("value-type", _LIST, where, "Write one value, or `null`.")
                return []
            return [fact for i, item in enumerate(value, 1) for fact in self._facts(name, item, f"{where} ({i})")]
        if not isinstance(value, dict):
            found = self._value(name, value, where)
            return [FactData(name=name, value=item, at=At(where=where, path=self.path)) for item in found]
        keys = _OF_DAILY if _DAILY in value else _FACT
        for key in sorted(value.keys() - keys):
            near = closest(key, keys, self.problems)
            known = ", ".join(f"`{k}`" for k in sorted(keys))
            fix = f"Write `{near}`." if near else "Leave it out."
            self.problem("unknown-fact", f"A fact has {known}; not `{_safe(key)}`.", where, fix)
        if _DAILY in value:
            return self._daily(name, value, where)
        if "value" not in value:
            self.problem("no-value", "This fact has no `value`.", where, 'Write `{"value": …}`.')
            return []
        start, end, attributes = self._attributes(value, where)
        return [
            FactData(name=name, value=found, at=At(where=where, path=self.path), start=start, end=end, **attributes)
            for found in self._value(name, value["value"], where)
        ]

    def _attributes(self, value: Mapping[str, Any], where: str) -> tuple[date | None, date | None, dict[str, Any]]:
        """The first day and the last on which a fact is true, and how it is known."""
        said = {key: f"{where}, {key}" for key in _FACT if value.get(key) is not None}
        days = {key: self.day(value[key], said[key]) for key in ("from", "until", "reported") if key in said}
        known: dict[str, Any] = {key: self.text(value[key], said[key]) for key in ("source", "standing") if key in said}
        return days.get("from"), days.get("until"), known | {"reported": days.get("reported")}

    def _daily(self, name: str, value: Mapping[str, Any], where: str) -> list[FactData]:
        """`{"day by day": ["5.2", "4.8"], "from": "2008-01-01"}`: a fact for each of the days, one after another."""
        values, here = value[_DAILY], f"{where}, {_DAILY}"
        if not isinstance(values, list) or not values or any(isinstance(item, list | dict) for item in values):
            message = "Day by day there is a list of values, one for each day; at least one."
            self.problem("value-type", message, here, f'Write `{{"{_DAILY}": ["5.2", "4.8"], "from": "2008-01-01"}}`.')
            return []
        if len(values) > DAILY_VALUES:
            message = f"There are {len(values):,} values day by day; {DAILY_VALUES:,} are read."
            self.problem("over-a-limit", message, here, "Divide them into several facts, in a list.")
            return []
        if value.get("from") is None:
            message = "Values day by day do not say which is the first day."
            self.problem("no-value", message, where, 'Add the first day: `"from": "2008-01-01"`.')
            return []
        start, _, attributes = self._attributes(value, where)
        if start is None:
            return []
        facts = []
        for number, item in enumerate(values):
            day, place = start + timedelta(days=number), f"{here} ({number + 1})"
            at = At(where=place, path=self.path)
            found = self._value(name, item, place)
            facts += [FactData(name=name, value=one, at=at, start=day, end=day, **attributes) for one in found]
        return facts

    # ---- values -----------------------------------------------------------------------------------------------------

    def _value(self, name: str, value: Any, where: str) -> list[syntax.FactValue | None]:
        """The value as syntax, in a list of one; an empty list where it could not be read and the problem is told."""
        assert self.words is not None
        if value is None:
            return [None]
        item = self.words.inputs.get(name)
        text = value.text if isinstance(value, Written) else value
        if isinstance(value, bool):
            return [syntax.YesNo(value, span=_span("true" if value else "false"))]
        if isinstance(value, Written):
            found = self._plain_number(value.text, where)
        elif not isinstance(value, str):
            self.problem(
                "value-type", "A fact is one value, not an object or a list inside another.", where, "Write one value, or `null`."
            )
            return []
        elif self.text(value, where) is None:
            return []
        else:
            found = self._from_text(value, item.type if item else None, where)
        if found is None:
            assert isinstance(text, str)
            return []
        return [found]

    def _plain_number(self, text: str, where: str) -> syntax.FactValue | None:
        if not _PLAIN_NUMBER.fullmatch(text):
            self.problem("value-type", f"`{text[:40]}` is written with an exponent.", where, "Write all its digits.")
            return None
        if sum(character.isdigit() for character in text) > NUMBER_DIGITS:
            message = f"There are more than {NUMBER_DIGITS} digits in a number."
            self.problem("over-a-limit", message, where, "Write fewer digits.")
            return None
        whole, _, decimals = text.partition(".")
        return syntax.Number(int(whole + decimals), len(decimals), span=_span(text))

    def _from_text(self, text: str, type_: Type | None, where: str) -> syntax.FactValue | None:
        kind = type_.kind if type_ else "text"
        if kind == "text":
            return syntax.Text(text, span=_span(text))
        if kind == "choice":
            return syntax.Word(text, span=_span(text))
        if kind == "date or never" and text == "never":
            return syntax.Never(span=_span(text))
        if kind in ("date", "date or never") and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            day = self.day(text, where)
            return None if day is None else syntax.DateText(day, span=_span(text))
        if _PLAIN_NUMBER.fullmatch(text):
            return self._plain_number(text, where)
        if re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", text):
            self.problem("value-type", f"`{text}` has commas.", where, f"Write `{text.replace(',', '')}`.")
            return None
        from grammar.parsing import parse_value  # not at the top: most values need no Lark

        parsed, problem = parse_value(text)
        if problem is not None and kind in ("date", "date or never"):
            self.problem("date-spelling", f"`{_safe(text)}` is not a date.", where, "Write year, month and day: `2010-10-01`.")
        elif problem is not None:
            self.problem("value-type", f"`{_safe(text)}` is not a value: {problem.message}", where, problem.fix)
        assert self.words is not None
        return None if parsed is None else units_of(parsed, self.words.units)

    def day(self, value: Any, where: str) -> date | None:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            try:
                day = date.fromisoformat(value)
            except ValueError:
                self.problem("no-such-date", f"There is no day {value}.", where, "Write a day that the month has.")
                return None
            if day.year in YEARS:
                return day
        self.problem("date-spelling", "This is not a date.", where, "Write year, month and day: `2010-10-01`.")
        return None

    def text(self, value: Any, where: str) -> str | None:
        if not isinstance(value, str) or len(value) > TEXT_CHARACTERS or _hidden(value):
            message = f"Text of at most {TEXT_CHARACTERS} visible characters is needed here."
            self.problem("value-type", message, where, "Write it in fewer words, on one line.")
            return None
        return value


def _span(text: str) -> Span:
    return Span(Source("", text), 0, len(text))


def _hidden(text: str) -> bool:
    """Control and direction characters and lone surrogates, which a reader cannot see and a terminal may obey."""
    return any(category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") for character in text)


def _safe(text: str) -> str:
    shown = text[:NAME_CHARACTERS]
    return ascii(shown)[1:-1] if _hidden(shown) else shown
