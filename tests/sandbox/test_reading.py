"""Text is shown as that person would read it."""

from datetime import UTC, datetime

import pytest
import requests

from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import button, buttons, plain, section, web


def said(sandbox: Sandbox, person: Person, text: str) -> str:
    web(sandbox).chat_postMessage(channel="#general", text=text)
    return person.last().text


def mrkdwn(text: str) -> dict[str, str]:
    return {"type": "mrkdwn", "text": text}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("<https://example.com/a|the rota>", "the rota"),
        ("<https://example.com/a>", "https://example.com/a"),
        ("<!here> and <!channel>", "@here and @channel"),
        ("<@U404> and <@U404|somebody>", "@U404 and @somebody"),
        ("<#C404|lost>", "#lost"),
        ("*bold* _slanted_ ~gone~ `code`", "bold slanted gone code"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("<!date^nonsense^{date}|some day>", "some day"),
        ("&lt;@U1&gt;", "<@U1>"),
        ("`*as it is*`", "*as it is*"),
        ("he said\n&gt; one\n&gt; two\nand went", "he said\none\ntwo\nand went"),
        ("see ```\nx = 1\ny = 2\n``` there", "see \nx = 1\ny = 2\n there"),
        ("<!date^99999999999999^{date}|far away>", "far away"),
    ],
)
def test_markup_is_read(sandbox: Sandbox, ana: Person, text: str, read: str) -> None:
    assert said(sandbox, ana, text) == read


def test_a_text_full_of_marks_that_nothing_closes_is_read_to_its_end(sandbox: Sandbox, ana: Person) -> None:
    hostile = "*a _b ~c `d <e " * 2600
    assert said(sandbox, ana, hostile) == hostile


MARKDOWN = """\
# Handover *today*
Ask <@BEN> about **parcels**, ~~not~~ [the rota](https://example.com/rota):

- late
  1. voice
- [x] told

> calm
```
x < y
```
| queue | heads |
|-------|------:|
| voice | 3 |
"""


def test_markdown_is_read_without_its_marks(sandbox: Sandbox, ana: Person) -> None:
    text = MARKDOWN.replace("BEN", sandbox.user_id("ben"))
    web(sandbox).chat_postMessage(channel="#general", text="x", blocks=[{"type": "markdown", "text": text}])
    assert ana.last().text.splitlines() == [
        "Handover today",
        "Ask @Ben Okafor about parcels, not the rota:",
        "• late",
        "1. voice",
        "• ☑ told",
        "calm",
        "x < y",
        "queue | heads",
        "voice | 3",
    ]


def test_mentions_are_read_as_names(sandbox: Sandbox, ana: Person) -> None:
    text = (
        f"<@{sandbox.user_id('ben')}> <#{sandbox.channel_id('#general')}> <!subteam^{sandbox.group('@leads', [])}>"
    )
    assert said(sandbox, ana, text) == "@Ben Okafor #general @leads"


NINE_UTC = int(datetime(2026, 11, 27, 9, 5, 7, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("form", "in_madrid", "in_new_york"),
    [
        ("{date_num} {time}", "2026-11-27 10:05 AM", "2026-11-27 4:05 AM"),
        ("{date}", "November 27th, 2026", "November 27th, 2026"),
        ("{date_short} at {time_secs}", "Nov 27, 2026 at 10:05:07 AM", "Nov 27, 2026 at 4:05:07 AM"),
        ("on {date_long}", "on Friday, November 27th, 2026", "on Friday, November 27th, 2026"),
        ("{date_short_pretty}", "Tomorrow", "Tomorrow"),
        ("by {date_pretty}", "by tomorrow", "by tomorrow"),
        ("{ago}", "In 21 hours", "In 21 hours"),
        ("{nonsense}", "{nonsense}", "{nonsense}"),
    ],
)
def test_dates_are_in_the_readers_zone_and_by_the_business_clock(
    sandbox: Sandbox, ana: Person, ben: Person, form: str, in_madrid: str, in_new_york: str
) -> None:
    sandbox.clock.set(datetime(2026, 11, 26, 12, tzinfo=UTC))
    web(sandbox).chat_postMessage(channel="#general", text=f"<!date^{NINE_UTC}^{form}|then>")
    assert (ana.last().text, ben.last().text) == (in_madrid, in_new_york)


def test_blocks_are_read_top_to_bottom_instead_of_the_text(sandbox: Sandbox, ana: Person) -> None:
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "user", "user_id": sandbox.user_id("ben")},
                    {"type": "text", "text": " says "},
                    {"type": "link", "url": "https://example.com", "text": "this"},
                    {"type": "emoji", "name": "wave"},
                ],
            }
        ],
    }
    blocks = [
        {"type": "header", "text": plain("Swap 14")},
        section(
            "*Who*: Ana", fields=[{"type": "mrkdwn", "text": "_left_"}, {"type": "plain_text", "text": "*right*"}]
        ),
        {"type": "divider"},
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": "small"}, {"type": "mrkdwn", "text": "print"}],
        },
        rich,
        buttons(button("Approve", "yes")),
    ]
    web(sandbox).chat_postMessage(channel="#general", text="Swap 14 proposed", blocks=blocks)
    shown = ana.last()
    assert shown.text == "Swap 14\nWho: Ana\nleft\n*right*\nsmall print\n@Ben Okafor says this:wave:"
    assert shown.notification == "Swap 14 proposed"
    assert shown.buttons == ["Approve"]


