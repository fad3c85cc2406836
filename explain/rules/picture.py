"""A drawing as a picture: in DOT for whoever lays it out, and from where that put each box, as SVG.

The layout is asked only where things stand. Shapes, words and colours are drawn here, through a template that escapes them:
the picture holds no script, fetches nothing, and is read in light, in dark and on paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from textwrap import wrap
from typing import Any
from unicodedata import east_asian_width

from attrs import frozen

from explain.phrases import sentence, worded
from explain.rules.drawing import KINDS, Arrow, Box, Drawing
from explain.templating import template

_TITLE_CHARACTERS = 22
_TITLE_LINES = 4
_LINE_HEIGHT = 17
_PADDING = 9
_CHARACTER = 8
"""The width of a letter of a title in the widest of the usual fonts; small letters of the second line are narrower."""
_SMALL_CHARACTER = 7
_HEADING_CHARACTER = 12
_LEAST_WIDTH = 800
"""The legend needs that."""
_POINTS = 72
"""To an inch, in which DOT measures."""

_DOT_SHAPES = {"rule": "box", "table": "component", "scale": "note", "input": "oval", "figure": "hexagon", "group": "folder"}
_DOT_FILLS = {
    "rule": "#eef3fb", "table": "#e3f4f6", "scale": "#e3f4f6", "input": "#eaf6ec", "figure": "#fdf3dd", "group": "#f5ebfa"
}  # fmt: skip
_STEPS = 10
_STEPTH = Decimal("0.001")
"""Of a curve, where its points are looked for; and one by the cube of their number."""
_HALF = Decimal("0.5")
_SLANT = 14
"""How far the sides of a shape that is no rectangle lean in."""
_TAB = 8
"""The height of the tab of a group, which is drawn like a folder, of the head of a table, and of the two steps of a scale."""
_WITH_TAB = ("group", "table", "scale")


@frozen(eq=False, repr=False)
class Words:
    """What stands in a box, and how large that makes it."""

    title: tuple[str, ...]
    below: str
    width: int
    height: int


def _words(box: Box) -> Words:
    lines = wrap(box.heading, _TITLE_CHARACTERS) or [box.name]
    if len(lines) > _TITLE_LINES:
        lines = [*lines[: _TITLE_LINES - 1], f"{lines[_TITLE_LINES - 1][: _TITLE_CHARACTERS - 2]} …"]
    below = " · ".join(filter(None, (box.whose, box.value, box.paid, sentence("not known") if box.unknown else None)))
    below = below if len(below) <= 2 * _TITLE_CHARACTERS else f"{below[: 2 * _TITLE_CHARACTERS - 2]} …"
    below += f" (+{box.more})" if box.more else ""
    widest = max(*(_length(line) * _CHARACTER for line in lines), _length(below) * _SMALL_CHARACTER)
    lean = 2 * _SLANT if box.kind in ("input", "figure") else 0
    tab = _TAB if box.kind in _WITH_TAB else 0
    return Words(tuple(lines), below, widest + 2 * _PADDING + lean, (len(lines) + 1) * _LINE_HEIGHT + 2 * _PADDING + tab)


def _length(text: str) -> int:
    """How many letters wide a text is; those of East Asian scripts count twice."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


# ---- DOT ------------------------------------------------------------------------------------------------------------


def dot_text(drawing: Drawing) -> str:
    """The drawing in DOT, the language of Graphviz: a graph that its programs lay out and other programs read."""
    lines = [
        "digraph jurat {",
        f"  graph [rankdir=LR, nodesep=0.16, ranksep=0.55, tooltip={_quoted(_heading(drawing))}];",
        '  node [fontname="Helvetica", fontsize=13, fixedsize=true, style=filled, color="#3b4a63"];',
        '  edge [fontname="Helvetica", fontsize=11, color="#5b6474", arrowsize=0.7, headport=w, tailport=e];',
    ]
    lines += [_dot_node(box) for box in drawing.boxes]
    lines += [_dot_edge(drawing, arrow) for arrow in drawing.arrows]
    return "\n".join([*lines, "}"]) + "\n"


def _dot_node(box: Box) -> str:
    words = _words(box)
    style = ",".join(filter(None, ("filled", "rounded" if box.kind == "rule" else None, "dashed" if box.unknown else None)))
    attributes = {
        "label": _quoted("\n".join((*words.title, words.below))),
        "shape": _DOT_SHAPES[box.kind],
        "style": _quoted(style),
        "fillcolor": _quoted(_DOT_FILLS[box.kind]),
        "width": _inches(words.width),
        "height": _inches(words.height),
        "tooltip": _quoted("\n".join(box.lines)),
    }
    if box.paid:
        attributes["penwidth"] = "2.5"
    return f"  n{box.number} [{', '.join(f'{name}={value}' for name, value in attributes.items())}];"


