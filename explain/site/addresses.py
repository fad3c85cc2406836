"""Where each page of a site lies, and how one page leads to a place on another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from attrs import frozen

from engine.book.law import Law
from engine.testing.provisions import ProvisionMap
from grammar.declarations import Case

INDEX, LAW, EXAMPLES, CASES = "index.html", "law.html", "examples.html", "cases.html"
_LONGEST = 100
"""Letters of a file's name, without its ending: every file system has room for that."""
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")
"""Names that some systems keep for devices, whatever they end in."""
_UNSAFE = re.compile(r"[^a-z0-9_.-]+")


def safe(name: str) -> str:
    """A name as a file may be called everywhere: two names that differ stay apart."""
    kept = _UNSAFE.sub("-", name.casefold()).strip(".-")
    if kept and kept == name and len(kept) <= _LONGEST and not _DEVICES.fullmatch(kept):
        return kept
    kept = kept.replace(".", "-")[: _LONGEST - 11].rstrip("-") or "page"
    return f"{kept}-{sha256(name.encode()).hexdigest()[:10]}"


@frozen(eq=False, repr=False)
class Addresses:
    """The pages of a book, each by what it is about, as paths from the folder of the site; none lies deeper than one folder."""

    terms: Mapping[str, str]
    """By the key of a term; challenges and duties lie among them."""
    graphs: Mapping[str, str]
    """The outlines of awards, by the award's key."""
    instruments: Mapping[str, str]
    """By name, where the index by provision begins with it; "" for what has none."""
    provisions: Mapping[tuple[str, str], str]
    """By the name of the instrument and the place in it."""
    examples: Mapping[int, str]
    """By the `id` of the example."""


def addresses(
    law: Law, awards: Iterable[str], found: ProvisionMap, examples: Iterable[Case], shown: Mapping[str, str]
) -> Addresses:
    """Where the pages of a book are to lie; `shown` are its files as they are called in the site."""
    names = (*law.provisions, *law.inputs, *law.notices)
    instruments: dict[str, str] = {}
    provisions: dict[tuple[str, str], str] = {}
    for number, named in enumerate(found.named, 1):
        name = named.instrument.name if named.instrument else ""
        instruments[name] = f"{LAW}#instrument-{number}"
        for inner, place in enumerate(named.places, 1):
            provisions[name, place.text] = f"{LAW}#place-{number}-{inner}"
    lying: dict[int, str] = {}
    count: dict[str, int] = {}
    for example in examples:
        file = shown[example.span.source.path]
        count[file] = count.get(file, 0) + 1
        lying[id(example)] = f"{page_of_examples(file)}#example-{count[file]}"
    return Addresses(
        {name: f"terms/{safe(law.keys.permanent(name))}.html" for name in names},
        {name: f"graphs/{safe(law.keys.permanent(name))}.html" for name in awards},
        instruments,
        provisions,
        lying,
    )


def page_of_examples(file: str) -> str:
    """The page of the examples of a rule file."""
    return f"examples/{safe(file.removesuffix('.rules').replace('/', '.'))}.html"


def page_of_case(file: str) -> str:
    """The page of a household's case."""
    return f"cases/{safe(file.replace('/', '.'))}.html"


def shown_files(standing: Mapping[str, str]) -> dict[str, str]:
    """Each file as it is called in the site: from the folder that all share, wherever that stands; by where each stands."""
    parted = {path: where.replace("\\", "/").split("/") for path, where in standing.items()}
    shared = 0
    shortest = min((len(parts) - 1 for parts in parted.values()), default=0)
    while shared < shortest and len({parts[shared] for parts in parted.values()}) == 1:
        shared += 1
    return {path: "/".join(parts[shared:]) for path, parts in parted.items()}


def to(there: str, here: str) -> str:
    """How a page leads to an address."""
    path, _, anchor = there.partition("#")
    if path == here and anchor:
        return f"#{anchor}"
    folder, _, file = path.rpartition("/")
    above = here.rpartition("/")[0]
    way = file if folder == above else f"{'../' if above else ''}{path}"
    return f"{way}#{anchor}" if anchor else way
