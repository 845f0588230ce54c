"""What was there before and after a change, in the words that the settings have for it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from bot.domain.availability import from_documents
from bot.domain.rules import RuleId
from bot.domain.wishes import Asking
from bot.views.formats import Formats, escape, shorten
from bot.views.limits import available_line
from bot.views.settings_words import LABELS, RULES, rule_words, value_words

Values = Mapping[str, Any]

_CHANNELS = {"ops_channel": "The coordinators' channel", "floor_channel": "Everybody's channel"}
_OWN = {
    "time_zone": "time zone",
    "quiet_from": "quiet hours from",
    "quiet_to": "quiet hours until",
    "quiet_days": "quiet hours on",
    "asking": "asked to cover for others",
    "queues": "covers for",
    "times": "covers on",
    "not_on": "covers not on",
    "at_any_hour": "asked at any hour in an emergency",
}
_ASKING = {Asking.GLADLY: "yes, among the first", Asking.UNSAID: "yes, after others", Asking.NEVER: "no"}
_USUAL, _NONE = "as usual", "none"
# What is said where there is none.
_OF_A_CASE = {
    "state": "",
    "priority": "",
    "tier": "no tier",
    "owner": "nobody",
    "owner_id": "nobody",
    "queue": "no queue",
    "queue_id": "no queue",
    "waits_on_id": "",
    "snoozed_until": "not put off",
    "stuck": "it moves",
}
# Characters of one value, and of a list or a table.
_VALUE, _TABLE = 40, 120


def setting_changes(before: Values, after: Values) -> Iterator[str]:
    """Each setting of a workspace, a team or a queue that was changed; each rule, limit and kind of leave."""
    for key in sorted(after.keys() - {"scope"}):  # databases keep no order
        if key in _TABLES:
            yield from _tables(key, before.get(key) or {}, after[key] or {})
        else:
            label = _CHANNELS.get(key) or LABELS.get(key) or key.replace("_", " ")
            yield f"{escape(label)}: {_value(key, before.get(key))} → {_value(key, after[key])}"


def own_changes(before: Values, after: Values) -> Iterator[str]:
    """Each thing that somebody has chosen otherwise for themselves."""
    for key, label in _OWN.items():
        if key in after:
            yield f"{label}: {_own_value(key, before.get(key))} → {_own_value(key, after[key])}"


def limit_changes(before: Values, after: Values) -> Iterator[str]:
    """What somebody is not given, and when they can work; nothing for who may not know it."""
    if "limits" in after:
        old, new = (_short(", ".join(each["limits"]), _TABLE) or _NONE for each in (before, after))
        yield f"left out: {old} → {new}"
    if "availability" in after:
        old, new = (_available(each["availability"]) for each in (before, after))
        yield f"can work: {old} → {new}"


def channel_change(before: Values, after: Values) -> str:
    """The channel of a team."""
    return f"{_value('channel', before.get('channel'))} → {_value('channel', after.get('channel'))}"


def timeoff_limit_change(before: Values, after: Values, formats: Formats) -> str:
    """A limit of time off: "cap, at most 2, block → cap, at most 3, block"."""
    return " → ".join(_timeoff_limit(each, formats) for each in (before, after) if each)


def _timeoff_limit(said: Values, formats: Formats) -> str:
    most = f"at most {said['most']}{'%' if said['in_percent'] else ''}" if said["kind"] == "cap" else ""
    days = " – ".join(formats.day(date.fromisoformat(each)) for each in (said["first"], said["last"]) if each)
    return ", ".join(filter(None, [said["kind"], _short(said["name"]), most, days, said["policy"]]))


def _tables(key: str, before: Values, after: Values) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            title, said = _TABLES[key]
            yield f"{title(name)}: {said(name, before.get(name))} → {said(name, after.get(name))}"


def _rule(name: str) -> str:
    return RULES.get(RuleId(name), name)


def case_changes(before: Values, after: Values, names: Mapping[str, str], formats: Formats) -> Iterator[str]:
    """What became of a case, as far as it can be said in a word."""
    for key, nothing in _OF_A_CASE.items():
        old, new = (_of_a_case(key, each.get(key), names, formats) or nothing for each in (before, after))
        if key == "waits_on_id":
            yield from [f"waits for {new}"] if new else []
        elif key in before and old != new:
            yield f"{old} → {new}"
        elif key not in before and after.get(key):
            yield new


def _of_a_case(key: str, value: Any, names: Mapping[str, str], formats: Formats) -> str:
    if value is None:
        return ""
    match key:
        case "owner" | "owner_id" | "queue" | "queue_id" | "waits_on_id":
            gone = "somebody who is gone" if key.startswith("owner") else "one that is gone"
            return _short(names.get(value, gone))
        case "snoozed_until":
            return formats.moment(datetime.fromisoformat(value))
    return _short(str(value))


def _rule_said(name: str, said: Values | None) -> str:
    return rule_words(RuleId(name), said or {})


def _limit(name: str) -> str:
    return f"Limit “{_short(name)}”"


def _limit_said(_name: str, said: Values | None) -> str:
    return _short(_plain(said), _TABLE) if said else _NONE


def _plain(value: Any) -> str:
    """Tables and lists in a few words."""
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_plain(each)}" for key, each in sorted(value.items()))
    return "; ".join(map(_plain, value)) if isinstance(value, list) else str(value)


def _kind(name: str) -> str:
    return f"Leave “{_short(name)}”"


_TABLES = {"rules": (_rule, _rule_said), "limits": (_limit, _limit_said), "leave_kinds": (_kind, _limit_said)}


def _value(key: str, value: Any) -> str:
    if value in (None, []):
        return _NONE if key.endswith("channel") or key.startswith("quiet") or value == [] else _USUAL
    if key.endswith("channel"):
        return f"<#{value}>"
    if key in ("quiet_from", "quiet_to"):
        return str(value)[: len("22:00")]
    if isinstance(value, list):
        names = [each.capitalize() for each in value] if key == "quiet_days" else value
        return _short(", ".join(names), _TABLE)
    return _short(value_words(key, value))


def _own_value(key: str, value: Any) -> str:
    match key:
        case "asking":
            return _ASKING[Asking(value or Asking.UNSAID)]
        case "at_any_hour":
            return "yes" if value else "no"
        case "not_on":  # how many is enough to tell what was done
            return f"{len(value)} {'day' if len(value) == 1 else 'days'}" if value else _NONE
        case "queues" | "times":
            return _short(", ".join(value), _TABLE) if value else "any"
    return _value(key, value)


def _available(documents: list[Values] | None) -> str:
    available = from_documents(documents)
    return "at any time" if available is None else ", ".join(map(available_line, available))


def _short(text: str, limit: int = _VALUE) -> str:
    return escape(shorten(text, limit))
