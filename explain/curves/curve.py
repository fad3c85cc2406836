"""An award along one fact as every format tells it: pieces, where it turns and why, roundings set aside, and a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from attrs import frozen

from engine.graph import Graph, Term
from engine.types import Type
from engine.values import Exact, Refusal
from engine.varying.kinds import Breakpoint, Cause, Curve, Found, Piece, Sampled
from explain.curves.picture import Picture, picture
from explain.drafts import with_drafts
from explain.phrases import day_words, numbered, paired, sentence, worded
from explain.telling.voices import in_words
from explain.templating import TextFormat, rendered

MOST_ROWS = 60
"""Of pieces, and of breakpoints; the data has them all."""


@frozen
class PieceRow:
    """A piece: from where to where, what the answer is there, and what one more of the fact changes."""

    ends: str
    answer: str
    rate: str
    is_refused: bool = False


@frozen
class TurnRow:
    """A breakpoint: where, what happens, what in the rules makes it, and the answer around it."""

    place: str
    exactly: str
    what: str
    causes: tuple[str, ...]
    around: tuple[tuple[str, str], ...]


@frozen
class SideView:
    """The award under one law."""

    label: str
    given: str
    """What the case itself gives."""
    pieces: tuple[PieceRow, ...]
    turns: tuple[TurnRow, ...]
    more: int
    """How many breakpoints are not told."""
    aside: tuple[tuple[str, str], ...]
    """Each rounding set aside, and the most that it changes."""
    sampled: tuple[str, ...]
    samples: tuple[tuple[str, str], ...]


@frozen
class CurveView:
    title: str
    drafts: tuple[str, ...]
    """That one side is the law with drafts, which are not law."""
    along: str
    """`Gross earnings of anna, from £0.00 a week to £20,000.00 a week`."""
    fact: str
    answer: str
    sides: tuple[SideView, ...]
    picture: Picture | None
    """None for what is no number, and yes or no."""


def told_curves(curves: Sequence[Curve], labels: Sequence[str]) -> CurveView:
    """One curve, or the same under two laws."""
    first = curves[0]
    fact = of(first.fact.term, first.fact.path)
    low, high = (amount(end, first.fact.term.type) for end in (first.low, first.high))
    return CurveView(
        title=sentence("{answer} along {fact}", answer=of(first.term, first.path), fact=fact),
        drafts=with_drafts(curves[-1].graph.drafts, curves[-1].graph.on),
        along=sentence("From {low} to {high}", low=low, high=high),
        fact=fact,
        answer=of(first.term, first.path),
        sides=tuple(_side(curve, label) for curve, label in zip(curves, labels, strict=True)),
        picture=picture(curves),
    )


def render_curves(view: CurveView, form: TextFormat) -> str:
    return rendered("curve", form, found=view)


# ---- words ----------------------------------------------------------------------------------------------------------


def of(term: Term, path: Sequence[str]) -> str:
    return sentence("{title} of {whose}", title=term.title, whose=path[-1]) if path else term.title


def amount(value: Fraction, type_: Type, per: bool = True) -> str:
    """An exact amount as it is written; one without an end in decimals ends in `…`. A day by its number in the calendar."""
    if type_.is_date:
        return day_words(date.fromordinal(int(value)))
    return Exact(value.numerator, type_, value.denominator).words(per)


def answer_words(found: Found) -> str:
    return _refused(found.refusal) if found.refusal else found.exact.words() if found.exact else ""


def _refused(refusal: Refusal) -> str:
    return sentence("refused: {reasons}", reasons=" ".join(reason.message for reason in refusal.reasons))


def rate_words(curve: Curve, rate: Fraction) -> str:
    """`£0.775 less for each £1.00 more`."""
    if curve.fact.term.type.is_date:
        return ""
    if not rate:
        return sentence("does not change")
    one = amount(abs(rate), curve.term.type, per=False)
    each = amount(Fraction(1), curve.fact.term.type, per=False)
    more, less = worded("{change} more for each {amount} more"), worded("{change} less for each {amount} more")
    return sentence(more if rate > 0 else less, change=one, amount=each)


def _piece_row(curve: Curve, piece: Piece) -> PieceRow:
    low, high = (amount(end, curve.fact.term.type) for end in (piece.low, piece.high))
    ends = low if piece.low == piece.high else sentence(_ENDS[piece.holds_low, piece.holds_high], low=low, high=high)
    if piece.refusal:
        return PieceRow(ends, _refused(piece.refusal), "", is_refused=True)
    if piece.at_low is None:
        assert not isinstance(piece.value, Refusal | tuple)
        return PieceRow(ends, Exact(piece.value, curve.term.type, curve.term.scale).words(), "")
    last = piece.at(piece.high)
    assert last is not None
    first, *others = dict.fromkeys(amount(end, curve.term.type) for end in (piece.at_low, last))
    answer = sentence("{low} to {high}", low=first, high=others[0]) if others else first
    return PieceRow(ends, answer, rate_words(curve, piece.rate))


_ENDS = {
    (True, True): worded("{low} to {high}"),
    (True, False): worded("{low} to under {high}"),
    (False, True): worded("over {low} to {high}"),
    (False, False): worded("over {low} to under {high}"),
}


def cause_words(graph: Graph, cause: Cause, is_whole: bool = False) -> str:
    """`Calculated income is at most Total of the components, in Income is low enough (Article 5)`."""
    place = f" ({cause.term.citation})" if cause.term.citation else ""
    if is_whole:
        return f"{of(cause.term, cause.path)}{place}"
    if cause.node is None:
        return sentence("the range of {fact}", fact=of(cause.term, cause.path)) + place
    words = in_words(graph, cause.node)
    by_policy = cause.node.mechanism == "rounding" and cause.node.detail[2]
    told = worded("{words}, as its instrument rounds all money, in {rule}") if by_policy else worded("{words}, in {rule}")
    return sentence(told, words=f"{words[:1].upper()}{words[1:]}", rule=of(cause.term, cause.path)) + place


def what_happens(curve: Curve, turn: Breakpoint) -> str:
    """In a sentence: it jumps, ends, begins, is refused, or goes on at another rate."""
    before, after = turn.before, turn.after
    if before is None or after is None:
        return sentence(
            worded("From here on it is sampled.") if after is None else worded("From here on it is worked out again.")
        )
    if after.refusal:
        return sentence(worded("It is refused for another reason.") if before.refusal else worded("From here on it is refused."))
    if before.refusal:
        return sentence("From here on it can be given.")
    if turn.is_jump:
        is_day, (first, last) = curve.fact.term.type.is_date, turn.sides
        return sentence(
            worded("It goes from {first} (on {before}) to {last} (on {after}) at once.")
            if is_day
            else worded("It goes from {first} (at {before}) to {last} (at {after}) at once."),
            first=answer_words(first),
            before=first.place.words(),
            last=answer_words(last),
            after=last.place.words(),
        )
    if after.at(turn.at) == 0 and not after.rate:
        return sentence("It comes to nothing.")
    if not before.rate and not before.at(turn.at):
        return sentence("It begins: {rate}.", rate=rate_words(curve, after.rate))
    rates = rate_words(curve, before.rate), rate_words(curve, after.rate)
    return sentence("From here on {after}; before, {before}.", before=rates[0], after=rates[1])


def _turn_row(curve: Curve, turn: Breakpoint) -> TurnRow:
    whole = (turn.at * curve.fact.term.scale).denominator == 1
    return TurnRow(
        amount(turn.at, curve.fact.term.type),
        "" if whole else str(turn.at),
        what_happens(curve, turn),
        tuple(dict.fromkeys(cause_words(curve.graph, cause, curve.fact.term.type.is_date) for cause in turn.causes)),
        tuple((found.place.words(), answer_words(found)) for found in turn.found),
    )


def _side(curve: Curve, label: str) -> SideView:
    type_, given = curve.term.type, ""
    if curve.given:
        place, answer = curve.given.place.words(), answer_words(curve.given)
        given = sentence("In the case: {place} gives {answer}.", place=place, answer=answer)
    return SideView(
        label=label,
        given=given,
        pieces=tuple(_piece_row(curve, piece) for piece in curve.pieces[:MOST_ROWS]),
        turns=tuple(_turn_row(curve, turn) for turn in curve.breakpoints[:MOST_ROWS]),
        more=max(0, len(curve.breakpoints) - MOST_ROWS),
        aside=tuple(
            (cause_words(curve.graph, Cause(one.term, one.path, one.node)), _most(one.most, type_)) for one in curve.set_aside
        ),
        sampled=tuple(_sampled(curve, one) for one in curve.sampled),
        samples=tuple(_samples(curve)),
    )


def _most(most: Fraction, type_: Type) -> str:
    """`£0.005 a week (1/200)`."""
    return f"{amount(most, type_)} ({most})"


def _sampled(curve: Curve, one: Sampled) -> str:
    low, high = (amount(end, curve.fact.term.type) for end in (one.low, one.high))
    why = one.why if one.why[0].islower() else ""
    one_of, several = _SAMPLED_WHERE if why else _SAMPLED
    told = numbered(one_of, several, len(one.found), low=low, high=high, why=why)
    return f"{told}: {of(one.cause.term, one.cause.path)}" if one.cause else told


_SAMPLED = paired("{low} to {high}: sampled at {number} value", "{low} to {high}: sampled at {number} values")
_SAMPLED_WHERE = paired(
    "{low} to {high}: sampled at {number} value, where {why}", "{low} to {high}: sampled at {number} values, where {why}"
)


def _samples(curve: Curve) -> Iterator[tuple[str, str]]:
    """Of each stretch that is sampled about ten of the values."""
    for one in curve.sampled:
        for found in one.found[:: max(1, len(one.found) // 10)]:
            yield found.place.words(), answer_words(found)
