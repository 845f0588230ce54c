"""A working day in the browser, through the bot itself: people swap, decide, look at their Home and import."""

from playwright.sync_api import FilePayload, Page, expect

from bot.demo.cast import BOT, Cast
from bot.demo.stage import Stage
from tests.page.conftest import Visit, place
from tests.page.journey import (
    act_as,
    card,
    composer,
    dialog,
    go_to,
    pick,
    press,
    sandbox,
    stage,
    tab_to,
    type_into,
)
from tests.page.listening import flaws

__all__ = ["sandbox", "stage"]

PHONE = {"viewport": {"width": 375, "height": 740}, "has_touch": True, "is_mobile": True}


def test_a_swap_is_proposed_accepted_and_announced(visit: Visit) -> None:
    onlooker, page = visit("ines", "#floor"), visit("felix", "#floor")
    composer(page).click()
    page.keyboard.type("/sw")
    expect(page.get_by_role("option", name="/swap")).to_be_visible()
    page.keyboard.press("Tab")
    expect(composer(page)).to_have_value("/swap ")
    page.keyboard.press("Enter")

    form = dialog(page, "Swap a shift")
    pick(form, "Your shift", "dec 12", "Sat, Dec 12, 13:00–21:00 · voice")
    pick(form, "With", "gita", "Gita Sharma")
    expect(form).to_contain_text("of @Gita Sharma's shifts can be swapped for this one.")
    form.get_by_label("Note").fill("My sister gets married")
    press(form, "Propose")
    returned = form.get_by_role("combobox", name="For their shift")
    expect(returned).to_have_attribute("aria-invalid", "true")
    expect(returned).to_have_accessible_description("Please complete this required field.")
    expect(form.get_by_label("Note")).to_have_value("My sister gets married")
    assert flaws(page) == []

    pick(form, "For their shift", "dec 8", "Tue, Dec 8, 13:00–21:00 · voice")
    press(form, "Propose")
    expect(page.get_by_role("dialog")).to_have_count(0)

    act_as(page, "Gita Sharma")
    direct = place(page, "Floorwalker")
    expect(direct.locator(".badge")).to_contain_text("1")
    direct.click()
    asked = card(page, "is waiting for your answer")
    expect(asked).to_contain_text("Felix Brandt: “My sister gets married”")
    assert flaws(page) == []
    press(asked, "Accept")
    expect(card(page, "@Felix Brandt works Tue, Dec 8, 13:00–21:00 · voice")).to_contain_text("is settled.")
    expect(page.get_by_role("button", name="Accept", exact=True)).to_have_count(0)
    expect(direct.locator(".badge")).to_have_count(0)

    announced = card(onlooker, "is settled.")
    expect(announced).to_contain_text("Gita Sharma works Sat, Dec 12, 13:00–21:00 · voice")
    assert flaws(onlooker) == []


def test_what_means_overtime_is_approved_by_a_coordinator(visit: Visit, stage: Stage) -> None:
    _accepted(stage, "oskar", "kavya", given=(2, 5), returned=(3, 5))
    onlooker, page = visit("wim", "#floor"), visit("ben", "#coordinators")
    waiting = card(page, "accepted by @Kavya Rao and waits for approval")
    expect(waiting).to_contain_text("@Oskar Lindner: overtime, 48 h in the week of")
    assert flaws(page) == []
    press(waiting, "Approve")
    settled = card(page, "is settled, approved by @Ben Okafor")
    expect(settled).to_contain_text("@Kavya Rao works Sat, Dec 5, 07:00–15:00 · email")
    expect(settled.get_by_role("button", name="Decline…", exact=True)).to_have_count(0)
    expect(card(onlooker, "@Kavya Rao works Sat, Dec 5")).to_contain_text("is settled.")


