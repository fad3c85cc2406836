"""Sameness: what a term means as one canonical text, and its SHA-256 (S59, S60).

In the *effect* digest a reference stands as the digest of what it refers to, so renaming an inner rule changes nothing; what
cases use (inputs, entities, choices) keeps its name. Operands whose order means nothing are sorted. Equal digests: no effect
on any award. The *law* digest adds every word that an explanation can show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakKeyDictionary

from engine.book.consolidate import InForce, NoticeInForce
from engine.book.law import Citation
from engine.checking.vocabulary import InputType, Vocabulary
from engine.exact import reduced
from engine.mechanisms.cases import Exceptions
from engine.mechanisms.tables import Cell, OneOf, Table
from engine.nodes import MembersRead, Node, OverDays, OverMembers, StretchOf, TermRead, walk
from engine.types import Type
from grammar.syntax import NotEncoded, Rounding

if TYPE_CHECKING:
    from engine.graph import Term


def digest(*parts: object) -> str:
    return _of(_texts(parts))


def _texts(parts: Iterable[object]) -> list[str]:
    return [f"{len(part)}:{part}" if part.__class__ is str else _text(part) for part in parts]


def _of(texts: Iterable[str]) -> str:
    return sha256("\x1f".join(texts).encode()).hexdigest()


def _text(part: object) -> str:
    if part.__class__ is str:  # most are
        return f"{len(part)}:{part}"
    match part:
        case None:
            return "-"
        case bool():
            return "yes" if part else "no"
        case date():
            return part.isoformat()
        case Type():
            return f"{part.kind}|{part.choice or ''}|" + "".join(f"{symbol}^{power}" for symbol, power in part.unit)
        case tuple() | list():
            return "(" + ",".join([_text(item) for item in part]) + ")"
        case _:
            return f"{len(str(part))}:{part}"


def exact(value: object, scale: int) -> str:
    """A value whatever its scale: `0.50` and `0.5` are one."""
    if isinstance(value, bool) or not isinstance(value, int):
        return _text(value)
    return "/".join(str(part) for part in reduced(value, scale))


def input_effect(name: str, item: InputType, choices: Sequence[str]) -> str:
    default = None if item.default is None else exact(item.default, item.scale)
    bounds = tuple(None if bound is None else exact(bound, item.scale) for bound in (item.low, item.high))
    return digest("input", name, item.entity, item.type, bounds, default, tuple(choices))


class Digested(Protocol):
    """What a formula that refers to it needs of a term."""

    @property
    def effect(self) -> str: ...

    @property
    def at_all_times(self) -> str: ...


def canonical(node: Node, terms: Sequence[Digested]) -> str:
    """A formula as text, with references as digests and without whatever order means nothing."""
    args = [canonical(arg, terms) for arg in node.args]
    detail = node.detail
    if node.mechanism in _UNORDERED:
        return digest(_UNORDERED[node.mechanism], sorted(args))
    if node.mechanism in _SETS:
        return _SETS[node.mechanism](node, args)
    match node.mechanism:
        case "literal":
            return digest("literal", node.type, exact(detail, node.scale))
        case "term" | "holder":
            return digest(node.mechanism, terms[detail.term].effect, *_whose(detail), *_refused(detail))
        case "sum":
            return digest("sum", sorted(zip((factor < 0 for factor in detail), args, strict=True)))
        case "product":
            above = set(detail[1])
            return digest("product", sorted((i not in above, arg) for i, arg in enumerate(args)))
        case "none limbs":
            return digest("not", [digest("or", sorted(args))])
        case "date sum":
            return digest("date sum", detail[0], _short_months(detail[1], (unit for _, unit in detail[0])), args)
        case "compare":
            return digest("compare", detail[0], sorted(args) if detail[0] in "=≠" else args)
        case "in months":
            return digest("in months", sorted(detail[0]), detail[1], args)
        case "is":
            return digest("is", sorted(_text(answer) for answer in detail[0]), detail[1], args)
        case "alternatives" | "floor" | "ceiling" | "not" | "assessment date":
            return digest(node.mechanism, args)
        case "rounding" | "rounded quotient":
            return digest(node.mechanism, detail[0], exact(detail[1], node.scale), args)
        case "not encoded":
            return digest("not encoded", detail[0], node.type)
        case "parts":
            return digest("parts", exact(detail[0], detail[1]), detail[2], args)
        case "elapsed":
            return digest("elapsed", detail[0], _short_months(detail[1], (detail[0],)), args)
        case "first of stretch" | "last of stretch" | "in stretch":
            return digest(node.mechanism, *_stretch(detail), args)
        case _ if isinstance(detail, OverDays):
            inner = [None if formula is None else canonical(formula.root, terms) for formula in detail.formulas]
            return digest(node.mechanism, inner, args, sorted(terms[index].at_all_times for index in detail.reads))
        case _ if isinstance(detail, OverMembers):
            inner = [None if formula is None else canonical(formula.root, terms) for formula in detail.formulas]
            ties = (detail.ties,) if node.mechanism == "rank" else ()
            return digest(node.mechanism, _members(detail.members, terms), inner, *ties)
        case _:
            return digest(node.mechanism, node.type, _text(detail), args)


def _stretch(detail: StretchOf | tuple[bool, StretchOf]) -> tuple[object, ...]:
    """Which days: of one end of them, or (negated, which days) of whether a day is one of them."""
    if isinstance(detail, tuple):
        return detail[:1]  # its ends, among the arguments, say the rest
    return detail.kind, detail.unit, _short_months(detail.short_months, (detail.unit,))


_UNORDERED = {
    "and": "and", "all limbs": "and", "or": "or", "any limbs": "or", "lower": "lower", "higher": "higher", "earlier": "earlier",
    "later": "later",
}  # fmt: skip
"""Mechanisms whose operands have no order, and what each is called in a digest: limbs are `and` and `or` set out."""


def _whose(read: TermRead) -> tuple[str | None, ...]:
    return (read.entity,) if read.role is None else (read.role.name, read.role.owner)


def _refused(read: TermRead) -> tuple[list[str], ...]:
    return () if read.refusing is None else (sorted(read.refusing.standings),)


def _members(members: MembersRead, terms: Sequence[Digested]) -> tuple[Any, ...]:
    group = members.member if members.group is None else terms[members.group].effect
    return (members.owner, group) if members.role is None else (members.owner, group, members.role)


def _short_months(said: str | None, counted: Iterable[str]) -> str | None:
    """What is said of months that lack a day, where months or years are counted."""
    return said if {"year", "month"} & set(counted) else None


def _affected(node: Node, args: Sequence[str]) -> str:
    """The provisions that touch a term are a set, each with the condition under which it does."""
    return digest("affected", args[0], sorted(zip((reason.kind for reason in node.detail), args[1:], strict=True)))


def _applied(node: Node, args: Sequence[str]) -> str:
    """A scale stands in what applies it as the digest of its term."""
    return digest("applied", args[:2])


def _exceptions(node: Node, args: Sequence[str]) -> str:
    """Exceptions are a set: each with the digests of those that prevail over it, whatever they are called."""
    detail: Exceptions = node.detail
    each = [digest(value, condition) for value, condition in zip(args[1::2], args[2::2], strict=True)]
    beaten = [(own, sorted(each[i] for i in others)) for own, others in zip(each, detail.beaten_by, strict=True)]
    return digest("exceptions", args[0], sorted(beaten))


def _table(node: Node, args: Sequence[str]) -> str:
    """Rows are a set, and so are the cells of each that ask for something: each with the digest of its column."""
    detail: Table = node.detail
    values = args[detail.first_value :]
    rows = []
    for cells, value in zip(detail.rows, values, strict=False):
        asked = [(args[n], _cell(cell, detail.scales[n], args)) for n, cell in enumerate(cells) if cell is not None]
        rows.append(digest(sorted(asked), value))
    return digest("table", node.type, sorted(rows), values[len(rows) :])


def _cell(cell: Cell, scale: int, args: Sequence[str]) -> str:
    if cell is None or isinstance(cell, OneOf):
        return digest(sorted(_text(answer) for answer in cell.answers) if cell else None)
    ends = (
        end and ((exact(end.value, scale) if end.arg is None else args[end.arg]), end.included) for end in (cell.low, cell.high)
    )
    return digest(*ends)


_SETS: dict[str, Callable[[Node, Sequence[str]], str]] = {
    "exceptions": _exceptions,
    "affected": _affected,
    "applied": _applied,
    "table": _table,
}
"""Mechanisms of whole provisions, whose parts have no order."""


def provision_effect(term: Term, terms: Sequence[Term]) -> str:
    assert term.formula is not None
    bounds = tuple(None if b is None else exact(b, term.scale) for b in (term.declared_low, term.declared_high))
    formula = canonical(term.formula.root, terms)
    payable = None if term.payable is None else (term.payable.by, rounding(term.payable.rounding))
    return digest(term.kind, term.entity, term.type, payable, bounds, formula)


def rounding(stated: Rounding | None) -> tuple[str, str] | None:
    return None if stated is None else (stated.mode, exact(stated.to.digits, 10**stated.to.places))


def words(term: Term) -> str:
    """What an explanation can say of a term: its names, titles, citations, reasons, who made it and its dates."""
    said: list[object] = [term.name, term.title]
    if term.authority:
        a = term.authority
        said += [_cited(a.cites), a.made_by, a.made_by_provision, a.made, a.since, a.until]
    if term.formula is not None:
        said += [node.detail[1] for node in walk(term.formula.root) if node.mechanism == "not encoded"]
        said += sorted(_limbs(term.formula.root))
    return _of([*_texts(said), *(_words_in_force(term.in_force) if term.in_force else ())])


_WORDS: WeakKeyDictionary[InForce, list[str]] = WeakKeyDictionary()
"""What stands on several days is the same object, and mostly under terms that are not."""


def _words_in_force(in_force: InForce) -> list[str]:
    """What an explanation can say of a provision as it stands."""
    found = _WORDS.get(in_force)
    if found is not None:
        return found
    head, text, reading = in_force.provision.head, in_force.text, in_force.reading
    said: list[object] = [reading.name, reading.title] if reading else []
    said += sorted(digest(by.by.text.place, by.by.text.why, _cited(by.by.authority.cites)) for by in in_force.affected)
    said += sorted(digest(x.evidence, x.facts, [(c.instrument, c.text) for c in x.cites]) for x in getattr(head, "refuses", ()))
    said += [getattr(head, "because", None), getattr(head, "notes", ()), in_force.maker_notes]
    for cites, alternative in zip(in_force.alternative_cites, in_force.alternatives, strict=False):
        said += [_cited(cites), alternative.because, alternative.notes]
    said += sorted(
        digest(x.clause.name, _cited(x.authority.cites), x.clause.because, x.clause.notes) for x in in_force.exceptions
    )
    said += sorted(
        digest(x.clause.name, _cited(x.authority.cites), x.authority.made_by, x.clause.because, x.clause.notes)
        for x in in_force.rows
    )
    said += [([(cite.instrument, cite.text) for cite in band.cites], band.notes) for band in getattr(text, "bands", ())]
    if otherwise := getattr(text, "otherwise", None):
        said += [[(cite.instrument, cite.text) for cite in otherwise.cites], otherwise.because, otherwise.notes]
    if in_force.instrument is not None:
        said += [[(cite.instrument, cite.text) for cite in in_force.instrument.policy_cites]]
    found = _WORDS[in_force] = _texts(said)
    return found


def _limbs(root: Node) -> Iterator[str]:
    """How each limb is called and where it stands in the law, of a formula and of those inside it."""
    for node in walk(root):
        if node.mechanism.endswith(" limbs"):
            yield digest([(limb.label, _cited(limb.cites)) for limb in node.detail])
        if isinstance(node.detail, OverMembers | OverDays):
            for formula in node.detail.formulas:
                yield from _limbs(formula.root) if formula is not None else ()


def notice(found: NoticeInForce) -> str:
    """A challenge or a duty, with every word that can be told of it."""
    text, a = found.text, found.authority
    said = [text.name, text.title, text.to, getattr(text, "giving", None), text.notes]
    said += [also] if (also := getattr(text, "also", ())) else []
    names = [[word.name for word in getattr(text, listed, ())] for listed in ("after", "about")]
    length = text.within.length
    limit = length.reason if isinstance(length, NotEncoded) else length and (length.digits, length.unit)
    by = [_cited(a.cites), a.made_by, a.made_by_provision, a.made, a.since, a.until]
    return digest(type(text).__name__.lower(), *said, *names, limit, text.within.after, *by)


def _cited(cites: Sequence[Citation]) -> list[str]:
    return sorted(f"{cite} {cite.link or ''}" for cite in cites)


def whole(vocabulary: Vocabulary, digests: Iterable[str], titles: bool = False) -> str:
    """The digest of a book: its entities, its roles (with `titles` as they are told) and everything in force, in no order."""
    forest = sorted((entity, above or "") for entity, above in vocabulary.container.items())
    roles = (
        digest("role", role.name, role.owner, role.holder, role.cardinality, role.title if titles else None)
        for role in vocabulary.roles.values()
    )
    return "sha256:" + digest(forest, sorted([*digests, *roles]))
