"""Schemes: a folder opens one, names are unique in it, and another's are named or used (S63)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

import jurat
from engine.values import Refusal
from grammar.problems import errors
from grammar.source import Source
from jurat.rulebook import Rules, from_sources
from tests.books import RULES

SHARED = """
scheme shared "What several schemes share"
entity person
entity household contains person
role claimant of household "Claimant" : one person
input pay of person "Pay" : £ a week
  default £0 per week
rule income of household "Income" : £ a week
  is sum of pay over person
"""
SUPPORT = """
scheme support "Support" uses shared
figure rate "Rate" : £ a week
  £100 per week from 1 January 2000
rule award of household "Award" : £ a week
  payable by the week
  because "You get {rate} less {income}."
  is rate - income, but not less than £0 per week
"""
BONUS = """
scheme bonus "Bonus" uses shared
figure rate "Rate" : £ a week
  £7 per week from 1 January 2000
rule award of household "Award" : £ a week
  payable by the week
  is rate when support.award > £0 per week
  otherwise £0 per week
example "Somebody with £20" on 1 October 2010
  given household home
  given person anna of home as claimant
    pay is £20 per week
  expect
    award of home is £7 per week
    support.award of home is £80 per week
"""


def load(**texts: str) -> Rules:
    """Each text in a folder of its own."""
    return from_sources([Source(f"rules/{name}/all.rules", text) for name, text in texts.items()])


def codes(**texts: str) -> list[str]:
    return [problem.code for problem in jurat.check(load(**texts))]


def shown(rules: Rules, case: dict[str, Any], *names: str) -> dict[str, str]:
    answer = jurat.assess(rules, {"version": 1, "on": "2010-10-01"} | case, of=names)
    values = {name: answer.value(rules.law.keys.of(name)) for name in names}
    return {name: "refused" if isinstance(value, Refusal) else value.words() for name, value in values.items()}


HOME = {"household": {"home": {"person": {"anna": {"pay": 20}}}}}


def test_two_schemes_have_terms_of_one_name() -> None:
    """Each reads its own by bare name, the other's with the scheme before it, and what it uses as its own."""
    rules = load(shared=SHARED, support=SUPPORT, bonus=BONUS)
    assert jurat.check(rules) == ()
    assert shown(rules, HOME, "support.award", "bonus.award", "shared.income", "income") == {
        "support.award": "£80.00 a week",
        "bonus.award": "£7.00 a week",
        "shared.income": "£20.00 a week",
        "income": "£20.00 a week",
    }


def test_the_order_of_files_means_nothing() -> None:
    """The same keys, the same digests."""
    one = jurat.assess(load(shared=SHARED, support=SUPPORT, bonus=BONUS), {"version": 1, "on": "2010-10-01"} | HOME)
    other = jurat.assess(load(bonus=BONUS, support=SUPPORT, shared=SHARED), {"version": 1, "on": "2010-10-01"} | HOME)
    assert jurat.explain(one, "json") == jurat.explain(other, "json")


def test_a_bare_name_that_several_schemes_offer_is_a_problem_that_shows_both() -> None:
    """Asked for, or given as a fact."""
    rules = load(shared=SHARED, support=SUPPORT, bonus=BONUS)
    [problem] = jurat.assess(rules, {"version": 1, "on": "2010-10-01"} | HOME, of=["award"]).problems
    assert problem.code == "ambiguous-name"
    assert problem.message == "`award` is a name in several schemes: `bonus.award`, `support.award`."


def test_a_name_of_a_scheme_that_is_not_used() -> None:
    """It is there, but has to be written with its scheme, or the scheme has to be used."""
    assert codes(shared=SHARED, support=SUPPORT.replace(" uses shared", "")) == ["name-of-another-scheme"] * 3
    assert codes(shared=SHARED, support=SUPPORT.replace("uses shared", "uses share")) == [
        "unknown-scheme",
        *["name-of-another-scheme"] * 3,
    ]


def test_two_used_schemes_offer_one_name() -> None:
    """Neither is taken."""
    tax = 'scheme tax "Tax" uses support, bonus, shared\nrule total of household "Total" : £ a week is award + income'
    assert codes(shared=SHARED, support=SUPPORT, bonus=BONUS, tax=tax) == ["ambiguous-name"]
    mended = tax.replace("award", "support.award + bonus.award")
    rules = load(shared=SHARED, support=SUPPORT, bonus=BONUS, tax=mended)
    assert shown(rules, HOME, "total") == {"total": "£107.00 a week"}


