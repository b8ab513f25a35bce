"""Trees of processes (DIN 8580) and of materials (group over grade), given as child → parent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lianzao.base.messages import _

from .need import MalformedMatch


@dataclass(frozen=True)
class Tree:
    """Codes that are not in it stand for themselves alone.

    Raises MalformedMatch where something lies under itself.
    """

    parents: Mapping[str, str]
    name: str

    def __post_init__(self) -> None:
        sound: set[str] = set()
        for start in self.parents:
            path: set[str] = set()
            code: str | None = start
            while code is not None and code not in sound:
                if code in path:
                    raise MalformedMatch(
                        _("“{code}” lies under itself."), at=f"{self.name}.{code}", accepted=_("a tree"), code=code
                    )
                path.add(code)
                code = self.parents.get(code)
            sound |= path

    @cached_property
    def _children(self) -> Mapping[str, list[str]]:
        children: dict[str, list[str]] = {}
        for child, parent in self.parents.items():
            children.setdefault(parent, []).append(child)
        return children

    def below(self, code: str) -> frozenset[str]:
        """`code` and all that is a kind of it."""
        found = [code]
        for each in found:
            found.extend(self._children.get(each, ()))
        return frozenset(found)

    def above(self, code: str) -> frozenset[str]:
        """`code` and all that it is a kind of."""
        found = [code]
        while (parent := self.parents.get(found[-1])) is not None:
            found.append(parent)
        return frozenset(found)


@dataclass(frozen=True)
class Taxonomy:
    processes: Mapping[str, str] = field(default_factory=dict)
    materials: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def _processes(self) -> Tree:
        return Tree(self.processes, "processes")

    @cached_property
    def _materials(self) -> Tree:
        return Tree(self.materials, "materials")

    def processes_for(self, needed: str) -> frozenset[str]:
        """Offers that satisfy: the process itself or a kind of it; who turns hard, turns."""
        return self._processes.below(needed)

    def materials_for(self, needed: str) -> frozenset[str]:
        """Offers that satisfy: the grade or its groups, since a group is offered for all its grades; or, where a group
        is needed, any grade of it."""
        return self._materials.above(needed) | self._materials.below(needed)
