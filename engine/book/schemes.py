"""Schemes: each folder of rules opens one, and names are unique in it (S63).

A name of another scheme is written `income_support.award`; the names of a scheme that is used may be written bare. Here what
is written becomes the *key* by which everything downstream knows it: the bare name, and where several schemes declare it,
the name with its scheme before it. A book of one scheme keeps every name as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from attrs import define, evolve, field, frozen

from engine.book.resolve import rewritten
from grammar import amendments as a
from grammar import declarations as d
from grammar import syntax
from grammar.declarations import File
from grammar.problems import Place, Problem
from grammar.source import Span
from grammar.syntax import Tree, Word
from grammar.words import closest

EVERYONE = "everyone"
"""Whose the facts are that are nobody's own (a temperature, an index), and what is worked out from them once."""

_DOTTED = re.compile(r"[a-z0-9_]\.[a-z]")
IN_BRACES = re.compile(r"\{([^{}]*)\}")


@frozen(slots=False, eq=False, repr=False)
class Keys:
    """What names stand for outside rule files: in cases, in questions and in answers."""

    schemes: Mapping[str, d.Scheme]
    qualified: Mapping[str, str]
    """`income_support.award` → its key."""
    ambiguous: Mapping[str, tuple[str, ...]]
    """A bare name that several schemes declare → how it is written of each."""
    adopted: Mapping[str, str] = field(factory=dict)
    """By file of amendments that stands in no scheme's folder, the scheme of what they amend."""

    def of(self, name: str) -> str:
        """The key of a name that may be written with its scheme."""
        return self.qualified.get(name, name)

    def permanent(self, key: str) -> str:
        """The same name whichever other schemes are loaded: with its scheme before it, where it belongs to one."""
        return self._permanent.get(key, key)

    @cached_property
    def _permanent(self) -> dict[str, str]:
        return {key: written for written, key in self.qualified.items()}


def folder(path: str) -> str:
    """The folder of a file; "" where it is named alone."""
    return path.replace("\\", "/").rpartition("/")[0]


def with_keys(files: Iterable[File], problems: list[Problem]) -> tuple[list[File], Keys]:
    """The files with every name as its key, and what the names of other schemes stand for."""
    files = list(files)
    resolver = _Resolver(problems)
    resolver.begin(files)
    return [resolver.file(file) for file in files], resolver.keys()


def declared(declaration: d.Declaration) -> Iterator[tuple[str, Span]]:
    """The names that a declaration gives to the whole book."""
    if isinstance(declaration, d.Operation):
        match declaration.action:
            case a.Insert(text=text) if not isinstance(text, d.Unwritten):
                yield text.name, text.name_span
            case a.Rename(name=name):
                yield name.name, name.span
        return
    if isinstance(declaration, d.Unwritten | d.StandingCheck | d.Case | d.Continued | d.Scheme):
        return
    yield declaration.name, declaration.name_span
    if isinstance(declaration, d.Unit):
        yield declaration.plural.name, declaration.plural.span


def _amends(file: File) -> bool:
    """Whether a file changes the law, be it under a heading that has been forgotten."""
    return any(
        isinstance(item, d.Operation) or (isinstance(item, d.Instrument) and item.is_amendment) for item in file.declarations
    )


