"""Exceptions that clash, and cases that nobody reaches, are found before any household is seen (S30 to S33)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import product
from typing import Any

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

import jurat
from grammar.problems import Problem
from grammar.source import Source
from jurat.rulebook import from_sources
from tests.books import ON, PEOPLE

# ---- against every household there is -------------------------------------------------------------------------------

Household = dict[str, Any]

FACTS: dict[str, list[Any]] = {
    "ill": [False, True],
    "tenure": ["owner", "tenant", "lodger"],
    "shares": [0, 1, 2, 3],
    "born": [date(2010 - years, 10, day) for years in (15, 16, 20) for day in (1, 2)]
    + [date(1993, 1, 1), date(1992, 1, 1), date(1989, 1, 1)],
}
HOUSEHOLDS: list[Household] = [dict(zip(FACTS, values, strict=True)) for values in product(*FACTS.values())]

WRITTEN = """
instrument an_order "Order" made 1 January 2000 commences 1 January 2000 short months: last day
choice tenure_type : owner, tenant, lodger
input ill of person "Ill" : yes/no
input tenure of person "Tenure" : tenure_type
input shares of person "Shares" : whole number
  range 0 to 3
input born of person "Born" : date
rule age of person "Age" : whole number is years from born to assessment_date
rule adult of person "Adult" : yes/no is age >= 18
rule holding of person "Holding" : whole number
  is 5 when ill
  otherwise shares × 2 + 1, but not more than 5
rule housed of person "Housed" : yes/no
  is yes when tenure is owner
  otherwise ill when shares > 1
  otherwise no
  except lodging: no when tenure is lodger
"""
"""Each age that the conditions tell apart is some household's: 14 to 21."""


@frozen
class Condition:
    text: str
    holds: Callable[[Household], bool]


def _age(h: Household) -> int:
    born: date = h["born"]
    return 2010 - born.year - ((born.month, born.day) > (10, 1))


def _holding(h: Household) -> int:
    return 5 if h["ill"] else min(h["shares"] * 2 + 1, 5)


def _housed(h: Household) -> bool:
    if h["tenure"] == "lodger":
        return False
    return bool(h["tenure"] == "owner" or (h["shares"] > 1 and h["ill"]))


def compared(name: str, order: str, number: int, value: Callable[[Household], int]) -> Condition:
    tests: dict[str, Callable[[int], bool]] = {
        "=": lambda x: x == number,
        "≠": lambda x: x != number,
        "<": lambda x: x < number,
        "<=": lambda x: x <= number,
        ">": lambda x: x > number,
        ">=": lambda x: x >= number,
    }
    return Condition(f"{name} {order} {number}", lambda h: tests[order](value(h)))


ORDERS = st.sampled_from(["=", "≠", "<", "<=", ">", ">="])
SIMPLE = st.one_of(
    st.just(Condition("ill", lambda h: bool(h["ill"]))),
    st.just(Condition("ill is no", lambda h: not h["ill"])),
    st.just(Condition("adult", lambda h: _age(h) >= 18)),
    st.just(Condition("housed", _housed)),
    st.builds(
        lambda values: Condition(f"tenure is one of ({', '.join(values)})", lambda h: h["tenure"] in values),
        st.lists(st.sampled_from(FACTS["tenure"]), min_size=1, max_size=2, unique=True),
    ),
    st.builds(lambda v: Condition(f"tenure is not {v}", lambda h: h["tenure"] != v), st.sampled_from(FACTS["tenure"])),
    st.builds(compared, st.just("shares"), ORDERS, st.integers(0, 3), st.just(lambda h: h["shares"])),
    st.builds(compared, st.just("age"), ORDERS, st.sampled_from([15, 16, 19, 20]), st.just(_age)),
    st.builds(compared, st.just("holding"), ORDERS, st.integers(0, 5), st.just(_holding)),
)
CONDITIONS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.builds(lambda a: Condition(f"(not ({a.text}))", lambda h: not a.holds(h)), inner),
        st.builds(lambda a, b: Condition(f"({a.text} and {b.text})", lambda h: a.holds(h) and b.holds(h)), inner, inner),
        st.builds(lambda a, b: Condition(f"({a.text} or {b.text})", lambda h: a.holds(h) or b.holds(h)), inner, inner),
    ),
    max_leaves=5,
)


