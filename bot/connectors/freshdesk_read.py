"""What Freshdesk's tickets, conversations and ratings say, in our words.

After the pages "Tickets", "Conversations" and "Satisfaction Ratings" of its API reference v2.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.connectors.helpdesk import CaseRead, DeadlineRead, EventRead, PersonRead, version_of
from bot.domain.cases import By, Kind, Priority, State

Raw = Mapping[str, Any]

OPEN, PENDING, RESOLVED, CLOSED = _BUILT_IN = (2, 3, 4, 5)
STATUSES: Mapping[int, State] = {
    OPEN: State.OPEN,
    PENDING: State.PENDING,
    RESOLVED: State.SOLVED,
    CLOSED: State.CLOSED,
    6: State.PENDING,  # Waiting on Customer, which like the next can be removed
    7: State.ON_HOLD,  # Waiting on Third Party
}
_PRIORITIES = {1: Priority.LOW, 2: Priority.NORMAL, 3: Priority.HIGH, 4: Priority.URGENT}
_OUTBOUND = 10
_CHANNELS = {1: "e-mail", 2: "portal", 3: "phone", 7: "chat", 9: "widget", _OUTBOUND: "e-mail"}
_OURS = frozenset({State.NEW, State.OPEN, State.ON_HOLD})  # in which somebody of the team has something to do
_BAD, _GOOD = -101, 101  # a rating of 100 is neither


def moment(text: str | None) -> datetime | None:
    """An instant as Freshdesk writes it: 2026-10-24T11:56:51Z."""
    return datetime.fromisoformat(text) if text else None


def statuses_of(fields: Any) -> Mapping[int, State]:
    """Each status by number, as the account names them; without its word, those that most have."""
    listed = fields if isinstance(fields, list) else ()
    choices = next((each.get("choices") for each in listed if each.get("type") == "default_status"), None)
    if not isinstance(choices, dict):
        return STATUSES
    own = {int(number): _by_name(" ".join(map(str, names)).casefold()) for number, names in choices.items()}
    return own | {each: STATUSES[each] for each in _BUILT_IN}


def state_of(ticket: Raw, statuses: Mapping[int, State]) -> State:
    """Where it stands: one that is open and that nobody has replied to is new."""
    state = statuses.get(ticket.get("status", OPEN), State.OPEN)
    replied = _stats(ticket).get("first_responded_at")
    return State.NEW if state is State.OPEN and not replied else state


def case_of(ticket: Raw, base: str, statuses: Mapping[int, State], groups: Mapping[int, str]) -> CaseRead:
    """A ticket that was read with its requester and its stats."""
    stats, requester = _stats(ticket), ticket.get("requester") or {}
    owner, changed = ticket.get("responder_id"), moment(ticket.get("updated_at"))
    return CaseRead(
        external_id=str(ticket["id"]),
        version=version_of(changed) if changed else "",
        url=f"{base}/a/tickets/{ticket['id']}",
        title=ticket.get("subject") or "",
        customer=requester.get("name") or requester.get("email"),
        state=state_of(ticket, statuses),
        priority=_PRIORITIES.get(ticket.get("priority", 0), Priority.NORMAL),
        channel=_CHANNELS.get(ticket.get("source", 0)),
        category=ticket.get("type"),
        tags=tags_of(ticket),
        queue=groups.get(ticket.get("group_id") or 0),
        owner=str(owner) if owner else None,
        opened_at=moment(ticket.get("created_at")),
        changed_at=changed,
        solved_at=moment(stats.get("resolved_at")) or moment(stats.get("closed_at")),
        opened_with={"state": State.NEW},
        gone=is_gone(ticket),
    )


def tags_of(ticket: Raw) -> tuple[str, ...]:
    """Its tags, sorted."""
    return tuple(sorted(ticket.get("tags") or ()))


def is_gone(ticket: Raw) -> bool:
    """Whether it lies in the trash, or among the spam."""
    return bool(ticket.get("deleted") or ticket.get("spam"))


def deadlines_of(ticket: Raw, statuses: Mapping[int, State]) -> Iterator[DeadlineRead]:
    """Until when Freshdesk wants what of whoever works on it; what has no policy has no such fields."""
    case, ours = str(ticket["id"]), state_of(ticket, statuses) in _OURS
    replied = _stats(ticket).get("first_responded_at")
    for metric, field, runs in (
        ("first reply", "fr_due_by", ours and not replied),
        ("next reply", "nr_due_by", ours),
        ("resolution", "due_by", ours),
    ):
        if field in ticket:
            yield DeadlineRead(case, metric, moment(ticket[field]) if runs else None)


def events_of(ticket: Raw, statuses: Mapping[int, State]) -> Iterator[EventRead]:
    """The first message, and when it came to where it stands; Freshdesk tells of nothing between."""
    case = str(ticket["id"])
    if opened := moment(ticket.get("created_at")):
        by = By.HELPDESK if ticket.get("source") == _OUTBOUND else By.CUSTOMER
        yield EventRead(case, "opened", Kind.MESSAGE, opened, by)
    stats, state = _stats(ticket), state_of(ticket, statuses)
    # A reply alone makes something open of what is new, and leaves its status as it is.
    times = (moment(stats.get(each)) for each in ("status_updated_at", "first_responded_at"))
    known = [each for each in times if each]
    if known and state is not State.NEW:
        at = max(known) if state is State.OPEN and not stats.get("reopened_at") else known[0]
        yield EventRead(case, f"{state}-{at.isoformat()}", Kind.STATE, at, By.HELPDESK, data={"state": state})


def said_lately(ticket: Raw, since: datetime | None) -> bool:
    """Whether customer or team have said anything since then, or (None) ever, after the first words."""
    stats = _stats(ticket)
    times = (moment(stats.get(each)) for each in ("agent_responded_at", "requester_responded_at"))
    return any(each is not None and (since is None or each >= since) for each in times)


def last_said(ticket: Raw) -> Iterator[EventRead]:
    """The latest word of each side, for a ticket that is over."""
    stats = _stats(ticket)
    for field, by in (("requester_responded_at", By.CUSTOMER), ("agent_responded_at", By.HELPDESK)):
        if at := moment(stats.get(field)):
            yield EventRead(str(ticket["id"]), f"said-{field}-{stats[field]}", Kind.MESSAGE, at, by)


def conversation_event(said: Raw, ticket_id: str) -> EventRead | None:
    """A reply or a note, without its words."""
    at, author = moment(said.get("created_at")), said.get("user_id")
    if at is None:
        return None
    automatic = bool(said.get("auto_response") or said.get("automation_id"))
    by = By.CUSTOMER if said.get("incoming") else By.BOT if automatic else By.HELPDESK
    kind = Kind.NOTE if said.get("private") else Kind.MESSAGE
    return EventRead(
        ticket_id, f"conversation-{said['id']}", kind, at, by, str(author) if author and by is not By.BOT else None
    )


def rating_event(rating: Raw) -> EventRead | None:
    """What a customer has said of a ticket; what is neither good nor bad is passed over."""
    at, value = moment(rating.get("created_at")), (rating.get("ratings") or {}).get("default_question")
    if at is None or not isinstance(value, int) or _BAD < value < _GOOD:
        return None
    said = {"satisfaction": "good" if value >= _GOOD else "bad"}
    return EventRead(
        str(rating["ticket_id"]), f"rating-{rating['id']}", Kind.SATISFACTION, at, By.CUSTOMER, data=said
    )


def agent_of(agent: Raw) -> PersonRead:
    """Somebody of the team."""
    contact = agent.get("contact") or {}
    return PersonRead(str(agent["id"]), contact.get("name"), contact.get("email"), is_agent=True)


def _stats(ticket: Raw) -> Raw:
    return ticket.get("stats") or {}


def _by_name(name: str) -> State:
    if "customer" in name:
        return State.PENDING
    waits = ("third party", "hold", "wait")
    return State.ON_HOLD if any(each in name for each in waits) else State.OPEN
