"""A longer run than the test suite's: `python -m tests.reference --examples 5000 --seed 7`."""

from __future__ import annotations

import argparse

from tests.reference.claims import claim_scene, disagreement
from tests.reference.running import run


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.reference", description=__doc__)
    parser.add_argument("--examples", type=int, default=1000, help="how many books are made up")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other books")
    parser.add_argument("--claims", action="store_true", help="what is paid over periods, instead of what is so on days")
    arguments = parser.parse_args()
    if arguments.claims:
        print(run(arguments.examples, arguments.seed, claim_scene, disagreement).table())
    else:
        print(run(arguments.examples, arguments.seed).table())


if __name__ == "__main__":
    main()
