"""Everything in a language in which no letter is English: what is still English was put together of pieces."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from contextlib import redirect_stdout
from datetime import date
from functools import cache
from gettext import NullTranslations
from html.parser import HTMLParser
from pathlib import Path

import pytest

from explain.phrases import sentence, speaking, spoken
from explain.telling.provision_words import meaning_lines
from explain.tongue import ENGLISH, Tongue
from grammar.source import Source
from jurat.cli import main
from jurat.rulebook import Rules, from_sources
from jurat.site import site_of

_PLACES = re.compile(r"(\{\w+\})")
_LETTERS = {ord(letter): ord(letter) + 0xFEE0 for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"}


class Wide(NullTranslations):
    """Every letter of a phrase as wide as a letter of Chinese; its places stand as they are."""

    def gettext(self, message: str) -> str:
        return "".join(part if part.startswith("{") else part.translate(_LETTERS) for part in _PLACES.split(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


WIDE = Tongue("wide", Wide())

BOOK = """scheme thermansi "Θέρμανση" note "Μικρό."
entity melos
entity spiti contains melos
instrument diatagma "Διάταγμα" made 1 December 2010 commences 1 January 2011
instrument nomos "Νόμος" made 1 December 2009 commences 1 January 2010 source "https://example.org/act"
input kostos of spiti "Κόστος" : £ a month default £0 per month range £0 per month to £900 per month ask "Πόσο;"
  decided by "Υπουργός" applying "Νόμος"
input misthos of melos "Μισθός" : £ a month default £0 per month range £0 per month to £900 per month
input zei of melos "Ζει" : yes/no
  default yes
figure meros "Μέρος" : % cite "§1"
  50% from 1 January 2010
  60% from 1 January 2011 made by diatagma "§1"
  not encoded "δεν βρέθηκε" from 1 January 2012
figure orio "Όριο" : £ a month cite "§3"
  £10 per month from 1 January 2010 until 31 December 2010
  £12 per month from 1 January 2011 made by diatagma "§2"
figure agnosto "Άγνωστο" : £ a month cite "§4"
  not encoded "δεν βρέθηκε" from 1 January 2010
group oikogeneia of spiti "Οικογένεια" : melos where zei
table skala of spiti "Πίνακας" : £ a month cite "§5"
  by kostos
  row ligo: £50 per month or under gives £1 per month
  row poly: over £50 per month to £100 per month gives £2 per month
  otherwise £3 per month
rule epidoma of spiti "Επίδομα" : £ a month
  cite "§2" payable by the month
  because "Ακριβό."
  note "Σημείωση."
  is £0 per month when kostos < orio
  otherwise meros × kostos + skala - sum of misthos over oikogeneia, but not less than £0 per month, rounded to the nearest 1p
  except monos: £1 per month when count of oikogeneia = 0
  reading ola "Όλα"
    is £1 per month
provision "§9" discretionary "Υπουργός"
provision "§8" not encoded "δεν βρέθηκε"
example "Κρύο" on 1 October 2010
  given spiti home
    kostos is £40 per month
  given melos ann of home
  expect epidoma of home is £21 per month
example "Λάθος" on 1 October 2010
  given spiti home
    kostos is £60 per month
  given melos ann of home
  expect epidoma of home is £20 per month
"""
DRAFT = """amendment schedio "Σχέδιο"
  amends nomos
  commences 1 February 2011
in epidoma omit exception monos
in orio for £12 per month substitute £14 per month
"""
CASE = """case "Σπίτι" on 1 October 2010
  given spiti home
    kostos is £240 per month
  given melos ann of home
    misthos is £20 per month
"""
OTHER = CASE.replace("£240", "£250").replace("Σπίτι", "Άλλο")

Files = Mapping[str, Path]


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The rules, a draft that amends them, and two cases, each by its name."""
    made = tmp_path_factory.mktemp("book")
    found = {"rules": made / "rules" / "thermansi.rules", "draft": made / "schedio.rules"}
    found |= {"case": made / "cases" / "spiti.case", "other": made / "cases" / "allo.case"}
    for path, text in zip(found.values(), (BOOK, DRAFT, CASE, OTHER), strict=True):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return {**found, "folder": found["rules"].parent}


def printed(files: Files, command: str) -> str:
    """What a command prints in the wide language."""
    arguments = [str(files.get(word, word)) for word in command.split()]
    out = io.StringIO()
    with speaking(WIDE), redirect_stdout(out):
        main(arguments)
    return out.getvalue()


