"""The settings of a workspace, a team or a queue, as they are shown and changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.rules import RuleId, Setting
from bot.domain.timeoff_kinds import Kind


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose settings they are: ``id`` is "workspace", "team:<id>" or "queue:<id>"."""

    id: str
    name: str

    @property
    def kind(self) -> str:
        """What it is: workspace, team or queue."""
        return self.id.partition(":")[0]


@dataclass(frozen=True, slots=True)
class SettingsShown:
    """What holds in a scope: ``own`` is what is said there, ``usual`` what holds where nothing is said there.

    ``values`` is what holds, ``rules`` the rules that would hold without those of the scope. ``scopes`` are all
    that there are, and ``skills`` what a queue may require.
    """

    scope: Scope
    scopes: tuple[Scope, ...]
    own: Mapping[str, Any]
    usual: Mapping[str, Any]
    values: Mapping[str, Any]
    rules: Mapping[RuleId, Setting]
    skills: tuple[str, ...]

    @property
    def inherits(self) -> bool:
        """Whether what is not said here is as in the workspace."""
        return self.scope.kind != "workspace"


@dataclass(frozen=True, slots=True)
class KindsShown:
    """The kinds of leave of a scope, those that are retired last.

    By folded name: those ``changed`` there are otherwise than usual, those ``removable`` are of its making, and
    nobody uses them.
    """

    scope: Scope
    kinds: tuple[Kind, ...]
    changed: frozenset[str]
    removable: frozenset[str]
