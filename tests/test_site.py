"""`jurat docs`: a rule book as pages that lead to one another, on a disc and with nothing else."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from explain.rendering import BACK
from grammar.source import Source
from jurat.cli import main
from jurat.rulebook import from_sources
from jurat.site import site_of
from jurat.verifying import Printed, printed_in, verified
from tests.books import ROOT, shipped
from tests.elements import HOSTILE, Elements

ON = date(2010, 10, 1)
BOOK = """scheme heating "Heating" note "A small scheme."
entity person
entity household contains person
instrument an_act "Heating Act" made 1 December 2009 commences 1 January 2010 source "https://example.org/act"
input cost of household "Cost of heating" : £ a month default £0 per month range £0 per month to £900 per month ask "What does heating cost?"
figure rate "Share that is paid" : % cite "Section 1"
  50% from 1 January 2010
  60% from 1 January 2011 made by an_order "Article 1"
  not encoded "it was not found" from 1 January 2012
group family of household "Family" : person where yes
rule allowance of household "Heating allowance" : £ a month
  cite "Section 2" payable by the month
  because "Heating is dear."
  note "Tried in a cold winter."
  is £0 per month when cost < least
  otherwise rate × cost, rounded to the nearest 1p
  except lonely: £1 per month when count of family = 0
  reading of_all "Of all heating"
    is £1 per month
figure least "Least that counts" : £ a month cite "Section 3" £10 per month from 1 January 2010
provision "Section 9" discretionary "the Minister"
instrument an_order "Heating Order" made 1 December 2010 commences 1 January 2011
example "Cold" on 1 October 2010
  given household home
    cost is £40 per month
  given person ann of home
  expect allowance of home is £20 per month
example "Wrong" on 1 October 2010
  given household home
    cost is £60 per month
  given person ann of home
  expect allowance of home is £20 per month