@define(eq=False, repr=False)
class _Resolver:
    problems: list[Problem]
    schemes: dict[str, d.Scheme] = field(factory=dict)
    by_folder: dict[str, str] = field(factory=dict)
    adopted: dict[str, str] = field(factory=dict)
    """By file of amendments in no scheme's folder, the scheme of what they amend."""
    offers: dict[str, set[str]] = field(factory=lambda: defaultdict(set))
    """Of each scheme (and of "", what belongs to none) the names that it declares."""

    def begin(self, files: Iterable[File]) -> None:
        """Finds the schemes, and what each declares."""
        unread: set[str] = set()
        for file in sorted(files, key=lambda file: file.source.path):
            unread |= set(file.unread)
            for declaration in file.declarations:
                if isinstance(declaration, d.Scheme):
                    self._scheme(declaration, folder(file.source.path))
        for scheme in self.schemes.values():
            for word in scheme.uses:
                if word.name not in self.schemes and word.name not in unread:
                    self._unknown_scheme(word, scheme.name)
        self._adopt(files)
        astray = [file for file in files if not self.scheme_of(file) and _amends(file)]
        for file in (*(file for file in files if file not in astray), *astray):
            if file in astray:
                self._adopt_by_what_it_names(file)
            names = self.offers[self.scheme_of(file)]
            for declaration in file.declarations:
                names.update(name for name, _ in declared(declaration))

    def _adopt(self, files: Iterable[File]) -> None:
        """A file of amendments that stands in no scheme's folder belongs to the scheme of what it amends: a draft."""
        of: dict[str, set[str]] = defaultdict(set)
        for file in files:
            for item in file.declarations:
                if isinstance(item, d.Instrument):
                    of[item.name].add(self.scheme_of(file))
        for file in files:
            amended = {word.name for item in file.declarations if isinstance(item, d.Instrument) for word in item.amends}
            schemes = {scheme for name in amended for scheme in of[name] if scheme}
            if not self.scheme_of(file) and len(schemes) == 1:
                self.adopted[file.source.path] = schemes.pop()

    def _adopt_by_what_it_names(self, file: File) -> None:
        """Where a draft does not say what it amends, or misspells it, that has been told; its names are those of the one scheme
        that has them all."""
        operations = [
            item for item in file.declarations if isinstance(item, d.Operation) and not isinstance(item.action, a.Insert)
        ]
        targets = {word.name for item in operations for word in item.targets}
        named = [other for other, names in self.offers.items() if other and names & targets]
        if len(named) == 1 and not targets & self.offers[""]:
            self.adopted[file.source.path] = named[0]

    def _scheme(self, scheme: d.Scheme, where: str) -> None:
        other = self.by_folder.get(where)
        first = self.schemes.get(other or scheme.name)
        if first is not None:
            what = "One folder opens one scheme" if other else f"There are two schemes called `{scheme.name}`"
            self.problems.append(
                Problem(
                    code="scheme-twice",
                    message=f"{what}.",
                    place=Place(scheme.name_span, "another one"),
                    second=Place(first.name_span, "the first"),
                    subject=scheme.name,
                    fix="Give it a folder of its own." if other else "Give one of them another name.",
                )
            )
            return
        self.schemes[scheme.name] = scheme
        self.by_folder[where] = scheme.name

    def _unknown_scheme(self, word: Word, subject: str) -> None:
        near = closest(word.name, self.schemes)
        self.problems.append(
            Problem(
                code="unknown-scheme",
                message=f"There is no scheme called `{word.name}`.",
                place=Place(word.span),
                subject=subject,
                fix=f"Write `{near}`." if near else f'Open it in a folder beside this one: `scheme {word.name} "Title"`.',
            )
        )

    def scheme_of(self, file: File) -> str:
        """The scheme of a file: that of its folder, or of the nearest folder around it; "" for none."""
        if file.source.path in self.adopted:
            return self.adopted[file.source.path]
        where = folder(file.source.path)
        while where and where not in self.by_folder:
            where = folder(where)
        return self.by_folder.get(where, "")

    def key(self, scheme: str, name: str) -> str:
        """The bare name; where other schemes declare it too, the name with its scheme before it."""
        if scheme and any(name in names for other, names in self.offers.items() if other != scheme):
            return f"{scheme}.{name}"
        return name

    def keys(self) -> Keys:
        qualified = {f"{scheme}.{name}": self.key(scheme, name) for scheme in self.schemes for name in self.offers[scheme]}
        by_name: dict[str, list[str]] = defaultdict(list)
        for scheme in sorted(self.schemes):
            for name in self.offers[scheme]:
                by_name[name].append(f"{scheme}.{name}")
        ambiguous = {
            name: tuple(written) for name, written in by_name.items() if len(written) > 1 and name not in self.offers[""]
        }
        return Keys(self.schemes, qualified, ambiguous, self.adopted)

    def file(self, file: File) -> File:
        """A file with every name as its key; the same file where no name in it has another."""
        scheme = self.scheme_of(file)
        seen = {scheme, ""} | {word.name for word in self.schemes[scheme].uses} if scheme else {""}
        hidden = {name for other, names in self.offers.items() if other not in seen for name in names}
        own = self.offers[scheme]
        changed = {name for name in own if self.key(scheme, name) != name}
        shared = [other for other in seen if other != scheme]
        changed |= {name for other in shared for name in self.offers[other] if name not in own and self.key(other, name) != name}
        if not hidden - own and not changed and not _DOTTED.search(file.source.text):
            return file
        names = _Names(self, scheme, tuple(sorted(seen)), file.unread)
        return evolve(file, declarations=tuple(names.declaration(declaration) for declaration in file.declarations))


