"""What the letter calls those whose a fact or an amount is."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from engine.assessment import Assessment, FactUse, Step


@frozen(eq=False, repr=False)
class Names:
    """By how the working calls them; of the only one of a kind nothing is said, since it can be no other's."""

    said: Mapping[str, str]
    by_path: Mapping[tuple[str, ...], str]

    def of(self, item: Step | FactUse) -> str:
        """Whose a step or a fact is."""
        return self.by_path[item.path]

    def named(self, whose: str) -> str:
        """The same where only the name in the working is known."""
        return self.said.get(whose, _written(whose))


def names_of(assessment: Assessment) -> Names:
    world = assessment.world
    by_path: dict[tuple[str, ...], str] = {(): ""}
    for kind, paths in world.paths.items():
        if kind is not None:
            by_path |= {path: _written(world.names[path]) if len(paths) > 1 else "" for path in paths}
    by_path |= {path: _written(name) for path, name in world.names.items() if path not in by_path}
    return Names({world.names[path]: name for path, name in by_path.items()}, by_path)


def _written(name: str) -> str:
    """`child 1`: a case may only write `child_1`."""
    return name.replace("_", " ")