def test_a_coordinator_declines_with_a_reason_that_both_read(visit: Visit, stage: Stage) -> None:
    _accepted(stage, "ida", "noah", given=(2, 0), returned=(3, 0))
    page, parties = visit("mina", "#coordinators"), [visit(who, BOT) for who in ("ida", "noah")]
    waiting = card(page, "Mon, Nov 30, 07:00–15:00 · chat")
    press(waiting, "Decline…")
    form = dialog(page, "Decline the swap")
    expect(form.get_by_label("Why")).to_be_focused()
    press(form, "Decline")
    expect(form.get_by_label("Why")).to_have_attribute("aria-invalid", "true")
    assert flaws(page) == []
    form.get_by_label("Why").fill("We need you there in both weeks")
    press(form, "Decline")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(waiting).to_contain_text("Mina Sato: “We need you there in both weeks”")
    for party in parties:
        expect(card(party, "Mon, Nov 30")).to_contain_text("Mina Sato: “We need you there in both weeks”")
    expect(waiting.get_by_role("button", name="Approve")).to_have_count(0)


def test_a_swap_is_proposed_accepted_and_undone_without_a_mouse(visit: Visit) -> None:
    page = visit("wim", "#general")
    go_to(page, "#floor")
    expect(composer(page)).to_be_focused()
    page.keyboard.type("/sw")
    expect(page.get_by_role("option", name="/swap")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    form = dialog(page, "Swap a shift")
    type_into(page, form, "Your shift", "dec 13", "Sun, Dec 13, 07:00–15:00 · email")
    type_into(page, form, "With", "vera", "Vera Popova")
    expect(form).to_contain_text("of @Vera Popova's shifts can be swapped for this one.")
    tab_to(page, form.get_by_label("Note"))
    page.keyboard.type("Thank you")
    page.keyboard.press("Control+Enter")
    expect(form.get_by_role("combobox", name="For their shift")).to_be_focused()
    expect(form.get_by_role("combobox", name="For their shift")).to_have_attribute("aria-invalid", "true")
    type_into(page, form, "For their shift", "dec 8", "Tue, Dec 8, 07:00–15:00 · email")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)

    tab_to(page, page.get_by_role("button", name="Acting as"))
    page.keyboard.press("Enter")
    page.keyboard.type("vera")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Acting as Vera Popova")).to_be_focused()
    go_to(page, "@Floorwalker")
    tab_to(page, card(page, "is waiting for your answer").get_by_role("button", name="Accept"))
    page.keyboard.press("Enter")
    undo = card(page, "is settled.").get_by_role("button", name="Undo")
    tab_to(page, undo)
    page.keyboard.press("Enter")
    expect(card(page, "is undone by @Vera Popova")).to_contain_text("@Wim de Vries works Sun, Dec 13")
    expect(undo).to_have_count(0)


def test_homes_show_what_waits_and_are_right_without_being_reopened(visit: Visit) -> None:
    karim, lucia = visit("karim"), visit("lucia", "home")
    place(karim, "Floorwalker Home").click()
    expect(lucia.get_by_role("heading", name="Waiting for you")).to_be_visible()
    expect(karim.get_by_text("No open requests.")).to_be_visible()
    assert flaws(karim) == []
    press(karim, "Propose a swap…")
    form = dialog(karim, "Swap a shift")
    pick(form, "Your shift", "nov 30", "Mon, Nov 30, 13:00–21:00 · voice")
    pick(form, "With", "lucia", "Lucía Torres")
    expect(form).to_contain_text("of @Lucía Torres's shifts can be swapped for this one.")
    pick(form, "For their shift", "dec 5", "Sat, Dec 5, 13:00–21:00 · voice")
    press(form, "Propose")

    expect(karim.get_by_text("waiting for @Lucía Torres to answer")).to_be_visible()
    expect(karim.get_by_role("button", name="Withdraw")).to_be_visible()
    expect(lucia.get_by_text("@Karim Aziz asks you")).to_be_visible()
    assert flaws(lucia) == []
    lucia.get_by_role("button", name="Accept, swap").click()
    for page in (karim, lucia):
        expect(page.get_by_text("@Karim Aziz works Sat, Dec 5")).to_be_visible()
        expect(page.get_by_role("button", name="Undo")).to_be_visible()
    press(lucia, "My shifts")
    listed = dialog(lucia, "Your shifts")
    expect(listed.get_by_text("Wed, Nov 25")).to_be_visible()
    assert flaws(lucia) == []


