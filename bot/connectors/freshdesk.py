"""Freshdesk: tickets, replies and ratings by its API v2, and what is written back.

After its API reference v2: "Authentication", "Rate Limit", "Pagination", "List All Tickets", "Update a Ticket",
"Create a Note", "List All Conversations of a Ticket", "View All Satisfaction Ratings", "List All Agents".
A list ends after 300 pages, and one that is sorted by time shifts while it is read: so the window moves with every
page instead. There is no way to change a ticket only if nobody else has: it is looked at right before.
"""

import html
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.connectors import freshdesk_read as read
from bot.connectors.freshdesk_api import MOST_PAGES, PER_PAGE, FreshdeskApi, goes_on
from bot.connectors.freshdesk_read import Raw
from bot.connectors.helpdesk import (
    CaseRead,
    Change,
    Conflict,
    DeadlineRead,
    EventRead,
    Forbidden,
    Gone,
    Page,
    Provider,
    Refused,
    SignInFailed,
    Write,
    version_of,
)
from bot.connectors.helpdesk_http import demand_some, passing_over
from bot.domain.cases import State
from bot.domain.connections import Blank

_AT_ONCE = 25  # tickets in one piece, so that little is asked for twice after an interruption
_OVERLAP = timedelta(minutes=1)  # in which what was written meanwhile may not have been on the list yet
_STEP = timedelta(seconds=1)
_ALL_TICKETS = 1  # as the scope of an agent
_PEOPLE_EVERY = timedelta(hours=1)
_OVER = frozenset({State.SOLVED, State.CLOSED})
_TURN = frozenset({State.NEW, State.OPEN})  # one status there


