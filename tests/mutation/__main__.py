"""Changes one comparison or constant at a time and asks the tests: `python -m tests.mutation`.

Each change is made in a copy of the checkout, and the test files that are about it must then fail. Prints a line for each; a
change that no test notices (a survivor) asks for a new test.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.books import ROOT
from tests.mutation.explaining import EXPLAINING

MEANING = "tests/test_exact.py tests/test_conformance.py tests/test_childcare.py"
LIMITS = "tests/test_limits.py"
TIME = "tests/test_exact.py tests/test_conformance.py tests/test_timelines.py"
RANGES = "tests/test_ranges.py"
RANK = "tests/test_conformance.py"
TABLES = "tests/test_tables.py tests/test_scales.py"
CASES = "tests/test_messages.py tests/test_schemas.py"
OTHER_DAYS = "tests/test_conformance.py"

MUTANTS: list[tuple[str, str, str, str]] = [
    # file, what it says, what it shall say, which tests must notice
    ("engine/exact.py", "half_up if numerator >= 0 else -half_up", "half_up", MEANING),
    ("engine/exact.py", "2 * rest == denominator and whole % 2", "2 * rest == denominator and not whole % 2", MEANING),
    ("engine/exact.py", "-(-numerator // denominator)", "numerator // denominator + 1", MEANING),
    ("engine/exact.py", "for factor in (2, 5):", "for factor in (2, 5, 3):", MEANING),
    ("engine/exact.py", "return None if rest else result", "return result", CASES),
    ("engine/dates.py", "if start.day <= last:", "if start.day < last:", MEANING),
    ("engine/dates.py", "count * step, short_months) > end", "count * step, short_months) >= end", MEANING),
    ("engine/dates.py", "if end < start:", "if end <= start and False:", MEANING),
    ("engine/dates.py", "(end - start).days // 7", "(end - start).days // 8", MEANING),
    ("engine/book/timelines.py", "        if write.start > on:", "        if write.start >= on:", TIME),
    ("engine/book/timelines.py", "latest.end is None or on <= latest.end", "latest.end is None or on < latest.end", TIME),
    ("engine/book/timelines.py", "made is None or made <= known", "made is None or made < known", TIME),
    ("engine/book/law.py", "instrument.made_before - timedelta(days=1)", "instrument.made_before", TIME),
    ("engine/cases/facts.py", "self.reported <= known", "self.reported < known", TIME),
    ("engine/cases/facts.py", "self.end >= on", "self.end > on", TIME),
    ("engine/cases/facts.py", "latest.end < on", "latest.end <= on", TIME),
    ("engine/book/law.py", "if part and any(part.text is clause for clause in own)", "if part", f"{MEANING} {TIME}"),
    ("engine/mechanisms/arithmetic.py", "sign * (scale // node.scale) for", "(scale // node.scale) for", MEANING),
    ("engine/mechanisms/arithmetic.py", "pick: Callable[..., int] = min if node.mechanism == \"lower\" else max", "pick: Callable[..., int] = max", MEANING),
    ("engine/mechanisms/arithmetic.py", "if node.constant == 0:", "if node.constant == 1:", "tests/test_messages.py"),
    ("engine/mechanisms/arithmetic.py", "low, high = min(corners), max(corners)\n    return low, high", "low, high = corners[0], corners[-1]\n    return low, high", LIMITS),
    ("engine/mechanisms/limits.py", "max(m * a, n * b)", "max(a, b)", MEANING),
    ("engine/mechanisms/limits.py", "min(m * a, n * b)", "max(m * a, n * b)", MEANING),
    ("engine/mechanisms/limits.py", "            if x < 0:", "            if x <= 0:", MEANING),
    ("engine/mechanisms/limits.py", "abs(b) * below, mode) * step", "b * below, mode) * step", f"{MEANING} {RANGES}"),
    ("engine/mechanisms/limits.py", "lambda a: round_quotient(a * scale, divisor, mode) * step", "lambda a: round_quotient(a * scale, divisor, mode)", MEANING),
    ("engine/mechanisms/conditions.py", "\">=\": operator.ge", "\">=\": operator.gt", MEANING),
    ("engine/mechanisms/conditions.py", "return strict(node, runs, lambda a: a not in answers)", "return strict(node, runs, lambda a: a in answers)", MEANING),
    ("engine/mechanisms/conditions.py", "refused = refused or value.__class__ is Refusal", "refused = refused and value.__class__ is Refusal", MEANING),
    ("engine/mechanisms/time.py", "value != elapsed(unit, a, b, \"next\")", "value < elapsed(unit, a, b, \"next\")", MEANING),
    ("engine/mechanisms/groups.py", "return max(values) if node.mechanism in (\"highest\", \"latest\") else min(values)", "return min(values)", MEANING),
    ("engine/mechanisms/groups.py", "sum(w.belongs is True for w in workings)", "len(workings)", MEANING),
    ("engine/mechanisms/groups.py", "return decided(_parts(workings, decides=False), decides=False)", "return decided(_parts(workings, decides=True), decides=True)", MEANING),
    ("engine/mechanisms/cases.py", "not holding & detail.beaten_by[number]", "True", MEANING),
    ("engine/mechanisms/cases.py", "if all(value == found[0] for value in found):", "if True:", MEANING),
    ("engine/mechanisms/cases.py", "            if holds is not False:", "            if holds is False:", MEANING),
    ("engine/mechanisms/tables.py", "return value > limit if is_low", "return value < limit if is_low", TABLES),
    ("engine/mechanisms/tables.py", "        return end.included\n", "        return not end.included\n", TABLES),
    ("engine/mechanisms/scales.py", "yield min(amount, limit) - below", "yield amount - below", TABLES),
    ("engine/mechanisms/scales.py", "if amount < 0:", "if amount <= 0:", TABLES),
    ("engine/mechanisms/scales.py", "        if amount <= limit:", "        if amount < limit:", TABLES),
    ("engine/mechanisms/rank.py", "return before + 1", "return before", RANK),
    ("engine/mechanisms/rank.py", "w.member < own.member", "w.member > own.member", RANK),
    ("engine/mechanisms/reads.py", "types.NUMBER if text.places else types.WHOLE", "types.NUMBER", f"{MEANING} tests/test_messages.py"),
    ("engine/mechanisms/base.py", "value = refused((a, b)) if a.__class__ is Refusal or b.__class__ is Refusal else function(a, b)", "value = merged((a, b)) if a.__class__ is Refusal else function(a, b)", MEANING),
    ("engine/working.py", "(high is not None and value > high)", "(high is not None and value >= high)", f"{MEANING} {LIMITS}"),
    ("engine/working.py", "if value.bit_length() > MOST_BITS:", "if False:", LIMITS),
    ("engine/cases/binding.py", "if count > MAX_MEMBERS:", "if count >= MAX_MEMBERS:", LIMITS),
    ("engine/checking/vocabulary.py", "if low is not None and value.value < low:", "if low is not None and value.value <= low:", f"{MEANING} {CASES}"),
    ("engine/checking/vocabulary.py", "if high is not None and value.value > high:", "if high is not None and value.value >= high:", f"{MEANING} {CASES}"),
    ("engine/checking/check.py", "-(-value * scale // own) if up", "value * scale // own + 1 if up", MEANING),
    ("engine/cases/case_json.py", "if _depth(source.text) > DEPTH:", "if _depth(source.text) >= DEPTH:", LIMITS),
    ("grammar/limits.py", "if depth > NESTING:", "if depth >= NESTING:", LIMITS),
    ("engine/dates.py", '"quarter": 3,', '"quarter": 4,', OTHER_DAYS),
    ("engine/dates.py", "// months - back) * months", "// months + back) * months", OTHER_DAYS),
    ("engine/mechanisms/days.py", '{"of": 0, "before": 1, "but one before": 2}', '{"of": 0, "before": 1, "but one before": 1}', OTHER_DAYS),
    ("engine/mechanisms/days.py", "told(frame, day - timedelta(days=1))", "told(frame, day)", OTHER_DAYS),
    ("engine/mechanisms/days.py", "return after - timedelta(days=1) if", "return after if", OTHER_DAYS),
    ("engine/mechanisms/days.py", "moved(frame, day + timedelta(days=1), -length", "moved(frame, day, -length", OTHER_DAYS),
    ("engine/mechanisms/days.py", "lambda day, first, last: (first <= day <= last)", "lambda day, first, last: (first < day <= last)", OTHER_DAYS),
    ("engine/mechanisms/days.py", "lambda day, first, last: (first <= day <= last)", "lambda day, first, last: (first <= day < last)", OTHER_DAYS),
    ("engine/mechanisms/days.py", "count = (last - first).days + 1", "count = (last - first).days", OTHER_DAYS),
    ("engine/mechanisms/days.py", "if count > MOST_DAYS:", "if count >= MOST_DAYS:", OTHER_DAYS),
    ("engine/mechanisms/days.py", "now = now + 1 if is_met else 0", "now = now + 1 if is_met else now", OTHER_DAYS),
    ("engine/mechanisms/days.py", "if longest(w.value is True for w in workings) >= days:", "if longest(w.value is True for w in workings) > days:", OTHER_DAYS),
    ("engine/mechanisms/days.py", "if longest(w.value is not False for w in workings) >= days:", "if longest(w.value is not False for w in workings) > days:", OTHER_DAYS),
    ("engine/mechanisms/days.py", "days = wanted * _DAYS_IN[length.type.unit[0][0]]", "days = wanted", OTHER_DAYS),
    ("engine/mechanisms/days.py", 'if which in ("highest", "latest") else min(values)', 'if which in ("lowest", "earliest") else min(values)', OTHER_DAYS),
    ("engine/mechanisms/days.py", "belongs is not False:", "belongs is True:", OTHER_DAYS),
    ("engine/mechanisms/time.py", "    if NEVER in days:", "    if False:", OTHER_DAYS),
    ("engine/mechanisms/time.py", "    if day.year not in YEARS:", "    if False:", OTHER_DAYS),
    ("engine/values.py", "NEVER = date.max", "NEVER = date.min", OTHER_DAYS),
    ("engine/mechanisms/base.py", "paths.index(path), self.term", "self.me, self.term", OTHER_DAYS),
    ("engine/working.py", "divmod(value * scale, there.scale)", "divmod(value, 1)", OTHER_DAYS),
    ("engine/working.py", "    if rest:\n", "    if False:\n", OTHER_DAYS),
    ("engine/working.py", "if stretch == bisect_right(changes, graph.on):", "if True:", OTHER_DAYS),
    ("engine/working.py", "stretch = bisect_right(changes, day)\n", "stretch = bisect_right(changes, day.replace(day=1))\n", OTHER_DAYS),
    ("engine/working.py", "consolidate(book.law, day, book.known, book.readings)", "consolidate(book.law, day, None, book.readings)", OTHER_DAYS),
    ("engine/working.py", "consolidate(book.law, day, book.known, book.readings)", "consolidate(book.law, day, book.known)", OTHER_DAYS),
    ("engine/working.py", "evolve(self.case, on=day), supposed", "self.case, supposed", OTHER_DAYS),
    ("engine/working.py", "supposed, on_other_day=True)", "{}, on_other_day=True)", OTHER_DAYS),
    ("engine/cases/case_json.py", "start + timedelta(days=number)", "start + timedelta(days=number + 1)", OTHER_DAYS),
    ("engine/cases/case_json.py", "if len(values) > DAILY_VALUES:", "if len(values) >= DAILY_VALUES:", LIMITS),
    ("grammar/building.py", "first + timedelta(days=number)", "first + timedelta(days=number + 1)", OTHER_DAYS),
    ("grammar/limits.py", "if values > DAILY_VALUES:", "if values >= DAILY_VALUES:", LIMITS),
    ("engine/book/ever.py", "return own + [clause.condition", "return own or [clause.condition", "tests/test_messages.py"),
]  # fmt: skip


def noticed(mutant: tuple[str, str, str, str]) -> tuple[str | None, float]:
    """The test that fails when the change is made; None where none does."""
    file, old, new, tests = mutant
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".*", "__pycache__"))
        path = copy / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests.split()]
        done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"The tests did not run for {file}: {old!r}\n{done.stdout[-2_000:]}{done.stderr[-2_000:]}")
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return (failed[1] if failed else "a test") if done.returncode == 1 else None, time.monotonic() - start


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation", description="Changes one thing at a time; the tests must notice."
    )
    parser.add_argument("words", nargs="*", help="only the changes of files whose names hold one of these words")
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    every = [*MUTANTS, *EXPLAINING]
    chosen = [m for m in every if not options.words or any(word in m[0] for word in options.words)]
    survivors = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        for (file, old, new, _), (by, seconds) in zip(chosen, pool.map(noticed, chosen), strict=True):
            survivors += by is None
            said = f"{' '.join(old.split())}  →  {' '.join(new.split())}"
            print(f"{'killed  ' if by else 'SURVIVED'} {seconds:5.1f} s  {file}: {said}{f'  ({by})' if by else ''}", flush=True)
    print(f"{len(chosen) - survivors} of {len(chosen)} killed")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
