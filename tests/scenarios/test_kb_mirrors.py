"""Confluence is connected in Slack, its pages are read here and edited there."""

from datetime import timedelta

from jobs.connections import SYNC
from tests.connectors.confluence_fake import LOGIN, ConfluenceFake
from tests.sandbox.bots import served
from tests.scenarios.swapping import Floor


def test_a_page_of_confluence_is_read_here_leads_to_its_original_and_goes_with_it(floor: Floor) -> None:
    work, fake = floor.work, ConfluenceFake()
    fake.now = work.deps.clock()
    page = fake.writes("Refunds", "<p>Within <strong>30 days</strong>.</p>", labels=["billing"])
    email, token = LOGIN.split(":")

    def minutes_pass(minutes: int) -> None:
        work.sandbox.clock.move(timedelta(minutes=minutes))
        fake.now = work.deps.clock()
        floor.runs(SYNC)

    with served(fake) as address:
        cora = work.person("cora")
        overview = work.asks("cora", "/floor connect")
        assert "Knowledge bases · pages are mirrored from there as articles" in overview.text
        assert {"Connect Confluence", "Connect Notion"} <= set(overview.buttons)
        cora.presses("Connect Notion", overview)
        assert "Integration secret" in cora.sees_modal("Connect Notion").text
        cora.closes()
        cora.presses("Connect Confluence", overview)
        for label, typed in {
            "Address": address,
            "E-mail address": email,
            "API token": token,
            "Spaces": "SUP",
        }.items():
            cora.fills(label, typed)
        cora.submits()
        assert "I read all pages there, and from now on every ten minutes what changed." in cora.sees_modal().text
        cora.closes()
        minutes_pass(2)
        article = work.asks("ben", "/kb 1")
        assert "Refunds" in article.text
        assert "Within 30 days." in article.text
        assert "Edit in Confluence" in article.text
        assert "Edit…" not in work.asks("cora", "/kb 1").buttons
        assert "1 article" in work.asks("cora", "/floor connect").text
        assert "Confluence up to date" in work.asks("cora", "/floor health").text
        fake.edits(page, "<p>Within 14 days.</p>")
        minutes_pass(11)
        assert "Within 14 days." in work.asks("ben", "/kb 1").text
        fake.pages[page].status = "trashed"
        minutes_pass(70)
        assert "Refunds" not in work.asks("ben", "/kb 1").text
        overview = work.asks("cora", "/floor connect")
        cora.presses("Disconnect", overview, confirm=True)
        assert "Confluence is disconnected" in cora.refreshed(overview).text
