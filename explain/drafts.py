"""That something is worked out with a draft, which is no law: whoever reads it has to know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from engine.book.drafts import LookedAt
from explain.phrases import sentence, spoken
from explain.telling.voices import listed
from explain.tongue import Tongue


def with_drafts(
    drafts: Sequence[LookedAt], first: date, last: date | None = None, tongue: Tongue | None = None
) -> tuple[str, ...]:
    """What stands at the head of what is told of a day, or of several: the drafts that count in it, and those that do not yet."""
    last, tongue = last or first, tongue or spoken()
    counting = [plain_title(draft) for draft in drafts if _begun(draft, last)]
    lines = [tongue.say("With the draft {title}, which is not law.", title=counting[0])] if len(counting) == 1 else []
    if len(counting) > 1:
        lines.append(tongue.say("With the drafts {titles}, which are not law.", titles=listed(counting, "and")))
    return (*lines, *(_not_yet(draft, first, last, tongue) + "." for draft in drafts if not _begun(draft, last)))


def without_effect(drafts: Sequence[LookedAt], first: date, last: date | None = None, option: str = "--on") -> tuple[str, ...]:
    """The same for whoever asked, of the drafts that do not count yet: with the day on which to ask."""
    last = last or first
    return tuple(_with_the_day(draft, first, last, option) for draft in drafts if not _begun(draft, last))


def _with_the_day(draft: LookedAt, first: date, last: date, option: str) -> str:
    told = _not_yet(draft, first, last, spoken())
    if not draft.begins:
        return f"{told}."
    return sentence("{told}; ask with `{option} {day}`.", told=told, option=option, day=draft.begins[0].isoformat())


def plain_title(draft: LookedAt) -> str:
    """A title that stands behind the word `draft`, which most begin with."""
    return draft.title.removeprefix("Draft ")


def _begun(draft: LookedAt, day: date) -> bool:
    return bool(draft.begins) and draft.begins[0] <= day


def _not_yet(draft: LookedAt, first: date, last: date, tongue: Tongue) -> str:
    title = plain_title(draft)
    if not draft.begins:
        return tongue.say("The draft {title} changes nothing on any day", title=title)
    begins, on, until = tongue.day(draft.begins[0]), tongue.day(first), tongue.day(last)
    if first == last:
        return tongue.say(
            "The draft {title} commences on {begins}: it changes nothing on {day}", title=title, begins=begins, day=on
        )
    return tongue.say(
        "The draft {title} commences on {begins}: it changes nothing from {first} to {last}",
        title=title, begins=begins, first=on, last=until,
    )  # fmt: skip


def drafts_data(drafts: Sequence[LookedAt]) -> dict[str, Any]:
    """The same as data: `drafts`, only where there are any."""
    told = [{"name": draft.name, "title": draft.title, "begins": [day.isoformat() for day in draft.begins]} for draft in drafts]
    return {"drafts": told} if told else {}
