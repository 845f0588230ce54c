"""What somebody wrote in Slack reads as it does there."""

import pytest

from bot.actions.quoted import as_read, first_line
from tests.actions.desk import Desk, account


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Ask <@U0ANA> or <@U0ANA|ana>", "Ask @Ana or @Ana"),
        ("Ask <@U0NOBODY>", "Ask @somebody"),
        ("In <#C012|billing> and <#C012>", "In #billing and #a channel"),
        ("<!channel> <!here|here> <!subteam^S012|@leads>", "@channel @here @leads"),
        ("See <https://acme.example/a?b=1&amp;c=2>", "See https://acme.example/a?b=1&c=2"),
        ("See <https://acme.example/a|the order>", "See the order (https://acme.example/a)"),
        ("Write <mailto:ana@acme.example|ana@acme.example>", "Write ana@acme.example"),
        ("1 &lt; 2 &amp; &lt;@U0ANA&gt;\n  two lines ", "1 < 2 & <@U0ANA>\n  two lines"),
    ],
)
def test_names_stand_in_place_of_ids(desk: Desk, text: str, read: str) -> None:
    desk.people(accounts=[account("ana")])
    with desk.deps.sessions.read(desk.workspace_id) as session:
        assert as_read(session, text) == read


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("*Urgent:* the _parcel_ of ~ACME~ *_Globex_* is `lost`", "Urgent: the parcel of ACME Globex is lost"),
        ("\n---\n> • *Refund*\nand more", "Refund"),
        ("```It failed```", "It failed"),
        ("2 * 3 * 4 and snake_case_name and 5*6*7", "2 * 3 * 4 and snake_case_name and 5*6*7"),
        ("…\n", ""),
        ("*a " * 20_000, ("*a " * 400)[:1000].strip(" *")),
    ],
)
def test_a_title_is_the_first_line_with_words_and_without_marks(text: str, line: str) -> None:
    assert first_line(text) == line
