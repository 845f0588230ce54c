"""A Zendesk on this machine, by its documentation.

"Incremental Exports" and "Using the Incremental Export API" (cursor, start_time, end_of_stream, the last minute
left out, ten requests a minute, deleted tickets), "Ticket Audits" and "Ticket Audit events reference", "Ticket
Metric Events", "Side-loading related records" (users, groups, metric_sets, slas), "Users" (roles, cursors),
"Creating and updating tickets" (Protecting against ticket update collisions, Setting metadata), "Rate limits"
(429 with Retry-After).
"""

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

ADMIN, TOKEN = "cora@example.com", "s3cret-t0ken"
_MINUTE = timedelta(minutes=1)
_BODIES = {
    401: {"error": "Couldn't authenticate you"},
    404: {"error": "RecordNotFound", "description": "Not found"},
    409: {
        "error": "UpdateConflict",
        "description": "Safe Update prevented this update due to outdated ticket data.",
    },
    422: {"error": "RecordInvalid", "description": "Record validation errors"},
    429: {
        "error": "APIRateLimitExceeded",
        "description": "Number of allowed incremental export requests exceeded",
    },
}


@dataclass
class Fault:
    """What is answered to a request instead, once."""

    status: int
    path: str = ""  # that the request's path contains
    headers: dict[str, str] = field(default_factory=dict)
    body: str = "{}"
    after: bool = False  # the request is carried out, and only its answer lost


