"""Text, options, confirmation dialogs: the objects that blocks and elements are composed of."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.blocks.schema import (
    Check,
    array,
    boolean,
    complaint,
    exactly_one,
    not_empty,
    one_of,
    record,
    records,
    string,
    typed,
)

ACTION_ID = string(255)
BLOCK_ID = string(255)
URL = string(3000, pattern=r"[A-Za-z][A-Za-z0-9+.-]*:\S+")


def plain(most: int) -> Check:
    """A `plain_text` object of 1 to `most` characters."""
    return one_of(_plain_text(most))


def text(most: int) -> Check:
    """A `plain_text` or `mrkdwn` object of 1 to `most` characters."""
    return one_of(texts(most))


def texts(most: int) -> dict[str, Check]:
    """Both kinds of text object, as entries for `one_of`."""
    mrkdwn = typed("mrkdwn", {"text": string(most)}, {"verbatim": boolean})
    return {**_plain_text(most), **mrkdwn}


def _plain_text(most: int) -> dict[str, Check]:
    return typed("plain_text", {"text": string(most)}, {"emoji": boolean})


PLACEHOLDER = plain(150)

CONFIRM = record(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": string(among={"primary", "danger"})},
)

OPTION = record({"text": plain(75), "value": string(150)}, {"description": plain(75)})
"""An option of a select menu."""

OVERFLOW_OPTION = record({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": URL})

RICH_OPTION = record({"text": text(75), "value": string(150)}, {"description": text(75)})
"""An option of radio buttons or checkboxes, whose text may be mrkdwn."""

OPTIONS = array(OPTION, 100)
OPTION_GROUPS = array(record({"label": plain(75), "options": OPTIONS}), 100)

SLACK_FILE = record({}, {"id": string(), "url": URL}, exactly_one("id", "url"))
PICTURE: Mapping[str, Check] = {"image_url": URL, "slack_file": SLACK_FILE}
ALT_TEXT = string(2000)

DISPATCH_CONFIG = record(
    {},
    {"trigger_actions_on": array(string(among={"on_enter_pressed", "on_character_entered"}))},
)

CONVERSATION_FILTER = record(
    {},
    {
        "include": array(string(among={"im", "mpim", "private", "public"})),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    not_empty,
)


def offered(menu: Mapping[str, Any]) -> list[Any]:
    """Every option that a menu offers, those in groups included."""
    grouped = [option for _, group in records(menu.get("option_groups")) for option in group["options"]]
    return [*menu.get("options", ()), *grouped]


def initial_among_options(menu: Any, pointer: str) -> Iterator[str]:
    """A rule for a menu: what it starts with is something that it offers."""
    offers = {_essence(option) for option in offered(menu)}
    if "initial_option" in menu and _essence(menu["initial_option"]) not in offers:
        yield complaint("must be one of the provided options", f"{pointer}/initial_option")
    if any(_essence(option) not in offers for option in menu.get("initial_options", ())):
        yield complaint("must be one of the provided options", f"{pointer}/initial_options")


def _essence(option: Mapping[str, Any]) -> tuple[Any, Any]:
    return option["text"]["text"], option["value"]


def initial_within_limit(initial: str) -> Check:
    """A rule for a multi-select: no more starts out selected than may be selected."""

    def check(menu: Any, pointer: str) -> Iterator[str]:
        most = menu.get("max_selected_items")
        if most is not None and len(menu.get(initial, ())) > most:
            yield complaint(f"no more than {most} items allowed", f"{pointer}/{initial}")

    return check
