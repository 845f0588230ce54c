"""What was done, in words: never an action's id, a raw id or a machine's time."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.domain.audit import AuditLine
from bot.domain.wallclock import local_date
from bot.views.formats import Formats, escape, person, shorten

# ``{it}`` is what it was done to: "swap 14", a person, "the team Mail".
WORDS = {
    "audit.read": "looked at what was changed about {it}",
    "import.people": "imported people, {it}",
    "import.shifts": "imported shifts, {it}",
    "import.undo": "took {it} back",
    "people.follow": "changed the profile of {it}",
    "people.link": "linked {it} to their Slack account",
    "role.change": "changed the role of {it}",
    "settings.change": "changed the settings of {it}",
    "swap.accept": "accepted {it}",
    "swap.approve": "approved {it}",
    "swap.approve_anyway": "approved {it} anyway",
    "swap.decline": "declined {it}",
    "swap.enter": "entered {it} for {whom}",
    "swap.expire": "let {it} expire",
    "swap.propose": "proposed {it}",
    "swap.refuse": "declined {it}",
    "swap.supersede": "closed {it}, because one of its shifts changed",
    "swap.undo": "undid {it}",
    "swap.want_undo": "asked to undo {it}",
    "swap.withdraw": "withdrew {it}",
}
_OTHERWISE = "changed {it}"
_ACTORS = {"operator": "the operator at the command line", "slack": "Slack"}
_CLOCKWORK = "Floorwalker"
_PROFILE = {"slack_name": "name", "slack_time_zone": "time zone", "deactivated_at": "active or not"}
_NOBODY = "somebody who is no longer on the roster"
_DEFAULT = "the default"
# Characters of one value and of all that changed in one line; escaped, a character takes up to five.
_VALUE, _FILES, _CHANGES = 40, 120, 2000

Names = Mapping[str, str]


def audit_line(line: AuditLine, formats: Formats, names: Names, today: date) -> str:
    """When, who, what, and before → after."""
    when = f"{formats.day(local_date(line.at, formats.zone), today)}, {formats.time(line.at)}"
    what = WORDS.get(line.action, _OTHERWISE).format(
        it=_it(line, names), whom=person(line.whom) if line.whom else _NOBODY
    )
    parts = [f"• {when}", _who(line), what, _changes(line, names)]
    return " · ".join(part for part in parts if part)


def _who(line: AuditLine) -> str:
    if line.actor:
        return person(line.actor)
    return _NOBODY if line.actor_kind == "member" else _ACTORS.get(line.actor_kind, _CLOCKWORK)


def _it(line: AuditLine, names: Names) -> str:
    if line.number is not None:
        return f"{line.subject_kind} {line.number}"
    if line.subject_kind == "member":
        return person(line.subject) if line.subject else _NOBODY
    if line.subject_kind == "settings":
        return _scope(str(line.after.get("scope", "")), names)
    return f"the {line.subject_kind}"


def _scope(scope: str, names: Names) -> str:
    kind, _, row_id = scope.partition(":")
    if not row_id:
        return "the workspace"
    return f"the {kind} {_named(names[row_id])}" if row_id in names else f"a {kind} that is gone"


def _changes(line: AuditLine, names: Names) -> str:
    match line.subject_kind:
        case "settings":
            keys = [key for key in line.after if key != "scope"]
            return _as_many_as_fit([_setting(key, line.before.get(key), line.after[key]) for key in keys])
        case "import":
            return _named(line.after.get("files"), _FILES)
        case "member" if line.action == "role.change":
            return f"{_role(line.before, names)} → {_role(line.after, names)}"
        case "member" if "changed" in line.after:
            return ", ".join(_PROFILE.get(column, "other details") for column in line.after["changed"])
    before, after = (_state(each.get("state")) for each in (line.before, line.after))
    return f"{before} → {after}" if before and after and before != after else after


def _state(state: Any) -> str:
    """As the card has it: nobody need have approved what is settled."""
    return "settled" if state == "approved" else _named(state)


def _role(said: Mapping[str, Any], names: Names) -> str:
    if not said.get("role"):
        return "no role"
    role, team_id = _named(said["role"]), said.get("team_id")
    if role != "lead":
        return role
    return f"lead of {_named(names.get(team_id, 'a team that is gone'))}" if team_id else "lead of all teams"


def _setting(key: str, before: Any, after: Any) -> str:
    name = escape(key.replace("_", " "))
    if isinstance(before, dict | list) or isinstance(after, dict | list):
        return f"{name} changed"
    return f"{name}: {_value(key, before)} → {_value(key, after)}"


def _value(key: str, value: Any) -> str:
    if value is None:
        return _DEFAULT
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key.endswith("_channel"):
        return f"<#{value}>"
    return _named(value.replace("_", " ") if key == "time_zone" else value)


def _named(text: Any, limit: int = _VALUE) -> str:
    return "" if text is None else escape(shorten(str(text), limit))


def _as_many_as_fit(parts: Iterable[str]) -> str:
    """A mention or an entity cut in two is neither, so whole parts are left out."""
    every = list(parts)
    shown: list[str] = []
    while len(shown) < len(every) and sum(map(len, shown)) + len(every[len(shown)]) <= _CHANGES:
        shown.append(every[len(shown)])
    left_out = len(every) - len(shown)
    return ", ".join([*shown, f"and {left_out} more"] if left_out else shown)