"""


def parts(text: str) -> dict[str, str]:
    """The text of each section of a page, by the heading that names it."""
    found = re.findall(r'<section aria-labelledby="([^"]+)">(.*?)</section>', text, re.DOTALL)
    return {name: Elements(inner).text for name, inner in found}


@cache
def all_of_jersey() -> dict[str, str]:
    return dict(site_of(shipped()).files)


def made(text: str = BOOK, on: date = ON, file: str = "rules/heating/heating.rules") -> dict[str, str]:
    """The pages of a small book, which may have examples that do not hold."""
    found = site_of(from_sources([Source(file, text)]), on=on)
    assert not found.problems, [problem.message for problem in found.problems]
    return dict(found.files)


# ---- all of it ------------------------------------------------------------------------------------------------------


def test_every_link_leads_to_a_page_and_a_place_that_is_there() -> None:
    """Of the law that we ship: between pages by their place on the disc, and out only to the web."""
    files = all_of_jersey()
    pages = {name: Elements(text) for name, text in files.items() if name.endswith(".html")}
    ids = {name: page.values("id") for name, page in pages.items()}
    assert len(pages) > 250
    count = 0
    for name, page in pages.items():
        assert len(ids[name]) == len(set(ids[name])), name
        for link in page.values("href"):
            if re.match(r"https?://", link):
                continue
            path, _, anchor = link.partition("#")
            target = normpath(join(dirname(name), path)) if path else name
            assert target in files, f"{name} → {link}"
            assert not anchor or anchor in ids[target], f"{name} → {link}"
            count += 1
        assert name == "index.html" or {"index.html", "cases.html"} & {
            normpath(join(dirname(name), link)) for link in page.values("href")
        }
    assert count > 10_000


def test_the_page_of_a_household_can_be_verified() -> None:
    """As it stands in the site, with what leads back."""
    page = printed_in(all_of_jersey()["cases/income_support.cases.childcare.case.html"])
    assert isinstance(page, Printed) and BACK in page.text
    assert verified(page, shipped()).holds


def test_every_term_has_a_page_that_the_index_leads_to() -> None:
    rules, files = shipped(), all_of_jersey()
    index = Elements(files["index.html"]).values("href")
    names = [*rules.law.provisions, *rules.law.inputs]
    assert {f"terms/{rules.law.keys.permanent(name)}.html" for name in rules.law.notices} <= {*files, *index}
    assert len(names) > 200
    for name in names:
        address = f"terms/{rules.law.keys.permanent(name)}.html"
        assert address in index
        assert {"words", "needs", "needed-by", "examples"} <= parts(files[address]).keys()


def test_every_place_of_the_coverage_map_is_in_the_index_by_provision(capsys: pytest.CaptureFixture[str]) -> None:
    """As `jurat coverage` tells it of the largest scheme, with the same status."""
    import json

    main(["coverage", "income_support", "--rules", str(ROOT / "rules"), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    text = all_of_jersey()["law.html"]
    sections = re.findall(r'<section aria-labelledby="instrument-\d+">(.*?)</section>', text, re.DOTALL)
    by_title = {Elements(section.partition("<table")[0]).text: section for section in sections}
    count = 0
    for instrument in told["instruments"]:
        [section] = [body for title, body in by_title.items() if title.startswith(instrument["title"])]
        rows = [Elements(row) for row in re.findall(r"<tr.*?</tr>", section)]
        for provision in instrument["provisions"]:
            [row] = [row.text for row in rows if row.words[0] == provision["place"]]
            assert not instrument["law"] or provision["status"].replace("-", " ") in row
            count += 1
    assert count > 150


def test_the_same_book_gives_the_same_bytes_wherever_it_stands(tmp_path: Path) -> None:
    """In a relative folder, in an absolute one, and again."""
    first = made(file="rules/heating/heating.rules")
    assert first == made(file="rules/heating/heating.rules")
    assert first == made(file=str(tmp_path / "elsewhere" / "heating" / "heating.rules"))


def test_a_scheme_beside_another_stands_where_it_stands() -> None:
    """It is found by its whole path where the other is named by a short one; no page shows that."""
    changes = {
        "heating": "cooling",
        '"Heating" note': '"Cooling" uses heating note',
        "an_act": "b_act",
        "an_order": "b_order",
        "entity": "# entity",
    }
    other = BOOK
    for old, new in changes.items():
        other = other.replace(old, new)
    ways = (str(ROOT / "rules" / "cooling" / "cooling.rules"), "rules/cooling/cooling.rules")
    made_of = [site_of(from_sources([Source("rules/heating/heating.rules", BOOK), Source(way, other)]), on=ON) for way in ways]
    assert not made_of[0].problems, made_of[0].problems[0].message
    assert dict(made_of[0].files) == dict(made_of[1].files)
    assert "cooling/cooling.rules, line" in made_of[0].files["terms/cooling.rate.html"]


def test_nothing_of_it_needs_a_script_or_a_style_of_its_own() -> None:
    """The policy of the page forbids both."""
    for name, text in all_of_jersey().items():
        page = Elements(text)
        assert not {"script", "img", "iframe", "link", "form"} & set(page.tags), name
        assert name.endswith(".svg") or not page.values("style"), name
        assert len(text.encode()) < 300_000 or name.endswith(".svg"), name


# ---- a page ---------------------------------------------------------------------------------------------------------


def test_the_page_of_a_rule() -> None:
    """What it says, where it stands, what it needs and what needs it, its examples with figures, its readings and coverage."""
    text = made()["terms/heating.allowance.html"]
    page = parts(text)
    assert list(page) == ["words", "law", "needs", "needed-by", "versions", "readings", "examples", "coverage", "notes"]
    assert "Heating is dear." in Elements(text).text
    assert "Share that is paid × Cost of heating" in page["words"]
    assert '<a href="heating.rate.html">rate</a> × <a href="heating.cost.html">cost</a>' in text
    assert "heating.rules, line" in page["words"]
    assert page["law"].endswith("Heating Act Its text on the web Section 2")
    assert all(
        title in page["needs"] for title in ("Cost of heating", "Least that counts decides only", "Family number of decides only")
    )
    assert "Nothing: no other term rests on it." in page["needed-by"]
    assert "From 1 January 2010 on shown above By Heating Act, made on 1 December 2009." in page["versions"]
    assert "Of all heating of_all" in page["readings"]
    assert "Cold 1 October 2010 £20.00 a month (home) as expected" in page["examples"]
    assert "Wrong 1 October 2010 £30.00 a month (home) not as expected" in page["examples"]
    assert "2 of 4, 50.0%" in page["coverage"]
    assert "exception lonely: no example" in page["coverage"]
    assert re.findall(r'<a href="#part-(\d)" aria-label="part \d">', text) == ["1", "3", "1", "3"]  # of both examples
    assert page["notes"] == "Notes Tried in a cold winter."


def test_the_page_of_a_figure() -> None:
    """Its value on the day, and every version with its maker and the words that changed."""
    page = parts(made()["terms/heating.rate.html"])
    assert "50%" in Elements(made()["terms/heating.rate.html"]).text
    assert (
        "From 1 January 2011 to 31 December 2011 By Heating Order, Article 1, made on 1 December 2010. was 50% is 60%"
        in page["versions"]
    )
    assert "Not encoded from 1 January 2012: it was not found." in page["gaps"]
    assert "What needs it Heating allowance" in page["needed-by"]
    assert '<dd class="old"><mark>50%</mark></dd>' in made()["terms/heating.rate.html"]
    later = made(on=date(2011, 5, 1))["terms/heating.rate.html"]
    assert '<span class="big">60%</span>' in later


def test_the_page_of_a_fact() -> None:
    """Its question, what is assumed, and whoever needs it; it has no versions."""
    page = parts(made()["terms/heating.cost.html"])
    assert "What does heating cost?" in page["words"]
    assert "assumed where it is not given: £0.00 a month" in page["words"]
    assert "versions" not in page
    assert "Heating allowance" in page["needed-by"]
    assert "£40.00 a month (home)" in page["examples"]


def test_what_people_are_told_beside_an_award() -> None:
    """A challenge and a duty have pages as rules have, and lead to the facts that they are about, which lead back."""
    told = """
