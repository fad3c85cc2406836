"""The same search by libFuzzer, through Atheris where it is installed: started as a program of its own, since it ends by itself.

python -m tests.fuzz.libfuzzer FLAGS… [--planted NAME]
"""

from __future__ import annotations

import random
import sys
from contextlib import nullcontext
from importlib import import_module


def main(arguments: list[str]) -> None:
    atheris = import_module("atheris")
    name = arguments.pop() if arguments[-2:-1] == ["--planted"] else None
    if name is not None:
        arguments.pop()
    with atheris.instrument_imports(include=["grammar", "engine", "explain", "jurat"]):
        target = import_module("tests.fuzz.target")
        mutation = import_module("tests.fuzz.mutation")
        planted = import_module("tests.fuzz.planted")
    target.Stopwatch.slack = 5.0
    target.run(b"r")  # what is made once (the parse table, the shipped rules) is no work of an input
    target.run(b"j{}")

    import_module("tests.fuzz.corpus").seeds()

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        found: bytes = mutation.mutated(data or b"r", random.Random(seed), most)
        return found

    with planted.planted(name) if name else nullcontext():
        atheris.Setup([sys.argv[0], *arguments], target.run, custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
