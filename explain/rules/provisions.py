"""The coverage map in words and as data: every provision of the law that the rules name, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

from engine.testing.mentions import Gap, Mention
from engine.testing.provisions import STATUSES, TESTED, Named, Place, ProvisionMap
from engine.testing.required import Required
from explain.phrases import NO_INSTRUMENT, UNWRITTEN, day_words, numbered, paired, sentence, worded
from explain.rules.testing import part_name, percent, tenths_text

VERSION = 1
_WIDTH = 100

Data = dict[str, Any]


def map_text(found: ProvisionMap, title: str, listed: Sequence[Required] | None) -> str:
    """A line a provision, by instrument, with why it is not encoded and what no example reaches; then the totals."""
    lines = [sentence("{title}: provisions of the law that the rules name", title=title)]
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
        return sentence(NO_INSTRUMENT)
    title = named.instrument.title
    return title if named.is_law else sentence("{title} (cited; never commences, and so no law to encode)", title=title)


def state_of(place: Place) -> str:
    status = sentence(STATES[place.status])
    return status if place.tested is None else f"{status}, {sentence(STATES[place.tested])}"


STATES = {
    "encoded": worded("encoded"),
    "partly encoded": worded("partly encoded"),
    **UNWRITTEN,
    "tested": worded("tested"),
    "tested in part": worded("tested in part"),
    "not tested": worded("not tested"),
}
"""What becomes of a provision, and whether that is tested."""

_COUNTS = {
    "encoded": paired("{number} encoded", "{number} encoded"),
    "partly encoded": paired("{number} partly encoded", "{number} partly encoded"),
    "discretionary": paired("{number} discretionary", "{number} discretionary"),
    "not encoded": paired("{number} not encoded", "{number} not encoded"),
    "tested": paired("{number} tested", "{number} tested"),
    "tested in part": paired("{number} tested in part", "{number} tested in part"),
    "not tested": paired("{number} not tested", "{number} not tested"),
}


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
    return sentence("rounding of {name}", name=mention.term) if mention.kind == "rounding" else mention.term


def part_of(mention: Mention) -> str:
    """A part by its name: `case 2`, `row low`; dated values go without, for their days say little."""
    return "" if mention.kind == "figure" else mention.label.partition(":")[0]


def remarks_on(place: Place) -> list[str]:
    by = [sentence("left to {who}", who=who) for who in place.decided_by]
    untested = dict.fromkeys(name for mention in place.mentions if mention.encoded for name in _untested(place, mention))
    idle = [sentence("no example reaches {parts}", parts="; ".join(untested))] if untested else []
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
    said = [(f"{days}: {why}", "; ".join(terms)) for (days, why), terms in alike.items()]
    return [f"{text} ({terms})" if terms else text for text, terms in said]


def _days(gap: Gap) -> str:
    first, last = (day_words(day) if day else "" for day in (gap.start, gap.end))
    return sentence(_DAYS[bool(first), bool(last)], first=first, last=last)


_DAYS = {
    (False, False): UNWRITTEN["not encoded"],
    (True, False): worded("not encoded from {first}"),
    (False, True): worded("not encoded until {last}"),
    (True, True): worded("not encoded from {first} until {last}"),
}


def totals(found: ProvisionMap) -> list[str]:
    counts = ", ".join(numbered(*_COUNTS[status], found.count(status)) for status in STATUSES)
    tested = ", ".join(numbered(*_COUNTS[tested], found.count_tested(tested)) for tested in TESTED)
    whole = numbered(
        "{number} provision of law named: {counts}.", "{number} provisions of law named: {counts}.", len(found.law), counts=counts
    )
    encoded = sentence(
        "Of those that are encoded, wholly or in part: {tested}; tested whole: {percent}.",
        tested=tested,
        percent=percent(found.tally),
    )
    return [whole, encoded]


def _listed(listed: Sequence[Required]) -> list[str]:
    missing = [item for item in listed if item.found is None]
    of = numbered("{number} provision", "{number} provisions", len(listed))
    first = numbered(
        "Of {provisions} to be named, {number} is not.",
        "Of {provisions} to be named, {number} are not.",
        len(missing),
        provisions=of,
    )
    line = worded("line {number}: {place} ({why})")
    return [first, *("  " + sentence(line, number=item.line, place=item.text, why=item.why) for item in missing)]


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