instrument an_act continued
challenge review "Ask for another look" to "another officer" within 28 days after "the decision" cite "Section 5"
challenge appeal "Appeal to the Tribunal" after review within not encoded "it was not found" cite "Section 6"
duty report_changes "Report changes" to "the Department" within 14 days after "the change" about cost cite "Section 7"
"""
    files = made(BOOK + told)
    duty, appeal = files["terms/heating.report_changes.html"], files["terms/heating.appeal.html"]
    assert parts(duty)["about"] == "Facts that it is about Cost of heating"
    assert '<a href="heating.report_changes.html">Report changes</a>' in files["terms/heating.cost.html"]
    assert parts(appeal)["after"] == "What comes before it Ask for another look"
    assert list(parts(appeal)) == ["words", "after", "law", "versions"]
    assert "Section 7 Report changes encoded" in Elements(files["law.html"]).text
    assert "Report changes duty to report" in Elements(files["index.html"]).text


def test_the_index_by_provision() -> None:
    """Each place with its status and what cites it; what has no term stands there too."""
    text = made()["law.html"]
    assert "Section 1 Share that is paid partly encoded" in Elements(text).text
    assert "Section 9 discretionary Left to the Minister." in Elements(text).text
    assert '<a class="source" href="https://example.org/act">' in text


def test_the_index_of_the_book() -> None:
    page = Elements(made()["index.html"])
    assert "2 worked examples, of which 1 hold" in page.text
    assert "Heating A small scheme. What is paid: Heating allowance. What Heating allowance rests on." in page.text


def test_an_example_is_told_beside_what_the_rules_give() -> None:
    page = parts(made()["examples/heating.html"])
    assert page["example-1"].startswith(
        "Cold 1 October 2010 What Expected The rules give Heating allowance (home) £20.00 a month £20.00 a month"
    )
    assert "£20.00 a month £30.00 a month" in page["example-2"]


def test_the_outline_of_an_award_tells_each_term_once() -> None:
    """And then leads to where it was told."""
    text = all_of_jersey()["graphs/income_support.award.html"]
    told = re.findall(r'<li id="(term-\d+)">', text)
    assert len(told) > 100 and len(told) == len(set(told))
    assert "see above" in text


def test_households_stand_in_it_with_their_awards() -> None:
    page = Elements(all_of_jersey()["cases.html"])
    assert "Lone parent, part-time work 1 October 2010" in page.text
    assert "£327.07 a week" in page.text
    assert "£327.07 a week" in Elements(all_of_jersey()["cases/income_support.cases.lone_parent_part_time.case.html"]).text


def test_what_is_not_in_force_on_the_day_says_so() -> None:
    files = made(on=date(2009, 6, 1))
    assert (
        "Not in force on 1 June 2009. Its first version begins on 1 January 2010."
        in Elements(files["terms/heating.least.html"]).text
    )
    assert "It has no text on this day." in Elements(files["terms/heating.least.html"]).text


AMENDED = """
amendment amendment_1 "Heating (Amendment) Regulations"
  amends an_act
  made 1 June 2010
  commences 1 September 2010
