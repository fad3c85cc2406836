"""Whether what people are told beside an award holds together: what comes before a challenge, and what a duty is about."""

from __future__ import annotations

from collections.abc import Iterator

from engine.book.consolidate import Book
from grammar import declarations as d
from grammar.problems import Place, Problem
from grammar.syntax import Word
from grammar.words import closest


def check_notices(book: Book, problems: list[Problem]) -> None:
    """Every name after `after` is that of a challenge, and none comes after itself; every name after `about` is a fact's."""
    for name, one in book.notices.items():
        match one.text:
            case d.Challenge(after=after):
                for word in after:
                    problems += _no_challenge(book, word, name)
            case d.Duty(about=about):
                for word in about:
                    problems += _no_fact(book, word, name)
    problems += _circles(book)


def _no_challenge(book: Book, word: Word, subject: str) -> Iterator[Problem]:
    notice = book.law.notices.get(word.name)
    if notice is not None and notice.kind == "challenge":
        return
    if word.name not in book.law.unread:
        names = [name for name, found in book.law.notices.items() if found.kind == "challenge" and name != subject]
        near = closest(word.name, names)
        fix = f"Write `{near}`." if near else f'Declare it: `challenge {word.name} "What to do first"` with `within` and `cite`.'
        message = f"There is no challenge called `{word.name}`."
        yield Problem(code="unknown-name", message=message, place=Place(word.span, "comes before it"), subject=subject, fix=fix)


def _no_fact(book: Book, word: Word, subject: str) -> Iterator[Problem]:
    law = book.law
    if word.name in law.inputs or word.name in law.unread:
        return
    place = Place(word.span, "is not a fact")
    if word.name in law.provisions:
        below = _facts_below(book, word.name)
        listed = ", ".join(f"`{name}`" for name in below[:5])
        fix = f"Name the facts that it follows from: {listed}." if below else "Leave it out: no fact can change it."
        message = f"`{word.name}` is a {law.provisions[word.name].kind}, and nobody reports what the rules say."
        yield Problem(code="not-a-fact", message=message, place=place, subject=subject, fix=fix)
        return
    near = closest(word.name, law.inputs)
    message = f"There is no fact called `{word.name}`."
    fix = f"Write `{near}`." if near else "If it is something that people tell us, declare it as an input."
    yield Problem(code="unknown-name", message=message, place=place, subject=subject, fix=fix)


def _facts_below(book: Book, name: str) -> list[str]:
    """The facts on which a provision rests in any version, in alphabetical order."""
    law, seen, waiting = book.law, {name}, [name]
    while waiting:
        new = [other for other in law.ever.names.get(waiting.pop(), ()) if other not in seen]
        seen.update(new)
        waiting += new
    return sorted(seen & law.inputs.keys())


def _circles(book: Book) -> Iterator[Problem]:
    """Challenges each of which comes after another of them: nobody could begin."""
    before = {name: [word.name for word in getattr(one.text, "after", ())] for name, one in book.notices.items()}
    done: set[str] = set()
    for start in before:
        path = [start]
        while path and start not in done:
            following = next((name for name in before.get(path[-1], ()) if name in before and name not in done), None)
            if following is None:
                done.add(path.pop())
            elif following in path:
                circle = path[path.index(following) :]
                done.update(path)
                yield _circle(book, circle)
            else:
                path.append(following)


def _circle(book: Book, circle: list[str]) -> Problem:
    first = book.notices[circle[0]].text
    way = " → ".join(f"`{name}`" for name in [*circle, circle[0]])
    spans = [book.notices[name].text.name_span for name in circle]
    return Problem(
        code="circle",
        message=f"Nobody could begin: each of these comes after the next: {way}.",
        place=Place(first.name_span, "comes after itself" if len(circle) == 1 else "begins and ends here"),
        second=Place(spans[1], "goes through here") if len(spans) > 1 else None,
        subject=circle[0],
        fix="Take a name out of `after` where the law lets people begin.",
    )