@pytest.mark.parametrize(("extra", "code"), [
    ('scheme shared "Again"', "scheme-twice"),
    ('scheme other "O" uses shared rule x of household "X" : £ a week is shared.incom', "unknown-name"),
    ('scheme other "O" uses shared rule x of household "X" : £ a week is sharde.income', "unknown-name"),
])  # fmt: skip
def test_what_names_no_scheme(extra: str, code: str) -> None:
    """A scheme opened twice; a name that its scheme does not have; a scheme that there is not."""
    assert codes(shared=SHARED, other=extra) == [code]


def test_one_folder_opens_one_scheme() -> None:
    """And the files below it belong to it too."""
    assert codes(shared=SHARED + 'scheme another "Another"') == ["scheme-twice"]
    inner = Source(
        "rules/support/rates/all.rules", SUPPORT.split("rule award")[0].replace('scheme support "Support" uses shared', "")
    )
    outer = Source("rules/support/all.rules", 'scheme support "Support" uses shared\nrule award' + SUPPORT.split("rule award")[1])
    rules = from_sources([Source("rules/shared/all.rules", SHARED), inner, outer])
    assert jurat.check(rules) == ()


def test_a_fact_may_be_written_with_its_scheme() -> None:
    """In JSON and in a case."""
    rules = load(shared=SHARED, support=SUPPORT, bonus=BONUS)
    case = {"household": {"home": {"person": {"anna": {"shared.pay": 30, "as": "shared.claimant"}}}}}
    assert shown(rules, case, "support.award") == {"support.award": "£70.00 a week"}


def test_a_scheme_that_is_used_is_found_beside_the_one_that_is_asked(tmp_path: Path) -> None:
    """Loading one scheme loads what it needs, and no more."""
    for name, text in {"shared": SHARED, "support": SUPPORT, "bonus": BONUS}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "all.rules").write_text(dedent(text), encoding="utf-8")
    support = jurat.load(tmp_path / "support")
    assert sorted(support.law.keys.schemes) == ["shared", "support"]
    bonus = jurat.load(tmp_path / "bonus")
    assert sorted(bonus.law.keys.schemes) == ["bonus", "shared", "support"]
    assert jurat.check(bonus) == ()


def test_a_sentence_names_what_its_scheme_does() -> None:
    """Names in braces are those of the scheme in which they are written."""
    rules = load(shared=SHARED, support=SUPPORT, bonus=BONUS)
    text = jurat.explain(jurat.assess(rules, {"version": 1, "on": "2010-10-01"} | HOME, of=["support.award"]))
    assert "“You get £100.00 a week less £20.00 a week.”" in text


def test_s61_identities_do_not_depend_on_what_else_is_loaded() -> None:
    """The same step, whether or not another scheme has a term of its name."""
    alone = jurat.assess(load(shared=SHARED, support=SUPPORT), {"version": 1, "on": "2010-10-01"} | HOME, of=["support.award"])
    beside = jurat.assess(
        load(shared=SHARED, support=SUPPORT, bonus=BONUS), {"version": 1, "on": "2010-10-01"} | HOME, of=["support.award"]
    )
    ids = [
        [(str(step.id), step.term.effect) for step in answer.assessment.steps] for answer in (alone, beside) if answer.assessment
    ]
    assert ids[0] == ids[1]
    assert ids[0][-1][0] == ":support.award@home"


def test_a_draft_may_amend_schemes_that_the_others_do_not_name(tmp_path: Path) -> None:
    """Those that only the draft names are found beside the rest; what it does to law that several share, it does to each."""
    draft = tmp_path / "both.rules"
    draft.write_text(
        'amendment both "Of two"\n  amends community_costs_bonus.bonus_regulations, shared.shared_facts\n'
        "  commences 1 November 2022\nin community_costs_bonus.bonus_amount for £516.50 substitute £600\n"
        "in shared.years_of_residence for shared.ordinarily_resident_since"
        " substitute (shared.ordinarily_resident_since + 1 year)\n",
        encoding="utf-8",
    )
    rules = jurat.load(RULES / "jersey" / "income_support", drafts=[draft])
    assert not errors([*rules.problems, *rules.on(date(2022, 11, 1)).problems])
    [found] = jurat.compare(rules).laws
    assert [altered.term.name for altered in found.altered] == ["years_of_residence", "bonus_amount"]