@frozen
class Amount:
    text: str
    of: Callable[[Household], int]


AMOUNTS = st.one_of(
    st.builds(lambda n: Amount(str(n), lambda h: n), st.integers(0, 2)),
    st.just(Amount("shares", lambda h: int(h["shares"]))),
    st.just(Amount("holding", _holding)),
)


@frozen
class Exceptional:
    value: Amount
    condition: Condition
    over: frozenset[int]
    """Those before it over which it is said to prevail."""


@st.composite
def some_exceptions(draw: st.DrawFn) -> list[Exceptional]:
    found = []
    for number in range(draw(st.integers(2, 3))):
        over = draw(st.frozensets(st.integers(0, number - 1))) if number and draw(st.booleans()) else frozenset()
        found.append(Exceptional(draw(AMOUNTS), draw(CONDITIONS), over))
    return found


def checked(rule: str) -> list[Problem]:
    return list(from_sources([Source("test.rules", PEOPLE + WRITTEN + rule)]).on(ON).problems)


def clashing(exceptions: list[Exceptional]) -> Iterator[tuple[str, str]]:
    """For each exception the first before it that clashes with it, in some household."""
    beats = [set(exception.over) for exception in exceptions]
    for number in range(len(beats)):
        for other in list(beats[number]):
            beats[number] |= beats[other]
    for later in range(len(exceptions)):
        for earlier in range(later):
            if any(_clash(exceptions, beats, earlier, later, household) for household in HOUSEHOLDS):
                yield f"x{earlier}", f"x{later}"
                break


def _clash(exceptions: list[Exceptional], beats: list[set[int]], one: int, other: int, household: Household) -> bool:
    holding = {i for i, exception in enumerate(exceptions) if exception.condition.holds(household)}
    left = {i for i in holding if not any(i in beats[k] for k in holding)}
    return {one, other} <= left and exceptions[one].value.of(household) != exceptions[other].value.of(household)


@settings(max_examples=300, deadline=None)
@given(some_exceptions())
def test_s32_what_is_found_is_what_trying_every_household_finds(exceptions: list[Exceptional]) -> None:
    """No clash is missed, none is told that is none, and nothing so simple is left undecided."""
    rule = 'rule benefit of person "Benefit" : whole number\n  is 9\n'
    for number, exception in enumerate(exceptions):
        over = f" prevails over {', '.join(f'x{i}' for i in sorted(exception.over))}" if exception.over else ""
        rule += f"  except x{number}: {exception.value.text} when {exception.condition.text}{over}\n"
    problems = checked(rule)
    told = [(p.second.span.text, p.place.span.text) for p in problems if p.code == "exceptions-clash" and p.place and p.second]
    assert told == list(clashing(exceptions)), rule
    assert not [problem for problem in problems if problem.code == "exceptions-may-clash"], rule
    never = {p.message.split("`")[1] for p in problems if p.code == "never-met"}
    contradictory = {i for i, x in enumerate(exceptions) if not any(x.condition.holds(h) for h in HOUSEHOLDS)}
    assert never <= {f"x{i}" for i in contradictory}, rule


@settings(max_examples=200, deadline=None)
@given(st.lists(CONDITIONS, min_size=1, max_size=4))
def test_a_case_said_to_be_reached_by_nobody_is_reached_by_nobody(conditions: list[Condition]) -> None:
    """And where facts alone decide, each such case is found."""
    cases = [f"{number} when {condition.text}" for number, condition in enumerate(conditions)]
    rule = 'rule benefit of person "Benefit" : whole number\n  is ' + "\n  otherwise ".join([*cases, "9"])
    reached = [next(i for i, c in enumerate([*conditions, EVER]) if c.holds(h)) for h in HOUSEHOLDS]
    unreached = set(range(len(cases) + 1)) - set(reached)
    found = sum(problem.code == "never-met" for problem in checked(rule))
    assert found <= len(unreached), rule
    if not any(word in rule for word in ("age", "adult")):  # other days have other ages
        assert found == len(unreached), rule


EVER = Condition("", lambda h: True)

# ---- as a writer would have it --------------------------------------------------------------------------------------

