"""Text and blocks become safe HTML, for one reader."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.sandbox.blocks import complete
from bot.sandbox.blocks.elements import IN_ACTIONS, IN_INPUT, IN_SECTION
from bot.sandbox.blocks.layout import MARKDOWN, SHOWN, TABLE
from bot.sandbox.elements import VALUES, spots, state_values
from bot.sandbox.page.choices import menu_of
from bot.sandbox.page.drawing import Drawing
from bot.sandbox.page.templating import HERE
from bot.sandbox.state import Channel, Group, User, Workspace
from tests.sandbox.bots import button, buttons, field, options, plain, section

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
NINE_UTC = int(datetime(2026, 11, 27, 9, 5, tzinfo=UTC).timestamp())


@pytest.fixture
def workspace() -> Workspace:
    workspace = Workspace()
    for user in (
        User("U1", "ana", "Ana Ruiz", workspace.team_id, tz="Europe/Madrid", hour24=True),
        User("U2", "ben", "Ben <b>", workspace.team_id, tz="America/New_York"),
        User("U3", "gone", "Gone Guy", workspace.team_id, deleted=True),
        User("U4", "bot", "Bot", workspace.team_id, is_bot=True),
    ):
        workspace.users[user.id] = user
    for channel in (
        Channel("C1", "floor", "public", "U1", 0, ["U1", "U4"]),
        Channel("C2", "desk", "private", "U1", 0, ["U1"]),
        Channel("C3", "leads", "private", "U2", 0, ["U2"]),
        Channel("C4", "past", "public", "U1", 0, ["U1"], archived=True),
        Channel("D1", "directmessage", "im", "U1", 0, ["U1", "U4"]),
    ):
        workspace.channels[channel.id] = channel
    workspace.groups["S1"] = Group("S1", "night", "Night", ["U1"])
    return workspace


@pytest.fixture
def draw(workspace: Workspace) -> Drawing:
    """Draws for Ana."""
    return Drawing(workspace, workspace.users["U1"], NOW)


TADA = '<span class="emoji" role="img" aria-label="tada" title=":tada:">🎉</span>'
ROTA = "https://example.com/a_b_c"
LINK = f'<a href="{ROTA}" target="_blank" rel="noopener noreferrer">'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* _slanted_ ~gone~ `code`", "<strong>bold</strong> <em>slanted</em> <s>gone</s> <code>code</code>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("`*as it is*`", "<code>*as it is*</code>"),
        ("2*3*4 and snake_case_name", "2*3*4 and snake_case_name"),
        ("one\ntwo", "one<br>two"),
        ("a &lt;b&gt; &amp; <script>", "a &lt;b&gt; &amp; script"),
        ("```\nx &lt; *y*\n```after", "<pre>x &lt; *y*</pre>after"),
        ("before\n&gt; one\n&gt; two\nafter", "before<br><blockquote>one<br>two</blockquote>after"),
        ("5 &gt; 4", "5 &gt; 4"),
        ("*<https://example.com/a_b_c|the _rota_>*", f"<strong>{LINK}the _rota_</a></strong>"),
        (":tada: :nothing: 10:30:00", f"{TADA} :nothing: 10:30:00"),
    ],
)
def test_markup_becomes_html(draw: Drawing, text: str, html: str) -> None:
    assert draw.mrkdwn(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("# One\n### Three", '<h3 class="header">One</h3><h3 class="header">Three</h3>'),
        (
            "**bold** *slanted* ~~gone~~ `c<d`",
            "<p><strong>bold</strong> <em>slanted</em> <s>gone</s> <code>c&lt;d</code></p>",
        ),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("3. x\n4. y", '<ol start="3"><li>x</li><li>y</li></ol>'),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("- [ ] to do\n- [x] done", "<ul><li>☐ to do</li><li>☑ done</li></ul>"),
        ("> q", "<blockquote><p>q</p></blockquote>"),
        ("```py\nx < *y*\n```", "<pre>x &lt; *y*</pre>"),
        ("---", '<hr class="divider">'),
        (f"[the rota]({ROTA}) ![the plan]({ROTA})", f"<p>{LINK}the rota</a> {LINK}the plan</a></p>"),
        (":tada: <@U404>", f'<p>{TADA} <span class="mention">@U404</span></p>'),
        ("[press](javascript:alert(1))", "<p>[press](javascript:alert(1))</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ],
)
def test_markdown_becomes_html(draw: Drawing, text: str, html: str) -> None:
    assert draw.markdown(text) == html


def test_a_table_in_markdown_is_one(draw: Drawing) -> None:
    html = draw.markdown("|queue|heads|\n|-|-:|\n|voice|3|")
    assert '<tr><th class="left">queue</th><th class="right">heads</th></tr>' in html
    assert '<tr><td class="left">voice</td><td class="right">3</td></tr>' in html


@pytest.mark.parametrize(
    "text",
    [
        "<javascript:alert(1)|press>",
        "<data:text/html,x|press>",
        "<JavaScript:alert(1)|press>",
        "<//[nonsense|press>",
        "<!date^1^{date}^javascript:alert(1)|press>",
    ],
)
def test_a_link_that_could_run_something_is_only_text(draw: Drawing, text: str) -> None:
    assert "href" not in draw.mrkdwn(text)


@pytest.mark.parametrize(
    "text",
    [
        '<https://x.example/"onclick="alert(1)|"><img src=x onerror=alert(1)>',
        "&lt;img src=x onerror=alert(1)&gt;",
        "<@U2> *<img src=x>* `<img src=x>`",
        '<@U404|"><img>>',
        ":<img>:",
    ],
)
def test_nothing_that_anybody_writes_becomes_an_element_of_its_own(draw: Drawing, text: str) -> None:
    seen: list[tuple[str, str]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.extend((tag, name) for name, _ in attrs or [("", None)])

    for html in (draw.mrkdwn(text), draw.plain(text), draw.blocks(complete([section(text)]), {}, {}, "p")):
        Reader().feed(html)
    assert {name for _, name in seen} <= {"", "class", "data-key", "href", "target", "rel"}
    assert "img" not in {tag for tag, _ in seen}


def test_mentions_are_names_and_those_of_the_reader_stand_out(draw: Drawing) -> None:
    text = "<@U1> <@U2> <#C1> <!subteam^S1> <!here>"
    mine, other = '<span class="mention of-me">{}</span>', '<span class="mention">{}</span>'
    names = [mine.format("@Ana Ruiz"), other.format("@Ben &lt;b&gt;"), other.format("#floor")]
    assert draw.mrkdwn(text) == " ".join([*names, mine.format("@night"), mine.format("@here")])


def test_dates_are_in_the_readers_zone_with_the_full_date_beside_them(workspace: Workspace, draw: Drawing) -> None:
    token = f"<!date^{NINE_UTC}^{{date_short_pretty}} {{time}}|then>"
    full = "Friday, November 27th, 2026 at"
    form = '<time datetime="2026-11-27T09:05:00+00:00" title="{} {}">Tomorrow {}</time>'
    assert draw.mrkdwn(token) == form.format(full, "10:05", "10:05")
    for_ben = Drawing(workspace, workspace.users["U2"], NOW)
    assert for_ben.mrkdwn(token) == form.format(full, "4:05 AM", "4:05 AM")


@pytest.mark.parametrize("stamp", ["nonsense", "99999999999999", ""])
def test_a_date_that_is_none_is_its_fallback(draw: Drawing, stamp: str) -> None:
    assert draw.mrkdwn(f"<!date^{stamp}^{{date}}|some day>") == "some day"


@pytest.mark.parametrize(("url", "links"), [("https://example.com", 1), ("javascript:alert(1)", 0)])
def test_a_button_opens_only_what_cannot_run_anything(draw: Drawing, url: str, links: int) -> None:
    menu = {"type": "overflow", "action_id": "more", "options": [{**options("One")[0], "url": url}]}
    html = draw.blocks(complete([buttons(button("Go", "go", url=url), menu)]), {}, {}, "p")
    assert (html.count("href="), html.count("data-url=")) == (links, links)
    assert html.count("<button") == 3 - links


def test_a_date_may_be_a_link(draw: Drawing) -> None:
    html = draw.mrkdwn(f"<!date^{NINE_UTC}^{{time}}^https://example.com|then>")
    assert re.fullmatch(r'<a href="https://example.com" [^>]*><time [^>]*>10:05</time></a>', html)


def test_plain_text_has_no_markup_but_emoji(draw: Drawing) -> None:
    assert draw.plain("*as* <@U1> &amp; :wave:").startswith("*as* &lt;@U1&gt; &amp;amp; <span")


def test_rich_text_becomes_html(draw: Drawing) -> None:
    def words(text: str, **style: bool) -> dict[str, Any]:
        return {"type": "text", "text": text, **({"style": style} if style else {})}

    def part(kind: str, *elements: dict[str, Any], **rest: Any) -> dict[str, Any]:
        return {"type": f"rich_text_{kind}", "elements": list(elements), **rest}

    block = {
        "type": "rich_text",
        "elements": [
            part("section", words("Hi ", bold=True, italic=True), {"type": "user", "user_id": "U2"}),
            part(
                "list",
                part("section", words("one")),
                part("section", {"type": "link", "url": "https://example.com"}),
                style="ordered",
                offset=2,
                indent=1,
            ),
            part("quote", words("said")),
            part("preformatted", words("x = 1\ny = 2")),
        ],
    }
    link = '<a href="https://example.com" target="_blank" rel="noopener noreferrer">https://example.com</a>'
    assert draw.text(block) == (
        '<p><em><strong>Hi </strong></em><span class="mention">@Ben &lt;b&gt;</span></p>'
        f'<ol class="indent-1" start="3"><li>one</li><li>{link}</li></ol>'
        "<blockquote>said</blockquote><pre>x = 1<br>y = 2</pre>"
    )


def test_there_is_a_template_for_every_block_that_an_app_may_send() -> None:
    drawn = {path.stem for path in (HERE / "templates" / "blocks").iterdir()}
    assert drawn == {*SHOWN, *MARKDOWN, *TABLE, "input"}


MORE: dict[str, dict[str, Any]] = {
    "number_input": {"is_decimal_allowed": False},
    "button": {"text": plain("Go")},
    "image": {"alt_text": "a picture", "image_url": "https://example.com/a.png"},
    "overflow": {"options": options("One", "Two")},
    "checkboxes": {"options": options("One", "Two")},
    "radio_buttons": {"options": options("One", "Two")},
    "static_select": {"options": options("One", "Two")},
    "multi_static_select": {"option_groups": [{"label": plain("Both"), "options": options("One", "Two")}]},
}


@pytest.mark.parametrize("kind", sorted({*IN_ACTIONS, *IN_SECTION, *IN_INPUT, "file_input"}))
def test_every_element_is_drawn_wherever_it_may_stand(draw: Drawing, kind: str) -> None:
    element: dict[str, Any] = {"type": kind, "action_id": "a b", **MORE.get(kind, {})}
    here: list[dict[str, Any]] = []
    if kind in IN_SECTION:
        here.append({"type": "section", "text": plain("Which?"), "accessory": element})
    if kind in IN_ACTIONS:
        here.append(buttons(element))
    if kind in {*IN_INPUT, "file_input"}:
        here.append({"type": "input", "label": plain("Which?"), "element": element})
    assert here
    for block in here:
        blocks = complete([{**block, "block_id": "b c"}])
        errors = {"b c": "No."} if block["type"] == "input" else {}
        html = draw.blocks(blocks, state_values(blocks, {}), errors, "here")
        ids = re.findall(r' id="([^"]*)"', html)
        assert len(ids) == len(set(ids))
        assert all(each.startswith("here-") and " " not in each for each in ids)
        references = " ".join(re.findall(r' (?:for|aria-[a-z]+by|aria-controls)="([^"]*)"', html)).split()
        assert set(references) <= set(ids)
        if kind != "image":
            assert '"block_id": "b c"' in html


def test_a_picture_from_elsewhere_is_not_fetched(draw: Drawing) -> None:
    picture = {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "Load by hour"}
    html = draw.blocks(complete([picture, {"type": "context", "elements": [picture]}]), {}, {}, "p")
    assert "<img" not in html
    assert html.count('aria-label="Load by hour"') == 2


def test_a_picture_from_the_workspace_is_shown(draw: Drawing) -> None:
    picture = {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "Load by hour"}
    html = draw.blocks(complete([picture]), {}, {}, "p")
    assert '<img src="/sandbox/people/ana/file?id=F1" alt="Load by hour">' in html


def offered(draw: Drawing, kind: str, **rest: Any) -> list[str]:
    groups = menu_of({"type": kind, **rest}, draw.reader)
    return [choice.text for group in groups for choice in group.choices]


def test_menus_offer_who_and_what_the_reader_may_choose(draw: Drawing) -> None:
    assert offered(draw, "users_select") == ["Ana Ruiz", "Ben <b>", "Bot"]
    assert offered(draw, "multi_channels_select") == ["#floor"]
    assert offered(draw, "conversations_select") == ["#desk", "#floor", "Bot"]
    assert offered(draw, "conversations_select", filter={"include": ["private"]}) == ["#desk"]
    assert offered(draw, "conversations_select", filter={"exclude_bot_users": True}) == ["#desk", "#floor"]


def test_controls_show_what_they_hold(draw: Drawing) -> None:
    one, two = options("One", "Two")
    held = {
        "static_select": (two, 'value="Two"'),
        "users_select": ("U2", 'value="Ben &lt;b&gt;"'),
        "conversations_select": ("C2", 'value="#desk"'),
        "datepicker": ("2026-11-27", 'value="2026-11-27"'),
        "timepicker": ("09:05", 'value="09:05"'),
        "datetimepicker": (NINE_UTC, 'value="2026-11-27T10:05"'),
        "plain_text_input": ('say "no"', 'value="say &#34;no&#34;"'),
    }
    for kind, (value, html) in held.items():
        element = {"type": kind, **({"options": [one, two]} if kind == "static_select" else {})}
        blocks = complete([field("Which?", "b", **element)])
        values = {"b": {"value": {"type": kind, VALUES[kind][0]: value}}}
        assert html in draw.blocks(blocks, values, {}, "p"), kind


def test_ticks_are_those_that_are_chosen(draw: Drawing) -> None:
    one, two, three = options("One", "Two", "Three")
    for kind, value in (("checkboxes", [one, three]), ("radio_buttons", three)):
        blocks = complete([field("Which?", "b", type=kind, options=[one, two, three])])
        html = draw.blocks(blocks, {"b": {"value": {VALUES[kind][0]: value}}}, {}, "p")
        ticked = [part.partition("</label>")[0] for part in html.split(" checked>")[1:]]
        assert [re.sub(r"<[^>]*>|\s", "", each) for each in ticked] == [
            each["text"]["text"] for each in (value if isinstance(value, list) else [value])
        ]


def test_controls_that_share_their_ids_are_numbered_like_the_control_api_does(draw: Drawing) -> None:
    blocks = complete([buttons(button("One", "go")), buttons(button("Two", "go"))])
    assert [spot.key for spot in spots(blocks)] == [("buttons", "go")] * 2
    html = draw.blocks(blocks, {}, {}, "p")
    assert re.findall(r'"nth": (\d)', html) == ["0", "1"]