def test_lists_and_quotations_of_rich_text_are_read_on_lines_of_their_own(sandbox: Sandbox, ana: Person) -> None:
    one, two, three = ([{"type": "text", "text": text}] for text in ("Who?", "Ana", "gladly"))
    items = [{"type": "rich_text_section", "elements": two}, {"type": "rich_text_section", "elements": two}]
    parts = [
        {"type": "rich_text_section", "elements": one},
        {"type": "rich_text_list", "style": "bullet", "elements": items},
        {"type": "rich_text_quote", "elements": three},
    ]
    web(sandbox).chat_postMessage(channel="#general", text="x", blocks=[{"type": "rich_text", "elements": parts}])
    assert ana.last().text == "Who?\n• Ana\n• Ana\ngladly"


def test_attachments_are_read_after_the_text(sandbox: Sandbox, ana: Person) -> None:
    attachment = {"color": "#ff0000", "blocks": [section("inside"), buttons(button("Go", "go"))]}
    web(sandbox).chat_postMessage(channel="#general", text="above", attachments=[attachment])
    assert ana.last().text == "above\ninside"
    assert ana.last().buttons == ["Go"]


BOLD, BOTH = {"bold": True}, {"bold": True, "italic": True}


@pytest.mark.parametrize(
    ("typed", "composed"),
    [
        ("*two _words_*", [("section", [("two ", BOLD), ("words", BOTH)])]),
        ("~gone~ `*code*`", [("section", [("gone", {"strike": True}), (" ", {}), ("*code*", {"code": True})])]),
        ("2*3*4 at 09:00:00", [("section", [("2*3*4 at 09", {}), (":00:", {}), ("00", {})])]),
        (
            "see\n> *this*\nthere",
            [("section", [("see", {})]), ("quote", [("this", BOLD)]), ("section", [("there", {})])],
        ),
        ("```a,*b*```", [("preformatted", [("a,*b*", {})])]),
        ("*_" * 500 + "x" + "_*" * 500, [("section", [("*_" * 499 + "x" + "_*" * 499, BOTH)])]),
    ],
)
def test_the_composer_turns_what_is_typed_into_styles(
    sandbox: Sandbox, ana: Person, typed: str, composed: list[tuple[str, list[tuple[str, dict[str, bool]]]]]
) -> None:
    ana.types(typed)
    [message] = web(sandbox).conversations_history(channel=sandbox.channel_id("#general"))["messages"][:1]
    [block] = message["blocks"]
    assert message["text"] == typed.replace(">", "&gt;")
    assert [
        (
            part["type"].removeprefix("rich_text_"),
            [(each["text"], each.get("style", {})) for each in part["elements"]],
        )
        for part in block["elements"]
    ] == composed


def test_emoji_that_are_typed_by_name_are_emoji(sandbox: Sandbox, ana: Person) -> None:
    ana.types("hello :wave:")
    assert "👋" in requests.get(f"{sandbox.url}/page/ana/conversation/%23general", timeout=10).text


def test_a_label_that_is_not_there_is_answered_with_what_is(sandbox: Sandbox) -> None:
    web(sandbox).chat_postMessage(
        channel="#general", text="x", blocks=[section("Swap 14"), buttons(button("No", "n"))]
    )
    ana = sandbox.person("ana", patience=0)
    with pytest.raises(AssertionError, match=r"no “Yes” here:\nfloorwalker: Swap 14\n  \[No\]"):
        ana.presses("Yes")
    with pytest.raises(AssertionError, match=r"does not see “Swap 15” in #general, but:\nfloorwalker: Swap 14"):
        ana.reads("Swap 15")
    with pytest.raises(AssertionError, match="sees no modal"):
        ana.submits()


def test_an_option_that_is_not_there_is_answered_with_what_is(sandbox: Sandbox, ana: Person) -> None:
    menu = {"type": "static_select", "action_id": "m", "options": [{"text": plain("Fri"), "value": "f"}]}
    web(sandbox).chat_postMessage(channel="#general", text="x", blocks=[section("Day", accessory=menu)])
    with pytest.raises(AssertionError, match=r"“Day” offers no “Sun”, but \['Fri'\]"):
        sandbox.person("ana", patience=0).chooses("Day", "Sun", on=ana.last())
