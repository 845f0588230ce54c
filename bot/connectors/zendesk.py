"""Zendesk Support: what changed, by its incremental exports, and changes made there.

By Zendesk's documentation: "Incremental Exports", "Using the Incremental Export API", "Ticket Audits", "Ticket
Audit events reference", "Ticket Metric Events", "Side-loading related records", "Creating and updating tickets"
(Protecting against ticket update collisions; Setting metadata). Only an administrator may export.

Tickets come by cursor, each with all its audits, which know when what happened. Of metric events only is used
whose deadlines they moved: until when, the tickets' own SLA says.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.connectors.helpdesk import (
    CaseRead,
    Change,
    Conflict,
    DeadlineRead,
    EventRead,
    Gone,
    Page,
    Provider,
    SignInFailed,
    ToolIsAway,
    Write,
    version_of,
)
from bot.connectors.helpdesk_http import HasChanged, ask, demand_some, http_session, passing_over
from bot.connectors.zendesk_read import (
    MARK,
    case_of_ticket,
    deadlines_of,
    events_of_audits,
    mark_of,
    opened_with,
    person_of_user,
    time_of,
)
from bot.connectors.zendesk_write import as_told, field_of, held_in, stamp_of
from bot.domain.connections import Blank

# Each ticket's audits are asked for, and a plan allows some 200 requests in a minute at least.
_TICKETS = 50
_AUDITS = 100
_AGENTS = 100
_PEOPLE_EVERY = timedelta(hours=1)
_AT_ONCE = 100  # of show_many
_METRICS = 1000
# What changed in the last minute is left out there, and a start in it is refused; clocks differ by a few more.
_START_MARGIN = timedelta(minutes=5)
_STALE_TRIES = 3


class Zendesk:
    """One account, signed in with an administrator's API token."""

    def __init__(self, base: str, secrets: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self._base, self._clock = base, clock
        self._session = http_session(f"{secrets['email']}/token", secrets["token"])

    def close(self) -> None:
        """Gives its connections back."""
        self._session.close()

    def check(self) -> str:
        """Whom one is signed in as; without a right to anything Zendesk tells of a user that is nobody."""
        user = self._get("users/me.json").get("user") or {}
        if not user.get("id") or user.get("role") != "admin":
            raise SignInFailed
        return str(user.get("name") or user.get("email") or user["id"])

    def read(self, cursor: dict[str, Any] | None, since: datetime) -> Iterator[Page]:
        """Who works there, once in a while; tickets until the end of the stream; the deadlines that moved."""
        start = int((min(since, self._clock()) - _START_MARGIN).timestamp())
        place = dict(cursor) if cursor else {"start": start, "metrics": start}
        streams = [self._tickets, self._deadlines]
        if self._clock().timestamp() >= place.get("people_at", 0) + _PEOPLE_EVERY.total_seconds():
            streams.insert(0, self._agents)
        for stream in streams:
            more = True
            while more:
                page = stream(place)
                place, more = page.cursor, page.more
                yield page

    def write(self, external_id: str, write: Write) -> str:
        """One update; the audit that it makes carries the id of the write."""
        if write.kind is Change.NOTE:
            return self._write_note(external_id, write)
        name, wanted, before = field_of(write)
        stamp = stamp_of(write.based_on) if write.based_on else None
        for _ in range(_STALE_TRIES):
            if stamp:
                try:
                    return self._update(external_id, write, {name: wanted}, stamp)
                except HasChanged:
                    pass
            ticket = self._ticket(external_id)
            found, version = held_in(ticket, name), version_of(time_of(ticket.get("updated_at")) or self._clock())
            if found == wanted:
                return version
            if found != before:
                raise Conflict(as_told(write.kind, found), version)
            stamp = stamp_of(version)
        raise ToolIsAway  # somebody else is quicker each time: later

    def _agents(self, place: dict[str, Any]) -> Page:
        """Tickets tell only of those who have to do with them, and a case may be given to anybody."""
        after = place.get("people")
        where = {"page[after]": after} if after else {}
        found = self._get("users.json", **{"role[]": ["agent", "admin"], "page[size]": _AGENTS}, **where)
        people = tuple(person_of_user(each) for each in _listed(found, "users") if each.get("id"))
        meta = found.get("meta") or {}
        after = meta.get("after_cursor") if meta.get("has_more") else None
        cursor = {name: value for name, value in place.items() if name != "people"}
        if after:
            return Page({**cursor, "people": after}, more=True, people=people)
        return Page({**cursor, "people_at": int(self._clock().timestamp())}, more=False, people=people)

    def _tickets(self, place: dict[str, Any]) -> Page:
        where = {"cursor": place["cursor"]} if place.get("cursor") else {"start_time": place["start"]}
        found = self._get(
            "incremental/tickets/cursor.json",
            **where,
            per_page=_TICKETS,
            include="users,groups,metric_sets",
        )
        users = {each["id"]: each for each in _listed(found, "users") if each.get("id")}
        groups = {each.get("id"): each.get("name") for each in _listed(found, "groups")}
        solved = {each.get("ticket_id"): each.get("solved_at") for each in _listed(found, "metric_sets")}
        cases: list[CaseRead] = []
        events: list[EventRead] = []
        for ticket in _listed(found, "tickets"):
            with passing_over(ticket.get("id")):
                audits = self._audits(ticket["id"], users) if ticket.get("status") != "deleted" else []
                began = opened_with(audits, groups)
                read = case_of_ticket(self._base, ticket, users, groups, solved.get(ticket["id"]), began)
                events += list(events_of_audits(read, audits, users, groups, ticket.get("requester_id")))
                cases.append(read)
        demand_some(_listed(found, "tickets"), cases)
        after = found.get("after_cursor")
        more = found.get("end_of_stream") is False and bool(after)
        cursor = {**place, "cursor": after or place.get("cursor")}
        people = tuple(person_of_user(each) for each in users.values())
        return Page(cursor, more, tuple(cases), tuple(events), people=people)

    def _audits(self, ticket_id: int, users: dict[Any, dict[str, Any]]) -> list[dict[str, Any]]:
        """All that happened to a ticket; whoever did something is added to the users."""
        audits: list[dict[str, Any]] = []
        after = None
        while True:
            where: dict[str, Any] = {"page[after]": after} if after else {}
            try:
                found = self._get(
                    f"tickets/{ticket_id}/audits.json", **{"page[size]": _AUDITS, "include": "users"}, **where
                )
            except Gone:  # deleted between the two requests: the export tells of that next
                return audits
            audits += _listed(found, "audits")
            users |= {each["id"]: each for each in _listed(found, "users") if each.get("id")}
            meta = found.get("meta") or {}
            after = meta.get("after_cursor")
            if not meta.get("has_more") or not after:
                return audits

    def _deadlines(self, place: dict[str, Any]) -> Page:
        latest = int((self._clock() - _START_MARGIN).timestamp())
        found = self._get("incremental/ticket_metric_events.json", start_time=min(place["metrics"], latest))
        moved = _listed(found, "ticket_metric_events")
        tickets = list(dict.fromkeys(each["ticket_id"] for each in moved if each.get("ticket_id")))
        until = max(found.get("end_time") or 0, place["metrics"])
        full = len(moved) >= _METRICS and until > place["metrics"]
        return Page({**place, "metrics": until}, full, deadlines=tuple(self._due(tickets)))

    def _due(self, tickets: list[int]) -> Iterator[DeadlineRead]:
        for first in range(0, len(tickets), _AT_ONCE):
            ids = ",".join(map(str, tickets[first : first + _AT_ONCE]))
            found = self._get("tickets/show_many.json", ids=ids, include="slas")
            for ticket in _listed(found, "tickets"):
                yield from deadlines_of(ticket)

    def _write_note(self, external_id: str, write: Write) -> str:
        if any(mark_of(each) == write.id for each in self._audits(int(external_id), {})):
            ticket = self._ticket(external_id)
            return version_of(time_of(ticket.get("updated_at")) or self._clock())
        comment = {"comment": {"body": write.note or "", "public": False}}
        return self._update(external_id, write, comment, None)

    def _update(self, external_id: str, write: Write, fields: dict[str, Any], stamp: str | None) -> str:
        safe = {"safe_update": True, "updated_stamp": stamp} if stamp else {}
        ticket = {**fields, **safe, "metadata": {MARK: write.id}}
        answer = self._ask("PUT", f"tickets/{external_id}.json", body={"ticket": ticket})
        return version_of(time_of((answer.get("ticket") or {}).get("updated_at")) or self._clock())

    def _ticket(self, external_id: str) -> dict[str, Any]:
        ticket: dict[str, Any] = self._get(f"tickets/{external_id}.json").get("ticket") or {}
        if not ticket or ticket.get("status") == "deleted":
            raise Gone
        return ticket

    def _get(self, path: str, **params: Any) -> dict[str, Any]:
        return self._ask("GET", path, params=params)

    def _ask(
        self, method: str, path: str, *, params: dict[str, Any] | None = None, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        url = f"{self._base}/api/v2/{path}"
        return ask(self._session, method, url, clock=self._clock, params=params, body=body)


def _listed(found: dict[str, Any], name: str) -> list[dict[str, Any]]:
    listed: Iterable[Any] = found.get(name) or ()
    return [each for each in listed if isinstance(each, dict)]


PROVIDER = Provider(
    "zendesk",
    "Zendesk",
    "zendesk.com",
    (
        Blank("email", "E-mail address", "Of an administrator in Zendesk: nobody else may export tickets there."),
        Blank("token", "API token", "Made in Zendesk's Admin Center under Apps and integrations → APIs."),
    ),
    Zendesk,
)
