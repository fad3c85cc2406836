"""The smallest input that still breaks in the same way: that is the case to keep."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable

from tests.books import ROOT
from tests.fuzz.mutation import _WORDS


def fault(run: Callable[[bytes], None], data: bytes) -> str | None:
    """What goes wrong and where, in a line that two inputs with one fault share; None where nothing does."""
    try:
        run(data)
    except Exception as error:
        places = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(str(ROOT))]
        last = places[-1] if places else None
        what = re.sub(r"[0-9]+", "…", str(error))[:80]
        return f"{type(error).__name__} in {last.name if last else '?'}: {what}"
    return None


def smallest(run: Callable[[bytes], None], data: bytes, rounds: int = 4) -> bytes:
    """Without every line, then every word, that the fault does not need."""
    wanted = fault(run, data)
    for _ in range(rounds):
        before = data
        for cut in (lambda text: text.splitlines(keepends=True), _WORDS.findall):
            kind, text = data[:1], data[1:].decode("utf-8", "surrogateescape")
            parts = _fewest(cut(text), lambda parts, kind=kind: fault(run, kind + _encoded("".join(parts))) == wanted)  # type: ignore[misc]
            data = kind + _encoded("".join(parts))
        if data == before:
            break
    return data


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _fewest(parts: list[str], breaks: Callable[[list[str]], bool]) -> list[str]:
    """Runs of parts left out, long ones first."""
    length = len(parts)
    while length:
        start = 0
        while start < len(parts):
            rest = parts[:start] + parts[start + length :]
            if breaks(rest):
                parts = rest
            else:
                start += length
        length //= 2
    return parts
