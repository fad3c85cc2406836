"""Explanations: the words and figures of the childcare household, read back and redone; and text that stays text."""

from __future__ import annotations

import gc
import json
import re
import subprocess
import sys
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from weakref import ref

import pytest
from pytest_regressions.file_regression import FileRegressionFixture

import jurat
from engine.mechanisms import REGISTRY
from explain.telling.wording import WORDINGS
from jurat.answers import Format, Reader
from tests.books import CHILDCARE, ON, ROOT, ask, book, household, laid_out, shipped
from tests.elements import HOSTILE, Elements, without_style

FORMS: list[tuple[Format, str]] = [("text", ".txt"), ("md", ".md"), ("html", ".html"), ("json", ".json")]


def explained(on: date, form: Format = "text", reader: Reader = "officer") -> str:
    return jurat.explain(jurat.assess(shipped(), CHILDCARE, on=on), form, reader=reader)


# ---- the documents --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "extension"), FORMS, ids=[form for form, _ in FORMS])
def test_childcare_in_october_2010(form: Format, extension: str, file_regression: FileRegressionFixture) -> None:
    """The whole explanation in each form, as it is printed."""
    printed = laid_out(explained(ON, form))
    assert "288.40" in printed
    file_regression.check(without_style(printed), extension=extension, encoding="utf-8")


def test_every_step_of_childcare_in_october_2010(file_regression: FileRegressionFixture) -> None:
    """The complete working, in its order, with every fact that was assumed on a line of its own."""
    file_regression.check(explained(ON, reader="auditor"), extension=".txt", encoding="utf-8")


def test_childcare_in_2012_is_refused(file_regression: FileRegressionFixture) -> None:
    """A refusal is explained as an award is: every reason, its law, and where it is needed."""
    printed = explained(date(2012, 1, 1))
    assert "Income Support award of home on 1 January 2012: refused" in printed
    file_regression.check(printed, extension=".txt", encoding="utf-8")


def step(printed: str, title: str) -> str:
    """One step of a text, with its line ends taken out."""
    [found] = re.findall(rf"\n +\d+\. {re.escape(title)}: .*?(?=\n\n)", printed, re.DOTALL)
    return re.sub(r"\s+", " ", found)


def test_each_point_of_a_step() -> None:
    """Title, formula in words, figures put in, the result with its rounding, citation, since when and made by what."""
    said = step(explained(ON), "Earnings disregard (parent)")
    for part in (
        "Earnings disregard (parent): £40.43 a week",
        "Earnings disregard rate × Gross earnings, rounded to the nearest 1p",
        "16.5% × £245.00 = £40.425, rounded to the nearest 1p: £40.43",
        "Income Support (General Provisions) (Jersey) Order 2008, Schedule 2, paragraph 5(a)",
        "since 28 January 2008; made by Income Support (General Provisions) (Jersey) Order 2008 on 21 January 2008",
        "Gross earnings (parent): £245.00 a week [fact]",
    ):
        assert part in said
    rate = step(explained(ON), "Earnings disregard rate")
    assert "since 1 October 2010, until 30 September 2011; made by Income Support (General Provisions) (Amendment No. 4)" in rate


def test_cases_that_did_not_hold_and_why() -> None:
    """On the last day of the old law: which case applied, which did not, and the figures that decided it."""
    printed = explained(date(2010, 9, 30), reader="auditor")
    assert "£200.90 (parent) is more than £227.60: no" in step(printed, "Earns more than the child care costs (home)")
    component = step(printed, "Child day care component (home)")
    assert (
        "Not: Cost of child care because “Earns more than the child care costs” or “Child care is needed for illness or full-time study”: no or no: no"
        in component
    )
    assert "No case before it applies." in component
    child = step(printed, "Earnings that count (baby)")
    assert "An exception applies: “Is an adult” is no" in child
    assert "Not: the general rule, Gross earnings" in child


def test_a_policy_that_rounds_is_named() -> None:
    """Where the rule states no rounding, whose policy it is."""
    said = step(explained(ON), "Cost of child care for the child (baby)")
    assert "Rounded by the policy of the Income Support (Jersey) Regulations 2007; Report to the draft" in said


# ---- it adds up -----------------------------------------------------------------------------------------------------

