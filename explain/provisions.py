"""The coverage map in words and as data: every provision of the law that the rules name, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

from engine.testing.mentions import Gap, Mention
from engine.testing.provisions import STATUSES, TESTED, Named, Place, ProvisionMap
from engine.testing.required import Required
from engine.values import day_words
from explain.testing import counted, part_name, percent, tenths_text

VERSION = 1
_WIDTH = 100

Data = dict[str, Any]


def map_text(found: ProvisionMap, title: str, listed: Sequence[Required] | None) -> str:
    """A line a provision, by instrument, with why it is not encoded and what no example reaches; then the totals."""
    lines = [f"{title}: provisions of the law that the rules name"]
    places = [place for named in found.named for place in named.places]
    width = max((len(place.text) for place in places), default=0)
    for named in found.named:
        lines += ["", *_wrapped(heading(named), 0)]
        for place in named.places:
            state = state_of(place) if named.is_law else ""
            lines.append(f"  {place.text:<{width}}  {state}".rstrip())
            lines += [
                part for line in (_terms(place), *(remarks_on(place) if named.is_law else ())) for part in _wrapped(line, 6)
            ]
    lines += ["", *(part for line in totals(found) for part in _wrapped(line, 0))]
    if listed is not None:
        lines += ["", *(part for line in _listed(listed) for part in _wrapped(line.strip(), 2 if line.startswith(" ") else 0))]
    return "\n".join(lines) + "\n"


def map_markdown(found: ProvisionMap, title: str, listed: Sequence[Required] | None) -> str:
    """The same in Markdown, a table an instrument."""
    from explain.templating import template

    view = [(heading(named), [_row(named, place) for place in named.places]) for named in found.named]
    shown = () if listed is None else _listed(listed)
    made = template("provisions.md").render(title=title, named=view, totals=totals(found), listed=shown)
    return made.rstrip() + "\n"


def _row(named: Named, place: Place) -> tuple[str, str, str, list[str]]:
    state, remarks = (state_of(place), remarks_on(place)) if named.is_law else ("", [])
    return place.text, state, _terms(place), remarks


def _wrapped(text: str, indent: int) -> list[str]:
    start = " " * indent
    return wrap(
        text, _WIDTH, initial_indent=start, subsequent_indent=f"{start}  ", break_long_words=False, break_on_hyphens=False
    )


def heading(named: Named) -> str:
    if named.instrument is None:
        return "No instrument"
    return named.instrument.title + ("" if named.is_law else " (cited; never commences, and so no law to encode)")


def state_of(place: Place) -> str:
    return place.status if place.tested is None else f"{place.status}, {place.tested}"


def _terms(place: Place) -> str:
    """What cites it, each term once with its parts."""
    found: dict[str, list[str]] = {}
    for mention in place.mentions:
        if mention.term:
            parts = found.setdefault(name_of(mention), [])
            part = part_of(mention)
            parts += [part] if part and part not in parts else []
    return "; ".join(f"{name} ({', '.join(parts)})" if parts else name for name, parts in found.items())


def name_of(mention: Mention) -> str:
    return f"rounding of {mention.term}" if mention.kind == "rounding" else mention.term


def part_of(mention: Mention) -> str:
    """A part by its name: `case 2`, `row low`; dated values go without, for their days say little."""
    return "" if mention.kind == "figure" else mention.label.partition(":")[0]


def remarks_on(place: Place) -> list[str]:
    by = [f"left to {who}" for who in place.decided_by]
    untested = dict.fromkeys(name for mention in place.mentions if mention.encoded for name in _untested(place, mention))
    idle = [f"no example reaches {'; '.join(untested)}"] if untested else []
    return [*by, *gaps_told(place.gaps), *idle]


def _untested(place: Place, mention: Mention) -> list[str]:
    """The parts that a mention is about and no example reaches, or what has none."""
    reached = place.tested_by(mention)
    if mention.parts:
        return [part_name(part) for part, examples in zip(mention.parts, reached, strict=True) if not examples]
    return [] if all(reached) else [f"{name_of(mention)}, {mention.label}" if mention.label else name_of(mention)]


def gaps_told(gaps: Iterable[Gap]) -> list[str]:
    """Why law is not encoded and for which days; terms that say so alike stand together."""
    alike: dict[tuple[str, str], list[str]] = {}
    for gap in gaps:
        terms = alike.setdefault((_days(gap), gap.why), [])
        terms += [", ".join(filter(None, (gap.term, gap.label)))] if gap.term else []
    said = [(f"not encoded{days}: {why}", "; ".join(terms)) for (days, why), terms in alike.items()]
    return [f"{text} ({terms})" if terms else text for text, terms in said]


def _days(gap: Gap) -> str:
    since = f" from {day_words(gap.start)}" if gap.start else ""
    return since + (f" until {day_words(gap.end)}" if gap.end else "")


def totals(found: ProvisionMap) -> list[str]:
    counts = ", ".join(f"{found.count(status)} {status}" for status in STATUSES)
    tested = ", ".join(f"{found.count_tested(tested)} {tested}" for tested in TESTED)
    return [
        f"{counted(len(found.law), 'provision')} of law named: {counts}.",
        f"Of those that are encoded, wholly or in part: {tested}; tested whole: {percent(found.tally)}.",
    ]


def _listed(listed: Sequence[Required]) -> list[str]:
    missing = [item for item in listed if item.found is None]
    first = f"Of {counted(len(listed), 'provision')} to be named, {len(missing)} {'is' if len(missing) == 1 else 'are'} not."
    return [first, *(f"  line {item.line}: {item.text} ({item.why})" for item in missing)]


# ---- as data --------------------------------------------------------------------------------------------------------


def map_data(found: ProvisionMap, scheme: str, title: str, listed: Sequence[Required] | None) -> Data:
    """The map for programs. Schema: jurat/schemas/coverage.v1.json."""
    tally = found.tally
    return {
        "version": VERSION,
        "scheme": scheme,
        "title": title,
        "instruments": [_named(named) for named in found.named],
        "totals": {
            "provisions": len(found.law),
            **{status.replace(" ", "_"): found.count(status) for status in STATUSES},
            **{tested.replace(" ", "_"): found.count_tested(tested) for tested in TESTED},
            "percent": None if tally.tenths is None else tenths_text(tally.tenths),
        },
        "required": None if listed is None else [_required(item) for item in listed],
    }


def _named(named: Named) -> Data:
    instrument = named.instrument
    return {
        "name": instrument.name if instrument else None,
        "title": instrument.title if instrument else None,
        "link": instrument.link if instrument else None,
        "law": named.is_law,
        "provisions": [_place(place) for place in named.places],
    }


def _place(place: Place) -> Data:
    return {
        "place": place.text,
        "status": place.status.replace(" ", "-"),
        "tested": place.tested.replace(" ", "-") if place.tested else None,
        "decided_by": list(place.decided_by),
        "not_encoded": [_gap(gap) for gap in place.gaps],
        "named_by": [_mention(place, mention) for mention in place.mentions],
    }


def _gap(gap: Gap) -> Data:
    return {
        "why": gap.why,
        "from": gap.start.isoformat() if gap.start else None,
        "until": gap.end.isoformat() if gap.end else None,
        "term": gap.term or None,
        "part": gap.label or None,
    }


def _mention(place: Place, mention: Mention) -> Data:
    return {
        "kind": mention.kind,
        "term": mention.term or None,
        "part": mention.label or None,
        "file": mention.span.source.path,
        "line": mention.span.line,
        "encoded": mention.encoded,
        "examples": [{"title": e.title, "file": e.span.source.path, "line": e.span.line} for e in place.examples(mention)]
        if mention.encoded
        else [],
    }


def _required(item: Required) -> Data:
    return {
        "provision": item.text,
        "line": item.line,
        "named_as": item.found.text if item.found else None,
        "why": item.why or None,
    }
