"""`jurat graph`: how an award hangs together, as an outline, in DOT and as a picture."""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_type_hints
from xml.etree import ElementTree

import pytest
from attrs import evolve
from pytest_regressions.file_regression import FileRegressionFixture

from engine.graph import Term
from explain.rules.drawing import Drawing, drawing
from explain.rules.outlining import outline
from explain.rules.picture import dot_text, picture
from grammar.source import Source
from jurat.cli import main
from jurat.graphviz import NoLayout, layout
from jurat.rulebook import Rules, from_sources
from tests.books import ON, ROOT, book
from tests.test_schemes import BONUS, SHARED, SUPPORT

SVG = "{http://www.w3.org/2000/svg}"
FAMILY = """
input pay of person "Pay" : £ a week range £0 per week to £900 per week
input lodger of person "Is a lodger" : yes/no
figure rate "Rate" : % 12.5% from 1 January 2010 not encoded "it was not found" from 1 January 2012
group kin of household "Family" : person where (not lodger)
rule share of person "Share" : £ a week cite "Article 2" is rate × pay, rounded to the nearest 1p
rule award of household "Award" : £ a week
  cite "Article 1"
  payable by the week
  is £5 per week when count of kin > 3
  otherwise sum of share over kin + highest of pay over person + sum of pay over kin
rule unused of person "Unused" : £ a week is pay + pay
"""


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("JURAT_RULES", "rules")


def drawn(rules: Rules, *names: str, on: date = ON, uses: bool = False, depth: int | None = None) -> Drawing:
    graph = rules.on(on).graph
    return drawing(graph, [graph.by_name[name] for name in names] or graph.awards, uses, depth)


def arrows(drawing: Drawing) -> dict[str, str]:
    """`award → share`, and how: what is said beside the arrow, with `?` where it only decides."""
    return {
        f"{drawing.box[arrow.start].name} → {drawing.box[arrow.end].name}": arrow.how + "?" * arrow.decides
        for arrow in drawing.arrows
    }


# ---- what hangs together --------------------------------------------------------------------------------------------


def test_what_an_award_rests_on() -> None:
    """Each term once, and on each arrow through which group; what only decides a case or a membership is told apart."""
    found = drawn(book(FAMILY))
    assert [box.name for box in found.boxes] == ["award", "kin", "share", "pay", "lodger", "rate"]
    assert arrows(found) == {
        "kin → lodger": "?",
        "share → rate": "",
        "share → pay": "",
        "award → kin": "number of?",
        "award → share": "sum over Family",
        "award → pay": "highest among every person; sum over Family",
    }


def test_what_rests_on_a_fact() -> None:
    """The same arrows, followed the other way; what the award has no use for is there too."""
    found = drawn(book(FAMILY), "pay", uses=True)
    assert {box.name for box in found.boxes} == {"pay", "share", "unused", "award"}
    assert arrows(found)["unused → pay"] == ""
    assert found.title == "What rests on Pay"


@pytest.mark.parametrize(("depth", "names"), [(0, 1), (1, 4), (2, 6), (9, 6)])
def test_depth(depth: int, names: int) -> None:
    """At most so many arrows away; what is left out is counted where it would hang."""
    found = drawn(book(FAMILY), depth=depth)
    assert len(found.boxes) == names
    assert sum(box.more for box in found.boxes) == {0: 3, 1: 2}.get(depth, 0)


def test_a_figure_shows_its_value_and_what_is_not_known_says_so() -> None:
    """On the day that is drawn."""
    rules = book(FAMILY)
    assert drawn(rules, "rate").boxes[0].what == "12.5%"
    assert drawn(rules, "rate", on=date(2013, 1, 1)).boxes[0].what == "%, not encoded on 1 January 2013"


