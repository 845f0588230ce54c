"""A Freshdesk account on this machine.

After its API reference v2: "Authentication", "Rate Limit" (X-RateLimit-Remaining, Retry-After), "Pagination"
(Link, 100 on a page), "List All Tickets" (updated_since, order_by, order_type, filter, include; 30 days, 300
pages), "Update a Ticket", "Create a Note", "List All Conversations of a Ticket", "View All Satisfaction Ratings",
"List All Agents", "List All Groups", "List All Ticket Fields".
"""

import html
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.connectors.wsgi_fake import Answer, Asked, Fake, paged

KEY = "s3cret"
START = datetime(2026, 11, 2, 9, tzinfo=UTC)


def written(instant: datetime) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


class FreshdeskFake(Fake):
    """Tickets by id, each with what was said in it; ``now`` is the account's own clock."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.key, self.remaining = KEY, 4000
        self.tickets: dict[int, dict[str, Any]] = {}
        self.said: dict[int, list[dict[str, Any]]] = {}
        self.ratings: list[dict[str, Any]] = []
        self.surveys = True
        self.agents = [
            {"id": 901, "contact": {"name": "Ana Ruiz", "email": "ana@example.com"}},
            {"id": 902, "contact": {"name": "Ben Okafor", "email": "ben@example.com"}},
        ]
        self.statuses = {"2": ["Open"], "3": ["Pending"], "4": ["Resolved"], "5": ["Closed"]}

    def passes(self, **time: float) -> None:
        self.now += timedelta(**time)

    def opens(self, subject: str = "No refund", **fields: Any) -> int:
        """Somebody writes; the id of the ticket."""
        number = len(self.tickets) + 1
        self.tickets[number] = {
            "id": number,
            "subject": subject,
            "status": 2,
            "priority": 1,
            "source": 1,
            "type": "Refund",
            "tags": [],
            "group_id": 11,
            "responder_id": None,
            "requester_id": 500,
            "created_at": written(self.now),
            "updated_at": written(self.now),
            "due_by": written(self.now + timedelta(hours=8)),
            "fr_due_by": written(self.now + timedelta(hours=1)),
            "requester": {"id": 500, "name": "Kim Sato", "email": "kim@example.org"},
            "stats": {"status_updated_at": written(self.now)},
            **fields,
        }
        self.said[number] = []
        return number

    def says(
        self, number: int, *, by: int = 500, incoming: bool = False, private: bool = False, **more: Any
    ) -> None:
        """A reply or a note."""
        stats, at = self.tickets[number]["stats"], written(self.now)
        if incoming:
            stats["requester_responded_at"] = at
        elif not private:
            stats["agent_responded_at"] = at
            stats.setdefault("first_responded_at", at)
        said = {"id": 7000 + sum(map(len, self.said.values())), "user_id": by, "created_at": at, "body_text": ""}
        self.said[number].append({**said, "incoming": incoming, "private": private, **more})
        self.tickets[number]["updated_at"] = at

    def changes(self, number: int, **fields: Any) -> None:
        """Somebody changes a ticket there."""
        ticket = self.tickets[number]
        if fields.get("status", ticket["status"]) != ticket["status"]:
            ticket["stats"]["status_updated_at"] = written(self.now)
        ticket.update(fields, updated_at=written(self.now))

    def rates(self, number: int, value: int) -> None:
        """The customer says what they think of it."""
        rating = {"id": len(self.ratings) + 1, "ticket_id": number, "created_at": written(self.now)}
        self.ratings.append({**rating, "ratings": {"default_question": value}})

    def answer(self, asked: Asked) -> Answer:
        self.remaining -= 1
        headers = {"X-RateLimit-Total": "4000", "X-RateLimit-Remaining": str(self.remaining)}
        if asked.login != f"{self.key}:X":
            body = {"code": "invalid_credentials", "message": "You have to be logged in to perform this action."}
            return Answer(401, body, headers)
        found = self._answer(asked)
        return Answer(found.status, found.body, {**headers, **found.headers})

    def _answer(self, asked: Asked) -> Answer:
        path = asked.path.removeprefix("api/v2/")
        match [asked.method, *path.split("/")]:
            case ["GET", "agents", "me"]:
                return Answer(body=self.agents[0])
            case ["GET", "agents"]:
                return self._page(self.agents, asked)
            case ["GET", "groups"]:
                return self._page([{"id": 11, "name": "Billing"}], asked)
            case ["GET", "ticket_fields"]:
                return Answer(body=[{"type": "default_status", "choices": self.statuses}])
            case ["GET", "surveys", "satisfaction_ratings"]:
                since = asked.params["created_since"]
                found = [each for each in self.ratings if each["created_at"] >= since]
                return self._page(found, asked) if self.surveys else Answer(403, {"code": "require_feature"})
            case ["GET", "tickets"]:
                return self._tickets(asked)
            case ["GET", "tickets", number]:
                return Answer(body=self.tickets[int(number)]) if int(number) in self.tickets else Answer(404)
            case ["PUT", "tickets", number]:
                return self._update(int(number), asked.body)
            case ["GET", "tickets", number, "conversations"]:
                return self._page(self.said[int(number)], asked)
            case ["POST", "tickets", number, "notes"]:
                text = html.unescape(asked.body["body"].replace("<br>", "\n"))
                self.says(int(number), by=901, private=asked.body["private"], body_text=text)
                return Answer(201, self.said[int(number)][-1])
        return Answer(404)

    def _tickets(self, asked: Asked) -> Answer:
        if int(asked.params.get("page", 1)) > 300:
            return Answer(400, {"description": "Validation failed", "errors": []})
        since = asked.params.get("updated_since")
        assert (asked.params["order_by"], asked.params["order_type"]) == ("updated_at", "asc")
        wanted = asked.params.get("filter")
        month = written(self.now - timedelta(days=30))
        found = [
            each
            for each in self.tickets.values()
            if (each.get(wanted) if wanted else not (each.get("deleted") or each.get("spam")))
            and (each["updated_at"] >= since if since else each["created_at"] >= month)
        ]
        included = asked.params.get("include", "").split(",")
        shown = [
            {key: value for key, value in each.items() if key not in ("requester", "stats") or key in included}
            for each in sorted(found, key=lambda each: (each["updated_at"], each["id"]))
        ]
        return self._page(shown, asked)

    def _update(self, number: int, body: dict[str, Any]) -> Answer:
        if str(body.get("status", 2)) not in self.statuses:
            return Answer(400, {"description": "Validation failed", "errors": [{"field": "status"}]})
        self.changes(number, **body)
        return Answer(body=self.tickets[number])

    def _page(self, found: list[Any], asked: Asked) -> Answer:
        page, more = paged(found, asked, most=100, usual=30)
        link = {"Link": '<https://acme.freshdesk.com/next>; rel="next"'} if more else {}
        return Answer(body=page, headers=link)
