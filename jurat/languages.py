"""The words of a rule book in other languages: catalogues beside the rules, in the folder `translations` of a scheme."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from explain.tongue import compiled
from jurat.files import read_bytes

FOLDER = "translations"


def words_of_rules(files: Sequence[str], language: str) -> tuple[bytes, ...]:
    """The compiled catalogues beside these rule files; one that is damaged is left out, and its words stand in English."""
    folders = dict.fromkeys(Path(file).parent for file in files)
    found = (folder.joinpath(FOLDER, f"{language}.mo") for folder in folders)
    read = (read_bytes(path) for path in found if path.is_file())
    return tuple(data for data in read if isinstance(data, bytes) and _is_whole(data))


def _is_whole(data: bytes) -> bool:
    try:
        compiled(data)
    except Exception:  # whatever is wrong with it: gettext says so in many ways
        return False
    return True
