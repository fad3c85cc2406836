"""A drawing as an outline: a tree in plain text, each term once in full and then `(see above)`."""

from __future__ import annotations

from collections import Counter
from textwrap import wrap

from explain.phrases import numbered, sentence
from explain.rules.drawing import COUNTS, KINDS, Arrow, Box, Drawing

_WIDTH = 100
_LEAST = 40
"""However far in a line begins, it has this many characters."""
_DEEPEST = 24
"""How far in the tree goes: what lies deeper is told where to find."""


def outline(drawing: Drawing) -> str:
    """The tree, from what was asked on, with a line of what is in it."""
    lines = [sentence("{title}, on {day}", title=drawing.title, day=drawing.on)]
    told: set[int] = set()
    for number in drawing.asked:
        lines.append("")
        _tell(drawing, number, told, lines)
    return "\n".join([*lines, "", _count(drawing)]) + "\n"


def _tell(drawing: Drawing, asked: int, told: set[int], lines: list[str]) -> None:
    """One asked term and all below it; a stack in place of recursion, for a chain of rules has no bounded length."""
    waiting: list[tuple[Arrow | None, Box, str, str, int]] = [(None, drawing.box[asked], "", "", 0)]
    while waiting:
        arrow, box, head, rest, level = waiting.pop()
        onwards = drawing.next[box.number]
        again = box.number in told
        too_deep = level == _DEEPEST and bool(onwards) and not again
        if not too_deep:
            told.add(box.number)
        inner = [] if again or too_deep else list(onwards)
        lines += _told(arrow, box, again, too_deep, head, rest, rest + ("│  " if inner else "   "))
        for number, (on, below) in enumerate(reversed(inner)):
            last = number == 0
            waiting.append((on, below, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "), level + 1))


def _told(arrow: Arrow | None, box: Box, again: bool, too_deep: bool, head: str, rest: str, below: str) -> list[str]:
    how = f"{arrow.how}: " if arrow and arrow.how else ""
    if again:
        return _wrapped(sentence("{term} (see above)", term=f"{how}{box.title} ({box.name})"), head, f"{rest}  ")
    kind = f"{sentence(KINDS[box.kind])}, " if box.kind not in ("rule", "group") else ""
    lines = _wrapped(f"{how}{box.title} ({box.name}): {kind}{box.what}", head, f"{below}  ")
    file = "/".join(box.place.replace("\\", "/").split("/")[-2 if box.scheme else -1 :])  # a folder is a scheme
    lines += _wrapped(" · ".join(filter(None, (box.citation, file))), f"{below}  ", f"{below}    ")
    left_out = sentence("goes on: {command}", command=f"jurat graph {box.name}") if too_deep else None
    left_out = sentence("{number} more, not drawn", number=box.more) if box.more else left_out
    return lines + ([f"{below}  … {left_out}"] if left_out else [])


def _wrapped(text: str, head: str, rest: str) -> list[str]:
    width = max(_WIDTH, len(rest) + _LEAST)
    return wrap(text, width, initial_indent=head, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False)


def _count(drawing: Drawing) -> str:
    """`34 terms: 20 rules, 8 facts, 3 figures, 3 groups.`"""
    kinds = Counter(box.kind for box in drawing.boxes)
    parts = ", ".join(numbered(*COUNTS[kind], kinds[kind]) for kind in KINDS if kinds[kind])
    return numbered("{number} term: {kinds}.", "{number} terms: {kinds}.", len(drawing.boxes), kinds=parts)