AMOUNT = r"−?£?[\d,]+(?:\.\d+)?%?(?: (?:an?|hours?|weeks?|years?|a week|an hour|a year))*"


def number(text: str) -> Decimal:
    """An amount as printed; a percentage as the number that it stands for."""
    found = Decimal(re.sub(r"[^\d.]", "", text.replace("−", "")))
    found = found / 100 if "%" in text else found
    return -found if text.startswith("−") else found


def redo(line: str) -> tuple[Decimal, Decimal] | None:
    """A line `a × b = c` or `a + b − c = d` with its result as printed and as redone; None for another kind of line."""
    line = re.sub(r" \(\w+\)", "", line)
    found = re.fullmatch(rf"({AMOUNT}(?: [×+−] {AMOUNT})*) = ({AMOUNT})(?:, .*)?", line)
    if found is None:
        return None
    terms = re.split(r" ([×+−]) ", found[1])
    total = number(terms[0])
    for sign, term in zip(terms[1::2], terms[2::2], strict=True):
        total = total * number(term) if sign == "×" else total + number(term) if sign == "+" else total - number(term)
    return number(found[2]), total


@pytest.mark.parametrize("on", [date(2009, 10, 1), date(2010, 9, 30), ON], ids=str)
def test_every_sum_and_product_can_be_redone_from_the_page(on: date) -> None:
    """With the printed figures alone, as somebody with a pencil would."""
    lines = re.sub(r"\n {7,}", " ", explained(on, reader="auditor")).splitlines()
    redone = [(line, pair) for line in lines if (pair := redo(line.strip())) is not None]
    assert len(redone) >= 6
    for line, (printed, again) in redone:
        assert printed == again, line
    rounded = re.findall(r"= £([\d.]+), rounded to the nearest 1p: £([\d.]+)", "\n".join(lines))
    assert rounded
    for before, after in rounded:
        assert Decimal(before).quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(after)


def test_a_bracket_that_begins_a_larger_part_stays_with_it() -> None:
    """Only the brackets around the whole of what is counted in parts are left out."""
    rules = book("""
        input pay of person "Pay" : £
          range £0 to £100
        input rent of person "Rent" : £
          range £0 to £100
        rule answer of person "Answer" : £
          is £2 for each complete £10 of ((pay + rent) × 50%)""")
    told = jurat.explain(ask(rules, household({"pay": "50", "rent": "30"}), "answer"))
    assert "£2.00 × 4 (each complete £10.00 of (£50.00 + £30.00) × 50% = £40.00) = £8.00" in told


def test_one_household_after_another_is_told_its_own_figures() -> None:
    """What is made once for all of them holds nothing of the first; and it does not keep a book that nobody uses."""
    rules = book("""
        input pay of person "Pay" : £
        rule answer of person "Answer" : £
          because "The pay is {pay}, 100% of it."
          is pay × 2 when pay > £10
          otherwise pay""")
    cases = [household({"pay": "50"}), household({"pay": "7"}), household({"pay": None})]
    for form, _ in FORMS:
        told = [jurat.explain(ask(rules, case, "answer"), form) for case in cases]
        assert told == [jurat.explain(ask(rules, case, "answer"), form) for case in cases]
    told = [jurat.explain(ask(rules, case, "answer")) for case in cases]
    assert "£50.00 × 2 = £100.00" in told[0]
    assert "The pay is £7.00, 100% of it." in told[1]
    assert "refused" in told[2]
    graph = ref(rules.on(ON).graph)
    del rules
    gc.collect()
    assert graph() is None


def test_one_altered_digit_is_noticed() -> None:
    """The check above can fail."""
    assert redo("16.5% × £245.00 = £40.425, rounded to the nearest 1p: £40.43") == (Decimal("40.425"), Decimal("40.425"))
    pair = redo("£478.27 − £189.87 = £288.41, but not less than £0.00: £288.41")
    assert pair is not None
    assert pair[0] != pair[1]


