"""Explanations as data taken apart: their steps with what each prints, and whatever in them is told in two places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from explain.marks import END, FIGURE, NAME, RULE, WORDS, plain
from explain.reading_back.figures import day_text
from explain.reading_back.pages import Page, Used

Data = dict[str, Any]
Identity = tuple[str, tuple[str, ...]]

_MARKS = {"figure": FIGURE, "name": NAME, "words": WORDS, "rule": RULE}
_LEAF = ("value", "refused", "members")


def from_data(data: Any) -> Page:
    """An explanation as data: its steps, those of other days, and its facts."""
    found = Page()
    days_alike = [data, *data["other_days"]]
    every = [step for day in days_alike for step in day["steps"]]
    numbers: dict[Identity, list[Data]] = {}
    for step in every:
        numbers.setdefault(_identity(step["id"]), []).append(step)
    whose = {_identity(fact["id"]): fact for day in days_alike for fact in day["facts"]}
    for day in days_alike:
        first, last = (
            date.fromisoformat(day[end]) if end in day else date.fromisoformat(data["on"]) for end in ("from", "until")
        )
        found.days.add((first, last))
        own = {_identity(step["id"]): step for step in day["steps"]}
        facts = whose | {_identity(fact["id"]): fact for fact in day["facts"]}
        for step in day["steps"]:
            if not isinstance(step["number"], int) or not isinstance(step["words"], str):
                raise TypeError
            read = found.step(step["number"])
            read.value, read.words = _said(step["result"]), step["words"]
            read.lines = [_marked(line) for line in step["pieces"]]
            read.applied = [_marked(step["applied_pieces"])] if step["applied"] is not None else []
            read.passed = [_marked(passed["pieces"]) for passed in step["passed"]]
            said = [*step["working"], *([] if step["applied"] is None else [step["applied"]])]
            said += [passed["why"] for passed in step["passed"]]
            for marked, text in zip((*read.lines, *read.applied, *read.passed), said, strict=True):
                if plain(marked) != text:
                    found.unlike.append(f"step {step['number']}: the pieces of a line are not the line: {text}")
            for use in step["uses"]:
                of = own.get(_identity(use)) or facts.get(_identity(use))
                if of is None:
                    found.unlike.append(f"step {step['number']} uses {use['provision']}, of which nothing is told")
                    continue
                read.uses.append(Used(str(of["title"]), _said(of["result"]), of.get("number")))
            for use in step.get("uses_on_other_days", ()):
                others = [*numbers.get(_identity(use["id"]), ())]
                others += [fact for day in days_alike for fact in day["facts"] if fact["id"] == use["id"]]
                read.uses += [Used(str(of["title"]), _said(of["result"]), None, on_days=True) for of in others]
    found.unlike += [*_numbered(every), *_answers(data), *_values(data), *_carried(data)]
    return found


def _identity(of: Data) -> Identity:
    return of["provision"], tuple(of["path"])


def _marked(pieces: list[Any]) -> str:
    """A line of its pieces, with its marks."""
    found = []
    for piece in pieces:
        if isinstance(piece, str):
            found.append(piece)
        else:
            [(kind, text)] = piece.items()
            found.append(f"{_MARKS[kind]}{text}{END}")
    return "".join(found)


def _said(result: Data) -> str:
    """A value as people would read it."""
    if "members" in result:
        many = len(result["members"])
        return f"refused ({many} members)" if "refused" in result else f"{many} members" if many else "nobody"
    if "refused" in result:
        return "refused"
    value, unit = result["value"], result["unit"]
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return day_text(date.fromisoformat(value))
    minus, value = ("−", value[1:]) if value.startswith("-") else ("", value)
    if unit == "%":
        return f"{minus}{value}%"
    if unit is not None or re.fullmatch(r"\d+(\.\d+)?", value):
        whole, dot, decimals = value.partition(".")
        value = f"{int(whole):,}{dot}{decimals}"
    if unit is None:
        return f"{minus}{value}".replace("_", " ")
    return f"{minus}£{value}{unit[1:]}" if unit.startswith("£") else f"{minus}{value} {unit}"


# ---- told in two places ---------------------------------------------------------------------------------------------


def _numbered(every: list[Data]) -> Iterator[str]:
    """Steps are counted from 1, each by itself."""
    if [step["number"] for step in every] != list(range(1, len(every) + 1)):
        yield "the steps are not numbered from 1, one after another"


def _answers(data: Data) -> Iterator[str]:
    """What was asked for, and what each scheme gives, is a step's result, or a fact."""
    told = {_identity(one["id"]): one for one in (*data["facts"], *data["steps"])}
    for asked in data["asked"]:
        one = told.get(_identity(asked["id"]))
        if one is None or one["term"] != asked["term"] or ("refused" in one["result"]) is not asked["refused"]:
            yield f"{asked['term']} was asked for, and no step gives it"
    for scheme in data["schemes"]:
        for answer in scheme["answers"]:
            one = told.get(_identity(answer["id"]))
            if one is None or one["term"] != answer["term"] or not _is_same(one["result"], answer["result"]):
                yield f"{answer['name']} among the schemes is not the result of its step"


