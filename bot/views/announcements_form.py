"""The forms in which something is announced, and changed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from bot.domain.announcements import Audience, State, Wrong
from bot.domain.announcements_shown import AnnouncementShown, FormShown
from bot.views.announcements import LONGEST_EDITED, place_words, state_words
from bot.views.announcements_text import body
from bot.views.announcements_words import WRONG, audience_words, people_words, reach_words, title_words
from bot.views.blocks import Block, button, buttons, context, header, section
from bot.views.formats import Formats, escape, plain, shorten
from bot.views.forms import (
    MISSING,
    MOST_OPTIONS,
    View,
    date_picker,
    entered,
    field,
    modal,
    option,
    paragraph_input,
    people_select,
    select,
    several,
    text_input,
)

OPEN, FORM, EDIT_FORM, PREVIEW, COUNT = (
    "announcement.open",
    "announcement.form",
    "announcement.edit_form",
    "announcement.preview",
    "announcement.count",
)
TITLE, TEXT = "announcement.title", "announcement.text"
TEAMS, SKILLS, LANGUAGES = "announcement.teams", "announcement.skills", "announcement.languages"
WORKS, ON, PEOPLE = "announcement.works", "announcement.on", "announcement.people"
CHANNELS, MENTIONS, ASKS = "announcement.channels", "announcement.mentions", "announcement.asks"
SEND_AT, DUE_AT, EXPIRES_AT = "announcement.send_at", "announcement.due_at", "announcement.expires_at"
ASK_AGAIN = "announcement.ask_again"
# By a change of any of these it reaches others.
TURNED = (TEAMS, SKILLS, LANGUAGES, WORKS, ON, PEOPLE)
NAME, EDIT_NAME = "Announce something", "Edit an announcement"
LONGEST_TITLE, LONGEST_TEXT = 150, 3000
_MOST_CHANNELS = 10
_ANYBODY, _AT_WORK, _ON_DAY, _YES, _DIRECT = "anybody", "at work", "on day", "yes", "direct"
_MARKUP = "You can write *bold*, _italic_ and links. Names and @channel in the text notify nobody."
_DUE = (
    "Until then people are reminded as their shifts start. After it their leads hear, once, how many are missing."
)
_ENDS = "After that nobody is asked or reminded any more. Leave empty for a month after it is sent."
_PLACES = {
    Wrong.NO_TITLE: TITLE,
    Wrong.NO_TEXT: TEXT,
    Wrong.NOBODY: PEOPLE,
    Wrong.NOT_ON_ROSTER: PEOPLE,
    Wrong.BEYOND_TEAM: PEOPLE,
    Wrong.SENT_BEFORE_NOW: SEND_AT,
    Wrong.DUE_BEFORE_SENT: DUE_AT,
    Wrong.DUE_OVER: DUE_AT,
    Wrong.EXPIRES_BEFORE_SENT: EXPIRES_AT,
    Wrong.EXPIRES_BEFORE_DUE: EXPIRES_AT,
    Wrong.CHANNEL_BEYOND_TEAM: CHANNELS,
    Wrong.NO_CHANNEL: CHANNELS,
    Wrong.MAY_NOT_MENTION: MENTIONS,
    Wrong.MENTIONS_NOBODY: MENTIONS,
}


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form; ``audience`` without the ``people``, who are Slack ids."""

    title: str
    text: str
    audience: Audience
    people: tuple[str, ...]
    channels: tuple[str, ...]
    mentions: bool
    asks: bool
    send_at: datetime | None
    due_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class Edited:
    """What stands in the form of a change; ``revision`` is what it began with."""

    announcement_id: UUID
    nonce: UUID
    revision: int
    title: str
    text: str
    send_at: datetime | None
    due_at: datetime | None
    expires_at: datetime | None
    ask_again: bool


def start_button() -> Block:
    """On Home."""
    return button("Announce…", OPEN, "new")