def _dot_edge(drawing: Drawing, arrow: Arrow) -> str:
    attributes = {"tooltip": _quoted(_arrow_words(drawing, arrow))}
    if arrow.how:
        attributes["label"] = _quoted(_short(arrow.how))
    if arrow.decides:
        attributes["style"] = "dashed"
    return f"  n{arrow.start} -> n{arrow.end} [{', '.join(f'{name}={value}' for name, value in attributes.items())}];"


def _short(text: str) -> str:
    return "\n".join(wrap(text, _TITLE_CHARACTERS - 4)[:3])


def _quoted(text: str) -> str:
    """Text as it stands in quotes in DOT, where `\\`, `"` and `&` would mean something."""
    escaped = text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _inches(points: int) -> str:
    whole, part = divmod(points * 1000 // _POINTS, 1000)
    return f"{whole}.{part:03}"


# ---- where things stand ---------------------------------------------------------------------------------------------


@frozen(eq=False, repr=False)
class Placed:
    """A box in the picture: its middle, in points from the top left, and its size."""

    box: Box
    words: Words
    x: Decimal
    y: Decimal
    shape: str
    """The path of its outline."""
    rows: tuple[tuple[str, Decimal], ...]
    """Its lines of text, each with its height in the picture."""


@frozen(eq=False, repr=False)
class Line:
    """An arrow in the picture."""

    arrow: Arrow
    words: str
    path: str
    rows: tuple[tuple[str, Decimal, Decimal], ...]
    """The lines of its label, where each stands."""


def picture(drawing: Drawing, layout: Mapping[str, Any], links: Mapping[int, str] | None = None) -> str:
    """The drawing as SVG, from the layout that `dot -Tjson0` gives of its DOT text; `links` are where its boxes lead."""
    _, _, width, height = (Decimal(number) for number in layout["bb"].split(","))
    objects = {found["name"]: found for found in layout.get("objects", ())}
    names = {found["_gvid"]: name for name, found in objects.items()}
    edges = {(names[edge["tail"]], names[edge["head"]]): edge for edge in layout.get("edges", ())}
    placed = [_placed(box, objects[f"n{box.number}"], height) for box in drawing.boxes]
    lines = [_line(drawing, arrow, edges[f"n{arrow.start}", f"n{arrow.end}"], height) for arrow in drawing.arrows]
    text = template("graph.svg").render(
        drawing=drawing,
        width=max(width, Decimal(_LEAST_WIDTH), Decimal(_HEADING_CHARACTER * _length(_heading(drawing)))),
        height=height,
        boxes=placed,
        lines=lines,
        links=links or {},
        legend=_legend(drawing),
        heading=_heading(drawing),
        sentences=_sentences(drawing),
    )
    return f"{without_what_is_no_xml(text).rstrip()}\n"


def without_what_is_no_xml(text: str) -> str:
    """A text with a mark in place of the characters that a rule file may hold and XML may not."""
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def _placed(box: Box, found: Mapping[str, Any], height: Decimal) -> Placed:
    words = _words(box)
    x, y = _point(found["pos"], height)
    top = y - len(words.title) * _LINE_HEIGHT * _HALF + 4 + (_TAB * _HALF if box.kind in _WITH_TAB else 0)
    rows = tuple((line, top + _LINE_HEIGHT * number) for number, line in enumerate((*words.title, words.below)))
    return Placed(box, words, x, y, _shape(box.kind, x, y, words.width, words.height), rows)


def _line(drawing: Drawing, arrow: Arrow, found: Mapping[str, Any], height: Decimal) -> Line:
    """A curve from box to box: its first point, the points that bend it, and its tip."""
    written = found["pos"].split()
    tip = [_point(part.removeprefix("e,"), height) for part in written if part.startswith("e,")]
    first, *bends = [_point(part, height) for part in written if part[0] not in "es"]
    path = f"M{_at(first)} C{' '.join(_at(point) for point in bends)}" + "".join(f" L{_at(point)}" for point in tip)
    rows: tuple[tuple[str, Decimal, Decimal], ...] = ()
    if "lp" in found:
        x, y = _nearest([first, *bends], _point(found["lp"], height)[0])
        said = _short(arrow.how).split("\n")
        rows = tuple((text, x, y + 4 + (2 * n - len(said) + 1) * 6) for n, text in enumerate(said))
    return Line(arrow, _arrow_words(drawing, arrow), path, rows)


def _nearest(curve: Sequence[tuple[Decimal, Decimal]], x: Decimal) -> tuple[Decimal, Decimal]:
    """The point of a curve nearest below or above `x`: a label stands on its own line, however near another passes."""
    points = []
    for start in range(0, len(curve) - 3, 3):
        for step in range(_STEPS + 1):
            rest = _STEPS - step
            weights = (rest**3, 3 * rest**2 * step, 3 * rest * step**2, step**3)
            parts = list(zip(weights, curve[start : start + 4], strict=True))
            points.append((sum(w * p[0] for w, p in parts) * _STEPTH, sum(w * p[1] for w, p in parts) * _STEPTH))
    found = min(points, key=lambda point: abs(point[0] - x))
    return _tenths(found[0]), _tenths(found[1])


def _point(text: str, height: Decimal) -> tuple[Decimal, Decimal]:
    """A point of the layout, which counts from the bottom, as one of the picture, which counts from the top."""
    x, y = (Decimal(number) for number in text.split(","))
    return _tenths(x), _tenths(height - y)


def _tenths(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"))


def _at(point: tuple[Decimal, Decimal]) -> str:
    return f"{point[0]},{point[1]}"


def _shape(kind: str, x: Decimal, y: Decimal, width: int, height: int) -> str:
    """The outline of a kind of term about a middle: kinds differ in shape, so that nobody needs the colour."""
    w, h = width * _HALF, height * _HALF
    left, right, top, bottom = x - w, x + w, y - h, y + h
    lean = min(Decimal(_SLANT), h)
    match kind:
        case "input":
            r = min(h, w)
            bow = f"A{r},{r} 0 0 1"
            return f"M{left + r},{top} H{right - r} {bow} {right - r},{bottom} H{left + r} {bow} {left + r},{top} Z"
        case "figure":
            return f"M{left},{y} L{left + lean},{top} H{right - lean} L{right},{y} L{right - lean},{bottom} H{left + lean} Z"
        case "table":
            return f"M{left},{top} H{right} V{bottom} H{left} Z M{left},{top + _TAB} H{right} M{x},{top} v{_TAB}"
        case "scale":
            steps = f"M{left},{top + _TAB} H{left + 2 * _TAB} V{top + _TAB * _HALF} H{left + 4 * _TAB} V{top}"
            return f"{steps} H{right} V{bottom} H{left} Z"
        case "group":
            return f"M{left},{top} H{left + 2 * _TAB} L{left + 3 * _TAB},{top + _TAB} H{right} V{bottom} H{left} Z"
        case _:
            return f"M{left},{top} H{right} V{bottom} H{left} Z"


def _legend(drawing: Drawing) -> list[tuple[str, str, str]]:
    """What each look means, of those that are there: its class, its words and its shape."""
    shown = {box.kind for box in drawing.boxes}
    looks = [(kind, sentence(name), kind) for kind, name in KINDS.items() if kind in shown]
    looks += [("rule paid", sentence("what is paid"), "rule")] if any(box.paid for box in drawing.boxes) else []
    looks += [("rule unknown", sentence("not known that day"), "rule")] if any(box.unknown for box in drawing.boxes) else []
    return [(classes, name, _shape(kind, Decimal(17), Decimal(0), 34, 20)) for classes, name, kind in looks]


# ---- words ----------------------------------------------------------------------------------------------------------


def _arrow_words(drawing: Drawing, arrow: Arrow) -> str:
    start, end = drawing.box[arrow.start].title, drawing.box[arrow.end].title
    return sentence(_ARROWS[bool(arrow.how), arrow.decides], start=start, end=end, how=arrow.how)


_ARROWS = {
    (False, False): worded("{start} rests on {end}"),
    (False, True): worded("{start} rests on {end} (it decides which case applies, or who counts)"),
    (True, False): worded("{start} rests on {end}: {how}"),
    (True, True): worded("{start} rests on {end}: {how} (it decides which case applies, or who counts)"),
}


def _heading(drawing: Drawing) -> str:
    return sentence("{title}, on {day}", title=drawing.title, day=drawing.on)


def _sentences(drawing: Drawing) -> list[str]:
    """The picture for who cannot see it: what each box rests on."""
    under: dict[int, list[str]] = {}
    for arrow in drawing.arrows:
        how = f" ({arrow.how})" if arrow.how else ""
        under.setdefault(arrow.start, []).append(f"{drawing.box[arrow.end].title}{how}")
    return [
        sentence("{title} rests on {terms}.", title=box.title, terms=", ".join(under[box.number]))
        for box in drawing.boxes
        if box.number in under
    ]
