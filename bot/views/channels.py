"""The form in which the bot's channels are chosen."""

from collections.abc import Mapping

from bot.domain.channels import FLOOR, OPS, ChannelsShown, Trouble
from bot.views.blocks import Block, context, section
from bot.views.formats import plain, shorten
from bot.views.forms import View, channel_select, entered, field, modal

FORM = "channels.form"
TITLE = "Channels"
# Slack takes a hundred blocks, and a few are for the rest of the form.
_MOST_TEAMS = 90
_INVITE = "Type /invite @Floorwalker in that channel, then send this form again."
_TEAMS = (
    "Where a team has a channel, what concerns only its people, such as their swaps, is announced there. "
    "Another place for news of one kind is chosen in the settings, below News."
)
_WORDS = {
    Trouble.HIDDEN: f"I cannot see this channel. {_INVITE}",
    Trouble.OUTSIDE: f"I am not in this channel and could not join it. {_INVITE}",
    Trouble.ARCHIVED: "This channel is archived, so nobody can write there. Choose another one.",
}


def channels_form(shown: ChannelsShown) -> View:
    """The channels to choose."""
    teams = [
        field(
            f"Team {shorten(plain(team.name), 80)}", str(team.team_id), channel_select(team.channel), optional=True
        )
        for team in shown.teams[:_MOST_TEAMS]
    ]
    title = [section("*Channels of the teams*"), context(_TEAMS)] if teams else []
    return modal(TITLE, *desk_fields(shown), *title, *teams, callback_id=FORM, submit="Save")


def desk_fields(shown: ChannelsShown) -> list[Block]:
    """The coordinators' channel and everybody's."""
    ops = "What needs a decision, and what went wrong, arrives here. A private channel is best."
    floor = "What everybody should know, such as a settled swap, is announced here."
    return [
        context(
            "If a channel does not exist yet, create it in Slack first. Public ones I join by myself; in a "
            "private one type `/invite @Floorwalker`."
        ),
        field("The coordinators' channel", OPS, channel_select(shown.ops), optional=True, hint=ops),
        field("Everybody's channel", FLOOR, channel_select(shown.floor), optional=True, hint=floor),
    ]


def read_channels(view: View) -> dict[str, str | None]:
    """The channel that stands in each field."""
    return entered(view)


def errors(troubles: Mapping[str, Trouble]) -> dict[str, str]:
    """What is wrong with a channel, at its field."""
    return {field: _WORDS[trouble] for field, trouble in troubles.items()}


def saved(chosen: Mapping[str, str | None]) -> View:
    """Where the bot writes from now on."""
    ops, floor = (f"<#{chosen[key]}>" if chosen.get(key) else None for key in (OPS, FLOOR))
    lines = [
        f"• Coordinators: {ops}" if ops else "• No coordinators' channel: nobody would see what needs a decision.",
        f"• Everybody: {floor}"
        if floor
        else "• No channel for everybody: a swap is announced only where its team has one.",
    ]
    return modal(TITLE, section("\n".join(["Saved. I can write to these channels:", *lines])), close="Close")