def announcement_form(shown: FormShown, nonce: UUID, count: int, typed: str = "") -> View:
    """Everything that can be chosen; ``typed`` is what its text begins with."""
    return modal(
        NAME,
        field("Title", TITLE, text_input(longest=LONGEST_TITLE)),
        field("Text", TEXT, paragraph_input(typed, longest=LONGEST_TEXT), hint=_MARKUP),
        header("Who gets it"),
        *_whom(shown),
        _count(count),
        header("Where and when"),
        *_where(shown),
        field("Send at", SEND_AT, _moment(None), optional=True, hint="Leave empty to send it now."),
        _box("Confirmation", ASKS, "Ask people to confirm that they have read it", ticked=True),
        field("Confirm by", DUE_AT, _moment(None), optional=True, hint=_DUE),
        field("Ends at", EXPIRES_AT, _moment(None), optional=True, hint=_ENDS),
        buttons(button("Preview…", PREVIEW, "preview")),
        callback_id=FORM,
        submit="Announce",
        metadata=str(nonce),
    )


def recounted(view: View, count: int) -> View:
    """The form as it stands, with how many it reaches by now; it asks for a day where it goes by one."""
    on_day = entered(view).get(WORKS) == _ON_DAY
    blocks = []
    for each in view["blocks"]:
        if each["block_id"] != ON:
            blocks.append(_count(count) if each["block_id"] == COUNT else each)
        if each["block_id"] == WORKS and on_day:
            blocks.append(field("Day they work", ON, date_picker(None), optional=True, tells=True))
    kept = {key: view[key] for key in ("type", "callback_id", "title", "submit", "close", "private_metadata")}
    return {**kept, "blocks": blocks}


def preview(filled: Filled, count: int, formats: Formats) -> View:
    """How it will look, and how many it will reach."""
    due = [f"please read it by {formats.moment(filled.due_at)}"] if filled.due_at and filled.asks else []
    mention = [section("*@channel*")] if filled.mentions else []
    where = ", ".join(f"<#{each}>" for each in filled.channels) or "direct messages"
    when = formats.moment(filled.send_at) if filled.send_at else "as soon as you press Announce"
    asks = [context("With a button: *I have read it*")] if filled.asks else []
    return modal(
        "Preview",
        *mention,
        *body(filled.title or "(no title yet)", filled.text or "(no text yet)"),
        *([context(" · ".join(due))] if due else ()),
        *asks,
        {"type": "divider"},
        section(f"{reach_words(count)} In {where}, {when}."),
        close="Back",
    )


def read_form(view: View) -> Filled:
    """What stands in the form."""
    said = entered(view)
    works = said.get(WORKS)
    on = said.get(ON) if works == _ON_DAY else None
    teams, skills, languages = (frozenset(map(UUID, said.get(name) or ())) for name in (TEAMS, SKILLS, LANGUAGES))
    audience = Audience(
        teams,
        skills,
        languages,
        on=date.fromisoformat(on) if on else None,
        at_work=works == _AT_WORK,
    )
    channels = said.get(CHANNELS) or []
    chosen = [channels] if isinstance(channels, str) else channels
    return Filled(
        said.get(TITLE) or "",
        said.get(TEXT) or "",
        audience,
        tuple(said.get(PEOPLE) or ()),
        tuple(each for each in chosen if each != _DIRECT),
        bool(said.get(MENTIONS)),
        bool(said.get(ASKS)),
        *(_instant(said.get(name)) for name in (SEND_AT, DUE_AT, EXPIRES_AT)),
    )


def day_missing(view: View) -> dict[str, str]:
    """Where who works on a day is meant, and no day is chosen: at its field."""
    said = entered(view)
    return {ON: MISSING} if said.get(WORKS) == _ON_DAY and not said.get(ON) else {}


def sent(shown: AnnouncementShown, formats: Formats) -> View:
    """What was done."""
    reached = f" It reaches {people_words(shown.readers)}." if shown.sent_at else ""
    who = f"For {audience_words(shown.audience, formats)}, in {place_words(shown)}."
    was = "" if shown.state is State.SCHEDULED else "was "
    text = f"{title_words(shown)} {was}{state_words(shown, formats)}.{reached} {who}"
    hint = "How it goes stands in our direct message, where you can edit and withdraw it."
    return modal(NAME, section(text), context(hint), close="Close")


