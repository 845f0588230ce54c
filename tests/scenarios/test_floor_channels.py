"""The channels that the bot writes to are chosen in Slack, and checked at once."""

import pytest
import requests

from bot.actions.settings import preferences
from bot.manifest import manifest
from bot.sandbox import Person
from storage.people import teams
from tests.workplace import Workplace

OPS, FLOOR = "The coordinators' channel", "Everybody's channel"


@pytest.fixture
def desk(work: Workplace) -> Workplace:
    """Monday noon, with a roster and some channels."""
    prepare(work)
    return work


def prepare(work: Workplace) -> None:
    work.at("2026-11-02 12:00")
    work.people()
    work.sandbox.channel("#ops", private=True, members=["cora"], bot=True)
    work.sandbox.channel("#secret", private=True, members=["cora"])
    work.sandbox.channel("#floor", members=["cora"])
    work.sandbox.channel("#mail", members=["cora"])


def opens(work: Workplace) -> Person:
    """Whoever coordinates, before the form."""
    cora = work.person("cora")
    cora.types("/floor channels")
    cora.sees_modal("Channels")
    return cora


def archive(work: Workplace, name: str) -> None:
    """Archive a channel, as an admin does."""
    url = f"{work.sandbox.url}/sandbox/channels/{name.removeprefix('#')}"
    requests.patch(url, json={"archived": True}, timeout=10).raise_for_status()


def stored(work: Workplace) -> tuple[str | None, str | None, dict[str, str | None]]:
    """The coordinators' channel, everybody's, and those of teams by name."""
    with work.deps.sessions.read(work.sandbox.team_id) as session:
        preferred = preferences(session)
        return preferred.ops_channel, preferred.floor_channel, {row.name: row.channel for row in teams(session)}


def test_channels_are_taken_and_the_bot_joins_the_public_ones(everywhere: Workplace) -> None:
    prepare(everywhere)
    cora = opens(everywhere)
    cora.picks(OPS, "#ops")
    cora.picks(FLOOR, "#floor")
    cora.picks("Team Mail", "#mail")
    cora.submits()
    said = cora.sees_modal("Channels").text
    assert "• Coordinators: #ops" in said
    assert "• Everybody: #floor" in said
    cora.closes()
    ids = {name: everywhere.sandbox.channel_id(name) for name in ("#ops", "#floor", "#mail")}
    assert stored(everywhere) == (ids["#ops"], ids["#floor"], {"Mail": ids["#mail"], "Phones": None})
    everywhere.deps.slack.chat_postMessage(channel=ids["#floor"], text="It can be written to.")
    audit = everywhere.asks("cora", "/floor audit").text
    assert "changed the channel of the team Mail · none → #mail" in audit
    assert "The coordinators' channel: none → #ops" in audit


@pytest.mark.parametrize(
    ("channel", "words"),
    [("#secret", "I cannot see this channel. Type /invite @Floorwalker"), ("#old", "This channel is archived")],
)
def test_where_the_bot_cannot_write_is_said_at_the_field_with_what_to_do(
    desk: Workplace, channel: str, words: str
) -> None:
    desk.sandbox.channel("#old", members=["cora"], bot=True)
    cora = opens(desk)
    cora.picks(FLOOR, "#floor")
    cora.picks(OPS, channel)
    if channel == "#old":
        archive(desk, channel)
    cora.submits()
    modal = cora.sees_modal()
    assert list(modal.errors) == [OPS]
    assert modal.errors[OPS].startswith(words)
    assert stored(desk)[:2] == (None, None)
    cora.picks(OPS, "#ops")
    cora.submits()
    assert cora.sees_modal().errors == {}
    assert stored(desk)[:2] == tuple(desk.sandbox.channel_id(name) for name in ("#ops", "#floor"))


def test_a_channel_can_be_left_out_and_that_is_said(desk: Workplace) -> None:
    desk.prefers(ops_channel=desk.sandbox.channel_id("#ops"))
    cora = opens(desk)
    cora.picks(OPS, None)
    cora.submits()
    assert "nobody would see what needs a decision" in cora.sees_modal().text
    assert stored(desk)[0] is None


def test_without_the_right_to_join_the_way_to_invite_is_named(desk: Workplace) -> None:
    document = manifest()
    document["oauth_config"]["scopes"]["bot"].remove("channels:join")
    desk.sandbox.set_manifest(document)
    cora = opens(desk)
    cora.picks(FLOOR, "#floor")
    cora.submits()
    assert "could not join it. Type /invite @Floorwalker" in cora.sees_modal().errors[FLOOR]


def test_who_runs_no_desk_reads_who_does(desk: Workplace) -> None:
    assert desk.asks("ana", "/floor channels").text.startswith("Only coordinators and managers")