def _is_same(one: Data, other: Data) -> bool:
    """Whether two results are alike; the way to a reason may be told of one of them."""
    if "refused" in one:
        return "refused" in other and one.get("members") == other.get("members")
    return one == other


def _values(data: Data) -> Iterator[str]:
    """The values in the shape of the case are those of the steps, each where its member stands, and no others."""
    asked = {_identity(one["id"]) for one in data["asked"]}
    told = [*data["steps"], *(fact for fact in data["facts"] if _identity(fact["id"]) in asked)]
    for one in told:
        path = one["id"]["path"]
        places = [data.get("figures", {})] if not path else _places(data, path, one["entity"])
        if not any(place.get(one["term"]) == one["result"] for place in places):
            yield f"{one['term']} of {'/'.join(path) or 'everyone'} is not the result of its step"
    many = sum(1 for key, part in data.items() if isinstance(part, dict) and key != "receipt" for _ in _leaves(part))
    if many != len(told):
        yield f"there are {many} values, and {len(told)} steps that give one"


def _places(data: Data, path: list[str], entity: str) -> list[Data]:
    """Where the values of a member may stand: kinds of entity are not told of those around it."""
    places = [data]
    for name in path[:-1]:
        places = [part[name] for place in places for part in place.values() if isinstance(part, dict) and name in part]
    return [
        place[entity].get(path[-1], {}) for place in places if isinstance(place, dict) and isinstance(place.get(entity), dict)
    ]


def _leaves(part: Data) -> Iterator[Data]:
    for one in part.values():
        if isinstance(one, dict):
            if any(isinstance(one.get(key), str | list) for key in _LEAF):
                yield one
            else:
                yield from _leaves(one)


def _carried(data: Data) -> Iterator[str]:
    """The question that it carries is that of its head."""
    question = data.get("receipt", {}).get("question", {})
    for key in ("on", "known", "strict", "readings"):
        if question and (sorted(question[key]) if key == "readings" else question[key]) != data[key]:
            yield f"{key} is not that of the question that it carries"


def digests_unlike(data: Data) -> Iterator[str]:
    """Digests of the law and of rules that are not those of the question that it carries."""
    question = data["receipt"]["question"]
    for key, what in (("effect", "what can change an award"), ("law", "the words of the law")):
        if question[key] != data[key]:
            yield f"the digest of {what} is another in it: {data[key]}"
    told = {step["id"]["provision"] for step in data["steps"]}
    for step in data["steps"]:
        if question["rules"].get(step["id"]["provision"]) != step["digest"]:
            yield f"the digest in step {step['number']} is another: {step['digest']}"
    yield from (f"{name.rpartition(':')[2]} has a digest in it, and no step" for name in question["rules"] if name not in told)
