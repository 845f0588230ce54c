"""Changing the settings of a workspace, a team or a queue."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from bot.actions.record import record
from bot.actions.settings import EXAMPLES, WORKSPACE, Preferences, over, preferences
from bot.deps import Deps
from bot.domain.limits import folded, limit_names, limit_problems
from bot.domain.permissions import Actor, Deed
from bot.domain.rules_settings import policy_problems
from bot.domain.timeoff_kinds import kind_problems, kinds
from storage.db import WorkspaceSession
from storage.people import members
from storage.settings import add_setting, current_setting
from storage.timeoff_kinds import is_used

# What is wrong by pydantic's name for it, where its own words are not for people.
_EXPECTED = {
    "bool_parsing": "true or false",
    "int_parsing": "a whole number",
    "float_parsing": "a number",
    "greater_than_equal": "a number of at least {ge}",
    "less_than_equal": "a number of at most {le}",
}
_HAD = "must stay explained as long as somebody on the roster has it"
_USED = "is in use: it can be retired, by “retired”: true, and not removed"


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """A value that a setting cannot have; nothing ``found``: ``expected`` says all there is to say."""

    key: str
    found: str
    expected: str

    @property
    def words(self) -> str:
        """The problem as a line to read."""
        return f"{self.key}: {self.sentence}"

    @property
    def sentence(self) -> str:
        """What is wrong, where it is plain which setting is meant."""
        return f"“{self.found}” is not {self.expected}" if self.found else self.expected


class BadSetting(Exception):
    """Some settings cannot be changed so; none was."""

    def __init__(self, problems: list[SettingProblem]) -> None:
        super().__init__(", ".join(problem.key for problem in problems))
        self.problems = problems


def change_settings(
    deps: Deps, workspace_id: str, actor: Actor, scope: str, values: Mapping[str, Any]
) -> Preferences:
    """Sets values of a scope, an empty one to the default; raises ``BadSetting`` and then changes none."""
    actor.require(Deed.CHANGE_SETTINGS)
    with deps.sessions.write(workspace_id) as session:
        return change_within(session, deps, actor, scope, values)


def change_rules(
    deps: Deps, workspace_id: str, actor: Actor, scope: str, changed: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    """Sets the rules of a scope to what ``changed`` makes of them; raises ``BadSetting`` and then changes none."""
    actor.require(Deed.CHANGE_SETTINGS)
    with deps.sessions.write(workspace_id) as session:
        current = current_setting(session, scope)
        rules = changed((current.document if current else {}).get("rules", {}))
        change_within(session, deps, actor, scope, {"rules": rules or ""})


def change_within(
    session: WorkspaceSession, deps: Deps, actor: Actor, scope: str, values: Mapping[str, Any]
) -> Preferences:
    """The same as part of a larger change, whose action has asked whether the actor may."""
    current = current_setting(session, scope)
    before = current.document if current else {}
    document = _checked({key: value for key, value in {**before, **values}.items() if value != ""}, values)
    workspace = {} if scope == WORKSPACE else preferences(session).model_dump(exclude_unset=True)
    _check_rules(over(workspace, document))
    _check_limits(session, document.get("limits", {}), before.get("limits", {}))
    _check_kinds(session, document.get("leave_kinds", {}), before.get("leave_kinds", {}))
    if document != before:
        add_setting(session, scope, document, deps.clock())
        changed = [key for key in values if before.get(key) != document.get(key)]
        old, new = ({key: each.get(key) for key in changed} for each in (before, document))
        record(session, deps, actor, "settings.change", ("settings", None), old, new | {"scope": scope})
    return preferences(session, scope)


def _checked(document: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """The document as the model writes it, so that de-DE and de_DE are one value."""
    problems = [_unknown(key) for key in keys if key not in Preferences.model_fields]
    known = {key: value for key, value in document.items() if key in Preferences.model_fields}
    try:
        checked = Preferences.model_validate(known)
    except ValidationError as error:
        raise BadSetting([*(_problem(each, document) for each in error.errors()), *problems]) from None
    if problems:
        raise BadSetting(problems)
    return {key: getattr(checked, key) for key in known}


def _check_rules(document: dict[str, Any]) -> None:
    preferred = Preferences.model_validate(document)
    problems = policy_problems(preferred.jurisdiction, preferred.rules)
    if problems:
        raise BadSetting([SettingProblem(f"rules, {each.rule}", "", each.words) for each in problems])


def _check_limits(session: WorkspaceSession, said: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """What is said holds, and explains everything that people have and the settings before explained."""
    problems = [SettingProblem(f"limits, {name}", "", words) for name, words in limit_problems(said)]
    gone = limit_names(before, ()).keys() - limit_names(said, ()).keys()
    had = {folded(limit): limit for member in (members(session) if gone else ()) for limit in member.limits}
    problems += [SettingProblem(f"limits, {had[name]}", "", _HAD) for name in sorted(gone & had.keys())]
    if problems:
        raise BadSetting(problems)


def _check_kinds(session: WorkspaceSession, said: Mapping[str, Any], before: Mapping[str, Any]) -> None:
    """What is said holds, and no kind is gone that anybody has had to do with."""
    problems = [SettingProblem(f"leave_kinds, {name}", "", words) for name, words in kind_problems(said)]
    if not problems:
        gone = kinds(before).keys() - kinds(said).keys()
        used = [kind for name, kind in kinds(before).items() if name in gone and is_used(session, kind)]
        problems = [SettingProblem(f"leave_kinds, {kind.name}", "", _USED) for kind in used]
    if problems:
        raise BadSetting(problems)


def _problem(error: Any, document: dict[str, Any]) -> SettingProblem:
    key = str(error["loc"][0])
    said = error["msg"].removeprefix("Value error, expected ").removeprefix("Input should be ").replace("'", "")
    expected = _EXPECTED[error["type"]].format(**error.get("ctx", {})) if error["type"] in _EXPECTED else said
    if error["type"] == "dict_type":
        expected = f"JSON such as {EXAMPLES[key]}"
    return SettingProblem(key, error.get("ctx", {}).get("line") or str(document.get(key)), expected)


def _unknown(key: str) -> SettingProblem:
    return SettingProblem(key, "", f"there is no such setting, only {', '.join(Preferences.model_fields)}")
