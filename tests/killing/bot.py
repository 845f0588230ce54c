"""A bot that may be killed at any moment: people tally things with it, and everybody is shown and told.

One command changes what is stored, the card of a board in a channel and in direct messages, and tells somebody;
now and then it sends them a file.
"""

import logging
from dataclasses import dataclass
from socketserver import ThreadingMixIn
from typing import Any
from uuid import UUID, uuid5
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

import structlog
from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler

from bot.actions.cards import Cards
from bot.actions.outbox import tell, touch
from bot.app import build_deps, build_sender
from bot.deps import Deps
from bot.settings import Settings
from bot.views.attached import Attached, with_files
from bot.views.blocks import message
from jobs.outbox_turn import Times
from storage.db import WorkspaceSession
from storage.events import first_time
from storage.tables import Note
from tests.outbox.office import CARD, WORD, cards_of_tests

COMMAND = "/tally"
TIMES = Times(lease=1.6, call=1, pace=0, poll=0.05, first_delay=0.05, longest_delay=0.2)
# Every so many commands a file is sent.
WITH_FILE, TABLE, FILE = 4, "test.table", "tally.txt"
_BOARDS = UUID("5b1f5c1e-6f0a-4d43-8d8b-0d8f6a1d2c3b")


@dataclass(frozen=True)
class Life:
    """What a process needs to live, handed to it when it is born."""

    database_url: str
    api_url: str
    signing_secret: str
    port: int
    people: dict[str, str]  # Slack ids by handle
    channel: str


def board_id(name: str) -> UUID:
    """The subject of a board's card."""
    return uuid5(_BOARDS, name)


def tally(session: WorkspaceSession, deps: Deps, life: Life, board: str, nonce: str) -> None:
    """Counts one more on the board: shown on every copy of its card, and told to somebody and in its thread."""
    if not first_time(session, nonce, deps.clock()):
        return
    subject = board_id(board)
    note = session.get(Note, (session.workspace_id, subject))
    if note is None:
        note = Note(workspace_id=session.workspace_id, id=subject, text="0", written_at=deps.clock())
        session.add(note)
    note.text = str(int(note.text) + 1)
    copies = [
        tell(session, deps, to=to, card=CARD, subject=subject, audience=board, key=f"{board}:{to}")
        for to in (life.channel, *life.people.values())
    ]
    touch(session, deps, CARD, subject)
    whom = sorted(life.people.values())[int(note.text) % len(life.people)]
    said: dict[str, Any] = {"card": WORD, "facts": {"says": nonce}}
    tell(session, deps, to=whom, key=nonce, **said)
    tell(session, deps, to=life.channel, parent=copies[0], key=f"{nonce}:reply", **said)
    if int(note.text) % WITH_FILE == 0:
        tell(session, deps, to=whom, key=f"{nonce}:file", card=TABLE, facts={"says": nonce})


def cards() -> Cards:
    """Those of tests, and one that goes with a file."""
    known = cards_of_tests()
    known.register(TABLE, lambda *_: True, lambda *drawn: _table(str(drawn[-1]["says"])))
    return known


def _table(nonce: str) -> dict[str, Any]:
    return with_files(message(f"{nonce} is in:"), Attached(nonce, FILE, nonce.encode))


def live(life: Life) -> None:
    """Answers and sends until it is killed."""
    logging.disable(logging.CRITICAL)  # what happens is read from the sandbox and the database
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    settings = Settings(
        _env_file=None,
        SLACK_BOT_TOKEN="xoxb-sandbox-bot-token",
        SLACK_SIGNING_SECRET=life.signing_secret,
        SLACK_API_URL=life.api_url,
        FLOORWALKER_DATABASE_URL=life.database_url,
    )
    deps = build_deps(settings)
    bolt = App(
        client=deps.slack,
        signing_secret=life.signing_secret,
        process_before_response=True,
        token_verification_enabled=False,
    )

    def answer(ack: Ack, command: dict[str, Any]) -> None:
        board, nonce = command["text"].split()
        with deps.sessions.write(command["team_id"]) as session:
            tally(session, deps, life, board, nonce)
        ack(f"counted {nonce}")

    bolt.command(COMMAND)(answer)
    build_sender(deps, cards(), TIMES).start()
    server = _Server(("127.0.0.1", life.port), _Quiet)
    server.set_app(SlackRequestHandler(bolt))
    server.serve_forever()


class _Server(ThreadingMixIn, WSGIServer):
    """Several replicas may listen on one port, and a new life need not wait for the old one's connections."""

    allow_reuse_port = True
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        return None