INPUTS = """
instrument an_order "Order" made 1 January 2000 commences 1 January 2000 short months: last day
choice tenure_type : owner, tenant, lodger
input tenure of person "Tenure" : tenure_type
input carer of person "Carer" : yes/no
input age of person "Age" : whole number
input pay of person "Pay" : £
input spent of person "Spent" : £
  range £0 to £50
input born of person "Born" : date
input claimed of person "Claimed" : date
input parish of person "Parish" : text
input rent of household "Rent" : £
  default £0
figure limit "Limit" : £
  £5 from 1 January 2000
  £7 from 1 January 2012
rule years_old of person "Years" : whole number is years from born to assessment_date
rule adult of person "Adult" : yes/no is years_old >= 16
rule doubled of person "Twice" : £ is pay × 2
group carers of household "Carers" : person where carer
"""


@pytest.mark.parametrize(
    ("exceptions", "found"),
    [
        # facts as they are
        ("x: £1 when age < 16 | y: £2 when carer", "with age 15 and carer yes: one gives £1.00, the other £2.00"),
        ("x: £1 when age < 16 | y: £2 when age >= 16", None),
        ("x: £1 when age < 16 | y: £1 when carer", None),
        ("x: pay when age < 16 | y: pay when carer", None),
        ("x: £1 when tenure is one of (owner, tenant) | y: £2 when tenure is not lodger", "with tenure owner:"),
        ("x: £1 when tenure is owner | y: £2 when tenure is lodger", None),
        ('x: £1 when parish is "St Ouen" | y: £2 when parish is not "St Ouen"', None),
        ('x: £1 when parish is not "Trinity" | y: £2 when parish is not "St Ouen"', 'with parish "something else":'),
        ("x: £1 when born < 1 May 1980 | y: £2 when born > 1 May 1980", None),
        ("x: £1 when born <= 1 May 1980 | y: £2 when born >= 1 May 1980", "with born 1 May 1980:"),
        ("x: £1 when rent of household > £5 | y: £2 when carer", "with rent of household £5.01 and carer yes:"),
        ("x: £1 when spent >= £50 | y: £2 when spent < £49.995", None),
        # through other terms
        ("x: £1 when not adult | y: £2 when carer", "with adult no and carer yes:"),
        ("x: £1 when not adult | y: £2 when years_old = 16", None),
        ("x: £1 when not adult | y: £2 when born < 1 May 1980", None),
        ("x: £1 when doubled < £10 | y: £2 when pay > £4.99", None),
        ("x: £1 when doubled < £10 | y: £2 when pay >= £4.99", "with doubled £9.98 and pay £4.99:"),
        ("x: £1 when claimed + 13 weeks > assessment_date | y: £2 when claimed < 1 January 2010", None),
        ("x: £1 when claimed is within 13 weeks beginning with 1 May 2010 | y: £2 when claimed = 31 July 2010", None),
        ("x: £1 when claimed is within 13 weeks beginning with 1 May 2010 | y: £2 when claimed = 30 July 2010", "30 July 2010:"),
        # figures, on the day
        ("x: £1 when pay > limit | y: £2 when pay < £5.01", None),
        ("x: £1 when pay > limit | y: £2 when pay <= £5.01", "with pay £5.01:"),
        ("x: limit when carer | y: £5 when age > 1", None),
        # values that differ for some
        ("x: pay when carer | y: £0 when age < 16", "with carer yes, age 15 and pay £0.01: one gives £0.01, the other £0.00"),
        ("x: pay when carer | y: £7 when pay = £7", None),
        ("x: lower of (pay, £5) when pay > £6 | y: £5 when carer", None),
        ('x: not encoded "why" when carer | y: £5 when age > 1', None),
        # which prevails
        ("x: £1 when age < 16 | y: £2 when carer prevails over x", None),
        ("x: £1 when age < 16 prevails over y | y: £2 when carer", None),
        ("x: £1 when age < 16 | y: £2 when carer | z: £3 when age < 20 prevails over x, y", None),
        ("x: £1 when age < 16 | y: £2 when carer | z: £3 when age < 10 prevails over x, y", "with age 10 and carer yes:"),
        # one household shows it, though nothing was worked out beforehand
        ("x: £1 when pay > spent | y: £2 when carer", "with pay £10.00, spent £0.00 and carer yes:"),
    ],
)
def test_s32_clashes(exceptions: str, found: str | None) -> None:
    """Whether two exceptions can hold together and differ, and a household in which they do."""
    problems = _of(exceptions)
    assert [problem.code for problem in problems] == ["exceptions-clash"] * (found is not None)
    for problem in problems:
        assert found is not None
        assert found in problem.message
        assert problem.is_error