class Freshdesk:
    """One account, signed in with somebody's API key."""

    def __init__(self, base: str, secrets: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._api, self._clock = FreshdeskApi(base, secrets["key"], clock), clock

    def check(self) -> str:
        """Whose key it is; raises ``SignInFailed`` where they may not see all tickets, and who works on them."""
        me = self._api.one("agents/me")
        if me.get("ticket_scope", _ALL_TICKETS) != _ALL_TICKETS:
            raise SignInFailed
        for each in ("agents", "groups"):
            self._api.get(each, {"per_page": 1})
        contact = me.get("contact") or {}
        return str(contact.get("name") or contact.get("email") or "")

    def close(self) -> None:
        """Gives its connections back."""
        self._api.close()

    def read(self, cursor: dict[str, Any] | None, since: datetime) -> Iterator[Page]:
        """People once an hour, then tickets, what was deleted, and ratings, each from where it was left."""
        at = dict(cursor or {})
        if self._clock() - _PEOPLE_EVERY >= _place(at, "people", since - _PEOPLE_EVERY):
            people = tuple(map(read.agent_of, self._api.lists("agents")))
            at["people"] = self._clock().isoformat()
            yield Page(dict(at), more=True, people=people)
        yield from self._tickets(at, since)
        yield from self._gone(at, since)
        ratings = tuple(self._ratings(at, since))
        yield Page(dict(at), more=False, events=ratings)

    def write(self, external_id: str, write: Write) -> str:
        """See ``Helpdesk.write``. What is on hold needs a status of the account's own."""
        ticket = self._ticket(external_id)
        if write.kind is Change.NOTE:
            return self._note(external_id, write)
        found = self._fields(ticket, write)
        if not _same(found, write.wanted):
            if not _same(found, write.before):
                raise Conflict(found, _version(ticket))
            body = self._body(write)
            ticket = self._api.one(f"tickets/{external_id}", "PUT", body=body)
        return _version(ticket)

    def _tickets(self, at: dict[str, Any], since: datetime) -> Iterator[Page]:
        begins, api = _place(at, "tickets", since), self._api
        heard = _place(at, "heard", since) if "heard" in at else None
        for piece in self._windows(at, "tickets", begins, {"include": "requester,stats"}):
            cases, events, deadlines = list[CaseRead](), list[EventRead](), list[DeadlineRead]()
            for ticket in piece:
                with passing_over(ticket.get("id")):
                    events += list(self._events(ticket, since, heard))
                    deadlines += list(read.deadlines_of(ticket, api.statuses))
                    cases.append(read.case_of(ticket, api.base, api.statuses, api.groups))
            demand_some(piece, cases)
            yield Page(dict(at), more=True, cases=tuple(cases), events=tuple(events), deadlines=tuple(deadlines))
        at["heard"] = at["tickets"]

    def _gone(self, at: dict[str, Any], since: datetime) -> Iterator[Page]:
        """What was deleted, or is spam, is on lists of its own."""
        for name in ("deleted", "spam"):
            begins = _place(at, name, since)
            for piece in self._windows(at, name, begins, {"filter": name}):
                gone = [{**each, name: True} for each in piece]
                yield Page(
                    dict(at),
                    more=True,
                    cases=tuple(read.case_of(each, self._api.base, read.STATUSES, {}) for each in gone),
                )

    def _windows(
        self, at: dict[str, Any], name: str, begins: datetime, params: dict[str, Any]
    ) -> Iterator[list[Raw]]:
        """Tickets changed since then, in pieces, in the order of their change; ``at`` follows.

        Where a whole page was changed in one second, the next page of the same window goes on.
        """
        window, page = begins - _OVERLAP if name in at else begins, 1
        order = {"order_by": "updated_at", "order_type": "asc", "per_page": PER_PAGE}
        while True:
            asked = {**params, **order, "updated_since": _written(window), "page": page}
            found, headers = self._api.get("tickets", asked)
            for start in range(0, len(found), _AT_ONCE):
                piece = found[start : start + _AT_ONCE]
                at[name] = max(piece[-1]["updated_at"], at.get(name, ""))
                yield piece
            if not found or not goes_on(headers):
                break
            last = datetime.fromisoformat(found[-1]["updated_at"])
            if last > window:
                window, page = last, 1
            elif page < MOST_PAGES:
                page += 1
            else:
                window, page = window + _STEP, 1
        at.setdefault(name, _written(begins))

    def _events(self, ticket: Raw, since: datetime, heard: datetime | None) -> Iterator[EventRead]:
        """What happened to it; ``heard`` is until when all was read that was said.

        Of what is over when it is read for the first time, only the latest words; what is older than all reading
        may never have been read.
        """
        yield from read.events_of(ticket, self._api.statuses)
        over = read.state_of(ticket, self._api.statuses) in _OVER
        opened = read.moment(ticket.get("created_at"))
        known = heard if over or (opened and opened >= since) else None
        if over and heard is None:
            yield from read.last_said(ticket)
        elif read.said_lately(ticket, known - _OVERLAP if known else None):
            for said in self._api.lists(f"tickets/{ticket['id']}/conversations"):
                if event := read.conversation_event(said, str(ticket["id"])):
                    yield event

    def _ratings(self, at: dict[str, Any], since: datetime) -> Iterator[EventRead]:
        begins = _place(at, "ratings", since)
        try:
            found = list(self._api.lists("surveys/satisfaction_ratings", {"created_since": _written(begins)}))
        except (Forbidden, Gone):  # not every plan has surveys
            found = []
        at["ratings"] = max((str(each["created_at"]) for each in found), default=_written(begins))
        for each in found:
            if event := read.rating_event(each):
                yield event

    def _note(self, external_id: str, write: Write) -> str:
        """An internal note, unless the very same was the last that was written since what it is based on."""
        text = write.note or ""
        said = list(self._api.lists(f"tickets/{external_id}/conversations"))
        known = (each for each in said if each.get("private") and _since(each, write.based_on))
        if not any((each.get("body_text") or "").strip() == text.strip() for each in known):
            body = {"body": html.escape(text).replace("\n", "<br>"), "private": True}
            self._api.one(f"tickets/{external_id}/notes", "POST", body=body)
        return _version(self._ticket(external_id))

    def _fields(self, ticket: Raw, write: Write) -> dict[str, Any]:
        """What stands there in the field of a write."""
        match write.kind:
            case Change.OWNER:
                owner = ticket.get("responder_id")
                return {"owner": str(owner) if owner else None}
            case Change.STATE:
                return {"state": str(read.state_of(ticket, self._api.statuses))}
        return {"tags": list(read.tags_of(ticket))}

    def _body(self, write: Write) -> dict[str, Any]:
        match write.kind:
            case Change.OWNER:
                owner = write.wanted["owner"]
                return {"responder_id": int(owner) if owner else None}
            case Change.STATE:
                return {"status": self._status(State(write.wanted["state"]))}
        return {"tags": list(write.wanted["tags"])}

    def _status(self, state: State) -> int:
        meant = State.OPEN if state is State.NEW else state
        number = next((each for each in sorted(self._api.statuses) if self._api.statuses[each] is meant), None)
        if number is None:
            raise Refused("This Freshdesk account has no such status.")
        return number

    def _ticket(self, external_id: str) -> dict[str, Any]:
        ticket = self._api.one(f"tickets/{external_id}", params={"include": "stats"})
        if read.is_gone(ticket):
            raise Gone
        return ticket


PROVIDER = Provider(
    "freshdesk",
    "Freshdesk",
    "freshdesk.com",
    (Blank("key", "API key", "Of an administrator. In Freshdesk: your picture, Profile settings, View API key."),),
    Freshdesk,
)


def _place(at: Mapping[str, Any], name: str, since: datetime) -> datetime:
    return datetime.fromisoformat(at[name]) if name in at else since


def _written(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def _version(ticket: Raw) -> str:
    changed = read.moment(ticket.get("updated_at"))
    return version_of(changed) if changed else ""


def _since(said: Raw, version: str | None) -> bool:
    at = read.moment(said.get("created_at"))
    return at is not None and version_of(at) >= (version or "")


def _same(found: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether they say the same; new and open are one status there."""

    def said(value: Any) -> Any:
        if isinstance(value, list):
            return sorted(value)
        return State.OPEN if value in _TURN else value

    return all(said(value) == said(other.get(name)) for name, value in found.items())
