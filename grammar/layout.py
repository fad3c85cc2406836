"""Where the words of a declaration stand: which begin a line, how deep, how each is spelt, and where a long line is broken.

Everything follows from the parse tree and the tables below; nothing from the white space that was there. What one clause looks
like depends on no other, so that a change to one leaves the lines of all others as they were.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import field, frozen
from lark import Token

from grammar.trees import NOWHERE, Tree

_REMARKS = frozenset({"cite", "note", "because", "made_by"})
_HEADS = frozenset({"cite", "note", "because", "bounds", "payable", "refuses"})
_BODY = frozenset({"main", "alternative", "exception", "reading"})
_ROWS = frozenset({"row", "otherwise_row"})
_BANDS = frozenset({"band", "last_band"})

_OPERATION_CLAUSES = frozenset({"takes_effect", "made_by_place", "saved", "cite", "note"})

_NOTICE_CLAUSES = frozenset(
    {"addressed", "time_limit", "limit_not_encoded", "no_time_limit", "period", "cite", "made_by", "note"}
)

_CLAUSES: Mapping[str, frozenset[str]] = {
    "instrument": frozenset(
        {"number", "made", "made_before", "commences", "when_appointed", "source", "rounding_policy"}
        | {"short_months_last", "short_months_next", "note"}
    ),
    "amendment": frozenset(
        {"number", "amends", "made", "made_before", "commences", "when_appointed", "source", "rounding_policy"}
        | {"short_months_last", "short_months_next", "note"}
    ),
    "operation": _OPERATION_CLAUSES,
    "replace": frozenset({"being", "other_value"}),
    "scheme": frozenset({"uses", "note"}),
    "input": frozenset({"default", "bounds", "ask", "decided_by", "cite", "note"}),
    "figure": frozenset({"cite", "note", "because", "dated", "dated_otherwise"}),
    "rule": _HEADS | _BODY | {"version", "version_otherwise"},
    "version": _BODY,
    "version_otherwise": frozenset({"unknown"}),
    "reading": frozenset({"main", "alternative"}),
    "main": _REMARKS,
    "alternative": _REMARKS,
    "exception": _REMARKS | {"prevails", "period"},
    "table": _HEADS | _ROWS | {"table_version"},
    "table_version": _ROWS,
    "scale": frozenset({"cite", "note", "because", "scale_version"}) | _BANDS,
    "scale_version": _BANDS,
    "provision_not_encoded": frozenset({"affecting", "period", "cite", "note"}),
    "provision_discretionary": frozenset({"affecting", "period", "cite", "note"}),
    "challenge": _NOTICE_CLAUSES | {"giving", "comes_after"},
    "duty": _NOTICE_CLAUSES | {"about", "also"},
    "every_figure": frozenset({"every_except", "period", "cite", "note"}),
    "example": frozenset({"chosen", "cite", "note", "given", "given_everyone", "suppose"}),
    "case": frozenset({"note", "given", "given_everyone"}),
    "given": frozenset({"fact", "daily"}),
    "given_everyone": frozenset({"fact", "daily"}),
}
"""Inside what (a rule of the grammar), what begins a line, one level deeper. All else stays on the line."""

_FIRST_WORDS = frozenset({("example", "ON"), ("example", "EXPECT"), ("table", "BY"), ("table_version", "BY")})
"""Words that begin a line as a clause would, inside what."""

_DEEPER = frozenset({"expect_value", "expect_not_encoded", "limb"})
"""What begins a line two levels deeper: below such a word, and the limbs of a condition."""

_AS_IF_ABSENT = frozenset({"body", "columns"})
"""Rules of the grammar that hold clauses together and have no place of their own."""

_PARTS_OF_A_WORD = frozenset({"time_unit", "per_time", "per_unit"})
"""Rules of the grammar that say less of a word than the rule around them does."""

_CASES = frozenset({"main", "alternative", "exception"})

_BREAKS_BEFORE: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(_CASES, frozenset({"WHEN"})),
    **dict.fromkeys(("sum_of", "highest_of", "lowest_of", "earliest_of", "latest_of"), frozenset({"OVER"})),
    **dict.fromkeys(("any_of", "all_of", "none_of"), frozenset({"MEET"})),
    **dict.fromkeys(("each_complete", "each_started"), frozenset({"FOR"})),
    **dict.fromkeys(("within", "not_within"), frozenset({"BEGINNING"})),
    "on_day": frozenset({"ON"}),
    **dict.fromkeys(("on_any_day", "on_every_day", "on_no_day", "on_days_running"), frozenset({"ON", "IN"})),
    "days": frozenset({"WHERE"}),
    "dated_otherwise": frozenset({"ON"}),
    "length_before": frozenset({"BEFORE"}),
    "length_beginning": frozenset({"BEGINNING"}),
    "length_ending": frozenset({"ENDING"}),
    "days_from_to": frozenset({"FROM", "TO"}),
    "daily": frozenset({"DAY_BY_DAY"}),
    "or_": frozenset({"OR"}),
    "and_": frozenset({"AND"}),
    "sum": frozenset({"PLUS", "MINUS"}),
    "product": frozenset({"TIMES", "DIVIDE"}),
    "rank": frozenset({"BY", "THEN", "TIES"}),
    "row": frozenset({"GIVES"}),
    "group": frozenset({"WHERE"}),
    "decided_by": frozenset({"APPLYING"}),
    "unknown": frozenset({"SUBSTITUTE"}),
    "provision_not_encoded": frozenset({"NOT_ENCODED"}),
    "limit_not_encoded": frozenset({"NOT_ENCODED"}),
    "time_limit": frozenset({"AFTER"}),
    "provision_discretionary": frozenset({"DISCRETIONARY"}),
    "replace": frozenset({"FOR", "SUBSTITUTE"}),
}
"""Inside what, before which words a line that is too long is broken; it is also broken after every comma."""

_BREAKS_AFTER = frozenset(
    {("COLON", "choice"), ("COLON", "limb_cites")}
    | {("LPAR", kind) for kind in ("lower_of", "higher_of", "earlier_of", "later_of", "one_of")}
)
"""After what, inside what, something begins that may be long; the first item of a list is then set as the others are."""

_PARTS_OF_A_LINE = _REMARKS | {"period", "being", "reported", "fact_source", "standing", "given_as", "evidence"}
"""What belongs to one fact, and so to its line (of a dated value, a version, a row); broken before when that is too long."""

_GOES_ON = frozenset({("limb_cites", "cite"), ("dated_otherwise", "period")})
"""Inside what, which of them stays with the words before it."""

_SPELLINGS = {"*": "×", "/": "÷", "−": "-", "≥": ">=", "≤": "<="}
_UNIT_WORDS = frozenset({"HOURS", "DAYS", "WEEKS", "MONTHS", "YEARS"})
_COLON_AT_THE_WORD = frozenset({"exception", "row", "limb_cites", "short_months_last", "short_months_next"})


@frozen
class Word:
    """A token in its place."""

    text: str
    """As it is spelt in every formatted file."""
    level: int | None
    """How deep the line is that it begins; None where it goes on with one."""
    breaks: int | None
    """How deep in its clause the place before it is where a long line may be broken, the outermost first; None for nowhere."""
    is_glued: bool
    """Whether it follows the word before it without a space."""


def words(piece: Sequence[Token], tree: Tree) -> list[Word]:
    """The tokens of one declaration, each in its place."""
    places = _Places(piece)
    places.visit(tree, str(tree.data), 0, 0)
    places.levels[0] = 0
    return [places.word(position) for position in range(len(piece))]


@frozen
class _Holder:
    """The innermost rule of the grammar that holds a token: the level of its clause, and how deep in the clause it is."""

    kind: str
    level: int
    depth: int


@frozen
class _Places:
    """What the tree says of each token of a declaration, by position."""

    tokens: Sequence[Token]
    levels: dict[int, int] = field(factory=dict)
    holders: dict[int, _Holder] = field(factory=dict)
    breaks: dict[int, int] = field(factory=dict)
    _starts: dict[int, int] = field(init=False)
    _ends: dict[int, int] = field(init=False)

    @_starts.default
    def _start_positions(self) -> dict[int, int]:
        return {token.start_pos or 0: position for position, token in enumerate(self.tokens)}

    @_ends.default
    def _end_positions(self) -> dict[int, int]:
        return {token.end_pos or 0: position + 1 for position, token in enumerate(self.tokens)}

    def visit(self, tree: Tree, inside: str, level: int, depth: int) -> None:
        """Notes what a part of the tree says of its tokens; its own parts, visited later, say it more exactly."""
        first, last = self._starts[tree.start], self._ends[tree.end]
        for position in range(first, last):
            self.holders[position] = _Holder(inside, level, depth)
        for part in tree.children:
            if not isinstance(part, Tree) or part.start == NOWHERE:
                continue
            kind = str(part.data)
            start = self._starts[part.start]
            if kind in _CLAUSES.get(inside, ()) or kind in _DEEPER:
                below = level + 1 + (kind in _DEEPER)
                self.levels[start] = below
                self.visit(part, kind, below, 0)
            elif kind in _AS_IF_ABSENT:
                self.visit(part, inside, level, depth)
            elif kind not in _PARTS_OF_A_WORD:
                if kind in _PARTS_OF_A_LINE and (inside, kind) not in _GOES_ON:
                    self.breaks[start] = depth
                self.visit(part, kind, level, depth + 1)
        if inside == "daily":
            self._set_weeks_apart(first, last, depth)
        if inside in _CASES:
            self._set_apart_from_limbs(first, last, level)

    def _set_apart_from_limbs(self, first: int, last: int, level: int) -> None:
        """Where limbs stand before `when`, it begins a line as they do."""
        has_limbs = False
        for position in range(first, last):
            has_limbs = has_limbs or self.tokens[position].type == "LIMB"
            if has_limbs and self.tokens[position].type == "WHEN" and self.holders[position].kind in _CASES:
                self.levels[position] = level + 2

    def _set_weeks_apart(self, first: int, last: int, depth: int) -> None:
        """Values day by day are broken, where they are too many for a line, after each seventh."""
        commas = [position for position in range(first, last) if self.tokens[position].type == "COMMA"]
        for position in commas[6::7]:
            self.breaks[position + 1] = depth

    def word(self, position: int) -> Word:
        holder = self.holders[position]
        is_first = (holder.kind, self.tokens[position].type) in _FIRST_WORDS
        level = holder.level + 1 if is_first else self.levels.get(position)
        return Word(self._spelling(position), level, self._break(position), self._is_glued(position))

    def _break(self, position: int) -> int | None:
        if position in self.breaks or position == 0:
            return self.breaks.get(position)
        token, before = self.tokens[position], self.tokens[position - 1]
        holder, outer = self.holders[position], self.holders[position - 1]
        if token.type in _BREAKS_BEFORE.get(holder.kind, ()):
            return holder.depth
        if (before.type, outer.kind) in _BREAKS_AFTER:
            return outer.depth
        if before.type == "COMMA" and outer.kind != "daily":
            return outer.depth - (outer.kind in ("floor", "ceiling"))  # the comma stands before the limit, as before a rounding
        return None

    def _is_glued(self, position: int) -> bool:
        if position == 0:
            return False
        token, before = self.tokens[position], self.tokens[position - 1]
        inside = self.holders[position].kind
        match token.type:
            case "COMMA" | "RPAR":
                return True
            case "COLON":
                return inside in _COLON_AT_THE_WORD
            case "PERCENT":
                return inside == "percent"
        return before.type == "LPAR" or (before.type == "MINUS" and self.holders[position - 1].kind == "negative")

    def _spelling(self, position: int) -> str:
        token = self.tokens[position]
        inside = self.holders[position].kind
        before = self.tokens[position - 1] if position else None
        match token.type:
            case "STRING":
                return str(token) if '"' in token[1:-1] else f'"{token[1:-1]}"'
            case "YES_NO" | "LIMB":
                return "".join(token.split())
            case "PER_TIME":
                return _per(token.split()[1], inside)
            case "NEAREST" if before is not None and before.type != "THE":
                return "the nearest"
            case kind if kind in _UNIT_WORDS and before is not None:
                return _number_of(str(token), inside, before)
        return _SPELLINGS.get(str(token)) or " ".join(token.split())


def _per(unit: str, inside: str) -> str:
    """`£ an hour` is a type, `£7 per hour` an amount."""
    if inside != "unit_type":
        return f"per {unit}"
    return f"an {unit}" if unit == "hour" else f"a {unit}"


def _number_of(word: str, inside: str, before: Token) -> str:
    """One or several, as grammar has it: `1 hour`, `2 hours`, `hours a week`, `by the week`, `short months: last day`."""
    one = word.removesuffix("s")
    match inside:
        case "quantity":
            return one if before == "1" else f"{one}s"
        case "payable":
            return one
        case "short_months_last" | "short_months_next":
            return f"{one}s" if before.type == "SHORT" else one
        case "unit_type" | "elapsed":
            return f"{one}s"
    return word
