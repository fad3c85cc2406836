"""Two laws on a day: which provisions differ, what rests on them, and whether any award can (S59 to S61)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from attrs import evolve, frozen

from engine import digest
from engine.comparing.meaning import own_texts
from engine.comparing.notices import AlteredNotice, altered_notices
from engine.graph import Graph, Term

Difference = Literal["changed", "new", "gone", "renamed", "reworded"]
"""By what a reader needs first: what it says; that it is there; its name; then what is only said of it."""

Effect = Literal["effect", "wording", "none"]
"""Whether an award can be another; if not, whether anything is; an award that differs in meaning may still never differ."""

ORDER: tuple[Difference, ...] = ("changed", "new", "gone", "renamed", "reworded")


@frozen(eq=False, repr=False)
class Altered:
    """A provision that differs, in both laws; and what rests on it in either of them, awards first."""

    difference: Difference
    before: Term | None
    after: Term | None
    names: tuple[str | None, str | None]
    """What it is called in either law."""
    feeds: tuple[Term, ...]

    @property
    def term(self) -> Term:
        found = self.after or self.before
        assert found is not None
        return found

    @property
    def is_renamed(self) -> bool:
        return None not in self.names and self.names[0] != self.names[1]

    @property
    def awards(self) -> tuple[Term, ...]:
        return tuple(term for term in self.feeds if term.payable)


@frozen(eq=False, repr=False)
class LawsCompared:
    """Two laws, each as its graph on its day."""

    before: Graph
    after: Graph
    altered: tuple[Altered, ...]
    notices: tuple[AlteredNotice, ...]
    """Challenges and duties that differ: no award rests on them."""
    kinds: tuple[str, ...]
    """Kinds of entity and roles that are others: whom the rules are about."""

    awards: tuple[Term, ...]
    """The awards that may be others: of which the two laws do not mean the same."""

    @property
    def effect(self) -> Effect:
        if self.awards or self.kinds:
            return "effect"
        return "wording" if self.altered or self.notices else "none"


def compare_laws(before: Graph, after: Graph) -> LawsCompared:
    """What differs between two laws by meaning: layout, comments and the order of declarations are nothing."""
    pairs = _paired(before, after)
    same_names = {new.identity: old.identity for old, new in pairs if old is not None and new is not None}
    texts = own_texts(before, {}), own_texts(after, same_names)
    rests = _resting(before), _resting(after)
    altered = []
    for old, new in pairs:
        difference = _difference(old, new, texts)
        names = tuple(None if one is None else _called(side, one) for side, one in ((before, old), (after, new)))
        if difference in (None, "reworded") and None not in names and names[0] != names[1]:
            difference = "renamed"
        if difference is not None:
            feeds = {one.identity: one for side, term in zip(rests, (old, new), strict=True) if term for one in side(term)}
            awards_first = sorted(feeds.values(), key=lambda one: one.payable is None)
            altered.append(Altered(difference, old, new, (names[0], names[1]), tuple(awards_first)))
    altered.sort(key=lambda one: ORDER.index(one.difference))
    awards = (_award(old, new) for old, new in pairs)
    return LawsCompared(
        before=before,
        after=after,
        altered=tuple(altered),
        notices=altered_notices(before, after),
        kinds=_kinds(before, after),
        awards=tuple(one for one in awards if one is not None),
    )


def _award(old: Term | None, new: Term | None) -> Term | None:
    """An award that is in one law only, or does not mean the same in both."""
    paid = [one for one in (new, old) if one is not None and one.payable is not None and _is_there(one)]
    return paid[0] if paid and (old is None or new is None or old.effect != new.effect) else None


def _paired(before: Graph, after: Graph) -> list[tuple[Term | None, Term | None]]:
    """The terms of both by identity; of those in one only, what means the same as one of the other has been renamed by hand."""
    old, new = ({term.identity: term for term in graph.terms} for graph in (before, after))
    pairs: list[tuple[Term | None, Term | None]] = [(old.get(identity), term) for identity, term in new.items()]
    gone = [term for identity, term in old.items() if identity not in new]
    if not gone:
        return pairs
    by_meaning: dict[tuple[str, str], list[Term]] = {}
    for term in gone:
        by_meaning.setdefault((term.kind, term.effect), []).append(term)
    found: list[tuple[Term | None, Term | None]] = []
    for one, term_after in pairs:
        assert term_after is not None
        same = by_meaning.get((term_after.kind, term_after.effect), []) if one is None else []
        found.append((same.pop(0) if same else one, term_after))
    matched = {id(one) for one, _ in found if one is not None}
    return [*found, *((term, None) for term in gone if id(term) not in matched)]


def _difference(old: Term | None, new: Term | None, texts: tuple[Mapping[str, str], Mapping[str, str]]) -> Difference | None:
    is_old, is_new = old is not None and _is_there(old), new is not None and _is_there(new)
    if old is None or new is None or is_old != is_new:
        if is_old == is_new:
            return None  # in force in neither
        return "new" if is_new else "gone"
    if texts[0][old.identity] != texts[1][new.identity]:
        return "changed"
    if not is_old:
        return None
    return "reworded" if old.law != new.law and _words(old) != _words(new) else None


def _words(term: Term) -> str:
    """What is said of it, whatever its days: they differ wherever something else is written for later ones."""
    if term.authority is None:
        return term.law
    return digest.words(evolve(term, authority=evolve(term.authority, since=None, until=None)))


def _is_there(term: Term) -> bool:
    """Whether it has a text in force; facts always are."""
    return term.kind == "input" or term.in_force is not None


def _called(graph: Graph, term: Term) -> str:
    return graph.book.law.called(term.name, graph.on, graph.book.known)


def _resting(graph: Graph) -> Callable[[Term], tuple[Term, ...]]:
    """What rests on a term, on its own day or on others, in the order of the graph; an award rests on itself."""
    readers: dict[int, list[int]] = {}
    for term in graph.terms:
        for read in (*term.reads, *term.reads_on_other_days):
            readers.setdefault(read, []).append(term.index)

    def resting(term: Term) -> tuple[Term, ...]:
        found: set[int] = {term.index} if term.payable else set()
        waiting = [term.index]
        while waiting:
            new = [reader for reader in readers.get(waiting.pop(), ()) if reader not in found]
            found.update(new)
            waiting.extend(new)
        return tuple(graph.terms[index] for index in sorted(found))

    return resting


def _kinds(before: Graph, after: Graph) -> tuple[str, ...]:
    """The names of entities and roles that are not the same in both."""
    said = [
        {
            **{name: (container,) for name, container in graph.vocabulary.container.items()},
            **{role.name: (role.owner, role.holder, role.cardinality) for role in graph.vocabulary.roles.values()},
        }
        for graph in (before, after)
    ]
    return tuple(name for name in dict.fromkeys([*said[0], *said[1]]) if said[0].get(name) != said[1].get(name))
