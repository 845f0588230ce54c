"""Tables are found in messages as Slack sends them, and sentences are not taken for tables."""

import pytest

from bot.connectors.spreadsheets_pasted import pasted_table

TABLE = "email,name\nana@example.com,Ana & Co"
LINKED = "email,name\n<mailto:ana@example.com|ana@example.com>,Ana &amp; Co"


@pytest.mark.parametrize(
    ("text", "table"),
    [
        (LINKED, TABLE),
        (f"```{LINKED}```", TABLE),
        (f"here you are:\n```\n{LINKED}\n```\nthanks, all", TABLE),
        (LINKED.replace(",", "\t"), TABLE.replace(",", "\t")),
        ("Queue\tDay\nmail\t2", "Queue\tDay\nmail\t2"),
        ("E-mail; email ;name\n1;2;3", "E-mail; email ;name\n1;2;3"),
        (
            "```email,note\na@b.de,<http://example.com|example.com> <#C1|mail> &lt;b&gt;```",
            "email,note\na@b.de,example.com #mail <b>",
        ),
        ("```email,note\na@b.de,<https://example.com/x>```", "email,note\na@b.de,https://example.com/x"),
    ],
)
def test_a_table_is_found(text: str, table: str) -> None:
    assert pasted_table(text) == table


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello, am I on tomorrow, or not?",
        "email, name",
        "I am sick,\nsorry, and my email, too",
        "first line\nsecond\twith a tab",
        "see `/shifts`",
        "```print(1)```",
        "Email: ana@example.com\nName: Ana",
    ],
)
def test_what_is_no_table_is_left_alone(text: str) -> None:
    assert pasted_table(text) is None
