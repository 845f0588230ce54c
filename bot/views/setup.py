"""The set-up, step by step, and the checklist at its end."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from bot.views.roles import CHANGE as CHANGE_ROLES
from bot.views.settings_words import value_words

FORM = "setup.form"
OPEN = "setup.open"
SAMPLE = "setup.sample"
TAKEN = f"{FORM}.taken"
COORDINATORS = f"{FORM}.coordinators"
TITLE = "Setup"
WELCOME = "Welcome! You are on the roster now, as its manager. Five short steps, and your people can begin."
CONVENTIONS = ("time_zone", "locale", "first_weekday", "hour_cycle", "jurisdiction")
_CHECKLIST = "checklist"
STEPS = {
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
            "Coordinators decide about swaps, import the schedule and change settings. Managers import and change "
            "settings, too, and name other managers. About a swap they and the team's leads decide only where "
            "there are fewer than two coordinators, or where every coordinator is involved in it.",
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
    heading = "All is set up." if not left else "One step is left." if left == 1 else f"{left} steps are left."
    blocks = [section(said)] if said else []
    blocks.append(section(f"*{heading}*"))
    for step in Step:
        done = state.is_done(step)
        label, title = "Change…" if done else "Do this…", STEPS[step]
        way = button(label, f"{OPEN}.{step}", step, spoken=f"{label} {title}")
        text = f"{'✓' if done else '✗'} *{title}*\n{_found(state, step)}"
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


def channels_taken(chosen: Mapping[str, str | None]) -> str:
    """Where the bot writes from now on."""
    into = [f"<#{channel}>" for channel in dict.fromkeys(chosen.values()) if channel]
    return f"✓ I am in {' and '.join(into)} now, and can write there." if into else "✓ I write to no channel now."


def conventions_taken() -> str:
    """Other ones hold from now on."""
    return "✓ Saved."


def coordinators_named(slack_ids: Sequence[str]) -> str:
    """Who was made one."""
    if not slack_ids:
        return "Everybody whom you chose is a coordinator already."
    named = [f"<@{slack_id}>" for slack_id in slack_ids[:_SHOWN]]
    return f"✓ Made coordinators: {_listed(named, len(slack_ids))}."


def people_added(number: int, channel: str) -> str:
    """What came of taking everybody in a channel."""
    if not number:
        return f"Everybody in <#{channel}> is on the roster already."
    who = "One person" if number == 1 else f"{number} people"
    return f"✓ Added from <#{channel}>: {who.lower()}."


def not_on_roster() -> str:
    """Somebody was chosen whom no roster names."""
    return "Somebody here is not on the roster yet. Go back to the step before, and add them first."


def _form(state: SetupShown, step: Step, *blocks: Block, said: str = "") -> View:
    number = list(Step).index(step) + 1
    head = [context(f"Step {number} of {len(Step)} · *{STEPS[step]}*{' ✓' if state.is_done(step) else ''}")]
    head += [section(said)] if said else []
    onward = "Finish" if step.following is None else "Save"
    return modal(
        TITLE,
        *head,
        *blocks,
        buttons(*_ways(step)),
        callback_id=FORM,
        submit="Next" if state.missing_after(step) else onward,
        close="Close",
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
    return _listed([person(each) for each in every[:_SHOWN]], len(every)) if every else "nobody yet"


def _listed(shown: Sequence[str], of: int) -> str:
    return ", ".join(shown) + (f" and {of - len(shown)} more" if of > len(shown) else "")
