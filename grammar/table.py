"""The parse table: built from rules.lark by one command, shipped as text, loaded in milliseconds.

Building the table takes some 200 ms, loading it some 15, and a policy writer waits for it at every command. It is kept as
JSON, not as a pickle: it can be read and compared, and loading it can run nothing.

    python -m grammar.table        writes grammar/rules.table.json
"""

from __future__ import annotations

import json
from collections import deque
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from lark import Lark
from lark.grammar import Rule
from lark.lexer import TerminalDef

GRAMMAR = "rules.lark"
TABLE = "rules.table.json"

Data = dict[str, Any]


def grammar_text() -> str:
    return files("grammar").joinpath(GRAMMAR).read_text(encoding="utf-8")


def build() -> Lark:
    """The parser, built afresh from the grammar; `strict` refuses every conflict and every overlap of terminals."""
    return Lark(grammar_text(), parser="lalr", lexer="basic", strict=True, propagate_positions=True)


def table_text() -> str:
    """The table of a fresh build in its one canonical form, whatever the hash seed."""
    data, memo = build().memo_serialize([TerminalDef, Rule])
    data["parser"]["parser"] = _canonical(data["parser"]["parser"])
    return json.dumps({"data": data, "memo": memo}, default=sorted, sort_keys=True, separators=(",", ":")) + "\n"


def _canonical(table: Data) -> Data:
    """Lark numbers tokens and states in an order that depends on the hash seed: number them by name and by first use."""
    names: dict[int, str] = table["tokens"]
    tokens = sorted(names.values())
    number_of = {name: number for number, name in enumerate(tokens)}
    states: dict[int, dict[int, tuple[int, int]]] = table["states"]
    (start_name, start), *_ = table["start_states"].items()
    order = {start: 0}
    queue = deque([start])
    while queue:
        actions = sorted((names[token], action) for token, action in states[queue.popleft()].items())
        for _, (is_reduce, target) in actions:
            if not is_reduce and target not in order:
                order[target] = len(order)
                queue.append(target)
    renumbered = {
        order[state]: {
            number_of[names[token]]: [is_reduce, target if is_reduce else order[target]]
            for token, (is_reduce, target) in actions.items()
        }
        for state, actions in states.items()
        if state in order
    }
    return {
        "tokens": dict(enumerate(tokens)),
        "states": renumbered,
        "start_states": {start_name: 0},
        "end_states": {name: order[state] for name, state in table["end_states"].items()},
    }


@cache
def parser() -> Lark:
    """The parser, from the saved table; one for all threads (it holds no state of a parse)."""
    saved = json.loads(files("grammar").joinpath(TABLE).read_bytes())
    table = saved["data"]["parser"]["parser"]
    table["tokens"] = _whole_keys(table["tokens"])
    table["states"] = {int(state): _whole_keys(actions) for state, actions in table["states"].items()}
    loaded: Lark = Lark._load_from_dict(saved["data"], _whole_keys(saved["memo"]))
    return loaded


def _whole_keys(mapping: Data) -> dict[int, Any]:
    return {int(key): value for key, value in mapping.items()}


if __name__ == "__main__":
    Path(str(files("grammar").joinpath(TABLE))).write_text(table_text(), encoding="utf-8")
