"""Modals: checked input, the app's answers, the stack, hashes, triggers, closing."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from datetime import time as clock_time
from typing import Any

import pytest
import requests
from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Modal, Person, Sandbox, Times
from tests.sandbox.bots import button, buttons, field, http_mode, modal, new_app, options, plain, section, web
from tests.sandbox.conftest import Connect

Answer = Callable[[dict[str, Any]], dict[str, Any]]


class Forms:
    """An app whose /form opens a view, and which answers what is submitted as told; it keeps what it heard."""

    def __init__(self, sandbox: Sandbox, view: dict[str, Any]) -> None:
        self.app = new_app(sandbox)
        self.view = view
        self.answer: Answer = lambda _values: {}
        self.submitted: list[dict[str, Any]] = []
        self.closed: list[dict[str, Any]] = []
        self.pressed: list[dict[str, Any]] = []
        self.app.command("/form")(self._open)
        self.app.view("form")(self._submit)
        self.app.view_closed("form")(self._close)
        self.app.action("press")(self._press)

    def _open(self, ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=self.view)
        ack()

    def _submit(self, ack: Ack, body: dict[str, Any]) -> None:
        self.submitted.append(body)
        ack(**self.answer(body["view"]["state"]["values"]))

    def _close(self, ack: Ack, body: dict[str, Any]) -> None:
        self.closed.append(body)
        ack()

    def _press(self, ack: Ack, body: dict[str, Any]) -> None:
        self.pressed.append(body)
        ack()


def opened(sandbox: Sandbox, serve: Connect, ana: Person, view: dict[str, Any]) -> Forms:
    forms = Forms(sandbox, view)
    serve(forms.app)
    ana.types("/form")
    ana.sees_modal()
    return forms


REQUIRED = "Please complete this required field."


@pytest.mark.parametrize(
    ("element", "typed", "complaint"),
    [
        ({}, "", REQUIRED),
        ({"min_length": 3}, "ab", "Please enter at least 3 characters."),
        ({"min_length": 3}, "abc", None),
        ({"max_length": 3}, "abcd", "Please enter no more than 3 characters."),
        ({"type": "email_text_input"}, "ana@", "Please enter a valid email address."),
        ({"type": "email_text_input"}, "ana@example.com", None),
        ({"type": "url_text_input"}, "example.com", "Please enter a valid URL."),
        ({"type": "url_text_input"}, "https://example.com/a", None),
        ({"type": "number_input", "is_decimal_allowed": False}, "1.5", "Please enter a valid number."),
        ({"type": "number_input", "is_decimal_allowed": True}, "1.5", None),
        (
            {"type": "number_input", "is_decimal_allowed": False, "min_value": "2"},
            "1",
            "Please enter a number of at least 2.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": False, "max_value": "2"},
            "3",
            "Please enter a number of at most 2.",
        ),
    ],
)
def test_slack_checks_the_input_before_the_app_hears_of_it(
    sandbox: Sandbox, serve: Connect, ana: Person, element: dict[str, Any], typed: str, complaint: str | None
) -> None:
    forms = opened(sandbox, serve, ana, modal(field("Answer", "answer", **element)))
    ana.fills("Answer", typed)
    ana.submits()
    if complaint is None:
        assert ana.modal is None
        assert len(forms.submitted) == 1
    else:
        assert shown(ana).errors == {"Answer": complaint}
        assert forms.submitted == []


def shown(person: Person) -> Modal:
    modal = person.modal
    assert modal is not None
    return modal


def test_every_kind_of_field_arrives_in_the_state(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    element: dict[str, dict[str, Any]] = {
        "Note": {"multiline": True},
        "Colour": {"type": "static_select", "options": options("Red", "Blue")},
        "Skills": {"type": "multi_static_select", "options": options("Chat", "Voice")},
        "Half": {"type": "radio_buttons", "options": options("Morning", "Evening")},
        "Days": {"type": "checkboxes", "options": options("Mon", "Tue")},
        "Date": {"type": "datepicker", "initial_date": "2026-01-01"},
        "Start": {"type": "timepicker"},
        "At": {"type": "datetimepicker"},
        "Instead": {"type": "users_select"},
        "Cover": {"type": "multi_users_select"},
        "Tell": {"type": "conversations_select"},
        "Left empty": {"optional": True},
        "None chosen": {"type": "multi_static_select", "options": options("A"), "optional": True},
    }
    forms = opened(sandbox, serve, ana, modal(*(field(k, k, **v) for k, v in element.items())))
    ana.fills("Note", "two\nlines")
    chosen = {
        "Colour": "Blue",
        "Skills": ["Voice", "Chat"],
        "Half": "Evening",
        "Days": "Tue",  # one of several
        "Date": date(2026, 11, 27),
        "Start": clock_time(9, 5),
        "At": datetime(2026, 11, 27, 9, tzinfo=UTC),
        "Instead": "@ben",
        "Cover": ["@ben", "@ana"],
        "Tell": "#general",
    }
    for label, option in chosen.items():
        ana.picks(label, option)
    with pytest.raises(AssertionError, match="“At” takes a datetime with its zone"):
        ana.picks("At", "2026-11-27 09:00")
    ana.submits()

    values = forms.submitted[0]["view"]["state"]["values"]
    held = {label: {k: v for k, v in values[label]["value"].items() if k != "type"} for label in element}
    assert held["Note"] == {"value": "two\nlines"}
    assert held["Colour"]["selected_option"]["value"] == "blue"
    assert [o["value"] for o in held["Skills"]["selected_options"]] == ["voice", "chat"]
    assert held["Half"]["selected_option"]["value"] == "evening"
    assert [o["value"] for o in held["Days"]["selected_options"]] == ["tue"]
    assert held["Date"] == {"selected_date": "2026-11-27"}
    assert held["Start"] == {"selected_time": "09:05"}
    assert held["At"] == {"selected_date_time": 1795770000}
    assert held["Instead"] == {"selected_user": sandbox.user_id("ben")}
    assert held["Cover"] == {"selected_users": [sandbox.user_id("ben"), sandbox.user_id("ana")]}
    assert held["Tell"] == {"selected_conversation": sandbox.channel_id("#general")}
    assert held["Left empty"] == {"value": None}
    assert held["None chosen"] == {"selected_options": []}


def test_a_file_in_a_form_can_be_fetched_by_the_app(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    forms = opened(sandbox, serve, ana, modal(field("Rota", "rota", type="file_input", filetypes=["csv"])))
    with pytest.raises(AssertionError, match="not of the right type"):
        ana.attaches("Rota", "rota.exe", b"x")
    ana.submits()
    assert shown(ana).errors == {"Rota": REQUIRED}
    ana.attaches("Rota", "rota.csv", b"a,b")
    ana.submits()
    file = forms.submitted[0]["view"]["state"]["values"]["rota"]["value"]["files"][0]
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    assert requests.get(file["url_private_download"], headers=token, timeout=10).content == b"a,b"


def test_an_empty_answer_closes_the_modal(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    opened(sandbox, serve, ana, modal(section("Sure?")))
    ana.submits()
    assert ana.modal is None


def test_errors_of_the_app_are_shown_at_their_field(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    forms = opened(sandbox, serve, ana, modal(field("When", "when")))
    forms.answer = lambda _values: {"response_action": "errors", "errors": {"when": "Too soon."}}
    ana.fills("When", "now")
    ana.submits()
    assert shown(ana).errors == {"When": "Too soon."}
    ana.fills("When", "later")
    assert shown(ana).errors == {}


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "x"}},
        {"response_action": "update", "view": {"type": "modal"}},
        {"response_action": "dance"},
    ],
)
def test_an_answer_that_makes_no_sense_shows_trouble(
    sandbox: Sandbox, serve: Connect, ana: Person, answer: dict[str, Any]
) -> None:
    forms = opened(sandbox, serve, ana, modal(field("When", "when")))
    forms.answer = lambda _values: answer
    ana.fills("When", "now")
    ana.submits()
    assert shown(ana).notice == "We had some trouble connecting. Try again?"
    assert shown(ana).fields == {"When": "now"}


def test_a_submission_that_fails_keeps_the_modal_and_what_was_typed(
    sandbox: Sandbox, serve: Connect, ana: Person
) -> None:
    forms = opened(sandbox, serve, ana, modal(field("When", "when")))

    def fail(_values: dict[str, Any]) -> dict[str, Any]:
        raise RuntimeError("out of order")

    forms.answer = fail
    ana.fills("When", "now")
    ana.submits()
    assert shown(ana).notice == "We had some trouble connecting. Try again?"
    assert shown(ana).fields == {"When": "now"}


def test_an_answer_can_push_update_and_clear(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    forms = opened(sandbox, serve, ana, modal(section("one"), title="One"))
    forms.answer = lambda _v: {"response_action": "push", "view": modal(section("two"), title="Two")}
    ana.submits()
    assert (shown(ana).title, shown(ana).depth) == ("Two", 2)
    forms.answer = lambda _v: {"response_action": "update", "view": modal(section("2b"), title="Two b")}
    ana.submits()
    assert (shown(ana).title, shown(ana).depth) == ("Two b", 2)
    forms.answer = lambda _v: {"response_action": "clear"}
    ana.submits()
    assert ana.modal is None


def test_closing_the_second_modal_shows_the_first_again(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    forms = opened(sandbox, serve, ana, modal(section("one"), title="One"))
    forms.answer = lambda _v: {"response_action": "push", "view": modal(section("two"), title="Two")}
    ana.submits()
    ana.closes()
    assert shown(ana).title == "One"


def test_the_app_hears_of_closing_only_where_it_asked_to(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    forms = opened(sandbox, serve, ana, modal(section("one"), notify_on_close=True))
    second = modal(section("two"), title="Silent")
    forms.answer = lambda _v: {"response_action": "push", "view": second}
    ana.submits()
    ana.closes(everything=True)
    assert ana.modal is None
    assert [(body["view"]["title"]["text"], body["is_cleared"]) for body in forms.closed] == [("Form", True)]


def test_a_fourth_view_is_one_too_many(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    more = modal(section("more"), buttons(button("Next", "press")))
    forms = opened(sandbox, serve, ana, more)
    client = web(sandbox)
    for depth in (2, 3):
        ana.presses("Next")
        client.views_push(trigger_id=forms.pressed[-1]["trigger_id"], view=more)
        assert shown(ana).depth == depth
    ana.presses("Next")
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        client.views_push(trigger_id=forms.pressed[-1]["trigger_id"], view=more)


def test_pushing_needs_a_modal_to_push_onto(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    forms = opened(sandbox, serve, ana, modal(section("one"), buttons(button("Next", "press"))))
    ana.presses("Next")
    ana.closes()
    with pytest.raises(SlackApiError, match="not_found"):
        web(sandbox).views_push(trigger_id=forms.pressed[0]["trigger_id"], view=modal(section("x")))


def test_a_stale_hash_is_a_conflict(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    forms = opened(sandbox, serve, ana, modal(section("one"), buttons(button("Next", "press"))))
    ana.presses("Next")
    view = forms.pressed[0]["view"]
    client = web(sandbox)
    client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("two")))
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("three")))
    assert shown(ana).text == "two"


def test_a_stale_home_is_a_conflict_too(sandbox: Sandbox, ana: Person) -> None:
    client, user = web(sandbox), sandbox.user_id("ana")
    home = {"type": "home", "blocks": [section("one")]}
    old = client.views_publish(user_id=user, view=home)["view"]["hash"]
    client.views_publish(user_id=user, hash=old, view=home)
    with pytest.raises(SlackApiError, match="hash_conflict"):
        client.views_publish(user_id=user, hash=old, view=home)
    assert ana.home().text == "one"


def test_an_external_id_belongs_to_one_view(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    opened(sandbox, serve, ana, modal(section("one"), external_id="mine"))
    client = web(sandbox)
    client.views_update(external_id="mine", view=modal(section("two"), external_id="mine"))
    assert shown(ana).text == "two"
    home = {"type": "home", "blocks": [section("x")], "external_id": "mine"}
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        client.views_publish(user_id=sandbox.user_id("ben"), view=home)


def test_what_was_typed_survives_where_the_ids_stay(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    before = modal(field("Kept", "kept"), field("Lost", "lost"), buttons(button("Next", "press")))
    after = modal(field("Kept", "kept"), field("Lost", "other"))
    forms = opened(sandbox, serve, ana, before)
    ana.fills("Kept", "here")
    ana.fills("Lost", "gone")
    ana.presses("Next")
    assert forms.pressed[0]["view"]["state"]["values"]["lost"]["value"]["value"] == "gone"
    web(sandbox).views_update(view_id=forms.pressed[0]["view"]["id"], view=after)
    assert shown(ana).fields == {"Kept": "here", "Lost": None}


def test_a_trigger_works_once(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    forms = opened(sandbox, serve, ana, modal(section("one"), buttons(button("Next", "press"))))
    ana.presses("Next")
    trigger = forms.pressed[0]["trigger_id"]
    client = web(sandbox)
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        client.views_open(trigger_id=trigger, view={"type": "modal"})
    client.views_open(trigger_id=trigger, view=modal(section("two")))
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        client.views_open(trigger_id=trigger, view=modal(section("three")))


def test_a_trigger_expires() -> None:
    with Sandbox(times=Times(trigger=0)) as sandbox:
        ana = sandbox.invite("ana")
        refused: list[str] = []
        app = new_app(sandbox)

        @app.shortcut("open")
        def late(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
            try:
                client.views_open(trigger_id=body["trigger_id"], view=modal(section("one")))
            except SlackApiError as refusal:
                refused.append(refusal.response["error"])
            ack()

        with http_mode(sandbox, app):
            ana.shortcut("open")
        assert refused == ["expired_trigger_id"]
        assert ana.modal is None


def test_a_field_can_tell_the_app_at_once(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    select = {"type": "static_select", "action_id": "press", "options": options("Red", "Blue")}
    block = {**field("Colour", "colour", **select), "dispatch_action": True}
    forms = opened(sandbox, serve, ana, modal(block))
    ana.picks("Colour", "Red")
    action = forms.pressed[0]["actions"][0]
    assert (action["type"], action["selected_option"]["value"]) == ("static_select", "red")


def test_a_modal_without_a_submit_button_cannot_be_submitted(
    sandbox: Sandbox, serve: Connect, ana: Person
) -> None:
    view = {"type": "modal", "callback_id": "form", "title": plain("Read"), "blocks": [section("only")]}
    opened(sandbox, serve, ana, view)
    with pytest.raises(AssertionError, match="no submit button"):
        ana.submits()
