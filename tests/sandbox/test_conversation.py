"""An ordinary Bolt app, talked to by people, in both modes."""

from typing import Any

from slack_bolt import Ack, App, Respond, Say
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import button, buttons, field, modal, new_app, options, section
from tests.sandbox.conftest import Connect


def leave_app(sandbox: Sandbox) -> App:
    """Asks for a reason and a day, posts a card, settles it when Ben approves, and lists it on the Home."""
    app = new_app(sandbox)
    form = modal(
        field("Reason", "reason"),
        field("Day", "day", type="external_select", min_query_length=1),
        title="Time off",
    )

    @app.command("/leave")
    def ask(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=form)
        ack("One moment")

    @app.options("value")
    def days(ack: Ack, payload: dict[str, Any]) -> None:
        ack(options=[o for o in options("Friday", "Monday") if payload["value"].lower() in o["value"]])

    @app.view("form")
    def submit(ack: Ack, client: WebClient, view: dict[str, Any], body: dict[str, Any]) -> None:
        values = view["state"]["values"]
        reason, day = values["reason"]["value"]["value"], values["day"]["value"]["selected_option"]
        if reason == "bored":
            ack(response_action="errors", errors={"reason": "That is no reason."})
            return
        text = f"<@{body['user']['id']}> is away on {day['text']['text']}: {reason}"
        card = [section(text), buttons(button("Approve", "approve", value=day["value"]))]
        client.chat_postMessage(channel="#general", text=text, blocks=card)
        ack()

    @app.action("approve")
    def approve(ack: Ack, client: WebClient, respond: Respond, body: dict[str, Any]) -> None:
        ack()
        by = body["user"]["id"]
        where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        client.chat_update(**where, text="Approved", blocks=[section(f"Approved by <@{by}>")])
        client.views_publish(user_id=by, view={"type": "home", "blocks": [section("1 approved")]})
        respond("You approved it.")

    return app


def test_a_person_gets_from_the_command_to_the_home_tab(
    sandbox: Sandbox, connect: Connect, ana: Person, ben: Person
) -> None:
    connect(leave_app(sandbox))

    ana.types("/leave")
    assert ana.sees_modal("Time off").text == "Reason\nDay"
    assert ana.last().text == "One moment"
    assert ana.last().only_you

    ana.fills("Reason", "bored")
    ana.submits()
    assert ana.sees_modal().errors == {"Day": "Please complete this required field."}

    assert ana.searches("Day", "mon") == ["Monday"]
    ana.picks("Day", "Friday")
    ana.submits()
    assert ana.sees_modal().errors == {"Reason": "That is no reason."}

    ana.fills("Reason", "a wedding")
    ana.submits()
    assert ana.modal is None

    card = ben.last()
    assert card.text == "@Ana Ruiz is away on Friday: a wedding"
    ben.presses("Approve", on=card)
    assert ben.refreshed(card).text == "Approved by @Ben Okafor"
    assert ben.refreshed(card).buttons == []
    assert ben.last().text == "You approved it."
    assert ben.last().only_you
    assert "You approved it." not in [shown.text for shown in ana.sees()]
    assert ben.home().text == "1 approved"


def test_words_of_a_person_reach_the_app_and_its_answer_the_thread(
    sandbox: Sandbox, connect: Connect, ana: Person
) -> None:
    app = new_app(sandbox)

    @app.message("hello")
    def greet(message: dict[str, Any], say: Say) -> None:
        say(f"Hello <@{message['user']}>", thread_ts=message["ts"])

    connect(app)
    ana.types("hello there")

    assert [shown.text for shown in ana.thread(ana.last())] == ["hello there", "Hello @Ana Ruiz"]
