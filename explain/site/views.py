"""What the page of a term shows, part by part, and links of every page."""

from __future__ import annotations

from attrs import frozen

from explain.comparing.marking import Marked
from explain.site.linking import Words


@frozen(eq=False, repr=False)
class Link:
    """Something named, where its page is, and what is said beside it."""

    title: str
    to: str | None
    beside: str = ""
    tag: str = ""


@frozen(eq=False, repr=False)
class VersionView:
    """What a term said on some days: what made it so, and what changed."""

    days: str
    why: tuple[Words, ...]
    remarks: tuple[str, ...]
    changes: tuple[tuple[str, tuple[Marked, ...]], ...]
    """Where something changed ("" for the text itself), and the words."""
    text: tuple[Words, ...]
    """None of it is in force where there is none."""
    is_now: bool


@frozen(eq=False, repr=False)
class CitedView:
    """An instrument that is cited, with the places in it."""

    title: str
    source: str | None
    """Its text elsewhere."""
    places: tuple[Link, ...]


@frozen(eq=False, repr=False)
class ReachedView:
    """An example, the values that a term had in it, and whether what it expects of the term holds."""

    title: str
    to: str
    day: str
    values: tuple[tuple[str, str], ...]
    """Whose, and what."""
    verdict: str
    holds: bool
    parts: tuple[int, ...]
    """The numbers of the parts of the term that it exercises."""


@frozen(eq=False, repr=False)
class PartView:
    label: str
    examples: tuple[Link, ...]
    others: int
    """How many more examples exercise it."""


@frozen(eq=False, repr=False)
class ReadingView:
    name: str
    title: str
    days: str
    words: tuple[Words, ...]
    examples: tuple[Link, ...]


@frozen(eq=False, repr=False)
class TermPage:
    address: str
    name: str
    title: str
    kind: str
    scheme: Link | None
    what: str
    """`£ a week of Household, paid by the week`."""
    value: str | None
    """Of a figure: what it is on the day."""
    state: str
    """Since when it says so; or that it says nothing on the day."""
    place: str
    because: tuple[Words, ...]
    """The writer's sentence; a value that it names by its title."""
    ask: str | None
    decided: str | None
    reported: tuple[Link, ...]
    """Of a fact: the duties by which a change of it has to be reported."""
    lines: tuple[str, ...]
    text: tuple[Words, ...]
    versions: tuple[VersionView, ...]
    cited: tuple[CitedView, ...]
    needs: tuple[Link, ...]
    needed_by: tuple[Link, ...]
    graphs: tuple[Link, ...]
    examples: tuple[ReachedView, ...]
    """Those that expect something of it."""
    beside: tuple[ReachedView, ...]
    """Those that only rest on it."""
    readings: tuple[ReadingView, ...]
    parts: tuple[PartView, ...]
    tally: str
    gaps: tuple[str, ...]
    notes: tuple[str, ...]