in least for £10 per month substitute £12 per month made by "Regulation 2"
rename least to floor_of_heating commences 1 October 2010
amendment amendment_2 "Heating (Amendment No. 2) Regulations"
  amends an_act
  commences 1 October 2010
in rate for 50% substitute 55%
"""


def test_what_amendments_made_of_it() -> None:
    """The maker of each version leads to its place in the law; what is renamed keeps its page, under its present name."""
    files = made(BOOK + AMENDED)
    text = files["terms/heating.least.html"]
    page = parts(text)
    assert "£12.00 a month" in Elements(text).text
    assert "<code>floor_of_heating</code>" in text
    assert "least is called floor_of_heating." in page["versions"]
    assert (
        "By Heating (Amendment) Regulations, Regulation 2, made on 1 June 2010. was £10 per month is £12 per month"
        in page["versions"]
    )
    assert re.search(r'<a href="\.\./law\.html#instrument-\d+">Heating \(Amendment\) Regulations</a>', text)
    assert '<a href="heating.least.html">floor_of_heating</a>' in files["terms/heating.allowance.html"]


def test_a_draft_counts_where_it_is_named() -> None:
    """And is said to be one."""
    rules = [Source("rules/heating/heating.rules", BOOK + AMENDED)]
    with_it = site_of(from_sources(rules, drafts=["amendment_2"]), on=ON).files["terms/heating.rate.html"]
    assert '<span class="big">55%</span>' in with_it
    assert "By Heating (Amendment No. 2) Regulations (a draft)." in Elements(with_it).text
    assert '<span class="big">50%</span>' in site_of(from_sources(rules), on=ON).files["terms/heating.rate.html"]


# ---- hostile text ---------------------------------------------------------------------------------------------------


TEXTS = r"Heating|Cost of heating|Share that is paid|Family|Heating allowance|Least that counts|Heating is dear\.|Tried in a cold winter\.|Of all heating|A small scheme\.|Heating Act|Heating Order|Cold|Wrong|the Minister|it was not found|What does heating cost\?"
PLACES = r"|Section \d|Article 1"
"""A semicolon parts two of them."""


def _with(title: str) -> str:
    """A book in which every text that can be begins with this one."""
    told = title.replace('"', "”")
    texts = TEXTS.replace(r"|Heating is dear\.", "") if "{" in title else TEXTS  # there it would name a value
    return re.sub(f'"({texts}{"" if ";" in title else PLACES})"', lambda found: f'"{told} {found[1]}"', BOOK)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_titles_stay_text(text: str) -> None:
    """The elements of each page are those of a book of the same shape with harmless titles."""
    harmless, hostile = made(_with("".join(["x", *re.findall("[;{]", text)]))), made(_with(text))
    assert list(harmless) == list(hostile)
    for name, page in hostile.items():
        found, wanted = Elements(page).shape, Elements(harmless[name]).shape
        assert (found == wanted) if name.endswith(".html") else (set(found) == set(wanted)), name  # in a picture titles wrap
    assert text.replace('"', "”") in Elements(hostile["index.html"]).text
