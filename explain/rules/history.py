"""The life of a provision as it is told: each text with its days, what made it so, and the words that changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, Literal, get_args

from attrs import evolve

from engine.book.differences import Difference
from engine.book.history import Era, History, Made
from explain.phrases import day_words, sentence, worded
from explain.templating import as_markdown
from grammar import declarations as d
from grammar.syntax import Expr, Tree, TypeText, Word
from grammar.writing import written, written_part, written_value
from grammar.writing_provisions import refuses, time_limit
from grammar.writing_values import Writer

HistoryFormat = Literal["text", "md", "json"]
_VALUES = get_args(Expr)


def history_text(history: History, form: HistoryFormat = "text") -> str:
    """The whole life of a provision in one of its formats."""
    match form:
        case "json":
            return json.dumps(_data(history), ensure_ascii=False, indent=2) + "\n"
        case "md":
            return "\n".join(_markdown(history)) + "\n"
        case _:
            return "\n".join(_text(history)) + "\n"


# ---- words ----------------------------------------------------------------------------------------------------------


def _what(history: History) -> str:
    kind = sentence(_KINDS[history.kind], name=history.name)
    if not history.instrument:
        return f"{history.title}: {kind}"
    return sentence("{title}: {provision} of {instrument}", title=history.title, provision=kind, instrument=history.instrument)


_KINDS = {
    "rule": worded("the rule {name}"),
    "figure": worded("the figure {name}"),
    "table": worded("the table {name}"),
    "scale": worded("the scale {name}"),
    "group": worded("the group {name}"),
    "challenge": worded("the challenge {name}"),
    "duty": worded("the duty {name}"),
}


def days_of(era: Era) -> str:
    """`From 1 October 2010 to 31 March 2012`."""
    last = day_words(era.until) if era.until else ""
    if era.start is None:
        return sentence("Always to {last}", last=last) if last else sentence("Always")
    first = day_words(era.start)
    return sentence("From {first} to {last}", first=first, last=last) if last else sentence("From {first} on", first=first)


def maker_words(made: Made) -> str:
    place = f"{made.title}, {made.provision}" if made.provision else made.title
    if made.made is None:
        return sentence("{place} (a draft)", place=place)
    if made.made_before:
        return sentence("{place}, made before {day}", place=place, day=day_words(made.made + timedelta(days=1)))
    return sentence("{place}, made on {day}", place=place, day=day_words(made.made))


def why_of(era: Era, number: int) -> str:
    if era.makers:
        return sentence("By {makers}", makers="; ".join(map(maker_words, era.makers)))
    if era.saves_no_longer:
        return sentence("It no longer stands as it was for anybody")
    return sentence(worded("By no instrument") if number == 1 else worded("A time that it was to hold for has ended"))


def saved_of(era: Era) -> Iterator[str]:
    for one in era.saved:
        last = day_words(one.until) if one.until else ""
        whose, condition = era.named(one.entity), written_value(one.condition, era.named)
        yield sentence(_SAVED_UNTIL if last else _SAVED, whose=whose, condition=condition, last=last)


_SAVED = worded("It stands as it was for each {whose} for which {condition}.")
_SAVED_UNTIL = worded("It stands as it was for each {whose} for which {condition}, until {last}.")


def renamed_of(era: Era) -> str:
    return sentence("{before} is called {name}.", before=era.before or "", name=era.called)


def words_of(tree: Any, era: Era) -> list[str]:
    """What was there or is there, as a rule file would have it."""
    called = era.named
    match tree:
        case None | () | False:
            return []
        case str():
            return [f"“{tree}”"]
        case tuple():
            return [line for item in tree for line in words_of(item, era)]
        case d.Figure() | d.Rule() | d.Table() | d.Scale() | d.Group() | d.Challenge() | d.Duty():
            return written(tree, called).splitlines()
        case d.TimeLimit():
            return [time_limit(Writer(called), tree)]
        case Word(name=name):
            return [called(name)]
        case d.Payable(by=by, rounding=rounding):
            how = f", {Writer(called).rounding(rounding)}" if rounding else ""
            return [f"payable by the {by}{how}"]
        case d.Refuses():
            return list(refuses(Writer(called), tree))
        case TypeText():
            return [Writer(called).type(tree)]
        case Tree() if hasattr(tree, "text") and hasattr(tree, "instrument"):
            return [Writer(called).cite(tree)]  # type: ignore[arg-type]
        case _ if isinstance(tree, _VALUES):
            return [written_value(tree, called)]
        case d.ExceptionClause() | d.Row():
            return written_part(evolve(tree, period=None, made_by=()), called).splitlines()  # those are told of the text
        case d.Alternative() | d.Band() | d.Reading():
            return written_part(tree, called).splitlines()
    return [tree.span.text]


def text_of(era: Era) -> list[str]:
    return [] if era.text is None else written(era.text, era.named).splitlines()


# ---- formats --------------------------------------------------------------------------------------------------------


def _text(history: History) -> Iterator[str]:
    yield _what(history)
    for number, era in enumerate(history.eras, 1):
        yield ""
        yield f"{number}. {days_of(era)}"
        yield f"   {why_of(era, number)}."
        if era.before is not None:
            yield f"   {renamed_of(era)}"
        yield from (f"   {line}" for line in saved_of(era))
        if era.text is None:
            yield "   " + sentence("Nothing of it is in force.")
        for difference in era.differences:
            yield from _marked(difference, era, lambda line, mark: f"     {mark} {line}", "   ")
        if era.text is not None and (number == 1 or not (era.differences or era.before)):
            yield from (f"     {line}" for line in text_of(era))


def _marked(difference: Difference, era: Era, line: Callable[[str, str], str], margin: str) -> Iterator[str]:
    maker = era.of_parts.get(difference.where) if len(era.makers) > 1 else None
    if difference.where:
        where = sentence("In {place}, by {maker}:", place=difference.where, maker=maker_words(maker)) if maker else ""
        yield margin + (where or sentence("In {place}:", place=difference.where))
    yield from (line(words, "-") for words in words_of(difference.old, era))
    yield from (line(words, "+") for words in words_of(difference.new, era))


def _markdown(history: History) -> Iterator[str]:
    yield f"# {as_markdown(_what(history))}"
    for number, era in enumerate(history.eras, 1):
        yield ""
        yield f"## {days_of(era)}"
        yield ""
        yield as_markdown(f"{why_of(era, number)}.")
        if era.before is not None:
            yield ""
            yield sentence("{before} is called {name}.", before=f"`{era.before}`", name=f"`{era.called}`")
        for line in saved_of(era):
            yield ""
            yield as_markdown(line)
        if era.differences:
            yield ""
            yield "```diff"
            for difference in era.differences:
                yield from _marked(difference, era, lambda words, mark: f"{mark} {words}", "")
            yield "```"
        yield ""
        if era.text is None:
            yield sentence("Nothing of it is in force.")
            continue
        yield "```rules"
        yield from text_of(era)
        yield "```"


def _data(history: History) -> dict[str, Any]:
    return {
        "version": 1,
        "kind": history.kind,
        "name": history.name,
        "title": history.title,
        "instrument": history.instrument,
        "versions": [_era_data(era) for era in history.eras],
    }


def _era_data(era: Era) -> dict[str, Any]:
    return {
        "from": era.start.isoformat() if era.start else None,
        "until": era.until.isoformat() if era.until else None,
        "name": era.called,
        "renamed_from": era.before,
        "made_by": [_made_data(made) for made in era.makers],
        "saved": [
            {
                "for": era.named(one.entity),
                "when": written_value(one.condition, era.named),
                "until": one.until.isoformat() if one.until else None,
            }
            for one in era.saved
        ],
        "changes": [
            {
                "where": difference.where or None,
                "made_by": _made_data(era.of_parts[difference.where]) if difference.where in era.of_parts else None,
                "old": "\n".join(words_of(difference.old, era)) or None,
                "new": "\n".join(words_of(difference.new, era)) or None,
            }
            for difference in era.differences
        ],
        "text": "\n".join(text_of(era)) or None,
    }


def _made_data(made: Made) -> dict[str, Any]:
    return {
        "instrument": made.title,
        "provision": made.provision,
        "made": made.made.isoformat() if made.made else None,
        "made_before": made.made_before and made.made is not None,
    }
