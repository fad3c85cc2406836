"""What the documentation of a rule book costs: its examples worked out, its pages made, and written.

python benchmarks/documenting.py               the shipped rules
python benchmarks/documenting.py --rules PATH  others
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description="What the documentation of a rule book costs, in processor time.")
    parser.add_argument("--rules", default=str(CHECKOUT / "rules"), metavar="PATH", help="a folder of rule files")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="how many times (default: 3)")
    options = parser.parse_args()
    sys.path.insert(0, str(CHECKOUT))
    os.environ["JURAT_CACHE"] = "off"  # as after a change
    import jurat
    from jurat.site import site_of, write_site
    from jurat.testing import run_examples

    rows: dict[str, list[float]] = {}
    for _ in range(max(options.runs, 1)):
        begun = time.process_time()
        run_examples(jurat.load(options.rules))
        worked = time.process_time()
        site = site_of(jurat.load(options.rules))
        told = time.process_time()
        with tempfile.TemporaryDirectory() as folder:
            write_site(site.files, Path(folder) / "docs")
        written = time.process_time()
        rows.setdefault("all of it", []).append(written - worked)
        rows.setdefault("of which reading and examples", []).append(worked - begun)
        rows.setdefault("of which writing", []).append(written - told)
    size = sum(len(text.encode()) for text in site.files.values())
    print(f"{len(site.files)} files, {size:,} bytes; processor seconds of {options.runs} runs")
    print(f"{'':30} least  median")
    for row, found in rows.items():
        print(f"{row:30} {min(found):5.2f}  {median(found):6.2f}")


if __name__ == "__main__":
    main()
