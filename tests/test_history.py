"""The life of a provision, told: each text, its days, what made it so, and the words that changed."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator
from pytest_regressions.file_regression import FileRegressionFixture

from engine.book.history import History, history
from engine.book.law import Kind
from explain.rules.history import history_text
from jurat.cli import main
from tests.books import ROOT, RULES, shipped
from tests.test_consolidated import amended
from tests.test_schemas import ODD, parts, replaced

SCHEMA = json.loads((ROOT / "jurat" / "schemas" / "history.v1.json").read_text("utf-8"))
FITS = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
AMENDED = str(ROOT / "tests" / "examples" / "amended.rules")


def life(name: str, known: date | None = None, drafts: tuple[str, ...] = ()) -> History:
    return history(amended(drafts=drafts).law, name, known)


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_the_life_of_a_rule(form: str, file_regression: FileRegressionFixture) -> None:
    """Other words in it, an exception inserted, one omitted."""
    suffix = {"text": ".txt", "md": ".md", "json": ".json"}[form]
    file_regression.check(history_text(life("counted"), form), extension=suffix)  # type: ignore[arg-type]


def test_a_title_stays_text_in_markdown() -> None:
    title = "<b>|*_`[x](javascript:1)"
    law = 'instrument order "%s"\n  made 1 May 2009\n  commences 1 October 2009\nfigure rate "%s" : £ a week\n  £5 per week from 1 October 2009\n'
    told = history_text(history(amended(law % (title, title)).law, "rate"), "md")
    said = told.split("```")[0]
    assert r"\<b\>" in said
    assert "<b>" not in said.replace(r"\<b\>", "") and "[x](" not in said.replace(r"\[x\](", "")


@pytest.mark.parametrize("name", ["child_rate", "extra", "parking", "award"])
def test_other_lives(name: str, file_regression: FileRegressionFixture) -> None:
    """A figure that is renamed; rows changed for a time; a rule omitted; one substituted and saved for some."""
    file_regression.check(history_text(life(name)), extension=".txt")


def test_what_was_known_on_a_day() -> None:
    """The amendment of July 2010 was not known before it was made; a draft is told where it is named."""
    assert len(life("child_rate", date(2010, 7, 19)).eras) == 1
    assert len(life("child_rate", date(2010, 7, 20)).eras) == 2
    assert "£70 per week" not in history_text(life("child_rate"))
    assert "A draft of 2012, Regulation 1 (a draft)" in history_text(life("child_rate", drafts=("a_draft",)))


@pytest.mark.parametrize("name", sorted(shipped().law.provisions))
def test_every_life_is_whole(name: str) -> None:
    """Of each shipped provision: one text after another without a day between, and something changes at each."""
    eras = history(shipped().law, name).eras
    assert eras
    for before, after in pairwise(eras):
        assert after.start is not None
        assert before.until == after.start - timedelta(days=1)
        assert after.differences or after.makers or (before.text is None) is not (after.text is None)
    for era in eras:
        if era.start is not None:
            write = shipped().law.provisions[name].timeline.at(era.start, None)
            assert (write is None) is (era.text is None)
    data = json.loads(history_text(history(shipped().law, name), "json"))
    assert [one["from"] for one in data["versions"]] == [era.start.isoformat() if era.start else None for era in eras]


# ---- as data --------------------------------------------------------------------------------------------------------


def as_data(lived: History) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(history_text(lived, "json"))
    return found


LIVES = {name: as_data(life(name, drafts=("a_draft",))) for name in amended(drafts=("a_draft",)).law.provisions}


def test_the_schema_is_a_schema() -> None:
    """It keeps to its draft and says in words what every property is."""
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert set(SCHEMA["properties"]["kind"]["enum"]) == set(get_args(Kind))
    said = [part["properties"] for part in (SCHEMA, *SCHEMA["$defs"].values()) if "properties" in part]
    assert [name for properties in said for name, one in properties.items() if not one.get("description")] == []


@pytest.mark.parametrize("name", LIVES)
def test_every_life_fits_the_schema_and_nothing_odd_does(name: str) -> None:
    """Amendments of every kind, a saving, a draft and new names; a key more or less, or of another type, is refused anywhere."""
    found = LIVES[name]
    assert [error.message for error in FITS.iter_errors(found)] == []
    for at, value in parts(found):
        assert not FITS.is_valid(replaced(found, at, value | ODD if isinstance(value, dict) else ODD)), at
        for key in value if isinstance(value, dict) else ():
            assert not FITS.is_valid(replaced(found, at, {k: v for k, v in value.items() if k != key})), (at, key)


def test_shipped_lives_fit() -> None:
    for name in shipped().law.provisions:
        assert [error.message for error in FITS.iter_errors(as_data(history(shipped().law, name)))] == []


def test_the_guide_shows_what_is_printed() -> None:
    guide = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
    [shown] = re.findall(r"<!-- a change of a provision -->\n```json\n(.*?)```", guide, re.DOTALL)
    assert json.loads(shown) in [change for version in LIVES["counted"]["versions"] for change in version["changes"]]


# ---- the command ----------------------------------------------------------------------------------------------------


def test_any_name_that_it_had(capsys: pytest.CaptureFixture[str]) -> None:
    told = []
    for name in ("child_rate", "kid_rate"):
        assert main(["history", name, "--rules", AMENDED]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert "child_rate is called kid_rate." in told[0]


def test_a_name_that_has_no_history(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["history", "child_rat", "--rules", AMENDED]) == 1
    assert "Write `child_rate`." in capsys.readouterr().err
    assert main(["history", "gross", "--rules", AMENDED]) == 1
    assert "`gross` is a fact, which has no dates and so no history." in capsys.readouterr().err
    assert main(["history", "award", "--rules", str(RULES)]) in (0, 1)
    capsys.readouterr()
