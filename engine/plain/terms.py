"""Which terms a book defines, and which it only uses.

A term is defined where a note says `'remunerative' means …`: for the whole book if it stands on a scheme or an instrument, else
for its own declaration. The title of a declaration, the name of an instrument and whoever decides are names that the book gives.
An abbreviation is explained where it stands in brackets behind the words that it is short for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from engine.plain.forms import Hard
from engine.plain.sentences import Piece, sentences
from engine.plain.texts import Read, Text, all_texts
from grammar.words import MONTHS

_MEANS = re.compile(r"(?<!\w)['‘“]([^'‘’“”]+)['’”]\s+(?:means|is short for|stands for)\b")
_QUOTED = re.compile(r"(?<!\w)['‘“](?=\S)([^'‘’“”]*(?:\w['’]\w[^'‘’“”]*)*)(?<=\S)['’”](?!\w)")
_ABBREVIATION = re.compile(r"(?<![\w./&-])[A-Z]{2,}s?(?![\w/&-]|\.\w| [A-Z][a-z])")
"""Behind one may stand no name, of which it would be a part."""
_CITED = re.compile(r"\b(?:says?|said|reads?|prints?|words?):? $")
_ROMAN = re.compile(r"[IVXLC]+")
_CAPITAL = r"[A-Z][^\W\d_A-Z][^\W\d_]*(?:['’-][^\W\d_]+)*"
_NAME = re.compile(rf"{_CAPITAL}(?: (?:(?:of the|of|and|for|in) )?{_CAPITAL})+")
_FIRST = re.compile(r"[A-Z]\S* (?:(?:of the|of|and|for|in) )?")
_LAW = r"(?:Laws?|Orders?|Regulations?|Acts?)\b"
_INSTRUMENT = re.compile(rf".*\b(?:{_LAW}|Schedule|Part|Article|Amendment|Appendix|No)")
_BODY = re.compile(
    r".*\b(?:Airport|Assembly|Association|Committee|Company|Council|Court|Department|Hospital|Limited|Ltd|Tribunal)"
    r"|.*\bTrust"
)
_GOES_ON_AS_LAW = re.compile(rf"(?: \([^()]*\))* {_LAW}")
_KNOWN_TO_ALL = frozenset({"EU", "GP", "GPs", "ID", "OK", "PIN", "TV", "UK", "USA", "VAT"})
_MONTHS = frozenset(MONTHS)
_PLACES = frozenset({"Channel Islands", "Great Britain", "New Year", "Northern Ireland", "United Kingdom", "Christmas Day"})
_OPENING = re.compile(
    r"A|About|After|All|Also|An|Any|As|Asked|At|Because|Before|But|By|Do|Does|For|From|Give|Has|"
    r"Have|How|If|In|Is|It|Its|No|Not|Of|On|Once|One|Only|Or|Since|So|That|The|Their|There|"
    r"These|They|This|Those|To|Under|Until|What|When|Where|Which|Who|Whose|Why|With|You|Your"
)
"""Words that are capitals only because a sentence begins with them."""
MOST_WORDS_OF_A_TERM = 3
"""What is longer and stands in quotes is something that somebody said."""


@frozen(eq=False, repr=False)
class Terms:
    """The terms of a book."""

    everywhere: frozenset[str]
    """Defined for all of it, in small letters."""
    here: dict[int, frozenset[str]]
    """By declaration: those defined in its own notes."""
    names: tuple[str, ...]
    """Titles, and other names that the book gives, in small letters."""
    explained: frozenset[str]
    """Abbreviations that are spelt out somewhere."""

    def uncovered(self, text: Text, found: Sequence[Hard]) -> Iterator[Hard]:
        """A text's hard words that are not quoted, and stand in no term that is defined and in no name given elsewhere."""
        if not found:
            return
        quoted = [(place.start(), place.end()) for place in _QUOTED.finditer(text.words)]
        lowered = text.words.lower()
        own = lowered if text.kind == "title" else None
        known = (*self.everywhere, *self.here.get(id(text.of), ()), *(name for name in self.names if name != own))
        for hard in found:
            is_quoted = any(start <= hard.start and hard.end <= end for start, end in quoted)
            if not is_quoted and not any(_stands_around(term, lowered, hard) for term in known):
                yield hard

    def has(self, text: Text, term: str) -> bool:
        """Whether the book says what a term is."""
        lowered = term.lower()
        if lowered in self.everywhere or lowered in self.here.get(id(text.of), ()):
            return True
        own = text.words.lower() if text.kind == "title" else None
        return any(lowered in name for name in self.names if name != own) or (own is not None and own == lowered)