@pytest.mark.parametrize(
    "exceptions",
    [
        "x: £1 when count of carers of_home = 2 | y: £2 when carer",
        "x: £1 when pay × spent > £3 × £1 | y: £2 when carer and pay × spent < £1000000000 × £4",
    ],
)
def test_s32_what_is_not_decided_is_said(exceptions: str) -> None:
    """A household of several, or sums with several facts in them: the case decides, and the writer is warned."""
    problems = _of(exceptions.replace(" of_home", ""))
    assert [(problem.code, problem.is_error) for problem in problems] == [("exceptions-may-clash", False)]


@pytest.mark.parametrize(
    "exceptions",
    [
        "x: £1 when pay > spent | y: £2 when pay <= spent",
        "x: £1 when pay > spent | y: £2 when spent > pay",
        "x: £1 when count of carers > 2 | y: £2 when count of carers = 2",
        "x: £1 when any of carers meet adult | y: £2 when not any of carers meet adult",
    ],
)
def test_s32_contradictions_in_what_is_not_worked_out(exceptions: str) -> None:
    """What cannot be taken apart is still the same on both sides."""
    assert _of(exceptions) == []


def test_a_clash_on_many_days_is_told_once() -> None:
    """Though the household that shows it is another when a figure has changed."""
    clauses = "  except x: £1 when pay > limit\n  except y: £2 when carer\n"
    book = from_sources([Source("test.rules", f'{PEOPLE}{INPUTS}rule benefit of person "Benefit" : £\n  is £10\n{clauses}')])
    messages = {problem.message for day in (ON, date(2012, 1, 1)) for problem in book.on(day).problems}
    assert len(messages) == 2
    assert [problem.code for problem in jurat.check(book)] == ["exceptions-clash"]


def test_a_range_written_backwards_is_one_mistake() -> None:
    """Nothing follows from it for the conditions."""
    backwards = 'input held of person "Held" : £\n  range £10 to £5\n'
    assert _of("x: £1 when held > £3 | y: £1 when held < £20", backwards) == []
    assert [problem.code for problem in _of("x: £1 when held > £3 | y: held when carer", backwards)] == ["exceptions-clash"]


def _of(exceptions: str, before: str = "") -> list[Problem]:
    rule = before + 'rule benefit of person "Benefit" : £\n  is £10\n'
    rule += "".join(f"  except {clause}\n" for clause in exceptions.split(" | "))
    book = from_sources([Source("test.rules", PEOPLE + INPUTS + rule)])
    return [problem for problem in book.on(ON).problems if problem.subject == "benefit"]


# ---- never long -----------------------------------------------------------------------------------------------------


def test_many_exceptions_of_many_facts_are_looked_at_in_bounded_work() -> None:
    """What takes more than that is left undecided and said, once for each exception."""
    facts = "".join(f'input f{n} of person "F{n}" : yes/no\n' for n in range(40))
    mixed = " and ".join(f"(f{n} or not f{(n * 7 + 3) % 40} or f{(n * 11 + 5) % 40})" for n in range(40))
    clauses = [f"  except x{n}: £{n} when f{n} and {mixed} and not f{n + 1}\n" for n in range(30)]
    rule = 'rule benefit of person "Benefit" : £\n  is £100\n' + "".join(clauses)
    problems = from_sources([Source("test.rules", PEOPLE + facts + rule)]).on(ON).problems
    assert {problem.code for problem in problems} <= {"exceptions-clash", "exceptions-may-clash"}
    assert len(problems) == len({problem.place for problem in problems})


def test_a_long_chain_of_rules_is_followed_only_so_far() -> None:
    """Below that a term stands for itself."""
    chain = 'rule a0 of person "A0" : yes/no is age > 3\n'
    chain += "".join(f'rule a{n} of person "A{n}" : yes/no is a{n - 1} and (a{n - 1} or carer)\n' for n in range(1, 400))
    problems = _of("x: £1 when a399 | y: £2 when not a399", chain)
    assert problems == []
    assert [problem.code for problem in _of("x: £1 when a399 | y: £2 when age > 5", chain)] == ["exceptions-clash"]
