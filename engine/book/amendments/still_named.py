"""What still names a provision that an amendment omits."""

from __future__ import annotations

from collections.abc import Iterator

from engine.book.amendments.operations import Timed
from engine.book.amendments.refusals import told
from engine.book.amendments.renaming import written_names
from engine.book.law import Law
from engine.values import day_words
from grammar.problems import Place, Problem


def still_named(name: str, omitted: Timed, law: Law) -> list[Problem]:
    """Texts in force that name what has been omitted."""
    found = []
    for other, provision in law.provisions.items():
        if name not in law.ever.names[other]:
            continue
        for write in provision.timeline.writes:
            day = max(write.start, omitted.commences)
            if provision.timeline.at(day, None) is write and law.provisions[name].timeline.at(day, None) is None:
                word = next((word for word in written_names(write.text) if word.name == name), None)
                if word is not None:
                    message = f"`{other}` still names `{name}` on {day_words(day)}, when that has been omitted."
                    fix = f"Amend `{other}` from the same day, or leave `{name}` in."
                    second = Place(word.span, "named here")
                    found.append(told(omitted, "still-named", message, Place(omitted.operation.span, "omits it"), fix, second))
                    break
    return [*found, *_still_come_before(name, omitted, law)]


def _still_come_before(name: str, omitted: Timed, law: Law) -> Iterator[Problem]:
    """Challenges that come after one that has been omitted."""
    for other, notice in law.notices.items():
        for write in notice.timeline.writes:
            day = max(write.start, omitted.commences)
            named = [word for word in getattr(write.text, "after", ()) if word.name == name]
            if named and notice.timeline.at(day, None) is write and law.notices[name].timeline.at(day, None) is None:
                message = f"`{other}` still comes after `{name}` on {day_words(day)}, when that has been omitted."
                fix = f"Amend `{other}` from the same day, or leave `{name}` in."
                second = Place(named[0].span, "named here")
                yield told(omitted, "still-named", message, Place(omitted.operation.span, "omits it"), fix, second)
                break