@define(eq=False, repr=False)
class _Names:
    """What the names mean that are written in the files of one scheme."""

    resolver: _Resolver
    scheme: str
    seen: tuple[str, ...]
    unread: tuple[str, ...]

    def key(self, written: str, span: Span) -> str:
        """The key of a written name; a name of a scheme that is not used, or of two that are, is a problem."""
        resolver = self.resolver
        if "." in written:
            scheme, _, name = written.partition(".")
            if scheme in resolver.schemes and name in resolver.offers[scheme]:
                return resolver.key(scheme, name)
            return written
        if written in resolver.offers[self.scheme]:
            return resolver.key(self.scheme, written)
        offering = [other for other in self.seen if written in resolver.offers[other]]
        named = [f"{other}.{written}" for other in offering if other]
        if len(named) > 1:
            listed = " and in ".join(other for other in offering if other)
            self._problem("ambiguous-name", f"`{written}` is a name in {listed}.", span, f"Write `{named[0]}` or `{named[1]}`.")
        if offering:
            return resolver.key(offering[0], written)
        others = sorted(other for other, names in resolver.offers.items() if other and written in names)
        if others and written not in self.unread:
            uses = f", or add `uses {others[0]}` to the scheme" if self.scheme else ""
            self._problem(
                "name-of-another-scheme",
                f"`{written}` is a name of the scheme {others[0]}.",
                span,
                f"Write `{others[0]}.{written}`{uses}.",
            )
            return resolver.key(others[0], written)
        return written

    def _problem(self, code: str, message: str, span: Span, fix: str) -> None:
        self.resolver.problems.append(Problem(code=code, message=message, place=Place(span), fix=fix))

    def word(self, word: Word) -> Word:
        key = self.key(word.name, word.span)
        return word if key == word.name else evolve(word, name=key)

    def words(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        return tuple(self.word(word) for word in words)

    def end(self, end: Any) -> Any:
        """An end of a range, a rate or a limit: a figure by its key, anything else as it is."""
        return self.word(end) if isinstance(end, Word) else end

    def answer(self, answer: Any) -> Any:
        """A figure that stands alone in a cell by its key; a value of a choice as it is: none is spelt like a term (S11)."""
        is_term = isinstance(answer, Word) and ("." in answer.name or answer.name in self.resolver.offers[self.scheme])
        return self.word(answer) if is_term else answer

    def node(self, node: Tree) -> Tree:
        """A part of a formula or a clause, its name as its key."""
        match node:
            case syntax.Ref(name=name, of=of):
                whose = None if of is None else self.key(of, node.span)
                return evolve(node, name=name if name == "assessment_date" else self.key(name, node.span), of=whose)
            case syntax.Members(group=group) | syntax.Rank(group=group):
                return evolve(node, group=self.key(group, node.span))
            case syntax.Applied(scale=scale):
                return evolve(node, scale=self.key(scale, node.span))
            case syntax.RankKey(term=term):
                return evolve(node, term=self.word(term))
            case syntax.Cite(instrument=str(instrument)) | syntax.MadeBy(instrument=str(instrument)):
                return evolve(node, instrument=self.key(instrument, node.span))
            case syntax.TypeText(kind="choice", choice=str(choice)):
                return evolve(node, choice=self.key(choice, node.span))
            case d.Cell(low=low, high=high, answers=answers):
                return evolve(node, low=self.end(low), high=self.end(high), answers=tuple(map(self.answer, answers)))
            case d.Band(rate=rate, limit=limit):
                return evolve(node, rate=self.end(rate), limit=self.end(limit))
            case d.Refuses(facts=facts):
                return evolve(node, facts=self.words(facts))
            case d.Affecting(term=term):
                return evolve(node, term=self.word(term))
            case d.FactText(name=name):
                return evolve(node, name=self.key(name, node.name_span))
            case d.Expectation(term=name) | d.Suppose(term=name):
                return evolve(node, term=self.key(name, node.span))
            case a.Insert(text=text) | a.Substitute(text=text):
                return evolve(node, text=self.declaration(text))
            case a.Unknown(targets=targets):
                return evolve(node, targets=self.words(targets))
            case a.Rename(target=target, name=name):
                return evolve(node, target=self.word(target), name=self.word(name))
            case a.Omit(kind=kind, target=target):
                return node if kind == "provision" else evolve(node, target=self.word(target))
            case a.Replace() | a.InsertPart() | a.SubstitutePart() | a.OmitPart() | a.OmitAmendment():
                return evolve(node, target=self.word(node.target))
            case a.Saved(entity=entity):
                return evolve(node, entity=self.word(entity))
            case d.Given():
                entity = node.entity if node.entity.name == EVERYONE else self.word(node.entity)
                return evolve(node, entity=entity, roles=self.words(node.roles))
        return node

    def declaration(self, declaration: d.Declaration) -> Any:
        """A declaration with its own name, those that it uses, and those in its sentences as keys."""
        found: Any = rewritten(declaration, self.node)
        changes: dict[str, Any] = {}
        for one in ("of", "holder", "over"):
            word = getattr(found, one, None)
            if isinstance(word, Word) and word.name != EVERYONE:
                changes[one] = self.word(word)
        for many in ("contains", "excepted", "amends", "after", "about"):
            if getattr(found, many, ()):
                changes[many] = self.words(getattr(found, many))
        if not isinstance(found, d.Scheme) and getattr(found, "name", None):
            changes["name"] = self.key(found.name, found.name_span)
        if isinstance(getattr(found, "because", None), str):
            changes["because"] = self.sentence(found.because, found.name_span)
        return evolve(found, **changes) if changes else found

    def sentence(self, text: str, span: Span) -> str:
        """A `because` with the names in its braces as keys."""
        return IN_BRACES.sub(lambda named: f"{{{self.key(named[1], span)}}}", text)
