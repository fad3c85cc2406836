"""Looks for an input that breaks a promise: `python -m tests.fuzz --minutes 60`.

Prints how many inputs were run, how many branches of the house they reached, and `clean`, or the smallest input that
breaks something, which is then kept under tests/fuzz/found/ and runs with the tests from that day on.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from tests.books import ROOT
from tests.fuzz.amended import amended_seeds
from tests.fuzz.corpus import JSON_CASE, RULE_FILE, TEXT_CASE, seeds
from tests.fuzz.guided import search
from tests.fuzz.mutation import MOST_BYTES
from tests.fuzz.planted import FAULTS, planted
from tests.fuzz.promises import Stopwatch
from tests.fuzz.shrink import fault, smallest
from tests.fuzz.target import run

Search = Callable[[Sequence[bytes], float, int, str | None], tuple[bytes | None, str]]
"""From texts, seconds, a seed and the name of a planted fault to the input that broke a promise, and what was reached."""

FOUND = Path(__file__).parent / "found"
SUFFIXES = {RULE_FILE: ".rules", JSON_CASE: ".json", TEXT_CASE: ".case"}
PLANTED_SECONDS = 300.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description="Looks for an input that breaks a promise.")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--own", action="store_true", help="the search of this folder, even where Atheris is installed")
    parser.add_argument("--amendments", action="store_true", help="of books with amendments alone")
    parser.add_argument("--planted", action="store_true", help="prove that faults put in on purpose are found")
    options = parser.parse_args()
    by_atheris = find_spec("atheris") is not None and not options.own
    texts = amended_seeds() if options.amendments else seeds()
    print(f"Search: {'Atheris' if by_atheris else 'own'}, seed {options.seed}, {len(texts)} texts to begin with.", flush=True)
    one = _by_atheris if by_atheris else _by_own
    if options.planted:
        return max([_planted(one, name, options.seed) for name in FAULTS])
    data, told = one(texts, 60 * options.minutes, options.seed, None)
    print(told)
    if data is None:
        print("clean")
        return 0
    return _broken(data)


def _by_own(texts: Sequence[bytes], seconds: float, seed: int, name: str | None) -> tuple[bytes | None, str]:
    """What broke, and what was reached."""
    Stopwatch.slack = 20.0
    found = search(run, texts, seed, seconds)
    Stopwatch.slack = 1.0
    told = f"{found.executions:,} inputs, {len(found.edges):,} branches, {len(found.kept):,} kept"
    return found.broken.data if found.broken else None, told


def _by_atheris(texts: Sequence[bytes], seconds: float, seed: int, name: str | None) -> tuple[bytes | None, str]:
    with tempfile.TemporaryDirectory() as folder:
        corpus, broken = Path(folder, "corpus"), Path(folder, "broken")
        corpus.mkdir()
        broken.mkdir()
        for data in texts:
            (corpus / hashlib.sha256(data).hexdigest()).write_bytes(data)
        flags = [f"-max_total_time={max(1, int(seconds))}", f"-seed={seed}", f"-max_len={MOST_BYTES}", "-timeout=60",
                 "-rss_limit_mb=2048", "-print_final_stats=1", f"-artifact_prefix={broken}/", str(corpus)]  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz.libfuzzer", *flags, *(["--planted", name] if name else [])],
            cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": "0"}, capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
        reached = re.findall(r"cov: (\d+) ft: (\d+) corp: (\d+)", done.stderr)
        number = re.findall(r"number_of_executed_units: (\d+)|^#(\d+)\t", done.stderr, re.MULTILINE)
        artifacts = sorted(broken.iterdir())
        if not number or not (reached or artifacts):
            sys.exit(f"Atheris did not run:\n{done.stderr[-2_000:]}")
        edges, features, kept = (int(figure) for figure in reached[-1]) if reached else (0, 0, 0)
        told = f"{int(''.join(number[-1])):,} inputs, {edges:,} branches ({features:,} with how often), {kept:,} kept"
        if done.returncode and not artifacts:
            sys.exit(f"Atheris ended early:\n{done.stderr[-2_000:]}")
        return (artifacts[0].read_bytes() if artifacts else None), told


def _planted(one: Search, name: str, seed: int) -> int:
    with planted(name):
        texts = [text for text in seeds() if fault(run, text) is None]  # to find it something has to be changed
        start = time.monotonic()
        data, told = one(texts, PLANTED_SECONDS, seed, name)
        what = fault(run, data) if data is not None else None
        is_found = what is not None and what.startswith("PlantedError")
        shown = smallest(run, data)[1:].decode("utf-8", "replace") if data is not None and is_found else what or "nothing"
    print(f"A fault {name}: {'found' if is_found else 'NOT FOUND'} after {time.monotonic() - start:.0f} s ({told})")
    print("".join(f"    {line}\n" for line in shown.splitlines()), end="", flush=True)
    return 0 if is_found else 1


def _broken(data: bytes) -> int:
    what = fault(run, data)
    small = smallest(run, data) if what else data
    path = FOUND / (hashlib.sha256(small).hexdigest()[:12] + SUFFIXES.get(small[:1], ".case"))
    FOUND.mkdir(exist_ok=True)
    path.write_bytes(small[1:])
    print(f"BROKEN: {what or 'only while branches are counted'}")
    print(small[1:].decode("utf-8", "backslashreplace"))
    print(f"kept as {path.relative_to(ROOT)}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
