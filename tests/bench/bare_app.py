"""The yardstick: a Bolt app that does nothing but answer, with the same message, on the same server."""

import json
import os
from typing import Any

from gunicorn.app.wsgiapp import WSGIApplication
from slack_bolt import Ack, App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk import WebClient


def create() -> SlackRequestHandler:
    """The app as gunicorn loads it."""
    app = App(
        client=WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]),
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        process_before_response=True,
        token_verification_enabled=False,
    )

    message, view = (json.loads(os.environ[name]) for name in ("BENCH_MESSAGE", "BENCH_VIEW"))

    @app.command("/shifts")
    def answer(ack: Ack) -> None:
        ack(**message)

    @app.command("/swap")
    def open_form(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=view)
        ack()

    return SlackRequestHandler(app)


if __name__ == "__main__":
    WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]").run()