def _stands_around(term: str, text: str, hard: Hard) -> bool:
    """Whether a term stands in a text, in whole words, where a hard word is."""
    place = text.find(term, max(0, hard.end - len(term)), hard.start + len(term))
    while place >= 0:
        end = place + len(term)
        cuts_a_word = (text[max(0, place - 1) : place].isalnum() and text[place].isalnum()) or text[end : end + 1].isalnum()
        if place <= hard.start and hard.end <= end and not cuts_a_word:
            return True
        place = text.find(term, place + 1, hard.start + len(term))
    return False


def terms(files: tuple[Read, ...]) -> Terms:
    """What a book's texts define."""
    everywhere: set[str] = set()
    here: dict[int, set[str]] = {}
    names = {name.lower() for file in files for name in file.named}
    explained: set[str] = set()
    for text in all_texts(files):
        words = text.words
        if text.kind == "title":
            names.add(words.lower())
        elif text.kind == "note" and ("means" in words or "s for" in words):
            found = {term.strip().lower() for term in _MEANS.findall(words)}
            (everywhere if text.of.kind in ("scheme", "instrument", "amendment") else here.setdefault(id(text.of), set())).update(
                found
            )
        if "(" in words:
            explained |= set(re.findall(r"\w \(([A-Z]{2,}s?)\)", words)) | set(re.findall(r"\b([A-Z]{2,}s?) \(", words))
    in_both = {key: frozenset(found) for key, found in here.items()}
    return Terms(frozenset(everywhere), in_both, tuple(sorted(names)), frozenset(explained))


def undefined(texts: Iterable[Text], known: Terms) -> Iterator[tuple[Text, Piece, str]]:
    """The first place of each term that the book uses and nowhere defines, and which kind of term it is."""
    told: set[str] = set()
    for text in texts:
        for piece, kind in _used(text.words):
            if piece.words in told or piece.words.lower() in told:
                continue
            if (kind == "abbreviation" and piece.words in known.explained) or known.has(text, piece.words):
                continue
            told |= {piece.words, piece.words.lower()}
            yield text, piece, kind


def _used(words: str) -> Iterator[tuple[Piece, str]]:
    """What looks like a term, and as what: an abbreviation, a name in capitals, or words in quotes."""
    for found in _ABBREVIATION.finditer(words):
        if found[0] not in _KNOWN_TO_ALL and not _ROMAN.fullmatch(found[0]):
            yield Piece(found.start(), found.end(), found[0]), "abbreviation"
    quoted: Sequence[re.Match[str]] = ()
    if "'" in words or "‘" in words or "“" in words:
        meant = {found.start() for found in _MEANS.finditer(words)}
        quoted = list(_QUOTED.finditer(words))
        for found in quoted:
            is_cited = found.start() in meant or _CITED.search(words, 0, found.start())
            if not is_cited and len(found[1].split()) <= MOST_WORDS_OF_A_TERM and "{" not in found[1]:
                yield Piece(found.start(1), found.end(1), found[1]), "quoted"
    begins: set[int] | None = None
    for found in _NAME.finditer(words):
        if any(other.start() <= found.start() and found.end() <= other.end() for other in quoted):
            continue
        begins = {piece.start for piece in sentences(words)} if begins is None else begins
        name, start = found[0], found.start()
        first = _FIRST.match(name) if start in begins else None
        if first is not None and (first[0].count(" ") > 1 or _OPENING.fullmatch(first[0].strip())):
            start, name = start + first.end(), name[first.end() :]
        if _is_a_term(name) and not _GOES_ON_AS_LAW.match(words, start + len(name)):
            yield Piece(start, start + len(name), name), "name"


def _is_a_term(name: str) -> bool:
    """Whether words in capitals are no law, nobody's name, no place and no day: those say themselves what they are."""
    if not _NAME.fullmatch(name) or name in _PLACES or not _MONTHS.isdisjoint(name.split()):
        return False
    return not _INSTRUMENT.fullmatch(name) and not _BODY.fullmatch(name)
