"""The page of a challenge or a duty: what people are told beside an award, its versions, and what it is about."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from engine.book.history import history
from engine.book.law import Provision
from engine.book.restating import restated_on
from explain.phrases import day_words, sentence, worded
from explain.site.addresses import to
from explain.site.book import Told
from explain.site.linking import Words, linked, ways
from explain.site.terms import cited_views, version_views
from explain.site.views import CitedView, Link, VersionView
from explain.telling.authority import since
from grammar import declarations as d
from grammar.syntax import Word
from grammar.writing import written

KINDS = {"challenge": worded("Way to challenge a decision"), "duty": worded("Duty to report")}


@frozen(eq=False, repr=False)
class NoticePage:
    address: str
    name: str
    title: str
    kind: str
    scheme: Link | None
    state: str
    place: str
    text: tuple[Words, ...]
    after: tuple[Link, ...]
    """Of a challenge: those that come before it."""
    about: tuple[Link, ...]
    """Of a duty: the facts of which a change has to be reported."""
    cited: tuple[CitedView, ...]
    versions: tuple[VersionView, ...]
    notes: tuple[str, ...]


def notice_page(told: Told, notice: Provision) -> NoticePage:
    here, law = told.addresses.terms[notice.name], told.graph.book.law
    standing = told.graph.book.notices.get(notice.name)
    text = standing.text if standing else notice.head
    scheme = told.scheme(notice.name)

    def called(name: str) -> str:
        return law.called(name, told.on, told.known)

    declared = restated_on(notice, told.on, told.known, law, alone=False)
    state = since(standing.authority) if standing else sentence("not in force on {day}", day=day_words(told.on))
    return NoticePage(
        address=here,
        name=called(notice.name),
        title=text.title,
        kind=sentence(KINDS[notice.kind]),
        scheme=Link(told.law.keys.schemes[scheme].title, to(f"index.html#scheme-{scheme}", here)) if scheme else None,
        state=f"{state[:1].upper()}{state[1:]}.",
        place=told.place(notice.head.name_span),
        text=linked(written(declared, called).rstrip(), ways(told, here, called, notice.name)) if declared else (),
        after=_links(told, text.after if isinstance(text, d.Challenge) else (), here),
        about=_links(told, text.about if isinstance(text, d.Duty) else (), here),
        cited=tuple(cited_views(told, notice.kind, notice.name, here)),
        versions=tuple(version_views(told, history(told.law, notice.name, told.known), here)),
        notes=text.notes if isinstance(text, d.Challenge | d.Duty) else (),
    )


def _links(told: Told, words: Sequence[Word], here: str) -> tuple[Link, ...]:
    known = [word.name for word in words if word.name in told.addresses.terms]
    return tuple(Link(told.titled(name), to(told.addresses.terms[name], here)) for name in known)
