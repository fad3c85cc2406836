"""A book as the files of its site: the same book gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from explain.phrases import day_words, sentence
from explain.rules.picture import without_what_is_no_xml
from explain.site.addresses import CASES, EXAMPLES, INDEX, LAW, page_of_case, to
from explain.site.book import Told
from explain.site.contents import cases_page, index_page
from explain.site.examples import example_pages
from explain.site.graphs import graph_page, graph_picture
from explain.site.law import law_page
from explain.site.notices import notice_page
from explain.site.terms import term_page
from explain.site.views import Link
from explain.templating import template


@frozen(eq=False, repr=False)
class Frame:
    """What every page of a book has around it."""

    book: str
    on: str
    known: str | None
    as_it_stands: str
    """The book, its day and the day on which it is known, in a sentence."""
    contents: tuple[Link, ...]


def site(told: Told) -> Mapping[str, str]:
    """Every file of a site by its path in the folder."""
    return dict(_files(told))


def _files(told: Told) -> Iterator[tuple[str, str]]:
    yield _page(told, "site_index", index_page(told))
    yield _page(told, "site_law", law_page(told))
    files = example_pages(told)
    for page in files:
        yield _page(told, "site_examples", page)
    if files:
        yield EXAMPLES, _rendered(told, "site_examples_index", EXAMPLES, files=files)
    if told.households:
        yield _page(told, "site_cases", cases_page(told))
    for household in told.households:
        if household.page is not None:
            yield page_of_case(household.file), household.page
    for award in told.graph.awards:
        yield _page(told, "site_graph", graph_page(told, award))
        if award.name in told.layouts:
            yield graph_picture(told, award)
    for term in told.graph.terms:
        yield _page(told, "site_term", term_page(told, term))
    for notice in told.law.notices.values():
        yield _page(told, "site_notice", notice_page(told, notice))


def _page(told: Told, name: str, page: Any) -> tuple[str, str]:
    return page.address, _rendered(told, name, page.address, page=page)


def _rendered(told: Told, name: str, here: str, **values: Any) -> str:
    ways = [(sentence("The book"), INDEX, True), (sentence("By provision of the law"), LAW, True)]
    ways += [(sentence("Worked examples"), EXAMPLES, bool(told.examples)), (sentence("Households"), CASES, bool(told.households))]
    contents = tuple(Link(title, None if address == here else to(address, here)) for title, address, is_there in ways if is_there)
    known = day_words(told.known) if told.known else None
    on = day_words(told.on)
    if known:
        stands = sentence("{book}, as it stands on {day}, as known on {known}.", book=told.title, day=on, known=known)
    else:
        stands = sentence("{book}, as it stands on {day}.", book=told.title, day=on)
    frame = Frame(told.title, on, known, stands, contents)
    text = template(f"{name}.html").render(frame=frame, here=here, to=to, **values)
    return f"{without_what_is_no_xml(text).rstrip()}\n"