def test_the_front_desk_opens_its_forms_and_keeps_the_keyboard_in_them(visit: Visit) -> None:
    page = visit("nora", "#floor")
    for word, title in (
        ("me", "My settings"),
        ("settings", "Settings"),
        ("channels", "Channels"),
        ("setup", "Setup"),
    ):
        composer(page).fill(f"/floor {word} ")
        page.keyboard.press("Enter")
        expect(dialog(page, title)).to_be_visible()
        assert flaws(page) == []
        if word != "setup":
            page.keyboard.press("Escape")
            expect(composer(page)).to_be_focused()
    tab_to(page, page.get_by_role("button", name="Change…").nth(1))
    page.keyboard.press("Enter")
    expect(dialog(page, "Setup")).to_contain_text("Step 2 of 5")
    expect(page.get_by_role("combobox", name="Time zone of people who have none of their own")).to_be_focused()


def test_a_spreadsheet_is_dropped_previewed_applied_and_undone(visit: Visit, stage: Stage) -> None:
    day = Cast(stage).day(2, 2)
    rota = f"email,date,start,end,queue\npia@example.com,{day},12:00,20:00,chat\n"
    pia, page = visit("pia", BOT), visit("ben", BOT)
    chooser = page.get_by_role("main").locator(".composer input[type=file]")
    chooser.set_input_files([FilePayload(name="rota.csv", mimeType="text/csv", buffer=rota.encode())])
    press(page, "Send")
    preview = card(page, "Preview of rota.csv. Nothing is changed yet.")
    expect(preview).to_contain_text(
        "move pia@example.com, Wed, Dec 2, 13:00–21:00 · chat → Wed, Dec 2, 12:00–20:00"
    )
    assert flaws(page) == []
    press(preview, "Apply rota.csv")
    applied = card(page, "rota.csv is applied")
    expect(applied.get_by_role("button")).to_contain_text(["Undo"])
    expect(card(pia, "Wed, Dec 2, 12:00–20:00")).to_be_visible()
    press(applied, "Undo import 7")
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("Everything is then as it was before import")
    assert flaws(page) == []
    press(question, "Undo")
    expect(card(page, "is undone. Everything is as it was before.")).to_be_visible()


def test_a_swap_is_proposed_and_declined_on_a_telephone(visit: Visit) -> None:
    page = visit("hiro", "#floor", **PHONE)
    composer(page).tap()
    page.keyboard.type("/sw")
    page.get_by_role("option", name="/swap").tap()
    page.get_by_role("button", name="Send").tap()
    form = dialog(page, "Swap a shift")
    pick(form, "Your shift", "nov 30", "Mon, Nov 30, 07:00–15:00 · chat")
    pick(form, "With", "rui", "Rui Alves")
    press(form, "Propose")
    expect(form.get_by_role("combobox", name="For their shift")).to_have_attribute("aria-invalid", "true")
    assert flaws(page) == []
    _fits(page)
    pick(form, "For their shift", "dec 5", "Sat, Dec 5, 13:00–21:00 · chat")
    press(form, "Propose")
    expect(page.get_by_role("dialog")).to_have_count(0)

    act_as(page, "Rui Alves")
    page.get_by_role("button", name="Conversations").tap()
    expect(place(page, "Floorwalker").locator(".badge")).to_contain_text("1")
    place(page, "Floorwalker").tap()
    asked = card(page, "is waiting for your answer")
    assert flaws(page) == []
    _fits(page)
    press(asked, "Decline…")
    form = dialog(page, "Decline the swap")
    form.get_by_label("Why").fill("I am away")
    _fits(page)
    press(form, "Decline")
    expect(card(page, "is declined by @Rui Alves")).to_contain_text("“I am away”")


def _accepted(stage: Stage, asker: str, colleague: str, given: tuple[int, int], returned: tuple[int, int]) -> None:
    """A swap of two shifts, each by week and weekday, that the colleague has accepted."""
    cast = Cast(stage)
    first, other = cast(asker), cast(colleague)
    first.types(f"/swap {cast.day(*given)} for {cast.day(*returned)} with @{colleague}")
    first.form("Swap a shift")
    first.submits()
    other.presses("Accept", other.reads("is waiting for", BOT))


def _fits(page: Page) -> None:
    """Nothing on the page is wider than the window."""
    wide = "() => document.documentElement.scrollWidth - innerWidth"
    assert page.evaluate(wide) <= 0