DAYS = "--from 2010-10-01 --to 2011-10-01"
COMMANDS = [
    "assess case --rules rules",
    "pay case --rules rules --from 2010-10-15 --until 2011-02-20",
    "pay case --rules rules --from 2010-10-15 --until 2011-02-20 --format md",
    *(
        f"{command} --rules rules --format {form}"
        for command in (
            f"compare folder {DAYS}",
            f"compare folder {DAYS} --case case",
            "compare --case case --case other --on 2010-10-01",
            "compare folder --on 2011-10-01 --with draft",
            "curve case --vary kostos",
            "curve case --vary kostos --from-date 2010-10-01 --to-date 2011-10-01",
            f"rates folder {DAYS}",
            "explain case",
            "explain case --for auditor",
            "explain case --with draft --on 2011-03-01",
            "explain case --on 2012-02-01",
        )
        for form in ("text", "md", "html")
    ),
    "history epidoma --rules rules",
    "history orio --rules rules --format md",
    "coverage folder",
    "coverage folder --format md",
    "graph epidoma --rules rules",
    "test rules --coverage",
]


class Texts(HTMLParser):
    """What of a page is read out: its texts but for rules as they are written, and attributes that are read out."""

    INLINE = ("a", "b", "br", "code", "mark", "small", "strong", "sup")
    AS_WRITTEN = ("style", "pre", "code")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside += [tag] if tag in self.AS_WRITTEN else []
        read_out = [value or "" for name, value in attrs if name in ("title", "aria-label", "alt", "data-label")]
        self.text += "\n" if tag not in self.INLINE else ""
        self.text += "".join(f"\n{words}\n" for words in read_out)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            self.inside.remove(tag)

    def handle_data(self, data: str) -> None:
        self.text += "" if self.inside else data


NAMES = {
    "thermansi", "melos", "spiti", "nomos", "diatagma", "schedio", "kostos", "misthos", "zei", "meros", "orio", "agnosto", "oikogeneia",
    "skala", "ligo", "poly", "epidoma", "monos", "ola", "home", "ann", "rules", "allo", "case",
}  # fmt: skip
PARTS = {"case", "exception", "row", "otherwise", "from", "January", "until", "over", "to", "or", "under"}
"""By which the engine calls the parts of a rule, in tables of rates and of coverage: `otherwise`, `row ligo`, `£50 per month or under`."""
REFUSAL = {"is", "not", "encoded"}
"""Why something is refused, as the engine says it."""
AS_WRITTEN = re.compile(
    r"^```.*?^```$|^     .*$|`[^`\n]*`|<br>|<https:[^>]*>|https\\?://example\\?.org/act", re.MULTILINE | re.DOTALL
)
VALUES = re.compile(r", a month|£[\d,.]*…? (?:an?|per) month|£ a month|\byes/no\b|\b(?:yes|no)\b")


def english_left(text: str, names: Iterable[str] = NAMES) -> list[str]:
    """Words of a page or a text that are neither names nor values, nor rules as they are written."""
    text = Texts(text).text if "<html" in text or "<svg" in text else AS_WRITTEN.sub("", text)
    words = re.findall(r"[A-Za-z_]{2,}", VALUES.sub("", re.sub(r"[ \n]+", " ", text)))
    return [word for word in words if word.lower() not in {name.lower() for name in names}]


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_that_is_printed_is_english(command: str, files: Files) -> None:
    text = printed(files, command).replace(str(files["draft"].parent), "")
    assert re.search("[ａ-ｚ]{2}", text)
    names = NAMES | PARTS if command.startswith(("rates", "coverage")) else NAMES
    assert english_left(text, names | REFUSAL if "2012" in command else names) == []


@cache
def _site() -> Mapping[str, str]:
    with speaking(WIDE):
        return site_of(from_sources([Source("thermansi.rules", BOOK)]), on=date(2011, 10, 1)).files


@pytest.mark.parametrize(
    "page",
    ["index.html", "law.html", "examples.html", "examples/thermansi.html"]
    + [f"terms/{name}.html" for name in ("epidoma", "orio", "agnosto", "kostos", "skala", "oikogeneia")]
    + ["graphs/epidoma.html"],
)
def test_nothing_of_a_site_is_english(page: str) -> None:
    text = _site()[page.replace("terms/", "terms/thermansi.").replace("graphs/", "graphs/thermansi.")]
    assert 'lang="wide"' in text and re.search("[ａ-ｚ]{2}", text)
    assert english_left(text, NAMES | PARTS) == []


def test_what_is_kept_of_a_graph_is_kept_by_language() -> None:
    """The same rules, told in one language and then in the other."""
    rules = from_sources([Source("thermansi.rules", BOOK)])
    told = [_of_the_award(rules, tongue) for tongue in (ENGLISH, WIDE, ENGLISH)]
    assert told[0] == told[2]
    assert english_left(told[1]) == [] and "but not less than" in told[0]


def _of_the_award(rules: Rules, tongue: Tongue) -> str:
    graph = rules.on(date(2010, 10, 1)).graph
    with speaking(tongue):
        return "\n".join(meaning_lines(graph, graph.by_name["epidoma"]))


def test_a_language_ends_where_it_was_put_in_the_place_of_english() -> None:
    def told_and_broken_off() -> None:
        with speaking(WIDE):
            assert sentence("Nothing is paid.") != "Nothing is paid."
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        told_and_broken_off()
    assert spoken() is ENGLISH and sentence("Nothing is paid.") == "Nothing is paid."