@pytest.mark.parametrize(
    ("condition", "pay", "told"),
    [
        ("pay × 16.5% > £10", "50", "no, £1.75 short"),
        ("pay × 16.5% >= £10", "60.60", "no, £0.001 short"),
        ("£8.25 >= pay × 16.5%", "60", "no, £1.65 short"),
        ("pay × 16.5% < £8", "50", "no, £0.25 over"),
        ("pay > £50", "50", "no"),
        ("pay = £60", "50", "no"),
        ("moved < 1 September 2010", "50", "no, 9 days late"),
        ("moved >= 11 September 2010", "50", "no, 1 day early"),
    ],
)
def test_by_how_much_a_condition_failed(condition: str, pay: str, told: str) -> None:
    """As an amount, whatever decimals its two sides have, or in days; by nothing where the two are alike."""
    rules = book(f"""
        input pay of person "Pay" : £
        input moved of person "Moved in" : date
        rule help of person "Help" : £
          is £1 when {condition}
          otherwise £0""")
    told_as = json.loads(jurat.explain(ask(rules, household({"pay": pay, "moved": "2010-09-10"}), "help"), "json"))
    [passed] = told_as["steps"][-1]["passed"]
    assert passed["why"].rpartition(": ")[2] == told


# ---- mechanisms, and text that stays text ---------------------------------------------------------------------------


def test_every_mechanism_has_its_wording() -> None:
    """What the engine can work out, the explanation can say; and no wording is left over."""
    assert set(WORDINGS) == set(REGISTRY)


def test_a_formula_is_worded_whatever_else_is_imported() -> None:
    """A curve or a graph asks for words where nothing was explained yet."""
    asked = """
from explain.telling.voices import in_words
from tests.books import ON, book
rules = book('input pay of person "Pay" : £\\nrule help of person "Help" : yes/no is pay > £5')
graph = rules.on(ON).graph
print(in_words(graph, graph.by_name["help"].formula.root))
"""
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("Pay is more than £5.00\n", "")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_becomes_markup(text: str) -> None:
    """In an identifier, a title, a source: the page has the same elements as with harmless text."""
    rules = book('input pay of person "Pay" : £\nrule answer of person "Answer" : £ is pay × 2')

    def page(hostile: str, form: Format) -> str:
        case = {"version": 1, "title": hostile, "household": {"home": {"person": {hostile: {"pay": {"value": "5", "source": hostile}}}}}}  # fmt: skip
        return jurat.explain(ask(rules, case, "answer"), form)

    assert Elements(page(text, "html")).shape == Elements(page("harmless", "html")).shape
    if "<" in text:
        assert text not in page(text, "html")
    assert "5929" not in page("{{ 77 * 77 }}", "html")
    assert "<script>" not in page(text, "md").replace("\\<script\\>", "")


def test_a_value_is_never_read_as_a_placeholder() -> None:
    """A fact that looks like a placeholder of a `because` stays what it is."""
    rules = book("""
        input word of person "Word" : text
        input pay of person "Pay" : £
        rule answer of person "Answer" : yes/no
          because "{word} and {pay}."
          is word is "x" or pay > £0""")
    assert "“{pay} and £5.00.”" in jurat.explain(ask(rules, household({"word": "{pay}", "pay": "5"}), "answer"))


def test_a_link_in_a_rule_file_cannot_run_anything() -> None:
    """Only web addresses become links."""
    rules = book("""
        instrument an_order "Order" made 1 January 2000 commences 1 January 2000 source "javascript:alert(1)"
        input pay of person "Pay" : £
        rule answer of person "Answer" : £ cite "Article 1" is pay""")
    page = jurat.explain(ask(rules, household({"pay": "5"}), "answer"), "html")
    assert "Article 1" in page
    assert "javascript:" not in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Rent", "\\- Rent"),
        ("+ Rent", "\\+ Rent"),
        ("12. Rent", "12\\. Rent"),
        ("3) Rent", "3\\) Rent"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("16.5", "16.5"),
        ("see https://example.org/a.", "see https\\://example.org/a."),
        ("see www.example.org", "see www\\.example.org"),
    ],
)
def test_a_line_of_text_stays_a_line_of_text_in_markdown(text: str, expected: str) -> None:
    """No list, no rule and no link of what a rule file or a case says."""
    rules = book(f'input pay of person "{text}" : £\nrule answer of person "Answer" : £ is pay')
    told = jurat.explain(ask(rules, household({"pay": "5"}), "answer"), "md")
    assert f"\n\n{expected[:1].upper() + expected[1:]}\n" in told
