"""The set-up, step by step, and the checklist at its end."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from bot.domain.channels import FLOOR, OPS, ChannelsShown
from bot.domain.people_import import COLUMNS as PEOPLE_COLUMNS
from bot.domain.settings_shown import SettingsShown
from bot.domain.setup import SetupShown, Step
from bot.domain.shifts import Somebody
from bot.domain.zones import zone_words
from bot.views import settings
from bot.views.blocks import Block, button, buttons, context, section
from bot.views.channels import desk_fields
from bot.views.formats import person
from bot.views.forms import View, channel_select, entered, field, modal, people_select
from bot.views.people import something_went_wrong
from bot.views.roles import CHANGE as CHANGE_ROLES
from bot.views.settings_words import value_words

FORM = "setup.form"
OPEN = "setup.open"
SAMPLE = "setup.sample"
TAKEN = f"{FORM}.taken"
COORDINATORS = f"{FORM}.coordinators"
TITLE = "Setup"
SENDING = "I am sending it; look into our direct messages."
WELCOME = "Welcome! You are on the roster now, as its manager. Five short steps, and your people can begin."
CONVENTIONS = ("time_zone", "locale", "first_weekday", "hour_cycle", "jurisdiction")
_CHECKLIST = "checklist"
_STEPS = {
    Step.CHANNELS: "Channels",
    Step.CONVENTIONS: "Time zone, language and law",
    Step.PEOPLE: "People",
    Step.ROLES: "Coordinators",
    Step.SCHEDULE: "Schedule",
}
_SHOWN = 10


def channels_step(state: SetupShown, shown: ChannelsShown, said: str = "") -> View:
    """Which channels the bot writes to."""
    return _form(state, Step.CHANNELS, *desk_fields(shown), said=said)


def conventions_step(state: SetupShown, shown: SettingsShown, said: str = "") -> View:
    """Where the workspace is, and whose law it goes by."""
    fields = [block for key in CONVENTIONS for block in settings.fields(shown, key)]
    law = "The law decides which limits on rest and hours a swap cannot break. This is no legal advice."
    return _form(state, Step.CONVENTIONS, *fields, context(law), said=said)


def people_step(state: SetupShown, said: str = "") -> View:
    """How people come onto the roster."""
    count = "Only you are" if state.people == 1 else f"{state.people} people are"
    file = (
        f"*{count} on the roster.*\nSend me a spreadsheet of your people in a direct message; I show you what it "
        f"would change before anything does. Its columns: `{', '.join(PEOPLE_COLUMNS)}`. Only the first two are "
        "needed."
    )
    hint = "Who in it is not on the roster yet becomes an agent, guests apart. Teams and skills come with a file."
    taken = field("Or take everybody in a channel", TAKEN, channel_select(), optional=True, hint=hint)
    sample = button("Send me an example", f"{SAMPLE}.people", "people")
    return _form(state, Step.PEOPLE, section(file), buttons(sample), taken, said=said)


def roles_step(state: SetupShown, said: str = "") -> View:
    """Who runs the desk."""
    text = "\n".join(
        [
            "Coordinators decide about swaps, import the schedule and change settings. Managers do the same, and "
            "make managers.",
            f"• Coordinators: {_named(state.coordinators)}",
            f"• Managers: {_named(state.managers)}",
        ]
    )
    chosen = field("Make these people coordinators", COORDINATORS, people_select(), optional=True)
    every = buttons(button("Another role…", f"{CHANGE_ROLES}.setup", "new"))
    return _form(state, Step.ROLES, section(text), chosen, every, said=said)


def schedule_step(state: SetupShown, said: str = "") -> View:
    """How the schedule comes in."""
    there = f"{_shifts(state)} ahead" if state.shifts else "No shift lies ahead yet"
    text = (
        f"*{there}.*\nSend me a spreadsheet of your shifts in a direct message: one line for each person and day, "
        "with `email, date, start, end` and, if you like, `timezone, queue, note`. I show you what it would add, "
        "move and remove before anything changes, and it can be undone."
    )
    return _form(
        state,
        Step.SCHEDULE,
        section(text),
        buttons(button("Send me an example", f"{SAMPLE}.shifts", "shifts")),
        said=said,
    )


def checklist(state: SetupShown, said: str = "", prefix: str = "") -> View:
    """What is there and what is not, each with the way to its step."""
    left = sum(not state.is_done(step) for step in Step)
    title = "All is set up." if not left else "One step is left." if left == 1 else f"{left} steps are left."
    blocks = [section(said)] if said else []
    blocks.append(section(f"*{title}*"))
    for step in Step:
        done = state.is_done(step)
        way = button("Change…" if done else "Do this…", f"{OPEN}.{step}", step)
        text = f"{'✓' if done else '✗'} *{_STEPS[step]}*\n{_found(state, step)}"
        blocks.append({**section(text), "accessory": way})
    everybody = f"Everybody can type `/{prefix}floor` now." if not left else "You can come back at any time."
    return modal(TITLE, *blocks, context(everybody), callback_id=FORM, close="Close", metadata=_CHECKLIST)


def read_step(view: View) -> Step:
    """The step that a form is about."""
    return Step(view["private_metadata"])


def read_channels(view: View) -> dict[str, str | None]:
    """The channels that were chosen."""
    said = entered(view)
    return {key: said[key] for key in (OPS, FLOOR)}


def read_conventions(view: View) -> dict[str, Any]:
    """The settings that were chosen, all of them: what is agreed to has been chosen, too."""
    return settings.read_settings(view, everything=True)


def working(prefix: str) -> View:
    """What was chosen takes its time."""
    text = "This takes a moment. The next step comes by itself."
    hint = f"If nothing happens for a minute, close this and type `/{prefix}floor setup` again: nothing gets lost."
    return modal(TITLE, section(text), context(hint), close="Close")


def failed(reference: str) -> View:
    """A fault of ours, when the form was answered already."""
    return modal(TITLE, *something_went_wrong(reference)["blocks"], close="Close")


def people_added(number: int, channel: str) -> str:
    """What came of taking everybody in a channel."""
    if not number:
        return f"Everybody in <#{channel}> is on the roster already."
    who = "One person" if number == 1 else f"{number} people"
    return f"✓ Added from <#{channel}>: {who.lower()}."


def not_on_roster() -> str:
    """Somebody was chosen whom no roster names."""
    return "Somebody here is not on the roster yet. Go back to the step before, and add them first."


def sample_sent(name: str) -> str:
    """Where the example is."""
    return f"✓ I have sent you `{name}` in a direct message."


def sample_not_sent() -> str:
    """Slack took no file."""
    return "Slack does not take the file right now. Please try again in a moment."


def sample(kind: str, email: str, name: str, zone: str, monday: date) -> tuple[str, bytes, str]:
    """A spreadsheet to begin with: its name, what is in it, and what to do with it."""
    if kind == "people":
        lines = [
            "email,name,role,team,skills,timezone",
            f"{email},{name.replace(',', ' ')},coordinator,,,{zone}",
            f"alex@example.com,Alex Example,agent,Mail,refunds;german,{zone}",
            f"sam@example.com,Sam Example,lead,Mail,,{zone}",
        ]
        what = "one line for each person"
    else:
        lines = [
            "email,date,start,end,timezone,queue,note",
            f"alex@example.com,{monday.isoformat()},09:00,17:00,{zone},mail,",
            f"sam@example.com,{monday.isoformat()},22:00,06:00,{zone},phones,ends on the next day",
            f",{monday.isoformat()},12:00,16:00,{zone},mail,an open shift: nobody has it yet",
        ]
        what = "one line for each shift"
    comment = f"An example: {what}. Put your own in, and send it back to me here."
    return f"{kind}.csv", ("\n".join(lines) + "\n").encode(), comment


def _form(state: SetupShown, step: Step, *blocks: Block, said: str = "") -> View:
    number = list(Step).index(step) + 1
    head = [context(f"Step {number} of {len(Step)} · *{_STEPS[step]}*{' ✓' if state.is_done(step) else ''}")]
    head += [section(said)] if said else []
    last = step.following is None
    return modal(
        TITLE,
        *head,
        *blocks,
        buttons(*_ways(step)),
        callback_id=FORM,
        submit="Finish" if last else "Next",
        close="Later",
        metadata=step,
    )


def _ways(step: Step) -> Iterator[Block]:
    before = next((each for each in Step if each.following is step), None)
    if before:
        yield button("Back", f"{OPEN}.{before}", before)
    yield button("Checklist", f"{OPEN}.{_CHECKLIST}", _CHECKLIST)


def _found(state: SetupShown, step: Step) -> str:
    match step:
        case Step.CHANNELS:
            known = {"Coordinators": state.ops, "Everybody": state.floor}
            return " · ".join(
                f"{whose}: {f'<#{channel}>' if channel else 'none yet'}" for whose, channel in known.items()
            )
        case Step.CONVENTIONS:
            zone = zone_words(state.time_zone) if state.time_zone else "No time zone chosen"
            law = f"law: {value_words('jurisdiction', state.law)}" if state.law else "no law chosen"
            return f"{zone} · {law}"
        case Step.PEOPLE:
            return (
                "Nobody but you is on the roster." if state.people <= 1 else f"{state.people} people on the roster"
            )
        case Step.ROLES:
            return _named(state.coordinators) if state.coordinators else "Nobody yet"
        case Step.SCHEDULE:
            return f"{_shifts(state)} ahead" if state.shifts else "No shift lies ahead."


def _shifts(state: SetupShown) -> str:
    return "1 shift" if state.shifts == 1 else f"{state.shifts} shifts"


def _named(people: Iterable[Somebody]) -> str:
    every = list(people)
    more = f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else ""
    return ", ".join(person(each) for each in every[:_SHOWN]) + more if every else "nobody yet"
