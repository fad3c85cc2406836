"""How many syllables a word has, by its spelling: groups of vowels, with what English leaves silent and what it parts.

It is wrong for about one word in fifty, most often by one. It serves for what is said of whole texts, never of one word.
"""

from __future__ import annotations

import re
from functools import cache

_KNOWN = {
    word: number
    for number, words in (
        (
            2,
            "business couldn create creates didn different doesn evening every giant hasn haven household households interest "
            "isn lion naive people quiet real really science several someone something sometimes unpaid wasn wednesday "
            "whereas whereby wouldn",
        ),
        (
            3,
            "adviser advisers anyone area areas businesses created everyone everything everywhere homeowner homeowners idea "
            "ideas moreover parental quietly recipe somebody theatre",
        ),
        (4, "cooperate coordinate entirely entitlement everybody geology reality"),
    )
    for word in words.split()
}
"""Words of which the spelling does not tell it."""

_RULES = tuple(
    (re.compile(pattern), change)
    for pattern, change in (
        (r"[aeiouyà-ÿ]+", 1),  # each group of vowels
        (r"[^aeiouy]e$", -1),  # rate: the last e is silent
        (r"[^aeiouyr]le$|[^aeiouyrl]l(?:es|ed)$|[ct]res?$", 1),  # table, titled, centre: that one is not
        (r"[^aeiouyscxzg](?<!ch)(?<!sh)es$", -1),  # rates, but not houses
        (r"[^aeiouytd]ed$", -1),  # earned, but not rented
        (r"(?<=[aeiouy])[^aeiouy]{1,2}e(?=(?:ments?|fu(?:l|lly)|less|ly|ness|times?|works?|where|table|style|line)$)", -1),
        (r"(?<![tscg])i(?:a|(?<![ln]i)o(?!us?$)|u)|(?<![tscg])iou", 1),  # period, material, various; but not nation, special
        (r"[sc]iat|tiat|[cs]iet", 1),  # associate, negotiate, society
        (r"(?<![qg])u(?:a|o|ity|ou|en|et|el|in$|ing)", 1),  # usual, annuity, influence
        (r"(?<!g)eo(?!u)|eum|oe[mtv]", 1),  # video, museum, poem, whoever
        (r"(?<=[aeou])y(?=ing|er|ee|al|an|ou|able)|(?<=[^aeiou])ying|eing|oing", 1),  # paying, employer, applying, being
        (r"(?<=[^aeioutscf])i(?:er|est|ety|en[tc])(?!s?$)|(?<=[rnlvpbs])iers?$|iest$", 1),  # experience, earlier
        (r"(?<=[^tscf])ie(?:nts?|ty)$", 1),  # client, variety
        (r"i(?:sms?)$|thms?$", 1),  # criticism, rhythm
    )
)


@cache
def syllables(word: str) -> int:
    """Of one word of letters; of parts with hyphens, those of each."""
    return sum(_of_a_part(part) for part in re.split(r"[-‐‑]", word.lower()) if part) or 1


def _of_a_part(word: str) -> int:
    word = re.sub(r"['’](?:s|t|re|ve|ll|d|m)?$", "", word)
    if word in _KNOWN:
        return _KNOWN[word]
    return max(1, sum(change * len(pattern.findall(word)) for pattern, change in _RULES))
