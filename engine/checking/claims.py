"""What a condition says of the facts: a formula of the graph taken apart into what it asks of each input.

What cannot be taken apart (a sum over a group, one input compared with another) stands for itself, and may then be anything that
its range allows. So where two conditions are found to contradict each other, they do; where not, a household has to show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from attrs import define, field, frozen

from engine.book.law import Provision
from engine.checking.crossing import NEGATED, SWAPPED, Known, Line, Moving, combined, holds, itself, where
from engine.checking.domains import ALWAYS, NEVER, Among, Between, Domain, Joined, Key, Meant, Only, Said, all_of, any_of, between
from engine.digest import canonical
from engine.graph import Term
from engine.mechanisms.base import common_scale
from engine.nodes import Node, TermRead
from grammar.limits import YEARS

MOST = 10**24
"""Beyond any number that can be given (fifteen digits) over any scale of an input."""

DAYS = between(date(YEARS[0], 1, 1).toordinal(), date(YEARS[-1], 12, 31).toordinal())

DEEPEST = 50
"""How far terms are followed into the terms that they read; below that a term stands for itself."""

MOST_CASES = 32
"""How many cases of a term are told apart."""

_Case = tuple[tuple[Node, ...], Node | None, Node]
"""What must be no, what must be yes, and the value that then holds."""

_TODAY: Key = "the day of the award"


@frozen(eq=False)
class _Stated:
    """Stands for a term in a key: by its name, whatever it means on the day."""

    effect: str

    @property
    def at_all_times(self) -> str:
        """On other days too, it is the same term."""
        return self.effect


@frozen(eq=False)
class _ByName:
    """All terms, each as it stands in a key."""

    terms: Sequence[Term]

    def __getitem__(self, index: int) -> _Stated:
        return _Stated(self.terms[index].name)


@define(eq=False)
class Claims:
    """Takes conditions apart, for one day; with `on` None for any day, so that figures and the day itself stay open."""

    terms: Sequence[Term]
    choices: Mapping[str, tuple[str, ...]]
    on: date | None
    whole: dict[Key, Domain] = field(factory=dict)
    """All values that each variable may have."""
    _said: dict[tuple[int, bool], Said] = field(factory=dict)
    _found_cases: dict[int, list[tuple[Said, Node]]] = field(factory=dict)
    _lines: dict[int, Line] = field(factory=dict)
    _depth: int = 0

    def said(self, condition: Node, wanted: bool = True) -> Said:
        """What a condition says that is yes, or (`wanted` False) no; a refusal is neither."""
        known = self._said.get((id(condition), wanted))
        if known is None:
            known = self._said[id(condition), wanted] = self._worked_out(condition, wanted)
        return known

    def _worked_out(self, condition: Node, wanted: bool) -> Said:
        if self._depth > DEEPEST:
            return self._opaque(condition, wanted)
        self._depth += 1
        root = self._followed(condition)
        if root is None:
            found = any_of(*(all_of(guard, self._leaf(leaf, wanted)) for guard, leaf in self._cases(condition)))
        else:
            found = self.said(root, wanted)
            if isinstance(found, Joined):
                found = Meant(("is", condition.detail.term), Among(frozenset({wanted})), found)
        self._depth -= 1
        return found

    def _leaf(self, node: Node, wanted: bool) -> Said:
        match node.mechanism:
            case "literal":
                return ALWAYS if node.detail is wanted else NEVER
            case "and" | "all limbs":
                return (all_of if wanted else any_of)(*(self.said(part, wanted) for part in node.args))
            case "or" | "any limbs":
                return (any_of if wanted else all_of)(*(self.said(part, wanted) for part in node.args))
            case "none limbs":
                return (all_of if wanted else any_of)(*(self.said(part, not wanted) for part in node.args))
            case "not":
                return self.said(node.args[0], not wanted)
            case "is" if node.args[0].type.kind == "date or never":
                key = ("never", self._key(node.args[0]))
                self.whole.setdefault(key, Among(frozenset({True, False})))
                return Only(key, Among(frozenset({node.detail[1] is not wanted})))
            case "compare" | "within" | "in stretch" if any(arg.type.kind == "date or never" for arg in node.args):
                return self._opaque(node, wanted)
            case "compare":
                order = node.detail[0] if wanted else NEGATED[node.detail[0]]
                return self.compared(order, *node.args)
            case "within":
                day, start, after = node.args
                if node.detail is wanted:  # negated
                    return any_of(self.compared("<", day, start), self.compared(">=", day, after))
                return all_of(self.compared(">=", day, start), self.compared("<", day, after))
            case "in stretch":
                day, first, last = node.args
                if node.detail[0] is wanted:  # negated
                    return any_of(self.compared("<", day, first), self.compared(">", day, last))
                return all_of(self.compared(">=", day, first), self.compared("<=", day, last))
            case "in months":
                months, negated = node.detail
                return self._in_months(node, months, wanted, negated is wanted)
            case "is":
                answers, negated = node.detail
                return self.one_of(node.args[0], frozenset(answers), negated is wanted)
            case "term" if self.terms[node.detail.term].kind == "input":
                return self.one_of(node, frozenset({wanted}), excluded=False)
        return self._opaque(node, wanted)

    def _in_months(self, node: Node, months: tuple[int, ...], wanted: bool, excluded: bool) -> Said:
        """Of a day that varies, its month is a choice of twelve; of one that no calendar has nothing is known."""
        [day] = node.args
        line = self._line(day)
        if isinstance(line, Known):
            if not date.min.toordinal() <= line.value <= date.max.toordinal():
                return self._opaque(node, wanted)
            return ALWAYS if (date.fromordinal(line.value).month in months) is not excluded else NEVER
        key = ("month", self._key(day))
        whole = self.whole.setdefault(key, Among(frozenset(range(1, 13))))
        domain = whole.meet(Among(frozenset(months), excluded))
        return NEVER if domain.is_empty else ALWAYS if domain == whole else Only(key, domain)

    def _opaque(self, node: Node, wanted: bool) -> Said:
        key = ("holds", self._key(node))
        self.whole.setdefault(key, Among(frozenset({True, False})))
        return Only(key, Among(frozenset({wanted})))

    def differ(self, one: Node, other: Node) -> Said:
        """When two values of one term are not the same."""
        if self._key(one) == self._key(other):
            return NEVER
        kind = one.type.kind
        if one.type.is_number or kind == "date":
            return self.compared("≠", one, other)
        found = []
        for guard, leaf in self._cases(one):
            for second, its in self._cases(other):
                parts: Said
                value = its.detail if its.mechanism == "literal" else leaf.detail if leaf.mechanism == "literal" else None
                if value is not None and kind not in ("yes/no", "date or never"):
                    varying = leaf if its.mechanism == "literal" else its
                    parts = self.one_of(varying, frozenset({value}), excluded=True)
                elif kind == "yes/no":
                    pairs = [all_of(self.said(leaf, yes), self.said(its, not yes)) for yes in (True, False)]
                    parts = any_of(*pairs)
                else:
                    parts = NEVER if self._key(leaf) == self._key(its) else ALWAYS
                found.append(all_of(guard, second, parts))
        return any_of(*found)

    def is_zero(self, node: Node) -> Said:
        """When a number is 0."""
        cases = self._cases(node)
        return any_of(*(all_of(guard, self._zero(leaf)) for guard, leaf in cases))

    def _zero(self, leaf: Node) -> Said:
        line = self._line(leaf)
        if isinstance(line, Known):
            return ALWAYS if line.value == 0 else NEVER
        return self._crossing("=", line or self._itself(leaf), 1, 0)

    # ---- choices, yes and no, text --------------------------------------------------------------------------------------

    def one_of(self, left: Node, answers: frozenset[str | bool | date], excluded: bool) -> Said:
        found = []
        for guard, leaf in self._cases(left):
            part: Said
            if leaf.mechanism == "literal":
                part = ALWAYS if (leaf.detail in answers) is not excluded else NEVER
            elif left.type.kind == "yes/no" and not self._is_input(leaf):
                part = any_of(*(self.said(leaf, yes) for yes in (True, False) if (yes in answers) is not excluded))
            else:
                key = leaf.detail.term if self._is_input(leaf) else ("value", self._key(leaf))
                whole = self.whole.setdefault(key, self._values(leaf))
                domain = whole.meet(Among(answers, excluded))
                part = NEVER if domain.is_empty else Only(key, domain)
            found.append(all_of(guard, part))
        return any_of(*found)

    def _values(self, node: Node) -> Domain:
        match node.type.kind:
            case "yes/no":
                return Among(frozenset({True, False}))
            case "choice":
                return Among(frozenset(self.choices.get(node.type.choice or "", ())))
        return Among(frozenset(), excluded=True)

    def _is_input(self, node: Node) -> bool:
        return node.mechanism == "term" and self.terms[node.detail.term].kind == "input"

    # ---- amounts and dates ------------------------------------------------------------------------------------------

    def compared(self, order: str, left: Node, right: Node) -> Said:
        """`left order right`, in each case of both."""
        found = []
        for first, one in self._cases(left):
            for second, other in self._cases(right):
                found.append(all_of(first, second, self._compared(order, one, other)))
        return any_of(*found)

    def _compared(self, order: str, left: Node, right: Node) -> Said:
        scale = common_scale([left, right])
        m, n = scale // left.scale, scale // right.scale
        a, b = self._line(left), self._line(right)
        if isinstance(a, Known) and isinstance(b, Known):
            return ALWAYS if holds(order, m * a.value, n * b.value) else NEVER
        if isinstance(b, Known) and not isinstance(a, Known):
            return self._crossing(order, a or self._itself(left), m, n * b.value)
        if isinstance(a, Known) and not isinstance(b, Known):
            return self._crossing(SWAPPED[order], b or self._itself(right), n, m * a.value)
        one, other = self._key(left), self._key(right)
        if one == other:
            return ALWAYS if holds(order, 0, 0) else NEVER
        if one > other:
            left, right, one, other, order = right, left, other, one, SWAPPED[order]
        key = ("less", one, other)
        if key not in self.whole:
            (low, high), (its_low, its_high) = self._ends(left), self._ends(right)
            m, n = scale // left.scale, scale // right.scale
            self.whole[key] = between(m * low - n * its_high, m * high - n * its_low)
        return self._crossing(order, Moving(key, itself, rising=True), 1, 0)

    def _crossing(self, order: str, moving: Moving, factor: int, bound: int) -> Said:
        whole = self.whole[moving.key]
        assert isinstance(whole, Between)
        domain = where(order, moving, factor, bound, whole)
        return NEVER if domain.is_empty else ALWAYS if domain == whole else Only(moving.key, domain)

    def _itself(self, node: Node) -> Moving:
        """A number or date that cannot be taken apart, as a variable of its own."""
        key = ("value", self._key(node))
        self.whole.setdefault(key, between(*self._ends(node)))
        return Moving(key, itself, rising=True)

    def _ends(self, node: Node) -> tuple[int, int]:
        """Between which a value lies; on any day only as far as no figure has a part in it."""
        if node.type.kind == "date":
            return date.min.toordinal(), date.max.toordinal()
        fixed = self.on is not None or self._is_input(node) or node.mechanism in ("count", "elapsed", "literal")
        low, high = (node.low, node.high) if fixed else (None, None)
        if low is not None and high is not None and low > high:
            low = high = None  # a range that ends before it begins; that has been told
        return -MOST if low is None else low, MOST if high is None else high

    def _line(self, node: Node) -> Line:
        """A value that is known, or follows one input."""
        if id(node) not in self._lines:
            self._depth += 1
            self._lines[id(node)] = self._line_of(node) if self._depth <= DEEPEST else None
            self._depth -= 1
        return self._lines[id(node)]

    def _line_of(self, node: Node) -> Line:
        match node.mechanism:
            case "literal":
                return Known(node.detail.toordinal() if isinstance(node.detail, date) else node.detail)
            case "assessment date" if self.on is not None:
                return Known(self.on.toordinal())
            case "assessment date":
                self.whole.setdefault(_TODAY, DAYS)
                return Moving(_TODAY, itself, rising=True)
            case "term" if self._is_input(node) and (node.type.is_number or node.type.kind == "date"):
                key = node.detail.term
                self.whole.setdefault(key, DAYS if node.type.kind == "date" else between(*self._ends(node)))
                return Moving(key, itself, rising=True)
            case "term" if (root := self._followed(node)) is not None:
                return self._line(root)
        if self.on is not None and node.constant is not None:
            return Known(node.constant)
        if not node.args:
            return None
        return combined(node, [self._line(arg) for arg in node.args])

    # ---- terms and their cases --------------------------------------------------------------------------------------

    def _followed(self, node: Node) -> Node | None:
        """The formula of the rule that a node reads; None for an input, for another's by a role, and where days differ."""
        if node.mechanism != "term" or not isinstance(node.detail, TermRead):
            return None
        term = self.terms[node.detail.term]
        if term.formula is None or term.in_force is None:
            return None
        if self.on is None and (term.kind == "figure" or not _says_one_thing(term.in_force.provision)):
            return None
        return term.formula.root

    def _cases(self, node: Node) -> list[tuple[Said, Node]]:
        """When a value is which: the cases of the rules that it reads, each with what it asks; one for what has no cases."""
        found = self._found_cases.get(id(node))
        if found is None:
            self._depth += 1
            found = self._cases_of(node) if self._depth <= DEEPEST else []
            if self._depth > DEEPEST or len(found) > MOST_CASES:
                found = [(ALWAYS, node)]
            self._depth -= 1
            self._found_cases[id(node)] = found
        return found

    def _cases_of(self, node: Node) -> list[tuple[Said, Node]]:
        root = self._followed(node)
        if root is not None:
            return self._cases(root)
        match node.mechanism:
            case "not encoded":
                return []
            case "affected":
                value, *touching = node.args
                return self._guarded([(tuple(touching), None, value)])
            case "alternatives":
                conditions = node.args[1::2]
                return self._guarded(
                    (conditions[:i], conditions[i] if i < len(conditions) else None, value)
                    for i, value in enumerate(node.args[0::2])
                )
            case "exceptions":
                conditions = node.args[2::2]
                cases: list[_Case] = [(conditions, None, node.args[0])]
                for i, value in enumerate(node.args[1::2]):
                    over = tuple(conditions[k] for k in sorted(node.detail.beaten_by[i]))
                    cases.append((over, conditions[i], value))
                return self._guarded(cases)
        return [(ALWAYS, node)]

    def _guarded(self, cases: Iterable[_Case]) -> list[tuple[Said, Node]]:
        """Each case with what it asks, and the cases of its value."""
        found = []
        for unmet, met, value in cases:
            guard = all_of(*(self.said(condition, False) for condition in unmet), self.said(met) if met else ALWAYS)
            if guard is not NEVER:
                found += [(all_of(guard, inner), leaf) for inner, leaf in self._cases(value)]
        return found

    def _key(self, node: Node) -> str:
        """The same for nodes that are the same expression."""
        return canonical(node, _ByName(self.terms))  # type: ignore[arg-type]


def _says_one_thing(provision: Provision) -> bool:
    """Whether a rule has the same words on every day on which it has any."""
    if len(provision.timeline.writes) > 1 or set(provision.changes) != provision.timeline.changes():
        return False
    return not any(getattr(write.text, "readings", ()) for write in provision.timeline.writes)