def test_roles_ranks_and_what_is_nobodys_own() -> None:
    """An arrow says whose it is, and what is the same for everyone has no entity."""
    rules = book("""
        role claimant of household "Claimant" : one person
        role dependant of household "Dependants" : any number of person
        input pay of person "Pay" : £ a week range £0 per week to £900 per week
        input born of person "Born" : date
        input index of everyone "Index" : number range 1 to 2
        group children of household "Children" : person where (pay < £1 per week)
        rule place of person "Place" : whole number is rank among children by latest born
        rule eldest of household "First" : date is earliest of born over dependant
        rule award of household "Award" : £ a week
          is (pay of claimant + sum of pay over dependant) × index, rounded to the nearest 1p
    """)
    assert arrows(drawn(rules, "award")) == {"award → pay": "of the Claimant; sum over Dependants", "award → index": ""}
    assert arrows(drawn(rules, "eldest")) == {"eldest → born": "earliest among Dependants"}
    assert arrows(drawn(rules, "place", depth=1))["place → born"] == "place among Children"
    assert drawn(rules, "index").boxes[0].what == "a number"


def test_tables_and_scales() -> None:
    """What a table asks for only decides, and so does what refuses a term to some; the figures of a scale hang from the scale."""
    rules = book("""
        input pay of person "Pay" : £ a week range £0 per week to £900 per week
        input abroad of person "Is abroad" : yes/no
        input age of person "Age" : whole number range 0 to 120
        figure school_age "School age" : whole number 5 from 1 January 2010
        figure limit "Limit" : £ a week £10 per week from 1 January 2010
        scale bands "Bands" : £ a week band 10% up to limit band 20% above limit
        table price of person "Price" : £ a week by age
          row young: under school_age gives limit
          otherwise age × (bands applied to pay), rounded to the nearest 1p
        provision "Article 8" not encoded "absences" affecting price when abroad
        rule halved of household "Half" : £ a week is sum of (bands applied to pay) over person ÷ 2, rounded to the nearest 1p
    """)
    assert arrows(drawn(rules, "price")) == {
        "bands → limit": "",
        "price → age": "",
        "price → school_age": "?",
        "price → limit": "",
        "price → pay": "",
        "price → bands": "",
        "price → abroad": "?",
    }
    assert arrows(drawn(rules, "halved"))["halved → bands"] == "sum over every person"
    assert {box.name for box in drawn(rules, "bands", uses=True).boxes} == {"bands", "price", "halved"}
    assert drawn(rules, "bands").boxes[0].what == "£ a week"


def test_terms_of_several_schemes() -> None:
    """Each has its scheme before its name and in its heading, and its folder before its file; of one scheme none."""
    texts = {"shared": SHARED, "support": SUPPORT, "bonus": BONUS}
    rules = from_sources([Source(f"rules/{name}/all.rules", text) for name, text in texts.items()])
    found = drawn(rules)
    assert found.title == "What Award (Support) and Award (Bonus) rest on"
    told = outline(found)
    assert "Award (support.award): £ a week" in told
    assert "Income (shared.income)" in told
    assert "support/all.rules:" in told
    assert "Award (Bonus)" in re.findall(r'label="(.*?)\\n', dot_text(found))
    assert [box.name for box in drawn(rules, "support.award", depth=0).boxes] == ["support.award"]
    assert [box.heading for box in drawn(rules, "income").boxes] == ["Income", "Pay"]


# ---- as text --------------------------------------------------------------------------------------------------------


def test_income_support_as_an_outline(capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture) -> None:
    """The whole award; each term once in full, and then by its name."""
    assert main(["graph", "income_support.award", "--on", "2010-10-01"]) == 0
    printed = capsys.readouterr().out
    file_regression.check(printed, extension=".txt", encoding="utf-8")
    assert max(len(line) for line in printed.splitlines()) <= 120  # names are told with their schemes


def test_an_outline_of_uses(capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture) -> None:
    """What rests on a person's age, two arrows away."""
    assert main(["graph", "age", "--uses", "--depth", "2", "--on", "2010-10-01"]) == 0
    file_regression.check(capsys.readouterr().out, extension=".txt", encoding="utf-8")


def test_each_term_is_told_once_and_every_arrow_is_there() -> None:
    """In the outline of every term of the shipped rules, both ways."""
    from jurat import load

    graph = load("rules").on(ON).graph
    for term in graph.terms:
        for uses in (False, True):
            found = drawing(graph, [term], uses)
            lines = outline(found).splitlines()
            places = [line for line in lines if ".rules:" in line]
            assert len(places) == len(found.boxes)
            assert sum("─ " in line for line in lines) == len(found.arrows)


def test_a_long_chain_of_rules() -> None:
    """However deep the rules hang, the outline stays on the page and says where it goes on."""
    rules = [f'rule r{n} of person "R{n}" : £ is r{n - 1} + £1\n' for n in range(1, 2000)]
    found = drawn(book('input r0 of person "R0" : £ range £0 to £9\n' + "".join(rules)), "r1999")
    text = outline(found)
    assert len(found.boxes) == 2000
    assert max(len(line) for line in text.splitlines()) < 200
    assert "… goes on: jurat graph r1975" in text


# ---- DOT and pictures -----------------------------------------------------------------------------------------------


def test_child_care_in_dot(capsys: pytest.CaptureFixture[str], file_regression: FileRegressionFixture) -> None:
    """Kinds differ in shape and in colour, and every word is in quotes."""
    assert main(["graph", "childcare_component", "--on", "2010-10-01", "--format", "dot"]) == 0
    file_regression.check(capsys.readouterr().out, extension=".dot", encoding="utf-8")


def in_a_row(drawing: Drawing) -> dict[str, Any]:
    """A layout as dot gives it, with the boxes side by side."""
    number = {box.number: index for index, box in enumerate(drawing.boxes)}
    return {
        "bb": f"0,0,{300 * len(number)},200",
        "objects": [{"_gvid": n, "name": f"n{box.number}", "pos": f"{300 * n + 150},100"} for n, box in enumerate(drawing.boxes)],
        "edges": [
            {
                "tail": number[arrow.start],
                "head": number[arrow.end],
                "pos": f"e,{300 * number[arrow.end]},100 10,100 20,110 30,110 40.5,100.25",
                **({"lp": "25,120"} if arrow.how else {}),
            }
            for arrow in drawing.arrows
        ],
    }


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_a_picture(file_regression: FileRegressionFixture) -> None:
    """Every box and arrow with its words beside the pointer, a title and a description for who cannot see it, a legend."""
    found = drawn(book(FAMILY), on=date(2013, 1, 1))
    svg = picture(found, in_a_row(found))
    file_regression.check(svg, extension=".svg", encoding="utf-8")
    root = read(svg)
    assert root.get("role") == "img"
    described = {root.find(f"{SVG}{part}").get("id") for part in ("title", "desc")}  # type: ignore[union-attr]
    assert described == set(str(root.get("aria-labelledby")).split())
    titles = [element.text or "" for element in root.iter(f"{SVG}title")]
    assert len(titles) == 1 + len(found.boxes) + len(found.arrows)
    for box in found.boxes:
        assert any(f"({box.name})" in title and box.place in title for title in titles)


def test_every_kind_of_term_has_a_shape_of_its_own() -> None:
    """Nobody needs the colour; neither in the picture nor in DOT."""
    found = drawn(book(FAMILY))
    kinds = get_args(get_type_hints(Term)["kind"])
    outlines, shapes = set(), set()
    for kind in kinds:
        of_a_kind = evolve(found, boxes=tuple(evolve(box, kind=kind, paid=None) for box in found.boxes))
        last = list(read(picture(of_a_kind, in_a_row(found))).iter(f"{SVG}path"))[-3]
        outlines.add(last.get("d"))
        shapes.update(re.findall("shape=([a-z0-9]+)", dot_text(of_a_kind)))
    assert len(outlines) == len(shapes) == len(kinds)