def edit_form(shown: AnnouncementShown, nonce: UUID) -> View:
    """What it says and when; for other people it is withdrawn and written anew."""
    again = "Whoever has read it is asked to read it again"
    is_sent = shown.sent_at is not None
    return modal(
        EDIT_NAME,
        field("Title", TITLE, text_input(shown.title, longest=LONGEST_TITLE)),
        field("Text", TEXT, paragraph_input(shown.text or "", longest=LONGEST_EDITED), hint=_MARKUP),
        *([] if is_sent else [field("Send at", SEND_AT, _moment(shown.send_at))]),
        *([field("Confirm by", DUE_AT, _moment(shown.due_at), optional=True)] if shown.asks else []),
        field("Ends at", EXPIRES_AT, _moment(shown.expires_at), optional=True),
        *([_box("Ask again", ASK_AGAIN, again)] if is_sent and shown.asks else []),
        context("Every copy shows the change. Whom it is for stays: for others, withdraw it and write it anew."),
        callback_id=EDIT_FORM,
        submit="Save",
        metadata=f"{shown.id} {nonce} {shown.revision}",
    )


def read_edit_form(view: View) -> Edited:
    """What stands in the form of a change."""
    about, nonce, revision = view["private_metadata"].split()
    said = entered(view)
    send_at, due_at, expires_at = (_instant(said.get(name)) for name in (SEND_AT, DUE_AT, EXPIRES_AT))
    return Edited(
        UUID(about),
        UUID(nonce),
        int(revision),
        said.get(TITLE) or "",
        said.get(TEXT) or "",
        send_at,
        due_at,
        expires_at,
        bool(said.get(ASK_AGAIN)),
    )


def errors(wrong: Collection[Wrong], view: View) -> dict[str, str]:
    """What is wrong, at the field of it; at the first where the form has none."""
    fields = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    found: dict[str, str] = {}
    for each in wrong:
        place = _PLACES[each] if _PLACES[each] in fields else fields[0]
        found[place] = f"{found[place]} {WRONG[each]}" if place in found else WRONG[each]
    return found


def _whom(shown: FormShown) -> Iterator[Block]:
    """One field for each thing that people can differ in, as far as there is any."""
    if not shown.everybody:
        team = f"*{escape(shorten(shown.team, 80))}*" if shown.team else "nobody, because you are in no team"
        yield context(f"For your own team: {team}. Leads and coordinators announce to others as well.")
    else:
        yield context("Leave all of this empty to reach everybody.")
    for label, name, options in (
        ("Teams", TEAMS, shown.teams),
        ("With one of these skills", SKILLS, shown.skills),
        ("Speaking one of these languages", LANGUAGES, shown.languages),
    ):
        if options:
            yield field(label, name, several(_options(options)), optional=True, tells=True)
    works = [
        option("Whether they are at work or not", _ANYBODY),
        option("Only those at work when it is sent", _AT_WORK),
        option("Only those who work on a certain day…", _ON_DAY),
    ]
    yield field("At work", WORKS, select(works, _ANYBODY), tells=True)
    named = "If nothing is chosen above, only they get it."
    yield field("Also these people", PEOPLE, people_select(), optional=True, tells=True, hint=named)


def _where(shown: FormShown) -> Iterator[Block]:
    direct = "Leave empty to send each of them a direct message."
    if shown.everybody:
        channels = {
            "type": "multi_conversations_select",
            "filter": {"include": ["public", "private"]},
            "max_selected_items": _MOST_CHANNELS,
        }
        yield field("Channels", CHANNELS, channels, optional=True, hint=direct)
        yield _box("@channel", MENTIONS, "Notify everybody in these channels")
    elif shown.channel:
        places = [option("A direct message to each of them", _DIRECT), option("Our team's channel", shown.channel)]
        yield field("Where", CHANNELS, select(places, _DIRECT))


def _options(names: Mapping[UUID, str]) -> list[Block]:
    found = sorted(names.items(), key=lambda each: each[1].casefold())
    return [option(plain(name), str(each)) for each, name in found[:MOST_OPTIONS]]


def _count(count: int) -> Block:
    return {**context(reach_words(count)), "block_id": COUNT}


def _box(title: str, name: str, label: str, *, ticked: bool = False) -> Block:
    boxes = several([option(label, _YES)], [_YES] if ticked else [], kind="checkboxes")
    return field(title, name, boxes, optional=True)


def _moment(instant: datetime | None) -> Block:
    initial = {"initial_date_time": int(instant.timestamp())} if instant else {}
    return {"type": "datetimepicker", **initial}


def _instant(seconds: Any) -> datetime | None:
    return datetime.fromtimestamp(int(seconds), UTC) if seconds else None
