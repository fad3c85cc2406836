"""The table of rates as people publish it: what each was, by how much it changes, what it is; under the headings of the law."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Literal, get_args

from attrs import evolve, frozen

from engine import units
from engine.book.drafts import LookedAt
from engine.book.places import within
from engine.exact import decimal_text
from engine.rates import Change, Outcome, Rate, RateTable, Said, Section
from engine.values import Exact
from explain.drafts import with_drafts
from explain.phrases import NO_INSTRUMENT, UNWRITTEN, day_words, numbered, paired, sentence, worded
from explain.telling.authority import since

RateFormat = Literal["text", "md", "csv", "html"]

ROUNDED = worded("Percentages of change are worked out exactly and shown rounded to the nearest 0.1%.")
STATED = worded(
    "Those marked * are as the law states them; that the new value follows, with the rounding stated, has been checked."
)
NOT_KNOWN = worded("Not known on either day")
_OUTCOMES = {
    "changed": paired("{number} changed", "{number} changed"),
    "unchanged": paired("{number} unchanged", "{number} unchanged"),
    "not known": paired("{number} not known", "{number} not known"),
}
_STATES = {
    "value": worded("value"),
    "not encoded": UNWRITTEN["not encoded"],
    "not in force": worded("not in force"),
    "worked out": worded("worked out"),
}
_NAME_WIDTH = 38
_WIDTH = 100


@frozen(eq=False, repr=False)
class Cell:
    """What is said on one day, with the number of the note that says what made it, or why there is no value."""

    text: str
    note: int | None
    is_value: bool

    def __str__(self) -> str:
        return self.text if self.note is None else f"{self.text} [{self.note}]"


@frozen(eq=False, repr=False)
class RateView:
    name: str
    part: str | None
    per: str
    """`a week`; "" for what has no time."""
    place: str
    """Its place in the law, as it is called under its heading."""
    cite: str
    link: str | None
    first: Cell
    last: Cell
    change: str
    percent: str
    changed: bool

    @property
    def title(self) -> str:
        return ", ".join(filter(None, (self.name, self.part, self.per)))


@frozen(eq=False, repr=False)
class SectionView:
    title: str
    rates: tuple[RateView, ...]


@frozen(eq=False, repr=False)
class UnknownView:
    """Why some rates of a section have a value on neither day, and which those are."""

    heading: str
    why: str
    rates: tuple[RateView, ...]


@frozen(eq=False, repr=False)
class TableView:
    title: str
    drafts: tuple[str, ...]
    """That one of the two days is that of drafts, which are not law."""
    first: str
    last: str
    sections: tuple[SectionView, ...]
    unknown: tuple[UnknownView, ...]
    """What has no value to stand in the table."""
    notes: tuple[str, ...]
    summary: str
    rounded: str | None


def rates_text(table: RateTable, title: str, scheme: str, form: RateFormat, drafts: Sequence[LookedAt] = ()) -> str:
    """The table of a scheme in one of its forms."""
    if form == "csv":
        return _csv(table, scheme)
    view = _view(table, title, with_drafts(drafts, table.last))
    if form == "text":
        return _text(view)
    from explain.templating import template  # not at the top: text and CSV need no templates

    return template(f"rates.{form}").render(table=view, not_known=sentence(NOT_KNOWN)).rstrip() + "\n"


# ---- in words -------------------------------------------------------------------------------------------------------


def _view(table: RateTable, title: str, drafts: tuple[str, ...]) -> TableView:
    notes: dict[str, int] = {}
    sections = tuple(
        SectionView(_heading(section), tuple(_rate_view(rate, notes) for rate in known))
        for section in table.sections
        if (known := [rate for rate in section.rates if _is_known(rate)])
    )
    has_percent = any(rate.change and rate.change.tenths for rate in table.rates)
    rounded = sentence(ROUNDED) if has_percent else None
    if rounded and any(rate.stated and rate.stated.change.percent for rate in table.rates):
        rounded = f"{rounded} {sentence(STATED)}"
    return TableView(
        title=title,
        drafts=drafts,
        first=day_words(table.first),
        last=day_words(table.last),
        sections=sections,
        unknown=tuple(view for section in table.sections for view in _unknown(section, table)),
        notes=tuple(notes),
        summary=_summary(table),
        rounded=rounded,
    )


def _is_known(rate: Rate) -> bool:
    """Whether there is anything to print in a table, on either day."""
    return not {rate.before.state, rate.after.state} <= {"not encoded", "not in force"}


def _unknown(section: Section, table: RateTable) -> Iterator[UnknownView]:
    """The rates of a section that have no value, those for the same reason together."""
    found: dict[str, list[RateView]] = {}
    for rate in section.rates:
        if not _is_known(rate):
            found.setdefault(_why_unknown(rate, table), []).append(_rate_view(rate, {}))
    for why, rates in found.items():
        yield UnknownView(_heading(section), why, tuple(rates))


def _why_unknown(rate: Rate, table: RateTable) -> str:
    """The reason on record; of each day its own where they differ."""
    first, last = (said.words or sentence(_STATES[said.state]) for said in (rate.before, rate.after))
    if first == last:
        return first
    days = day_words(table.first), day_words(table.last)
    return sentence("on {first_day} {first}; on {last_day} {last}", first_day=days[0], first=first, last_day=days[1], last=last)


def _heading(section: Section) -> str:
    return ", ".join(filter(None, (section.instrument or sentence(NO_INSTRUMENT), section.division)))


def _summary(table: RateTable) -> str:
    rates = table.rates
    outcomes = [rate.outcome for rate in rates]
    counts = ", ".join(
        numbered(*_OUTCOMES[outcome], outcomes.count(outcome)) for outcome in get_args(Outcome) if outcome in outcomes
    )
    text = sentence("Nothing changes.")
    if counts:
        text = numbered("{number} line: {counts}.", "{number} lines: {counts}.", len(rates), counts=counts)
    idle = sentence("In force on neither day, and left out: {number}.", number=table.idle) if table.idle else ""
    return f"{text} {idle}" if idle else text


def _rate_view(rate: Rate, notes: dict[str, int]) -> RateView:
    pence = any(_has_pence(said.value) for said in (rate.before, rate.after))
    first, last = (_cell(said, pence, notes) for said in (rate.before, rate.after))
    change, percent = _change_words(rate)
    return RateView(
        name=rate.title,
        part=rate.part,
        per=_per(rate),
        place=within(" ".join(rate.citation.text.split())) if rate.citation else "",
        cite=str(rate.citation) if rate.citation else sentence("no citation"),
        link=rate.citation.link if rate.citation else None,
        first=first,
        last=last,
        change=change,
        percent=percent,
        changed=rate.outcome == "changed",
    )


def _per(rate: Rate) -> str:
    return units.per_text(rate.type.unit).strip() if rate.type.kind == "amount" else ""


def _has_pence(value: Exact | None) -> bool:
    return value is not None and value.type.is_money and isinstance(value.value, int) and value.value % value.scale != 0


def _cell(said: Said, pence: bool, notes: dict[str, int]) -> Cell:
    if said.value is not None:
        text, about = _value_words(said.value, pence), since(said.authority) if said.authority else ""
        text_of_note = about[:1].upper() + about[1:]
    elif said.state == "not in force":
        return Cell(sentence(_STATES["not in force"]), None, is_value=False)
    else:
        text = sentence(_STATES[said.state])
        text_of_note = sentence("{state}: {why}", state=text.capitalize(), why=said.words)
    note = notes.setdefault(f"{text_of_note}.", len(notes) + 1) if text_of_note else None
    return Cell(text, note, said.value is not None)


def _value_words(value: Exact, pence: bool) -> str:
    """As published: £1,234.50, and £1,234 where neither of the two has pence."""
    text = value.words(per=False)
    return text if pence or not value.type.is_money else re.sub(r"\.00(?![0-9])", "", text)


def _change_words(rate: Rate) -> tuple[str, str]:
    """The difference, and what it is of the first."""
    change = rate.change
    if change is None:
        states = (rate.before.state, rate.after.state)
        if states[0] == "not in force":
            return sentence("new"), "–"
        return sentence(worded("ended") if states[1] == "not in force" else worded("not known")), "–"
    if rate.outcome == "unchanged":
        return "–", "–" if change.tenths is None else "0.0%"
    if change.difference is None:
        return sentence("changed"), "–"
    stated = rate.stated
    if stated is not None and stated.change.percent:
        sign = "−" if stated.is_less else "+"
        return _signed(change.difference), f"{sign}{decimal_text(stated.change.digits * 100, 10**stated.change.places)}%*"
    return _signed(change.difference), _percent_words(change)


def _signed(difference: Exact) -> str:
    assert isinstance(difference.value, int)
    size = evolve(difference, value=abs(difference.value))
    sign = "+" if difference.value > 0 else "−"
    text = _value_words(size, _has_pence(size))
    return sentence("{number} points", number=f"{sign}{text.removesuffix('%')}") if size.type.kind == "%" else f"{sign}{text}"


def _percent_words(change: Change) -> str:
    if change.tenths is None or change.difference is None:
        return "–"
    assert isinstance(change.difference.value, int)
    sign = "+" if change.difference.value > 0 else "−"
    if change.tenths == 0:
        return sentence("{sign}under 0.1%", sign=sign)
    return f"{sign}{decimal_text(abs(change.tenths), 10, 1, group=True)}%"


# ---- as text --------------------------------------------------------------------------------------------------------


def _text(view: TableView) -> str:
    heading = sentence("{title}: rates on {first} and on {last}", title=view.title, first=view.first, last=view.last)
    rates = [rate for section in view.sections for rate in section.rates]
    columns = [[view.first, *(str(r.first) for r in rates)], [sentence("change"), *(r.change for r in rates)],
               ["%", *(r.percent for r in rates)], [view.last, *(str(r.last) for r in rates)]]  # fmt: skip
    widths = [max(map(len, column)) for column in columns]
    names = [line for rate in rates for line in _name_lines(rate)]
    name_width = max([len(line) for line in names], default=0)
    lines = [heading, *view.drafts]
    for section in view.sections:
        lines += ["", *wrap(section.title, _WIDTH)]
        lines.append(_row("", [column[0] for column in columns], name_width, widths))
        place = None
        for rate in section.rates:
            if rate.place != place:
                place = rate.place
                lines += [f"  {place}"] if place else []
            *before, last = _name_lines(rate)
            lines += [f"    {line}" for line in before]
            lines.append(_row(last, [str(rate.first), rate.change, rate.percent, str(rate.last)], name_width, widths))
    lines += ["", view.summary]
    lines += wrap(view.rounded, _WIDTH) if view.rounded else []
    lines += _unknown_lines(view)
    lines += [""] if view.notes else []
    for number, note in enumerate(view.notes, 1):
        lines += wrap(f"[{number}] {note}", _WIDTH, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines) + "\n"


def _unknown_lines(view: TableView) -> Iterator[str]:
    """What is not known, below the table: under each heading why, and of what."""
    heading = None
    if view.unknown:
        yield from ("", sentence(NOT_KNOWN))
    for group in view.unknown:
        if group.heading != heading:
            heading = group.heading
            yield from ("", *wrap(heading, _WIDTH))
        yield from wrap(f"{group.why}:", _WIDTH, initial_indent="  ", subsequent_indent="    ")
        for rate in group.rates:
            text = f"{rate.title} ({rate.place})" if rate.place else rate.title
            yield from wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)


def _name_lines(rate: RateView) -> list[str]:
    return wrap(rate.title, _NAME_WIDTH, subsequent_indent="  ", break_on_hyphens=False)


def _row(name: str, cells: Iterable[str], name_width: int, widths: Iterable[int]) -> str:
    shown = "  ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    return f"    {name:<{name_width}}  {shown}".rstrip()


# ---- as data --------------------------------------------------------------------------------------------------------

_DAY_COLUMNS = ("date", "value", "state", "reason", "since", "until", "made_by", "made_on", "citation")
COLUMNS = (
    "scheme", "instrument", "division", "name", "identity", "title", "part", "unit", "citation",
    *(f"from_{column}" for column in _DAY_COLUMNS), *(f"to_{column}" for column in _DAY_COLUMNS),
    "outcome", "change", "change_percent_rounded",
)  # fmt: skip
"""Of the CSV file, in order. Values are exact; only the last column is rounded."""

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Lines(list[str]):
    write = list.append


def _csv(table: RateTable, scheme: str) -> str:
    """A line a rate, each thing in a column of its own; a text that a spreadsheet would take for a formula begins with `'`.

    What is not known stands last, in the same columns: one table can be sorted and filtered, and its top holds values only.
    """
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = [(section, rate) for section in table.sections for rate in section.rates]
    for section, rate in sorted(rows, key=lambda row: not _is_known(row[1])):
        writer.writerow(_safe(cell) for cell in _cells(table, scheme, section, rate))
    return "".join(lines)


def _cells(table: RateTable, scheme: str, section: Section, rate: Rate) -> Iterator[str]:
    change = rate.change
    unit = str(rate.type) if rate.type.kind in ("amount", "%") else ""
    yield from (scheme, section.instrument or "", section.division, rate.name, rate.place, rate.title, rate.part or "", unit)
    yield str(rate.citation) if rate.citation else ""
    for day, said in ((table.first, rate.before), (table.last, rate.after)):
        authority = said.authority
        yield day.isoformat()
        yield said.value.plain() if said.value else ""
        yield said.state
        yield said.words
        yield authority.since.isoformat() if authority and authority.since else ""
        yield authority.until.isoformat() if authority and authority.until else ""
        yield (authority.made_by or "") if authority else ""
        yield authority.made.isoformat() if authority and authority.made and not authority.made_before else ""
        yield "; ".join(str(cite) for cite in authority.cites) if authority else ""
    yield rate.outcome
    yield change.difference.plain() if change and change.difference else ""
    yield decimal_text(change.tenths, 10, 1) if change and change.tenths is not None else ""


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell
