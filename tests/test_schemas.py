"""The three shapes of data: what is printed fits its schema, and what a schema refuses is refused by the program too."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import jurat
from engine.book.law import TermKind
from engine.cases.case_json import NAME_CHARACTERS, TEXT_CHARACTERS
from engine.cases.facts import STANDINGS
from engine.checking.vocabulary import RESULT_KEYS
from engine.types import Kind
from engine.values import ReasonKind
from grammar.problems import Severity
from grammar.rendering import to_data
from grammar.source import Source
from jurat.cli import main
from jurat.paying import pay
from jurat.rulebook import Rules, from_sources
from tests.books import CHILDCARE, ON, ROOT, RULES, book, household, shipped

Data = dict[str, Any]
At = tuple[str | int, ...]

CASE, ASSESSMENT, PROBLEM, CLAIM = (f"urn:jurat:{name}:1" for name in ("case", "assessment", "problem", "claim"))
FILES = [ROOT / "jurat" / "schemas" / f"{name}.v1.json" for name in ("case", "assessment", "problem", "claim")]
SCHEMAS: dict[str, Data] = {schema["$id"]: schema for schema in (json.loads(file.read_text("utf-8")) for file in FILES)}
REGISTRY: Registry[Any] = Registry().with_resources([(name, Resource.from_contents(s)) for name, s in SCHEMAS.items()])
ONLY_EXPLAINED = {"steps", "facts", "unused", "other_days", "beside", "receipt"}
ODD: Data = {"Not A Key": 7}  # fits nowhere: the key is no name, and a member of that identifier would be an object

BOOK = shipped()
SHIPPED: Data = json.loads(CHILDCARE.read_text("utf-8"))
GUIDE = (ROOT / "docs" / "data.md").read_text("utf-8")
EXAMPLES = [(name, json.loads(text)) for name, text in re.findall(r"<!-- (urn:\S+) -->\n```json\n(.*?)```", GUIDE, re.S)]
DATED: Data = next(example for name, example in EXAMPLES if name == CASE)
ALONE: Data = SHIPPED | {"household": {"value": {"tenure": "tenant", "person": {"one": {"date_of_birth": "1980-05-03"}}}}}
EARNING: Data = SHIPPED | {"household": {"value": {"person": {"one": {"gross_earnings": "10"}}}}}
DOUBTS = 'input tall of person "Tall" : yes/no\ngroup tall_ones of household "Tall" : person where tall\ninstrument draft "Draft"'
VALIDATORS = {
    name: Draft202012Validator({"$ref": name}, registry=REGISTRY, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for name in (*SCHEMAS, *(name for name, _ in EXAMPLES))
}


def faults(data: object, schema: str) -> list[str]:
    """What a schema finds wrong, each with its place."""
    return [f"{error.json_path}: {error.message}" for error in VALIDATORS[schema].iter_errors(data)]


def explained(case: Data, rules: Rules = BOOK, **options: Any) -> Data:
    """The JSON that explains a case, under the shipped rules if no others are named."""
    found: Data = json.loads(jurat.explain(jurat.assess(rules, case, **options), "json"))
    return found


def problems_of(text: str) -> Data:
    """What `check` prints for a rule file."""
    rules = from_sources([Source("broken.rules", text)])
    return {"version": 1, "problems": [to_data(problem) for problem in jurat.check(rules)]}


def parts(data: Any, at: At = ()) -> Iterator[tuple[At, Any]]:
    """Every value in a document, with its place."""
    yield at, data
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield from parts(value, (*at, key))


def replaced(data: Any, at: At, value: object) -> Any:
    """A document with another value at one place."""
    if not at:
        return value
    copy = data.copy()
    copy[at[0]] = replaced(data[at[0]], at[1:], value)
    return copy


def with_parent(**facts: object) -> Data:
    """The shipped case with other facts of the parent."""
    parent: At = ("household", "home", "person", "parent")
    changed: Data = replaced(SHIPPED, parent, dict(parts(SHIPPED))[parent] | facts)
    return changed


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_a_schema(name: str) -> None:
    """Each keeps to its draft and says in words what every property is."""
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["properties"]["version"]["const"] == 1
    narrowing = {"if", "then", "else", "allOf", "contains"}
    properties = {at: value for at, value in parts(schema) if at[-2:-1] == ("properties",) and not narrowing & set(at)}
    assert len(properties) >= 12
    assert [at for at, value in properties.items() if not value.get("description")] == []


def test_schemas_list_what_the_program_has() -> None:
    """Kinds, standings, limits and reserved keys are those of the code."""
    case, assessment, problem = (SCHEMAS[name] for name in (CASE, ASSESSMENT, PROBLEM))
    inner = assessment["$defs"]
    reasons = [kind.replace(" ", "-") for kind in get_args(ReasonKind)]
    assert inner["reason"]["properties"]["kind"]["enum"] == reasons
    assert {*inner["type"]["enum"], "unknown"} == set(get_args(Kind))
    assert set(inner["step"]["properties"]["kind"]["enum"]) == set(get_args(TermKind))
    assert inner["fact"]["properties"]["standing"]["enum"] == [*STANDINGS, None]
    assert case["$defs"]["fact"]["properties"]["standing"]["enum"] == [*STANDINGS, None]
    assert problem["$defs"]["problem"]["properties"]["severity"]["enum"] == list(get_args(Severity))
    assert inner["assessment"]["properties"].keys() == RESULT_KEYS - {"problems"}
    assert case["properties"].keys() | set(case["propertyNames"]["not"]["enum"]) == RESULT_KEYS
    assert case["$defs"]["identifier"]["maxLength"] == NAME_CHARACTERS
    assert case["$defs"]["text"]["maxLength"] == TEXT_CHARACTERS


@pytest.mark.parametrize("file", sorted(RULES.rglob("cases/*.json")), ids=lambda file: file.stem)
def test_shipped_case_fits(file: Path) -> None:
    """The cases that come with the rules are cases."""
    assert faults(json.loads(file.read_text("utf-8")), CASE) == []


PRINTED: dict[str, tuple[Data, Data, set[str]]] = {
    "1 October 2010": (SHIPPED, {"on": date(2010, 10, 1)}, set()),
    "1 October 2009": (SHIPPED, {"on": date(2009, 10, 1)}, set()),
    "rates not found": (SHIPPED, {"on": date(2012, 1, 1)}, {"not-encoded"}),
    "before there was law": (SHIPPED, {"on": date(1950, 1, 1)}, {"not-in-force"}),
    "known before it was made": (SHIPPED, {"known": date(2007, 1, 1)}, {"not-in-force"}),
    "strict": (SHIPPED, {"strict": True}, {"assumed-fact"}),
    "a figure": (SHIPPED, {"of": ["child_rate"]}, set()),
    "an input": (SHIPPED, {"of": ["tenure", "childcare_hours"]}, set()),
    "attributes, null, several values": (DATED, {}, set()),
    "null without a default, a group in doubt": (with_parent(date_of_birth=None), {"of": ["award", "adults"]}, {"missing-fact"}),
    "no title": (SHIPPED | {"title": None}, {}, set()),
    "an identifier like a key": (ALONE, {"of": ["age"]}, set()),
}


@pytest.mark.parametrize("name", PRINTED)
def test_explanation_is_one_line_as_any_writer_of_json_would_write_it(name: str) -> None:
    """It is put together from pieces; nothing shows that."""
    case, options, _ = PRINTED[name]
    text = jurat.explain(jurat.assess(BOOK, case, **options), "json")
    assert text == json.dumps(json.loads(text), ensure_ascii=False) + "\n"


@pytest.mark.parametrize("name", PRINTED)
def test_explanation_fits(name: str) -> None:
    """What `explain` prints is an assessment, with the refusals that are expected and no others; its case is a case."""
    case, options, refusals = PRINTED[name]
    document = explained(case, **options)
    assert faults(case, CASE) == []
    assert faults(document, ASSESSMENT) == []
    assert document.keys() > ONLY_EXPLAINED
    answers = {key: value for key, value in document.items() if key != "unused"}
    assert {value["kind"] for at, value in parts(answers) if at[-2:-1] == ("refused",)} == refusals


def test_what_was_given_and_not_used_says_why() -> None:
    """Every fact of a case is used or set aside, with one of the reasons that the guide and the schema list."""
    document = explained(DATED, of=["contributions"], known=date(2010, 10, 3))
    assert faults(document, ASSESSMENT) == []
    assert sum(fact["origin"] == "given" for fact in [*document["facts"], *document["unused"]]) == 7
    reasons = {fact["unused"] for fact in document["unused"]}
    described = SCHEMAS[ASSESSMENT]["$defs"]["fact"]["properties"]["unused"]["description"]
    assert len(reasons) == 4
    assert [reason for reason in reasons if reason not in described or f"`{reason}`" not in GUIDE] == []


ASKED = [("", 0), ("--of adults", 0), ("--of child_rate", 0), ("--on 2012-01-01", 1), ("--strict", 1)]


@pytest.mark.parametrize(("options", "status"), ASKED)
def test_assess_prints_the_explanation_without_its_steps(options: str, status: int, capsys: pytest.CaptureFixture[str]) -> None:
    """`assess` and `explain` print one document, the second with three keys more."""
    printed = []
    for command in ("assess", "explain"):
        assert main([command, str(CHILDCARE), "--rules", str(RULES), "--format", "json", *options.split()]) == status
        printed.append(json.loads(capsys.readouterr().out))
    values, explanation = printed
    assert faults(values, ASSESSMENT) == []
    assert values == {key: value for key, value in explanation.items() if key not in ONLY_EXPLAINED}
    assert explanation.keys() - values.keys() == ONLY_EXPLAINED


BROKEN_RULES = {
    "unknown-name": "entity home\nrule award of home “Award” : £\n  is basic\n",
    "name-taken": "entity home\nchoice home “Home” : own, rented\n",
    "not-made": "instrument draft “A draft”\n",
}


@pytest.mark.parametrize("code", BROKEN_RULES)
def test_problems_of_rules_fit(code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What `check` prints is a list of problems, some of them with a second place."""
    (tmp_path / "broken.rules").write_text(BROKEN_RULES[code], "utf-8")
    main(["check", str(tmp_path), "--format", "json"])
    document = json.loads(capsys.readouterr().out)
    assert faults(document, PROBLEM) == []
    assert [problem["code"] for problem in document["problems"]] == [code]
    assert (document["problems"][0]["second"] is None) == (code != "name-taken")


BROKEN_CASES = {
    "not-json": '{"version": 1',
    "value-type": json.dumps(with_parent(gross_earnings="£245 per month")),
    "nobody-there": json.dumps(SHIPPED | {"household": {"home": {"from": "2010-10-02"}}}),
}


@pytest.mark.parametrize("code", BROKEN_CASES)
def test_problems_of_a_case_stand_in_the_place_of_an_assessment(code: str) -> None:
    """A case that cannot be read gives problems only: a document of both shapes."""
    document = json.loads(jurat.explain(jurat.assess(BOOK, Source("case.json", BROKEN_CASES[code])), "json"))
    assert faults(document, ASSESSMENT) == []
    assert faults(document, PROBLEM) == []
    assert [problem["code"] for problem in document["problems"]] == [code]
    assert faults(document | {"problems": []}, ASSESSMENT) != []


REFUSED: dict[str, Any] = {
    "a list": [SHIPPED],
    "no version": {key: value for key, value in SHIPPED.items() if key != "version"},
    "nobody": {"version": 1, "on": "2010-10-01"},
    "a day in words": SHIPPED | {"on": "1 October 2010"},
    "no such day": SHIPPED | {"on": "2010-02-30"},
    "a day in other digits": SHIPPED | {"on": "٢٠١٠-١٠-٠١"},
    "a day long ago": SHIPPED | {"known": "1066-10-14"},
    "a title with a line end": SHIPPED | {"title": "one\ntwo"},
    "a key of answers": SHIPPED | {"steps": {}},
    "a member that is null": SHIPPED | {"household": {"home": None}},
    "an identifier without letters": SHIPPED | {"household": {"": {"tenure": "tenant"}}},
    "a hidden character": SHIPPED | {"household": {"ho\tme": {"tenure": "tenant"}}},
    "a fact without value": with_parent(gross_earnings={"from": "2010-10-01"}),
    "an unknown attribute": with_parent(gross_earnings={"value": 245, "form": "2010-10-01"}),
    "an unknown standing": with_parent(gross_earnings={"value": 245, "standing": "sworn"}),
    "a list as value": with_parent(gross_earnings={"value": [245]}),
    "an empty list": with_parent(gross_earnings=[]),
    "a list in a list": with_parent(gross_earnings=[[245]]),
    "too many digits": with_parent(gross_earnings=10**15),
    "a member from a number": with_parent(**{"from": 2010}),
}


@pytest.mark.parametrize("name", REFUSED)
def test_case_that_the_schema_refuses_is_refused(name: str) -> None:
    """No schema stands in the way of a case that the program would have read."""
    assert faults(SHIPPED, CASE) == []
    assert faults(REFUSED[name], CASE) != []
    answer = jurat.assess(BOOK, Source("case.json", json.dumps(REFUSED[name])), on=date(2010, 10, 1))
    assert answer.assessment is None
    assert any(problem.is_error for problem in answer.problems)


ROWS_AND_BANDS = """
input index of everyone "Index" : number
input pay of person "Pay" : £ a week
  range £0 per week to £1,000 per week
table index_class of everyone "Class" : whole number
  by index
  row low: under 100 gives 1
  row high: 100 or over gives 2
table share of person "Share" : £ a week
  by index_class, pay
  row little: any, under £10 per week gives pay
  row high: 2, £10 per week or over gives bands applied to pay, rounded to the nearest 1p
  otherwise not encoded "the share was not found"
scale bands "Bands" : £ a week
  band 10% up to £100 per week
  band 20% above £100 per week
"""


DOCUMENTS: dict[str, tuple[str, Callable[[], Data]]] = {
    "a case": (CASE, lambda: DATED),
    "values and steps": (ASSESSMENT, lambda: explained(ALONE, of=["childcare_price", "adults"])),
    "refusals": (ASSESSMENT, lambda: explained(EARNING, of=["contributions", "carers_component"], on=date(2012, 1, 1))),
    "doubts": (ASSESSMENT, lambda: explained(household({"tall": True}, {"tall": None}), book(DOUBTS), on=ON, of=["tall_ones"])),
    "rows and bands": (
        ASSESSMENT,
        lambda: explained({"index": 100} | household({"pay": 9}, {"pay": 150}), book(ROWS_AND_BANDS), on=ON, of=["share"]),
    ),
    "problems": (PROBLEM, lambda: problems_of(BROKEN_RULES["name-taken"])),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_odd_passes_and_nothing_lacks(name: str) -> None:
    """Nowhere in a document may another key or something of another type stand, and what is printed has all its keys."""
    schema, make = DOCUMENTS[name]
    document = make()
    assert faults(document, schema) == []
    may_lack = {("household",), ("figures",)}  # there if something is said of them
    spoiled = {}
    for at, value in parts(document):
        spoiled[at] = replaced(document, at, value | ODD if isinstance(value, dict) else ODD)
        is_open = at[:1] in may_lack or at == ("receipt", "question", "rules")
        if isinstance(value, dict) and not is_open and schema != CASE:
            for key in [key for key in value if (*at, key) not in may_lack and value.keys() != {"members", "refused"}]:
                spoiled[*at, key, "lacks"] = replaced(document, at, {k: v for k, v in value.items() if k != key})
    assert [at for at in spoiled if VALIDATORS[schema].is_valid(spoiled[at])] == []


CONTRADICTIONS: list[tuple[str, At, object]] = [
    ("values and steps", ("on",), "1 October 2010"),
    ("values and steps", ("effect",), "sha256:"),
    ("values and steps", ("asked",), []),
    ("values and steps", ("asked", 0, "id", "path"), [""]),
    ("values and steps", ("asked", 0, "term"), "Childcare price"),
    ("values and steps", ("household", "value", "person", "one", "childcare_price", "value"), "£0.00"),
    ("values and steps", ("steps", 0, "kind"), "figure"),
    ("values and steps", ("steps", 0, "kind"), "group"),
    ("values and steps", ("steps", 0, "id", "provision"), "age"),
    ("values and steps", ("steps", 0, "result", "value"), "30.5"),
    ("values and steps", ("steps", 0, "result", "unit"), "£ a week"),
    ("values and steps", ("steps", 0, "authority", "made_before"), None),
    ("values and steps", ("facts", 0, "origin"), "missing"),
    ("values and steps", ("facts", 0, "unused"), "no answer needs it"),
    ("values and steps", ("unused", 0, "unused"), None),
    ("values and steps", ("unused", 0, "origin"), "assumed"),
    ("refusals", ("figures", "contributions_rate", "refused"), []),
    ("refusals", ("steps", 0, "result", "refused", 0, "way"), []),
    ("refusals", ("facts", 1, "source"), "payslip"),
    ("doubts", ("warnings", 0, "severity"), "error"),
    ("doubts", ("steps", 0, "result", "refused"), []),
    ("doubts", ("unused", 0, "result", "refused", 0, "kind"), "nobody"),
    ("problems", ("problems", 0, "line"), None),
    ("problems", ("problems", 0, "code"), "Name taken"),
]


@pytest.mark.parametrize(("name", "at", "value"), CONTRADICTIONS)
def test_nothing_contradicts_the_rest(name: str, at: At, value: object) -> None:
    """A value must be written as its kind is, and a step, a fact or a problem must agree with itself."""
    schema, make = DOCUMENTS[name]
    assert faults(replaced(make(), at, value), schema) != []


@pytest.mark.parametrize(("schema", "example"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_example_of_the_guide_fits(schema: str, example: Data) -> None:
    """Every example in docs/data.md fits the schema that it names."""
    assert faults(example, schema) == []


def test_guide_shows_what_is_printed() -> None:
    """No example in docs/data.md is invented: each is printed for its case or its rule file; only digests may differ."""
    later = date(2012, 1, 1)
    explanations = [explained(DATED, of=["contributions"]), explained(DATED, of=["contributions"], on=later, known=later)]
    assessments = [{key: value for key, value in e.items() if key not in ONLY_EXPLAINED} for e in explanations]
    problems = [problems_of(text) for text in re.findall(r"```rules\n(.*?)```", GUIDE, re.S)]
    paid = pay(BOOK, DATED, date(2010, 9, 25), ON).data()
    text = json.dumps([EXAMPLES, [*explanations, *assessments, *problems, paid]])
    examples, printed = json.loads(re.sub("sha256:[0-9a-f]{64}", "sha256:…", text))
    everything = [value for _, value in parts(printed)]
    assert {name.partition("#")[0] for name, _ in EXAMPLES} == SCHEMAS.keys()
    assert [example for name, example in examples if name != CASE and example not in everything] == []


def test_json_is_one_line_for_programs_and_laid_out_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """The same data, every letter as it is."""
    printed = jurat.explain(jurat.assess(shipped(), CHILDCARE), "json")
    assert main(["explain", str(CHILDCARE), "--rules", str(RULES), "--format", "json"]) == 0
    shown = capsys.readouterr().out
    assert json.loads(printed) == json.loads(shown)
    assert printed.count("\n") == 1
    assert shown.startswith('{\n  "version": 1,\n')
    assert "£" in printed and "£" in shown


def test_roles_everyone_and_schemes_fit() -> None:
    """A case with roles, facts that are nobody's own and names with their scheme; and what is printed of it."""
    rules = from_sources([
        Source("law/shared/all.rules", 'scheme shared "S" entity person entity household contains person role claimant of household "C" : one person'
               ' input pay of person "Pay" : £ input index of everyone "Index" : number rule double of everyone "D" : number is index × 2'),
        Source("law/bonus/all.rules", 'scheme bonus "B" uses shared rule extra of household "E" : £ is pay of claimant × double, rounded to the nearest 1p'),
        Source("law/other/all.rules", 'scheme other "O" uses shared rule extra of household "E" : £ is £1'),
    ])  # fmt: skip
    case = {
        "version": 1,
        "on": "2010-10-01",
        "index": "1.5",
        "household": {"home": {"person": {"a": {"shared.pay": 7, "as": ["claimant"]}}}},
    }
    assert faults(case, CASE) == []
    printed = explained(case, rules, of=["bonus.extra", "other.extra", "double", "index"])
    assert faults(printed, ASSESSMENT) == []
    assert printed["household"]["home"]["bonus.extra"] == {"value": "21.00", "unit": "£"}
    assert printed["figures"] == {"double": {"value": "3", "unit": None}, "index": {"value": "1.5", "unit": None}}
    assert faults(case | {"index": [[1]]}, CASE)
    assert faults(case | {"household": {"home": {"person": {"a": {"as": 7}}}}}, CASE)
