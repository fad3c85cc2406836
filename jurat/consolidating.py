"""The consolidated text of a book: what its rules say on a day, as rule files that can be loaded by themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from attrs import frozen

from engine.book.consolidated import SchemeText, days_in_force
from engine.book.consolidated import consolidated as scheme_texts
from engine.values import day_words
from grammar.problems import Problem, errors
from grammar.words import closest
from grammar.writing import written
from jurat.rulebook import Rules


@frozen(slots=False, eq=False, repr=False)
class Consolidation:
    """What rules say on a day, a text for each scheme; or what kept it from being told."""

    texts: Mapping[str, str]
    """By the name of the scheme; "" for what belongs to none."""
    problems: tuple[Problem, ...] = ()
    drafts: tuple[str, ...] = ()
    """Drafts that were applied: they count in the texts too only where they are named."""

    @property
    def files(self) -> Mapping[str, str]:
        """The texts by the place of each in a folder of rules."""
        return {f"{name}/{name}.rules" if name else "law.rules": text for name, text in self.texts.items()}


def consolidated(rules: Rules, on: date, known: date | None = None, instrument: str | None = None) -> Consolidation:
    """The rules as they stand on a day, as known on another (None: as known today), each provision with what made it so.

    Of an `instrument`, named as in the rule files: its provisions, and those on which they rest.
    """
    law = rules.law
    key = None if instrument is None else law.keys.of(instrument)
    if key is not None and key not in law.instruments:
        near = closest(key, (*law.instruments, *law.keys.schemes))
        fix = f"Write `{near}`." if near else 'Name it as its rule file does: `instrument name "Title"`.'
        message = f"There is no instrument called `{key}`."
        found = law.provisions.get(key) or law.notices.get(key)
        if found is not None and found.instrument is not None:
            own = law.keys.permanent(found.instrument).rpartition(".")[2]
            message, fix = f"`{key}` is a {found.kind} of `{own}`.", f"Write `{own}`; or ask `jurat history {key}`."
        return Consolidation({}, (Problem(code="unknown-instrument", message=message, fix=fix),))
    problems = errors([*rules.problems, *rules.on(on, known).problems])
    if problems:
        return Consolidation({}, tuple(problems))
    texts = scheme_texts(law, on, known, key)
    drafts = tuple(name for text in texts for name in text.drafts)
    return Consolidation({text.scheme: file_text(text, on, known) for text in texts}, drafts=drafts)


def not_in_force(
    rules: Rules, on: date, known: date | None, instrument: str | None, files: Collection[str] | None = None
) -> str | None:
    """That nothing of an instrument, or of these rule files, is in force on a day, and when it is; None where something is."""
    law = rules.law
    days = days_in_force(law, known, None if instrument is None else law.keys.of(instrument), files)
    if days is None or any(start <= on and (end is None or on <= end) for start, end in days):
        return None
    said = f"is in force on {day_words(on)}"
    coming = [start for start, _ in days if start > on]
    if coming:
        return f"{said}; the {'first' if len(coming) == len(days) else 'next'} of it begins on {day_words(min(coming))}"
    if not days:
        return f"{said}{f', and nothing of it had been made by {day_words(known)}' if known else ''}"
    return f"{said}; the last of it ended on {day_words(max(end for _, end in days if end is not None))}"


def file_text(text: SchemeText, on: date, known: date | None = None) -> str:
    """What one file holds."""
    return "".join(_lines(text, on, known))


def _lines(text: SchemeText, on: date, known: date | None) -> Iterator[str]:
    """A file: what it is, then each declaration, an empty line between two."""
    title = text.title or "The law"
    yield f"# {title} as it stands on {day_words(on)}{f', as known on {day_words(known)}' if known else ''}.\n"
    for name in text.drafts:
        yield f"# With the draft {name}: it is no law, and counts only where it is named (--with {name}).\n"
    for name in text.unmade:
        yield f"# {name} is named, and is no law: not made{f' by {day_words(known)}' if known else ''}, or waiting for its day.\n"
    for heading, declarations in (
        ("", text.own),
        ("# ---- What these rest on ----", text.rest),
        ("# ---- Instruments that are named above ----", text.makers),
    ):
        if heading and declarations:
            yield f"\n{heading}\n"
        for declaration in declarations:
            yield f"\n{written(declaration, text.called)}"
