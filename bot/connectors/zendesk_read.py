"""What Zendesk's tickets, audits and users say, in our words. Any field may be missing, any event unknown."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.connectors.helpdesk import CaseRead, DeadlineRead, EventRead, PersonRead, version_of
from bot.domain.cases import By, Kind, Priority, State

STATUS = {
    State.NEW: "new",
    State.OPEN: "open",
    State.PENDING: "pending",
    State.ON_HOLD: "hold",
    State.SOLVED: "solved",
    State.CLOSED: "closed",
}
_STATES = {status: state for state, status in STATUS.items()}
_PRIORITIES = {each.value: each for each in Priority}
_CHANNELS = {"email": "e-mail", "voice": "phone", "native_messaging": "chat", "api": None, "rule": None}
# Ours, each with what of a ticket's SLA it is; where there are several the first to run out.
_METRICS = {
    "first reply": {"first_reply_time"},
    "next reply": {"next_reply_time"},
    "resolution": {"agent_work_time", "requester_wait_time", "total_resolution_time"},
}
_SPOKEN = {"Comment", "VoiceComment"}
_SCORES = {"good", "good_with_comment", "bad", "bad_with_comment"}
# In the metadata of an audit that a write of ours made.
MARK = "floorwalker"
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

Users = Mapping[Any, dict[str, Any]]
Groups = Mapping[Any, Any]


def person_of_user(user: dict[str, Any]) -> PersonRead:
    """Somebody there; whoever is no end user works there."""
    email = user.get("email")
    agent = user.get("role") in ("agent", "admin")
    return PersonRead(str(user["id"]), user.get("name"), email.lower() if email else None, agent)


def case_of_ticket(
    base: str, ticket: dict[str, Any], users: Users, groups: Groups, solved_at: Any, began: dict[str, Any]
) -> CaseRead:
    """A ticket as it stands."""
    opened = time_of(ticket.get("created_at"))
    changed = time_of(ticket.get("updated_at")) or opened or _LONG_AGO
    requester = users.get(ticket.get("requester_id")) or {}
    channel: Any = (ticket.get("via") or {}).get("channel")
    score = (ticket.get("satisfaction_rating") or {}).get("score")
    return CaseRead(
        external_id=str(ticket["id"]),
        version=version_of(changed),
        url=f"{base}/agent/tickets/{ticket['id']}",
        title=ticket.get("subject") or "",
        customer=requester.get("name"),
        state=_STATES.get(ticket.get("status") or "", State.OPEN),
        priority=_priority(ticket.get("priority")),
        language=(requester.get("locale") or "")[:2] or None,
        channel=_CHANNELS.get(channel, channel),
        category=ticket.get("type"),
        tags=tuple(sorted(ticket.get("tags") or ())),
        queue=groups.get(ticket.get("group_id")),
        owner=_id(ticket.get("assignee_id")),
        opened_at=opened,
        changed_at=changed,
        solved_at=time_of(solved_at),
        satisfaction=_satisfaction(score),
        opened_with=began,
        gone=ticket.get("status") == "deleted",
    )


def opened_with(audits: Iterable[dict[str, Any]], groups: Groups) -> dict[str, Any]:
    """What state, priority, group and assignee were at first: what the first event about each says."""
    began: dict[str, Any] = {}
    for audit in audits:
        for event in audit.get("events") or ():
            value = event.get("value" if event.get("type") == "Create" else "previous_value")
            if event.get("type") in ("Create", "Change") and (told := _told(event, value, groups)):
                name, _, said = told
                began.setdefault(name, said)
    began.pop("satisfaction", None)
    return began


def events_of_audits(
    read: CaseRead, audits: Iterable[dict[str, Any]], users: Users, groups: Groups, requester: Any
) -> Iterator[EventRead]:
    """When what happened to a ticket after it was made, and by whom."""
    for audit in audits:
        at = time_of(audit.get("created_at"))
        if at is None:
            continue
        write_id = mark_of(audit)
        for event in audit.get("events") or ():
            kind, data = _happened(event, groups)
            if kind is None or event.get("id") is None:
                continue
            author = event.get("author_id") or audit.get("author_id")
            by = _by(event.get("via") or audit.get("via"), author, users, requester)
            person = _id(author) if by is By.HELPDESK else None
            yield EventRead(read.external_id, str(event["id"]), kind, at, by, person, data, write_id)


def mark_of(audit: dict[str, Any]) -> Any:
    """The id of the write of ours that made it, if one did."""
    return ((audit.get("metadata") or {}).get("custom") or {}).get(MARK)


def deadlines_of(ticket: dict[str, Any]) -> Iterator[DeadlineRead]:
    """Until when what must be done; without a word of an SLA nothing is known of it."""
    slas = ticket.get("slas")
    if not ticket.get("id") or not isinstance(slas, dict):
        return
    active = [each for each in slas.get("policy_metrics") or () if each.get("stage") == "active"]
    for metric, names in _METRICS.items():
        times = (time_of(each.get("breach_at")) for each in active if each.get("metric") in names)
        yield DeadlineRead(str(ticket["id"]), metric, min((each for each in times if each), default=None))


def time_of(text: Any) -> datetime | None:
    """A time as Zendesk writes it, in UTC."""
    if not isinstance(text, str):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _happened(event: dict[str, Any], groups: Groups) -> tuple[Kind | None, dict[str, Any]]:
    if event.get("type") in _SPOKEN:
        return (Kind.MESSAGE if event.get("public") else Kind.NOTE), {}
    if event.get("type") == "Change" and (told := _told(event, event.get("value"), groups)):
        name, kind, said = told
        return (None, {}) if kind is Kind.SATISFACTION and said is None else (kind, {name: said})
    return None, {}


def _told(event: dict[str, Any], value: Any, groups: Groups) -> tuple[str, Kind, Any] | None:
    match event.get("field_name"):
        case "status" if value in _STATES:
            return "state", Kind.STATE, _STATES[value]
        case "priority":
            return "priority", Kind.PRIORITY, _priority(value)
        case "assignee_id":
            return "owner", Kind.OWNER, _id(value)
        case "group_id":
            return "queue", Kind.QUEUE, groups.get(_number(value))
        case "satisfaction_score":
            return "satisfaction", Kind.SATISFACTION, _satisfaction(value)
    return None


def _by(via: Any, author: Any, users: Users, requester: Any) -> By:
    """A trigger or an automation is nobody; whoever is not known is the customer if it is their ticket."""
    if (via or {}).get("channel") == "rule" or author == -1:
        return By.BOT
    user = users.get(author)
    customer = user.get("role") == "end-user" if user else author == requester
    return By.CUSTOMER if customer else By.HELPDESK


def _priority(value: Any) -> Priority:
    return _PRIORITIES.get(value, Priority.NORMAL)


def _satisfaction(score: Any) -> str | None:
    return score.removesuffix("_with_comment") if score in _SCORES else None


def _id(value: Any) -> str | None:
    return str(value) if value else None


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, str) and value.isdigit() else value
