"""What Jira's issues, changelogs, comments and SLAs say, in our words. Any field may be missing.

After the pages "Issue search", "Issues" (changelogs), "Issue comments" and "Workflow statuses" of the Jira Cloud
platform REST API v3, and "Request" (SLA information) of the Jira Service Management REST API.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.connectors.helpdesk import CaseRead, DeadlineRead, EventRead, PersonRead, version_of
from bot.domain.cases import By, Kind, Priority, State

Raw = Mapping[str, Any]
Statuses = Mapping[str, State]

_CATEGORIES = {"new": State.NEW, "indeterminate": State.OPEN, "done": State.SOLVED}
_HOLD = ("hold", "wait", "pending", "blocked", "third party", "escalated")
_PRIORITIES = {
    **dict.fromkeys(("highest", "blocker", "critical", "urgent", "p1"), Priority.URGENT),
    **dict.fromkeys(("high", "major", "p2"), Priority.HIGH),
    **dict.fromkeys(("low", "lowest", "minor", "trivial", "p4", "p5"), Priority.LOW),
}
_METRICS = ("first reply", "next reply", "resolution")
_DONE = frozenset({State.SOLVED, State.CLOSED})


def moment(text: Any) -> datetime | None:
    """An instant as Jira writes it, 2026-10-24T11:56:51.000+0000, or in milliseconds."""
    if isinstance(text, int):
        return datetime.fromtimestamp(text / 1000, UTC)
    return datetime.fromisoformat(text).astimezone(UTC) if text else None


def state_of(status: Raw) -> State:
    """What a status is, by its name and, where that says nothing, by its category."""
    name, category = str(status.get("name", "")).casefold(), (status.get("statusCategory") or {}).get("key")
    state = _CATEGORIES.get(category or "", State.OPEN)
    if state is State.SOLVED:
        return State.CLOSED if "close" in name else state
    if "customer" in name or "reporter" in name:
        return State.PENDING
    if "support" in name or "agent" in name:
        return state
    return State.ON_HOLD if any(each in name for each in _HOLD) else state


def case_of(issue: Raw, base: str, history: Iterable[Raw], statuses: Statuses) -> CaseRead:
    """An issue as it stands; ``history`` is its changelog, the oldest first."""
    fields = issue.get("fields") or {}
    assignee, reporter = fields.get("assignee") or {}, fields.get("reporter") or {}
    changed = moment(fields.get("updated"))
    return CaseRead(
        external_id=str(issue["key"]),
        version=version_of(changed) if changed else "",
        url=f"{base}/browse/{issue['key']}",
        title=fields.get("summary") or "",
        customer=reporter.get("displayName"),
        state=state_of(fields.get("status") or {}),
        priority=priority_of((fields.get("priority") or {}).get("name")),
        category=(fields.get("issuetype") or {}).get("name"),
        tags=tuple(sorted(fields.get("labels") or ())),
        queue=(fields.get("project") or {}).get("name"),
        owner=assignee.get("accountId"),
        opened_at=moment(fields.get("created")),
        changed_at=changed,
        solved_at=moment(fields.get("resolutiondate")),
        opened_with=_began(history, statuses),
    )


def priority_of(name: str | None) -> Priority:
    """A priority by its name; what is unknown is normal."""
    return _PRIORITIES.get((name or "").casefold(), Priority.NORMAL)


def is_over(issue: Raw) -> bool:
    """Whether nobody has to do anything about it any more."""
    return state_of((issue.get("fields") or {}).get("status") or {}) in _DONE


def is_request(issue: Raw) -> bool:
    """Whether it is of a service desk, and so may have an SLA."""
    project = (issue.get("fields") or {}).get("project") or {}
    return bool(project.get("projectTypeKey") == "service_desk")


def was_called(history: Iterable[Raw], key: str) -> set[str]:
    """The keys that it had before it was moved to another project."""
    items = (item for each in history for item in each.get("items") or () if item.get("field") == "Key")
    return {str(item["fromString"]) for item in items if item.get("fromString")} - {key}


def events_of(
    issue: Raw, history: Iterable[Raw], comments: Iterable[Raw], statuses: Statuses
) -> Iterator[EventRead]:
    """When it was made, what was changed of it, and who has said something; never what."""
    key, fields = str(issue["key"]), issue.get("fields") or {}
    reporter = (fields.get("reporter") or {}).get("accountId")
    if opened := moment(fields.get("created")):
        yield EventRead(key, "opened", Kind.MESSAGE, opened, By.CUSTOMER)
    for change in history:
        at = moment(change.get("created"))
        author = change.get("author") or {}
        for number, item in enumerate(change.get("items") or ()):
            told = _told(item, "to", statuses)
            if at and told:
                by = By.BOT if author.get("accountType") == "app" else By.HELPDESK
                person = author.get("accountId") if by is By.HELPDESK else None
                yield EventRead(
                    key, f"change-{change['id']}-{number}", told[0], at, by, person, {told[1]: told[2]}
                )
    for comment in comments:
        if at := moment(comment.get("created")):
            by, person = _author(comment, reporter)
            kind = Kind.NOTE if comment.get("jsdPublic") is False else Kind.MESSAGE
            yield EventRead(key, f"comment-{comment['id']}", kind, at, by, person)


def deadlines_of(issue: Raw, slas: Iterable[Raw]) -> Iterator[DeadlineRead]:
    """Until when a service desk wants what; a clock that is paused, or has ended, wants nothing."""
    found: dict[str, datetime | None] = {}
    for sla in slas:
        metric, cycle = _metric(str(sla.get("name", ""))), sla.get("ongoingCycle") or {}
        due = None if cycle.get("paused") else moment((cycle.get("breachTime") or {}).get("epochMillis"))
        known = [each for each in (found.get(metric), due) if each]
        found[metric] = min(known, default=None)
    for metric, due in found.items():
        yield DeadlineRead(str(issue["key"]), metric, due)


def no_deadlines(issue: Raw) -> Iterator[DeadlineRead]:
    """It is over, and nothing is wanted."""
    return (DeadlineRead(str(issue["key"]), metric, None) for metric in _METRICS)


def person_of(user: Raw, *, is_agent: bool) -> PersonRead:
    """Somebody there; many keep their address to themselves."""
    return PersonRead(str(user["accountId"]), user.get("displayName"), user.get("emailAddress"), is_agent)


def document_of(text: str) -> dict[str, Any]:
    """A text in the Atlassian Document Format, a paragraph for each line."""
    lines = [line.strip() for line in text.splitlines()]
    return {
        "type": "doc",
        "version": 1,
        "content": [{"type": "paragraph", "content": [{"type": "text", "text": line}]} for line in lines if line],
    }


def _told(item: Raw, side: str, statuses: Statuses) -> tuple[Kind, str, Any] | None:
    """What a change is about, under which name, and what stood there after it (``to``) or before (``from``)."""
    value, name = item.get(side), item.get(f"{side}String")
    match item.get("field"):
        case "status":
            return Kind.STATE, "state", statuses.get(str(value), State.OPEN)
        case "assignee":
            return Kind.OWNER, "owner", value or None
        case "priority":
            return Kind.PRIORITY, "priority", priority_of(name)
    return None


def _began(history: Iterable[Raw], statuses: Statuses) -> dict[str, Any]:
    """What it was opened with: what the first change of each field found there."""
    began: dict[str, Any] = {}
    for change in history:
        for item in change.get("items") or ():
            if told := _told(item, "from", statuses):
                began.setdefault(told[1], told[2])
    return began


def _author(comment: Raw, reporter: Any) -> tuple[By, str | None]:
    author = comment.get("author") or {}
    account = author.get("accountId")
    if author.get("accountType") == "app":
        return By.BOT, None
    if author.get("accountType") == "customer" or (account and account == reporter):
        return By.CUSTOMER, account
    return By.HELPDESK, account


def _metric(name: str) -> str:
    words: Callable[[str], bool] = name.casefold().__contains__
    if words("first"):
        return "first reply"
    return "next reply" if words("response") or words("reply") else "resolution"