class ZendeskFake:
    """One account: users, groups, tickets with their audits, SLA of tickets, and what was asked of it."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.token = TOKEN
        self.limited = False
        self.slow = 0.0  # seconds that it takes over each answer
        self.users: dict[int, dict[str, Any]] = {}
        self.groups = {91: {"id": 91, "name": "Refunds"}, 92: {"id": 92, "name": "Chat"}}
        self.tickets: dict[int, dict[str, Any]] = {}
        self.audits: dict[int, list[dict[str, Any]]] = {}
        self.slas: dict[int, list[dict[str, Any]]] = {}
        self.metric_events: list[dict[str, Any]] = []
        self.faults: list[Fault] = []
        self.asked: list[str] = []
        self.exports: list[datetime] = []
        self.updates: list[dict[str, Any]] = []
        self.url = ""
        self._id = 1000
        self.cora = self.user("Cora Lind", ADMIN, "admin")
        self.ana = self.user("Ana Ruiz", "Ana@example.com", "agent")
        self.jo = self.user("Jo Client", "jo@customer.example", "end-user")

    def user(self, name: str, email: str, role: str) -> int:
        """Somebody new; their id."""
        number = self._next()
        self.users[number] = {"id": number, "name": name, "email": email, "role": role, "locale": "de-DE"}
        return number

    def ticket(self, subject: str, requester: int | None = None, **fields: Any) -> int:
        """A ticket that a customer has written now; its id."""
        number, by = self._next(), requester or self.jo
        start = {"status": "new", "priority": "normal", "assignee_id": None, "group_id": 91, **fields}
        self.tickets[number] = {
            "id": number,
            "url": f"{self.url}/api/v2/tickets/{number}.json",
            "subject": subject,
            "requester_id": by,
            "created_at": _said(self.clock()),
            "tags": ["web"],
            "type": "question",
            "via": {"channel": "email"},
            "satisfaction_rating": {"score": "unoffered"},
            **start,
        }
        created = [self._event("Create", field_name=name, value=_text(value)) for name, value in start.items()]
        self._audit(number, by, [*created, self._event("Comment", public=True, author_id=by, body=f"{subject}!")])
        return number

    def change(self, ticket: int, by: int | None = None, *, comment: bool | None = None, **fields: Any) -> None:
        """An update of a ticket; with ``comment`` also a reply, public or not."""
        self._update(ticket, by or self.ana, fields, comment, {})

    def delete(self, ticket: int) -> None:
        """What is left of a deleted ticket until it is scrubbed."""
        self._update(ticket, self.cora, {"status": "deleted"}, None, {})
        self.tickets[ticket]["subject"] = "SCRUBBED"

    def promises(self, ticket: int, **metrics: datetime) -> None:
        """The SLA of a ticket: until when each metric runs."""
        self.slas[ticket] = [
            {"metric": name, "stage": "active", "breach_at": _said(until), "hours": 1}
            for name, until in metrics.items()
        ]
        self.metric_events.append(
            {
                "id": self._next(),
                "ticket_id": ticket,
                "metric": "reply_time",
                "instance_id": 1,
                "type": "apply_sla",
                "time": _said(self.clock()),
            }
        )

    def answer(
        self, method: str, target: str, headers: Any, body: dict[str, Any]
    ) -> tuple[int, dict[str, str], Any]:
        """The status, the headers and the body of an answer."""
        parts = urlsplit(target)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = parts.path.removeprefix("/api/v2/").removesuffix(".json")
        self.asked.append(f"{method} {path}")
        time.sleep(self.slow)
        fault = next((each for each in self.faults if each.path in f"{method} {path}"), None)
        if fault:
            self.faults.remove(fault)
            if fault.after:
                self._dispatch(method, path, query, body)
            return fault.status, fault.headers, fault.body
        expected = base64.b64encode(f"{ADMIN}/token:{self.token}".encode()).decode()
        if headers.get("Authorization") != f"Basic {expected}":
            return 401, {}, _BODIES[401]
        if path.startswith("incremental/"):
            now = self.clock()
            self.exports = [*(each for each in self.exports if each > now - _MINUTE), now]
            if self.limited and len(self.exports) > 10:
                return 429, {"Retry-After": "41"}, _BODIES[429]
        return self._dispatch(method, path, query, body)

    def _dispatch(
        self, method: str, path: str, query: dict[str, str], body: dict[str, Any]
    ) -> tuple[int, dict[str, str], Any]:
        steps = path.split("/")
        if path == "users/me":
            return 200, {}, {"user": self.users[self.cora]}
        if path == "users":
            first, size = int(query.get("page[after]", 0)), int(query["page[size]"])
            agents = [each for each in self.users.values() if each["role"] != "end-user"]
            more = first + size < len(agents)
            meta = {"has_more": more, "after_cursor": str(first + size) if more else None}
            return 200, {}, {"users": agents[first : first + size], "meta": meta}
        if path == "incremental/tickets/cursor":
            return self._export(query)
        if path == "incremental/ticket_metric_events":
            start = datetime.fromtimestamp(int(query["start_time"]), UTC)
            found = [each for each in self.metric_events if start <= datetime.fromisoformat(each["time"])]
            end = int(self.clock().timestamp())
            return 200, {}, {"ticket_metric_events": found, "count": len(found), "end_time": end, "next_page": "…"}
        if path == "tickets/show_many":
            found = [self.tickets[int(each)] for each in query["ids"].split(",") if int(each) in self.tickets]
            there = [each for each in found if each["status"] != "deleted"]
            with_sla = [{**each, "slas": {"policy_metrics": self.slas.get(each["id"], [])}} for each in there]
            return 200, {}, {"tickets": with_sla if query.get("include") == "slas" else there}
        ticket = self.tickets.get(int(steps[1])) if steps[0] == "tickets" and steps[1].isdigit() else None
        if ticket is None or (ticket["status"] == "deleted"):
            return 404, {}, _BODIES[404]
        if steps[-1] == "audits":
            return self._page_of_audits(ticket["id"], query)
        if method == "PUT":
            return self._put(ticket, body["ticket"])
        return 200, {}, {"ticket": ticket}

    def _export(self, query: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        until = self.clock() - _MINUTE
        if "cursor" in query:
            at, number = base64.b64decode(query["cursor"]).decode().split("||")
            place = (float(at), int(number))
        else:
            place = (float(query["start_time"]), -1)
            if place[0] > until.timestamp():
                return 422, {}, {"error": "StartTimeTooRecent", "description": "Too recent start_time."}
        changed = sorted(
            ((each["generated_timestamp"], each["id"]), each)
            for each in self.tickets.values()
            if (each["generated_timestamp"], each["id"]) > place
            and each["generated_timestamp"] <= until.timestamp()
        )
        page = changed[: int(query.get("per_page", 1000))]
        place = page[-1][0] if page else place
        cursor = base64.b64encode(f"{place[0]}||{place[1]}".encode()).decode()
        tickets = [each for _, each in page]
        known = {each.get(name) for each in tickets for name in ("requester_id", "assignee_id")}
        return 200, {}, {
            "tickets": tickets,
            "users": [self.users[each] for each in sorted(filter(None, known))],
            "groups": list(self.groups.values()),
            "metric_sets": [{"ticket_id": each["id"], "solved_at": each.get("solved")} for each in tickets],
            "after_cursor": cursor,
            "end_of_stream": len(page) == len(changed),
        }  # fmt: skip

    def _page_of_audits(self, ticket: int, query: dict[str, str]) -> tuple[int, dict[str, str], Any]:
        first, size = int(query.get("page[after]", 0)), int(query["page[size]"])
        found = self.audits[ticket][first : first + size]
        more = first + size < len(self.audits[ticket])
        authors = sorted({each.get("author_id", -1) for each in found} - {-1})
        users = [self.users[each] for each in authors]
        meta = {"has_more": more, "after_cursor": str(first + size) if more else None}
        return 200, {}, {"audits": found, "users": users, "meta": meta}

    def _put(self, ticket: dict[str, Any], wanted: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
        if ticket["status"] == "closed":
            return 422, {}, _BODIES[422]
        if wanted.get("safe_update") and wanted["updated_stamp"] != ticket["updated_at"]:
            return 409, {}, _BODIES[409]
        self.updates.append(wanted)
        fields: dict[str, Any] = {
            each: wanted[each] for each in ("status", "assignee_id", "tags") if each in wanted
        }
        comment = wanted["comment"]["public"] if "comment" in wanted else None
        self._update(ticket["id"], self.cora, fields, comment, wanted.get("metadata", {}))
        return 200, {}, {"ticket": ticket, "audit": self.audits[ticket["id"]][-1]}

    def _update(
        self, number: int, by: int, fields: dict[str, Any], comment: bool | None, custom: dict[str, Any]
    ) -> None:
        ticket, events = self.tickets[number], []
        if comment is not None:
            events.append(self._event("Comment", public=comment, author_id=by, body="Words of somebody."))
        for name, value in fields.items():
            was = ticket.get(name)
            shown = "satisfaction_score" if name == "satisfaction_rating" else name
            events.append(self._event("Change", field_name=shown, value=_text(value), previous_value=_text(was)))
            ticket[name] = value
        if fields.get("status") == "solved":
            ticket["solved"] = _said(self.clock())
        self._audit(number, by, events, custom)

    def _audit(
        self, ticket: int, by: int, events: list[dict[str, Any]], custom: dict[str, Any] | None = None
    ) -> None:
        now = self.clock()
        audit = {
            "id": self._next(),
            "ticket_id": ticket,
            "created_at": _said(now),
            "author_id": by,
            "metadata": {"system": {"client": "a browser", "ip_address": "203.0.113.9"}, "custom": custom or {}},
            "via": {"channel": "rule" if by == -1 else "web"},
            "events": events,
        }
        self.audits.setdefault(ticket, []).append(audit)
        self.tickets[ticket] |= {"updated_at": _said(now), "generated_timestamp": now.timestamp()}

    def _event(self, kind: str, **fields: Any) -> dict[str, Any]:
        return {"id": self._next(), "type": kind, **fields}

    def _next(self) -> int:
        self._id += 1
        return self._id


@contextmanager
def zendesk(clock: Callable[[], datetime]) -> Iterator[ZendeskFake]:
    """An account that answers on a port of this machine."""
    fake = ZendeskFake(clock)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else {}
            status, headers, said = fake.answer(self.command, self.path, self.headers, body)
            text = (said if isinstance(said, str) else json.dumps(said)).encode()
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        do_PUT = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        fake.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()


def _said(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) else value["score"] if isinstance(value, dict) else value