@pytest.mark.parametrize(
    "title",
    [
        "</title><script>alert(1)</script>",
        'x\\" onload=\\"alert(1)',
        "&lt;&#60;]]>",
        "\ufffe\uffff",
        "\\N \\G \\l {a|b} <b>c</b>",
        "漢字" * 40,
        "W" * 400,
        "a " * 400,
        "–",
    ],
)
def test_a_hostile_title(title: str) -> None:
    """It is only ever text: the picture is well formed, and has no element and no attribute but its own."""
    title = title.replace('"', "'")
    rules = from_sources(
        [Source('a"<b>&.rules', f'entity person\ninput pay of person "{title}" : £\nrule r of person "{title}" : £ is pay')]
    )
    found = drawn(rules, "r")
    svg = picture(found, in_a_row(found))
    own = {"svg", "title", "desc", "style", "defs", "marker", "path", "rect", "text", "g"}
    for element in read(svg).iter():
        assert element.tag.removeprefix(SVG) in own
        assert not any(name.startswith("on") or "href" in name for name in element.attrib)
    assert outline(found)


def test_a_picture_fetches_nothing() -> None:
    """No address but that of the format itself."""
    found = drawn(book(FAMILY))
    svg = picture(found, in_a_row(found))
    assert svg.count("http") == 1
    for word in ("@import", "url(http", "<image", "<script", "font-face"):
        assert word not in svg


@pytest.mark.graphviz
def test_a_layout(tmp_path: Path) -> None:
    """The whole of Income Support, through dot: every box inside the picture, and none on another."""
    target = tmp_path / "award.svg"
    assert main(["graph", "--on", "2010-10-01", "-o", str(target)]) == 0
    root = read(target.read_text(encoding="utf-8"))
    assert len([e for e in root.iter(f"{SVG}g") if e.find(f"{SVG}title") is not None]) > 80
    from jurat import load

    found = drawn(load("rules"))
    placed = layout(dot_text(found))
    assert not isinstance(placed, NoLayout)
    boxes = []
    for item in placed["objects"]:
        x, y = (float(part) for part in item["pos"].split(","))
        w, h = 36 * float(item["width"]), 36 * float(item["height"])
        boxes.append((x - w, x + w, y - h, y + h))
    for number, (left, right, bottom, top) in enumerate(boxes):
        for other in boxes[:number]:
            assert right <= other[0] or left >= other[1] or top <= other[2] or bottom >= other[3]


@pytest.mark.graphviz
@pytest.mark.parametrize("title", ['x\\" y', "a\\\\N{|}<b>&amp;", "漢字", "\\", "-->", "*/"])
def test_dot_reads_whatever_a_title_says(title: str) -> None:
    """As one graph with two nodes."""
    title = title.replace('"', "'")
    source = Source("a.rules", f'entity person\ninput pay of person "{title}" : £\nrule r of person "{title}" : £ is pay')
    found = drawn(from_sources([source]), "r")
    placed = layout(dot_text(found))
    assert not isinstance(placed, NoLayout)
    assert len(placed["objects"]) == 2
    assert read(picture(found, placed)) is not None


@pytest.mark.graphviz
def test_the_same_picture_twice(tmp_path: Path) -> None:
    """Byte for byte, whatever the form of the name that is asked for."""
    for name in ("a.svg", "b.svg"):
        assert main(["graph", "childcare_component", "-o", str(tmp_path / name)]) == 0
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()


def stand_in(tmp_path: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program called dot that does something else, and nothing else on the PATH but what a shell needs."""
    program = tmp_path / "dot"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{script}"\n', encoding="utf-8")  # its path may hold a space
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("import time; time.sleep(60)", "was not laid out within 1 seconds"),
        ("raise SystemExit(1)", "failed"),
        ("print('no layout')", "failed"),
    ],
)
def test_a_layout_that_fails(script: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What dot does wrong is told, and what to do."""
    stand_in(tmp_path, script, monkeypatch)
    found = layout("digraph {}", seconds=1)
    assert isinstance(found, NoLayout)
    assert said in found.why


def test_without_graphviz(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A picture is refused with what to install, and no file is written; outline and DOT need nothing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["graph", "-o", str(tmp_path / "x.svg")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "install the package graphviz" in err
    assert not (tmp_path / "x.svg").exists()
    assert main(["graph"]) == 0
    assert main(["graph", "-o", str(tmp_path / "x.gv")]) == 0
    assert (tmp_path / "x.gv").read_text(encoding="utf-8").startswith("digraph jurat {\n")
