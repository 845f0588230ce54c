"""The kinds of leave of a workspace or a team: looked at, changed, and retired when nobody is to ask for them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from bot.actions.people import Caller
from bot.actions.settings import WORKSPACE, preferences
from bot.actions.settings_change import change_within
from bot.actions.settings_scopes import WHOLE, scopes
from bot.deps import Deps
from bot.domain.limits import folded
from bot.domain.permissions import Deed
from bot.domain.settings_shown import KindsShown
from bot.domain.timeoff_kinds import Kind, Wrong, kinds, said_of, wrong_with
from storage.db import WorkspaceSession
from storage.settings import current_setting
from storage.timeoff_kinds import is_used

LEAVE_KINDS = "leave_kinds"


class BadKind(Exception):
    """The kind cannot be so, and nothing was changed; ``wrong`` says why, by field."""

    def __init__(self, wrong: dict[str, Wrong]) -> None:
        super().__init__(", ".join(wrong))
        self.wrong = wrong


class UnknownKind(Exception):
    """There is no such kind any more."""


def shown_kinds(deps: Deps, caller: Caller, scope_id: str) -> KindsShown:
    """Those of a scope; of the workspace, where there is no such scope any more. Raises ``NotPermitted``."""
    caller.actor.require(Deed.CHANGE_SETTINGS)
    with deps.sessions.read(caller.workspace_id) as session:
        scope = next((each for each in scopes(session) if each.id == scope_id), WHOLE)
        known = preferences(session, scope.id).leave
        own = frozenset(folded(name) for name in _own(session, scope.id))
        made = own - _usual(session, scope.id).keys()
        removable = frozenset(name for name in made if not is_used(session, known[name]))
    ordered = sorted(known.values(), key=lambda each: each.retired)
    return KindsShown(scope, tuple(ordered), own - made, removable)


def add_kind(deps: Deps, caller: Caller, scope_id: str, wanted: Kind) -> None:
    """Adds a kind. Raises ``BadKind`` and ``NotPermitted``."""
    _change(deps, caller, scope_id, lambda known: _sound(wanted, known))


def change_kind(deps: Deps, caller: Caller, scope_id: str, wanted: Kind) -> None:
    """Has the kind of that name be so, but as retired as it is.

    Raises ``BadKind``, ``UnknownKind`` and ``NotPermitted``.
    """
    _change(
        deps,
        caller,
        scope_id,
        lambda known: _sound(replace(wanted, retired=_known(known, wanted.name).retired)),
    )


def retire_kind(deps: Deps, caller: Caller, scope_id: str, name: str, *, retired: bool) -> None:
    """Nobody asks for it from now on, or they do again. Raises what ``change_kind`` does."""
    _change(deps, caller, scope_id, lambda known: _sound(replace(_known(known, name), retired=retired)))


def forget_kind(deps: Deps, caller: Caller, scope_id: str, name: str) -> None:
    """What a scope says of a kind holds no longer: it is as usual, or gone where it is of the scope's making.

    Raises ``BadSetting`` where that is in use, and ``NotPermitted``.
    """
    caller.actor.require(Deed.CHANGE_SETTINGS)
    with deps.sessions.write(caller.workspace_id) as session:
        own = {key: said for key, said in _own(session, scope_id).items() if folded(key) != folded(name)}
        change_within(session, deps, caller.actor, scope_id, {LEAVE_KINDS: own or ""})


def _change(deps: Deps, caller: Caller, scope_id: str, becomes: Callable[[Mapping[str, Kind]], Kind]) -> None:
    """Has a scope say what a kind ``becomes``, from all that it knows."""
    caller.actor.require(Deed.CHANGE_SETTINGS)
    with deps.sessions.write(caller.workspace_id) as session:
        wanted = becomes(preferences(session, scope_id).leave)
        own = _own(session, scope_id)
        # Written as it is elsewhere, so that it is one kind and not two.
        written = [*own, *_own(session, WORKSPACE), wanted.name.strip()]
        name = next(key for key in written if folded(key) == folded(wanted.name))
        said = {**own, name: said_of(wanted)}
        if wanted == _usual(session, scope_id).get(folded(name)):
            del said[name]
        change_within(session, deps, caller.actor, scope_id, {LEAVE_KINDS: said or ""})


def _sound(kind: Kind, others: Collection[str] = ()) -> Kind:
    """The kind, if it can be so. Raises ``BadKind``."""
    if wrong := wrong_with(kind, others):
        raise BadKind(wrong)
    return kind


def _known(known: Mapping[str, Kind], name: str) -> Kind:
    """Raises ``UnknownKind``."""
    if folded(name) not in known:
        raise UnknownKind
    return known[folded(name)]


def _usual(session: WorkspaceSession, scope_id: str) -> dict[str, Kind]:
    """The kinds that there are where a scope says nothing of its own."""
    return kinds({}) if scope_id == WORKSPACE else preferences(session).leave


def _own(session: WorkspaceSession, scope_id: str) -> dict[str, Any]:
    """What the scope says itself."""
    current = current_setting(session, scope_id)
    said: dict[str, Any] = (current.document if current else {}).get(LEAVE_KINDS, {})
    return said
