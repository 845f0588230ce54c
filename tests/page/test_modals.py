"""Modals: what is typed reaches the app, errors stand at their fields, stacks open and close, focus is kept."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from bot.sandbox import Person, Sandbox
from tests.page.conftest import Visit
from tests.page.listening import Listening, app, flaws
from tests.sandbox.bots import button, buttons, field, modal, options, plain, section

__all__ = ["app"]

ONE, TWO, THREE = options("One", "Two", "Three")
CHOICES = {"options": [ONE, TWO, THREE]}
ROTA = b"email,date\n" * 9_000


@pytest.fixture
def ana(sandbox: Sandbox) -> Person:
    return sandbox.person("ana")


def dialog(page: Page, title: str = "Form") -> Locator:
    return page.get_by_role("dialog", name=title)


def command(page: Page) -> Locator:
    """Where commands are typed."""
    return page.get_by_role("main").locator(".composer textarea")


def enter_command(page: Page) -> None:
    command(page).fill("/form ")
    command(page).press("Enter")


def essence(value: Any) -> Any:
    """An option by its value."""
    if isinstance(value, list):
        return [essence(each) for each in value]
    return value["value"] if isinstance(value, dict) and "text" in value else value


def held(body: dict[str, Any]) -> dict[str, Any]:
    """What a submission says that every field holds, by block id."""
    found: dict[str, Any] = {}
    for block_id, actions in body["view"]["state"]["values"].items():
        [value] = actions.values()
        [found[block_id]] = [essence(each) for name, each in value.items() if name != "type"]
    return found


FIELDS: dict[str, dict[str, Any]] = {
    "Name": {},
    "Note": {"multiline": True},
    "Mail": {"type": "email_text_input"},
    "Page": {"type": "url_text_input"},
    "Cases": {"type": "number_input", "is_decimal_allowed": False},
    "Story": {"type": "rich_text_input"},
    "Shift": {"type": "static_select", **CHOICES},
    "Skills": {"type": "multi_static_select", **CHOICES, "initial_options": [TWO]},
    "Instead": {"type": "users_select"},
    "Others": {"type": "multi_users_select"},
    "Where": {"type": "channels_select"},
    "Tell": {"type": "conversations_select"},
    "Case": {"type": "external_select", "min_query_length": 1},
    "Parcels": {"type": "multi_external_select", "min_query_length": 1},
    "Day": {"type": "datepicker", "initial_date": "2026-01-01"},
    "Start": {"type": "timepicker"},
    "Moment": {"type": "datetimepicker"},
    "Days": {"type": "checkboxes", **CHOICES},
    "Half": {"type": "radio_buttons", **CHOICES, "initial_option": ONE},
    "Left": {"optional": True},
    "Nobody": {"type": "multi_users_select", "optional": True},
}


def fill_everything(page: Page) -> None:
    """With the keys alone, from one field to the next."""
    keys = page.keyboard
    entered = (
        ("Name", ["Ana"]),
        ("Note", ["two", "Enter", "lines"]),
        ("Mail", ["ana@example.com"]),
        ("Page", ["https://example.com"]),
        ("Cases", ["12"]),
        ("Story", ["It was late."]),
        ("Shift", ["thr", "Enter"]),
        ("Skills", ["Backspace", "one", "Enter", "three", "Enter"]),
        ("Instead", ["okafor", "Enter"]),
        ("Others", ["ana", "Enter", "ben", "Enter"]),
        ("Where", ["ArrowDown", "Enter"]),
        ("Tell", ["gen", "Enter"]),
        ("Case", ["invoice", "found", "Enter"]),
        ("Parcels", ["parcel", "found", "Enter"]),
        ("Day", ["11272026"]),
        ("Start", ["0905AM"]),
        ("Moment", ["11272026", "Tab", "1000AM"]),
    )
    for label, strokes in entered:
        box = dialog(page).get_by_label(label, exact=True).and_(page.locator(".entry"))
        box.focus()
        for stroke in strokes:
            if stroke == "found":
                expect(page.get_by_role("listbox", name=label).get_by_role("option")).to_have_count(1)
            elif stroke in ("Enter", "Backspace", "ArrowDown", "Tab"):
                keys.press(stroke)
            else:
                keys.type(stroke)
    for label in ("One", "Three"):
        dialog(page).get_by_role("group", name="Days").get_by_label(label).press(" ")
    dialog(page).get_by_role("radiogroup", name="Half").get_by_label("One").press("ArrowDown")


def test_every_kind_of_field_is_filled_by_keyboard_and_arrives(
    sandbox: Sandbox, app: Listening, visit: Visit, ana: Person
) -> None:
    app.opens(ana, modal(*(field(label, label, **element) for label, element in FIELDS.items())))
    page = visit()
    expect(dialog(page)).to_be_visible()
    fill_everything(page)
    dialog(page).get_by_role("button", name="Save").press("Enter")
    body = app.next("view_submission")
    expect(dialog(page)).to_have_count(0)
    general, ben = sandbox.channel_id("#general"), sandbox.user_id("ben")
    said = {"type": "rich_text_section", "elements": [{"type": "text", "text": "It was late."}]}
    assert held(body) == {
        "Name": "Ana",
        "Note": "two\nlines",
        "Mail": "ana@example.com",
        "Page": "https://example.com",
        "Cases": "12",
        "Story": {"type": "rich_text", "elements": [said]},
        "Shift": "three",
        "Skills": ["one", "three"],
        "Instead": ben,
        "Others": [sandbox.user_id("ana"), ben],
        "Where": general,
        "Tell": general,
        "Case": "case 2: invoice",
        "Parcels": ["parcel 3"],
        "Day": "2026-11-27",
        "Start": "09:05",
        "Moment": int(datetime(2026, 11, 27, 9, tzinfo=UTC).timestamp()),
        "Days": ["one", "three"],
        "Half": "two",
        "Left": None,
        "Nobody": [],
    }
    assert app.of_kind("block_actions") == []


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_every_kind_of_field_has_a_name_and_fits(
    app: Listening, visit: Visit, ana: Person, look: Any, width: int
) -> None:
    hinted = [{**field(label, label, **element), "hint": plain("Why?")} for label, element in FIELDS.items()]
    app.opens(ana, modal(*hinted, field("Papers", "Papers", type="file_input")))
    page = visit(viewport={"width": width, "height": 700}, color_scheme=look)
    expect(dialog(page)).to_be_visible()
    dialog(page).get_by_role("button", name="Save").click()
    expect(dialog(page).get_by_text("Please complete this required field.").first).to_be_visible()
    assert flaws(page) == []
    body = dialog(page).locator(".body")
    assert body.evaluate("body => body.scrollWidth - body.clientWidth") == 0
    frame = dialog(page).bounding_box()
    assert frame is not None
    assert frame["width"] <= width
    assert (frame["height"] == 700) == (width == 375)


def test_a_command_opens_a_modal_with_the_focus_in_it_and_gives_it_back(app: Listening, visit: Visit) -> None:
    app.view = modal(field("First", "first"), field("Wanted", "wanted", focus_on_load=True))
    page = visit()
    enter_command(page)
    expect(dialog(page).get_by_label("Wanted")).to_be_focused()
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)
    expect(command(page)).to_be_focused()


def test_errors_stand_at_their_fields_and_the_first_has_the_focus(
    app: Listening, visit: Visit, ana: Person
) -> None:
    app.answer = lambda _values: {"response_action": "errors", "errors": {"second": "Ben is away that day."}}
    app.opens(ana, modal(field("First", "first"), field("Second", "second", type="static_select", **CHOICES)))
    page = visit()
    first, second = dialog(page).get_by_label("First"), dialog(page).get_by_role("combobox", name="Second")
    dialog(page).get_by_role("button", name="Save").click()
    required = "Please complete this required field."
    expect(first).to_be_focused()
    for control in (first, second):
        expect(control).to_have_attribute("aria-invalid", "true")
        expect(control).to_have_accessible_description(required)
    assert app.heard == []

    first.fill("because")
    expect(first).not_to_have_attribute("aria-invalid", "true")
    expect(first).to_be_focused()
    second.press_sequentially("two")
    second.press("Enter")
    dialog(page).get_by_role("button", name="Save").click()
    expect(second).to_be_focused()
    expect(second).to_have_accessible_description("Ben is away that day.")
    expect(first).to_have_value("because")
    expect(second).to_have_value("Two")
    assert held(app.next("view_submission")) == {"first": "because", "second": "two"}


def test_enter_in_a_line_submits_with_what_was_just_typed(app: Listening, visit: Visit, ana: Person) -> None:
    app.opens(ana, modal(field("Name", "name"), field("Note", "note", multiline=True, optional=True)))
    page = visit()
    dialog(page).get_by_label("Name").press_sequentially("at once")
    page.keyboard.press("Enter")
    assert held(app.next("view_submission"))["name"] == "at once"


def test_a_text_that_waits_for_enter_arrives_without_it_but_tells_nobody(
    app: Listening, visit: Visit, ana: Person
) -> None:
    app.opens(ana, modal({**field("Name", "name"), "dispatch_action": True}))
    page = visit()
    dialog(page).get_by_label("Name").press_sequentially("Ana")
    dialog(page).get_by_role("button", name="Save").click()
    assert held(app.next("view_submission")) == {"name": "Ana"}
    assert app.of_kind("block_actions") == []


def test_a_form_that_is_closed_while_somebody_types_is_just_closed(
    app: Listening, visit: Visit, ana: Person
) -> None:
    app.opens(ana, modal(field("Name", "name"), notify_on_close=True))
    page = visit()
    dialog(page).get_by_label("Name").press_sequentially("never m")
    page.keyboard.press("Escape")
    app.next("view_closed")
    expect(dialog(page)).to_have_count(0)
    app.opens(ana, modal(field("Name", "name")))
    expect(dialog(page).get_by_label("Name")).to_have_value("")


def test_control_and_enter_submit_from_several_lines(app: Listening, visit: Visit, ana: Person) -> None:
    app.opens(ana, modal(field("Note", "note", multiline=True)))
    page = visit()
    dialog(page).get_by_label("Note").press_sequentially("one\ntwo")
    page.keyboard.press("Control+Enter")
    assert held(app.next("view_submission")) == {"note": "one\ntwo"}


def test_an_update_keeps_what_is_being_typed(app: Listening, visit: Visit, ana: Person) -> None:
    note = field("Note", "note")
    app.opens(ana, modal(section("Nobody yet", block_id="who"), note))
    page = visit()
    box = dialog(page).get_by_label("Note")
    box.press_sequentially("half a")
    page.keyboard.press("ArrowLeft")
    found = app.app.client.views_update
    view_id = ana.seat.see("modal")["modal"]["id"]
    found(view_id=view_id, view=modal(section("Ben can", block_id="who"), section("Soon", block_id="b"), note))
    expect(dialog(page).get_by_text("Soon")).to_be_visible()
    expect(box).to_be_focused()
    page.keyboard.type("n")
    expect(box).to_have_value("half na")
    dialog(page).get_by_role("button", name="Save").click()
    assert held(app.next("view_submission")) == {"note": "half na"}


def test_what_is_typed_elsewhere_shows_here(app: Listening, visit: Visit, ana: Person) -> None:
    app.opens(ana, modal(field("Name", "name"), field("Shift", "shift", type="static_select", **CHOICES)))
    page = visit()
    name = dialog(page).get_by_label("Name")
    name.fill("by hand")
    dialog(page).get_by_role("combobox", name="Shift").focus()
    expect(name).to_have_attribute("value", "by hand")  # it has been there and back
    ana.fills("Name", "from afar")
    expect(name).to_have_value("from afar")
    name.focus()
    ana.picks("Shift", "Two")
    expect(dialog(page).get_by_role("combobox", name="Shift")).to_have_value("Two")


def test_views_are_stacked_and_closed_one_by_one(app: Listening, visit: Visit, ana: Person) -> None:
    second = modal(field("More", "more"), title="Second", notify_on_close=True)
    app.answer = lambda values: {"response_action": "push", "view": second} if "name" in values else {}
    app.opens(ana, modal(field("Name", "name"), notify_on_close=True))
    page = visit()
    dialog(page).get_by_label("Name").fill("kept")
    dialog(page).get_by_role("button", name="Save").click()
    more = dialog(page, "Second").get_by_label("More")
    expect(more).to_be_focused()
    assert flaws(page) == []
    dialog(page, "Second").get_by_role("button", name="Back").click()
    expect(dialog(page).get_by_label("Name")).to_have_value("kept")
    expect(dialog(page).get_by_label("Name")).to_be_focused()
    assert app.next("view_closed")["view"]["title"]["text"] == "Second"

    dialog(page).get_by_role("button", name="Save").click()
    expect(more).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_be_visible()
    dialog(page).get_by_role("button", name="Save").click()
    dialog(page, "Second").get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    cleared = [(body["view"]["title"]["text"], body["is_cleared"]) for body in app.of_kind("view_closed")]
    assert cleared == [("Second", False), ("Second", False), ("Second", True), ("Form", True)]


def test_a_clear_closes_everything(app: Listening, visit: Visit, ana: Person) -> None:
    second = modal(section("Sure?"), title="Second")
    app.answer = lambda values: (
        {"response_action": "push", "view": second} if values else {"response_action": "clear"}
    )
    app.opens(ana, modal(field("Name", "name")))
    page = visit()
    dialog(page).get_by_label("Name").fill("x")
    page.keyboard.press("Enter")
    expect(dialog(page, "Second").get_by_role("button", name="Save")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_button_sends_what_was_typed_before_it(app: Listening, visit: Visit, ana: Person) -> None:
    app.opens(ana, modal(field("Name", "name"), buttons(button("Check", "check"))))
    page = visit()
    dialog(page).get_by_label("Name").press_sequentially("Ana")
    dialog(page).get_by_role("button", name="Check").click()
    body = app.next("block_actions")
    assert body["container"]["type"] == "view"
    assert body["view"]["state"]["values"]["name"]["value"]["value"] == "Ana"


def test_a_choice_that_tells_the_app_can_change_the_form(app: Listening, visit: Visit, ana: Person) -> None:
    kind = {**field("Kind", "kind", type="static_select", **CHOICES), "dispatch_action": True}
    app.opens(ana, modal(kind))
    page = visit()
    box = dialog(page).get_by_role("combobox", name="Kind")
    box.press_sequentially("two")
    box.press("Enter")
    view = app.next("block_actions")["view"]
    app.app.client.views_update(view_id=view["id"], hash=view["hash"], view=modal(kind, field("Hours", "hours")))
    expect(dialog(page).get_by_label("Hours")).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("Two")


def test_a_choice_that_is_not_needed_can_be_cleared(app: Listening, visit: Visit, ana: Person) -> None:
    shift = field("Shift", "shift", type="static_select", **CHOICES, initial_option=TWO, optional=True)
    app.opens(ana, modal(shift))
    page = visit()
    dialog(page).get_by_role("button", name="Clear Shift").click()
    expect(dialog(page).get_by_role("combobox", name="Shift")).to_have_value("")
    expect(dialog(page).get_by_role("button", name="Clear Shift")).to_have_count(0)
    dialog(page).get_by_role("button", name="Save").click()
    assert held(app.next("view_submission")) == {"shift": None}


def test_escape_closes_an_open_menu_before_the_modal(app: Listening, visit: Visit, ana: Person) -> None:
    app.opens(ana, modal(field("Shift", "shift", type="static_select", **CHOICES)))
    page = visit()
    box = dialog(page).get_by_role("combobox", name="Shift")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(dialog(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog(page)).to_have_count(0)


def test_files_are_chosen_and_taken_back(app: Listening, visit: Visit, ana: Person) -> None:
    app.opens(ana, modal(field("Rota", "rota", type="file_input", filetypes=["csv"], max_files=2)))
    page = visit()
    chooser = dialog(page).get_by_label("Rota")
    a, b, c = (FilePayload(name=f"{name}.csv", mimeType="text/csv", buffer=ROTA) for name in "abc")
    chooser.set_input_files([a, b, c])
    expect(page.get_by_text("No more than 2 files can be chosen.")).to_be_visible()
    chooser.set_input_files([FilePayload(name="x.exe", mimeType="text/plain", buffer=b"x")])
    expect(page.get_by_text("x.exe is not of the right type: csv.")).to_be_visible()
    chooser.set_input_files([a, b])
    chosen = dialog(page).get_by_role("list", name="Chosen files").get_by_role("listitem")
    expect(chosen).to_have_text(["a.csv×", "b.csv×"])
    dialog(page).get_by_role("button", name="Remove a.csv").click()
    expect(chosen).to_have_text(["b.csv×"])
    dialog(page).get_by_role("button", name="Save").click()
    [file] = held(app.next("view_submission"))["rota"]
    assert (file["name"], file["size"]) == ("b.csv", len(ROTA))
    answer = app.app.client.files_info(file=file["id"])
    assert answer["file"]["name"] == "b.csv"


def test_a_submission_that_fails_is_told_and_nothing_is_lost(app: Listening, visit: Visit, ana: Person) -> None:
    def fail(_values: dict[str, Any]) -> dict[str, Any]:
        return {"response_action": "errors", "errors": {"nowhere": "?"}}

    app.answer = fail
    app.opens(ana, modal(field("Name", "name")))
    page = visit()
    dialog(page).get_by_label("Name").fill("kept")
    dialog(page).get_by_role("button", name="Save").click()
    expect(dialog(page).get_by_role("alert")).to_contain_text("trouble connecting")
    expect(dialog(page).get_by_label("Name")).to_have_value("kept")
    assert flaws(page) == []


def test_a_modal_belongs_to_one_person(app: Listening, visit: Visit, ana: Person) -> None:
    mine, bens = visit(), visit("ben")
    app.opens(ana, modal(field("Name", "name")))
    expect(dialog(mine)).to_be_visible()
    expect(dialog(bens)).to_have_count(0)


def test_a_question_is_asked_above_a_modal(app: Listening, visit: Visit, ana: Person) -> None:
    question = {"title": plain("Sure?"), "text": plain("Gone."), "confirm": plain("Yes"), "deny": plain("No")}
    app.opens(ana, modal(buttons(button("Erase", "erase", style="danger", confirm=question))))
    page = visit()
    dialog(page).get_by_role("button", name="Erase").press("Enter")
    expect(page.get_by_role("alertdialog", name="Sure?")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(dialog(page)).to_be_visible()
    dialog(page).get_by_role("button", name="Erase").click()
    page.get_by_role("button", name="Yes").click()
    assert app.next("block_actions")["actions"][0]["action_id"] == "erase"


def test_a_long_form_scrolls_inside_and_keeps_its_buttons_in_sight(
    app: Listening, visit: Visit, ana: Person
) -> None:
    app.opens(ana, modal(*(section(f"Rule {number}") for number in range(60))))
    page = visit(viewport={"width": 800, "height": 500})
    expect(dialog(page).get_by_role("button", name="Save")).to_be_in_viewport()
    body = dialog(page).get_by_role("group", name="Form")
    body.focus()
    page.keyboard.press("End")
    expect(dialog(page).get_by_text("Rule 59")).to_be_in_viewport()
    expect(dialog(page).get_by_role("button", name="Save")).to_be_in_viewport()
    assert flaws(page) == []
