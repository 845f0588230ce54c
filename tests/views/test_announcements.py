"""An announcement is within Slack's limits in every state, and its words mention nobody."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.domain.announcements import Audience, Kind, State, Wrong
from bot.domain.announcements_shown import (
    AnnouncementLine,
    AnnouncementShown,
    AnnouncementsPage,
    AudienceShown,
    FormShown,
    News,
    ReaderRow,
    ReaderShown,
    ReadersPage,
    Seat,
    UnreadSeen,
)
from bot.sandbox.blocks import check_message, check_view
from bot.views import announcements as views
from bot.views import announcements_form as forms
from bot.views import announcements_list as lists
from bot.views.announcements_help import help_message
from bot.views.announcements_words import CHANGED_SINCE, WRONG, audience_words, count_words
from bot.views.blocks import message
from bot.views.formats import Formats
from bot.views.forms import View
from bot.views.home_announcements import the_announcements
from tests.views.test_shifts import LOCALES, WORST, readable
from tests.views.test_swaps import ANA, BEN, START

UTC_ZONE = Formats(ZoneInfo("UTC"))
LONG = f"{WORST} https://example.com/a?b=1&c=2. @channel <!channel> " * 16


def shown(state: State = State.SENT, *, plain: bool = False) -> AnnouncementShown:
    """With everything on it that can be, or nothing."""
    names = (WORST,) * 9
    return AnnouncementShown(
        UUID(int=9),
        3,
        Kind.TYPED if plain else Kind.SOP,
        state,
        "Phones" if plain else WORST,
        "They are back." if plain else LONG,
        None if plain else ANA,
        AudienceShown() if plain else AudienceShown(names, names, names, date(2026, 11, 6), True, 4),
        () if plain else ("C012AB3CD",) * 5,
        False,
        not plain,
        1 if plain else 4,
        START,
        None if state is State.SCHEDULED else START,
        None if plain else START + timedelta(days=1),
        START + timedelta(days=9),
        1 if plain else 150,
        0 if plain else 149,
        None if plain else UUID(int=10),
    )


@pytest.mark.parametrize("state", State)
def test_only_what_stands_waits_to_be_read(state: State) -> None:
    line = AnnouncementLine(shown(state, plain=True), is_read=False)
    listed = lists.list_message(AnnouncementsPage((line,), 0, 1, 1), UTC_ZONE, "/announce")
    asks = state is State.SENT
    assert ("waits for you to read it" in str(listed["blocks"])) is asks
    assert (lists.read_form(line, UTC_ZONE).get("submit") is not None) is asks


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("plain", [True, False])
def test_every_card_can_be_sent_in_every_state(locale: str, state: State, plain: bool) -> None:
    formats = Formats(ZoneInfo("Asia/Kolkata"), locale, "12")
    one = shown(state, plain=plain)
    for seat in Seat:
        readable(views.announcement_card(one, seat, formats))
    for read_at in (None, START):
        mine = ReaderShown(one, read_at)
        readable(views.reader_card(mine, formats))
        readable(message(views.reminder_line(mine, formats)))
        line = AnnouncementLine(one, read_at is not None, read_at)
        assert check_view(lists.read_form(line, formats, CHANGED_SINCE)) is None
        for changes in (True, False):
            readable(views.looked_up(line, formats, changes=changes))
        readable(lists.list_message(AnnouncementsPage((line,) * 10, 1, 3, 24), formats, "/announce"))
        row = ReaderRow(replace(ANA, name=WORST, slack_id=None), read_at, away=True)
        readable(lists.readers_message(ReadersPage(one, (row,) * 15, 9, 31, 1, 3), formats))
    for news in News:
        said = views.announcement_news(one, news, {"missing": 1, "readers": 3, "teams": [WORST] * 9}, formats)
        assert (said is None) is (state is not State.SENT)
        assert said is None or readable(said)
    assert check_view(forms.edit_form(one, UUID(int=7))) is None
    assert check_view(forms.sent(one, formats)) is None
    home = [*the_announcements(UnreadSeen((one,) * 3, 7), formats, "")]
    assert check_view({"type": "home", "blocks": home}) is None


def test_the_form_and_its_preview_can_be_opened() -> None:
    names = {UUID(int=number): WORST for number in range(120)}
    for form in (
        FormShown(names, names, names, True, None, None),
        FormShown({}, names, {}, False, WORST, "C012AB3CD"),
        FormShown({}, {}, {}, False, None, None),
    ):
        assert check_view(forms.announcement_form(form, UUID(int=7), 23, LONG)) is None
    filled = forms.Filled(WORST, LONG, Audience(), (), ("C012AB3CD",), True, True, START, START, None)
    assert check_view(forms.preview(filled, 23, UTC_ZONE)) is None
    assert check_view(forms.preview(replace(filled, title="", text=""), 0, UTC_ZONE)) is None


def test_nobody_is_mentioned_by_what_is_written_and_addresses_can_be_followed() -> None:
    written = (
        "*New* <!channel>\n> see (https://example.com/a?b=1&c=2), <https://example.com> *https://example.com*."
    )
    one = replace(shown(plain=True), text=written)
    card = views.announcement_card(one, Seat.CHANNEL, UTC_ZONE)
    [text] = [block["text"] for block in card["blocks"] if block["type"] == "section"]
    assert text["verbatim"] is True
    assert text["text"] == (
        "*New* &lt;!channel&gt;\n&gt; see (<https://example.com/a?b=1&amp;c=2>), "
        "&lt;<https://example.com>&gt; *<https://example.com>*."
    )
    assert "<!channel>" not in card["text"]


def test_a_channel_is_notified_on_purpose_only_and_a_person_never() -> None:
    one = replace(shown(), mentions=True)
    card = views.announcement_card(one, Seat.CHANNEL, UTC_ZONE)
    assert check_message(card) is None
    assert card["text"].startswith("<!channel> ")
    assert card["blocks"][0]["text"]["text"] == "<!channel>"
    assert "<!channel>" not in str(views.reader_card(ReaderShown(one, None), UTC_ZONE))
    assert "<!channel>" not in str(views.announcement_card(one, Seat.AUTHOR, UTC_ZONE))


def test_the_form_asks_for_a_day_only_where_it_goes_by_one() -> None:
    form = forms.announcement_form(FormShown({}, {}, {}, True, None, None), UUID(int=7), 23)
    form["blocks"] = [{"block_id": f"b{place}", **each} for place, each in enumerate(form["blocks"])]
    assert not _asks_for(form, forms.ON)
    for chosen, asks in (("on day", True), ("at work", False), ("anybody", False)):
        values = {forms.WORKS: {forms.WORKS: {"type": "static_select", "selected_option": {"value": chosen}}}}
        form = {**form, **forms.recounted({**form, "state": {"values": values}}, 3)}
        assert check_view(form) is None
        assert _asks_for(form, forms.ON) is asks


def _asks_for(form: View, name: str) -> bool:
    return any(each.get("block_id") == name for each in form["blocks"])


def test_who_looks_one_up_reads_it_all_and_who_may_change_it_can() -> None:
    one = replace(shown(plain=True), asks=True, readers=3)
    for changes, labels in ((False, []), (True, ["Who has read it", "Edit…", "Withdraw…"])):
        card = views.looked_up(AnnouncementLine(one, is_read=False), UTC_ZONE, changes=changes)
        assert "They are back." in readable(card)
        assert "0 of 3 have read it" in readable(card)
        rows = [block["elements"] for block in card["blocks"] if block["type"] == "actions"]
        assert [each["text"]["text"] for row in rows for each in row] == ["I have read it", *labels]


def test_what_never_went_out_was_read_by_nobody_and_says_so() -> None:
    for state, said in ((State.WITHDRAWN, "withdrawn"), (State.EXPIRED, "before it could be sent")):
        card = views.announcement_card(replace(shown(state), sent_at=None), Seat.AUTHOR, UTC_ZONE)
        assert said in readable(card)
        assert "read it" not in readable(card)


def test_how_many_have_read_it_is_said_in_words() -> None:
    one = replace(shown(), readers=23, read=17)
    assert count_words(one) == "17 of 23 have read it"
    assert count_words(replace(one, read=23)) == "Everybody has read it"
    assert count_words(replace(one, read=0, readers=0)) == "It is for nobody who works here now"
    card = readable(views.announcement_card(one, Seat.CHANNEL, UTC_ZONE))
    assert "17 of 23 have read it" in card
    assert BEN.name not in card


@pytest.mark.parametrize(
    ("audience", "words"),
    [
        (AudienceShown(), "everybody"),
        (AudienceShown(people=2), "2 people by name"),
        (AudienceShown(teams=("Blue",), languages=("German",)), "people in team Blue who speak German"),
        (AudienceShown(teams=("Blue", "Red"), people=1), "teams Blue and Red, and 1 person by name"),
        (
            AudienceShown(skills=("refunds",), at_work=True),
            "people who have the skill refunds and are at work when it is sent",
        ),
        (AudienceShown(on=date(2026, 11, 6)), "people who work on Fri, Nov 6"),
    ],
)
def test_whom_it_is_for_is_said_in_words(audience: AudienceShown, words: str) -> None:
    assert audience_words(audience, UTC_ZONE) == words


def test_only_its_author_can_change_it_and_only_until_it_is_over() -> None:
    def buttons(state: State) -> list[str]:
        card = views.announcement_card(shown(state), Seat.AUTHOR, UTC_ZONE)
        rows = [block["elements"] for block in card["blocks"] if block["type"] == "actions"]
        return [each["text"]["text"] for row in rows for each in row]

    assert buttons(State.SCHEDULED) == ["Send now", "Edit…", "Withdraw…"]
    assert buttons(State.SENT) == ["Who has read it", "Edit…", "Withdraw…"]
    long = replace(shown(), text="x" * 3001)
    assert [each["text"]["text"] for each in views.author_buttons(long)] == ["Who has read it", "Withdraw…"]
    assert buttons(State.WITHDRAWN) == buttons(State.EXPIRED) == ["Who has read it"]


def test_what_is_over_can_still_be_read_and_asks_nobody() -> None:
    for card in (
        views.announcement_card(shown(State.EXPIRED), Seat.CHANNEL, UTC_ZONE),
        views.reader_card(ReaderShown(shown(State.EXPIRED), None), UTC_ZONE),
    ):
        assert "https://example.com" in readable(card)
        assert "over now" in readable(card)
        assert "I have read it" not in str(card)


def test_every_reason_has_words_and_stands_at_a_field() -> None:
    form = forms.announcement_form(FormShown({}, {}, {}, True, None, None), UUID(int=7), 0)
    for wrong in Wrong:
        assert forms.errors([wrong], form) in [{name: WRONG[wrong]} for name in (*forms.TURNED, *_FIELDS)]
    readable(help_message("/announce"))


_FIELDS = (
    forms.TITLE,
    forms.TEXT,
    forms.CHANNELS,
    forms.MENTIONS,
    forms.SEND_AT,
    forms.DUE_AT,
    forms.EXPIRES_AT,
)
