"""The front desk's menu, and what can be typed, topic by topic."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.domain.health import Check
from bot.domain.permissions import Actor, Deed, Reach
from bot.views.blocks import Block, Message, button, buttons, context, header, message, paragraphs, section
from bot.views.formats import escape, shorten
from bot.views.health import summary

MENU = "floor.menu"
_NAME = 60


@dataclass(frozen=True, slots=True)
class Examples:
    """What there is in the workspace, so that examples work: a queue, and the newest swap, import and case."""

    queue: str | None = None
    swap: int | None = None
    imported: int | None = None
    case: int | None = None

    def fill(self, text: str) -> str | None:
        """The text with what it names; None where there is no such thing."""
        known = {
            "{queue}": escape(shorten(self.queue, _NAME)).replace("`", "'") if self.queue else None,
            "{swap}": str(self.swap) if self.swap else None,
            "{import}": str(self.imported) if self.imported else None,
            "{case}": str(self.case) if self.case else None,
        }
        for name, value in known.items():
            if name in text and value is None:
                return None
            text = text.replace(name, value or "")
        return text


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of a command, for whoever may do the deed to at least these people."""

    topic: str
    typed: str
    meaning: str
    deed: Deed
    reach: Reach = Reach.OWN


@dataclass(frozen=True, slots=True)
class _Entry:
    """A button of the menu: what it says, and what would be typed after the command."""

    label: str
    word: str
    deed: Deed
    reach: Reach = Reach.OWN


SHIFTS, SWAPS, COVERS, AWAY, TIME_OFF, OWN, AUDIT, IMPORTS, DESK = (
    "Shifts",
    "Swaps",
    "Cover",
    "Sick or late",
    "Time off",
    "Time zone and quiet hours",
    "What was changed",
    "Imports",
    "Running the desk",
)
COVERAGE = "Coverage"
CASES, QUESTIONS = "Cases", "Other departments"
ANNOUNCEMENTS = "Announcements"
KNOWLEDGE = "What the team knows"
FIGURES = "Key figures"
FORMS = (
    _Form(SHIFTS, "shifts", "your next 14 days; also `next week`, `fri`, `dec 24 to jan 2`", Deed.SEE_SHIFTS),
    _Form(SHIFTS, "shifts @colleague", "a colleague's shifts", Deed.SEE_SHIFTS, Reach.ANYBODY),
    _Form(SHIFTS, "shifts who", "who is on now; also `who 3pm`, `who tomorrow 9-5`", Deed.SEE_FLOOR),
    _Form(SHIFTS, "shifts who {queue} 3pm", "who is on for a queue, a team or a skill, then", Deed.SEE_FLOOR),
    _Form(
        SHIFTS,
        "shifts edit @colleague fri",
        "change, split, delete and add planned shifts; also `edit fri`, everybody's",
        Deed.EDIT_SCHEDULE,
    ),
    _Form(SHIFTS, "shifts calendar", "your shifts in your own calendar", Deed.SEE_SHIFTS),
    _Form(SHIFTS, "shifts help", "all forms", Deed.SEE_FLOOR),
    _Form(SWAPS, "swap", "swap a shift with a colleague", Deed.PROPOSE_SWAP),
    _Form(SWAPS, "swap fri with @colleague", "the same with that filled in", Deed.PROPOSE_SWAP),
    _Form(SWAPS, "swap list", "your open swaps", Deed.SEE_SWAP),
    _Form(SWAPS, "swap {swap}", "where a swap stands, and what you can do about it", Deed.SEE_SWAP),
    _Form(SWAPS, "swap help", "all forms", Deed.PROPOSE_SWAP),
    _Form(COVERS, "cover fri", "give a shift away; also `14-18 fri` for a part of it", Deed.OFFER_COVER),
    _Form(COVERS, "cover @colleague fri", "give away one of theirs", Deed.OFFER_COVER, Reach.TEAM),
    _Form(COVERS, "cover list", "your covers, what is offered to you, and open shifts", Deed.SEE_COVER),
    _Form(COVERS, "cover open {queue} sat 9-17 x2", "open shifts that nobody works yet", Deed.OPEN_SHIFT),
    _Form(COVERS, "cover help", "all forms", Deed.OFFER_COVER),
    _Form(COVERAGE, "coverage", "where people are missing on the next 7 days", Deed.SEE_COVERAGE),
    _Form(COVERAGE, "coverage {queue} thu", "of one queue, then", Deed.SEE_COVERAGE),
    _Form(
        COVERAGE, "coverage plan next week", "how many people to roster for what is expected", Deed.SEE_COVERAGE
    ),
    _Form(COVERAGE, "coverage whatif +20% dec", "what more contacts would take, by week", Deed.SEE_COVERAGE),
    _Form(COVERAGE, "coverage standup", "how the day stands, as it is posted each morning", Deed.SEE_COVERAGE),
    _Form(COVERAGE, "coverage help", "all forms", Deed.SEE_COVERAGE),
    _Form(FIGURES, "kpi", "how it goes: this week beside the one before; of agents their own", Deed.SEE_KPI),
    _Form(FIGURES, "kpi csat last month {queue}", "one figure, and what it is made of", Deed.SEE_KPI),
    _Form(FIGURES, "kpi why thu", "why a day was worse or better than planned", Deed.SEE_COVERAGE),
    _Form(FIGURES, "kpi help", "all forms", Deed.SEE_KPI),
    _Form(
        CASES, "case {case}", "how a case stands, its clocks, and what can be done", Deed.SEE_CASES, Reach.ANYBODY
    ),
    _Form(CASES, "case new", "opens one; also *Make a case* on a message", Deed.WORK_CASES, Reach.ANYBODY),
    _Form(
        CASES,
        "case wait {case} billing",
        "what it waits for; also `close 12`, `note 12`",
        Deed.WORK_CASES,
        Reach.ANYBODY,
    ),
    _Form(CASES, "case mine", "your open cases, the first due first", Deed.SEE_CASES, Reach.ANYBODY),
    _Form(CASES, "case queue {queue}", "what is open in a queue", Deed.SEE_CASES, Reach.ANYBODY),
    _Form(CASES, "case aging", "how old all open cases are, and whose", Deed.SEE_CASES, Reach.ANYBODY),
    _Form(
        CASES, "case assign {case}", "who could see to it, and giving it to them", Deed.ASSIGN_CASES, Reach.ANYBODY
    ),
    _Form(
        CASES,
        "case followup {case}",
        "promises its customer something; without a number: what you owe",
        Deed.PROMISE,
        Reach.ANYBODY,
    ),
    _Form(CASES, "case check", "records of cases to put right", Deed.SEE_CASES, Reach.ANYBODY),
    _Form(
        CASES, "floor routing", "which cases belong in which queue, by rules", Deed.CHANGE_ROUTING, Reach.ANYBODY
    ),
    _Form(
        CASES,
        "case exception {case}",
        "a refund or the like that somebody must approve; `exceptions`: those that wait",
        Deed.ASK_EXCEPTION,
        Reach.ANYBODY,
    ),
    _Form(CASES, "handup", "asks the lead on shift for live help; also with your question", Deed.RAISE_HAND),
    _Form(CASES, "handup times", "how long people wait for live help", Deed.TAKE_HAND, Reach.ANYBODY),
    _Form(CASES, "handup help", "all forms", Deed.RAISE_HAND),
    _Form(CASES, "case help", "all forms", Deed.SEE_CASES, Reach.ANYBODY),
    _Form(
        QUESTIONS,
        "escalate",
        "asks another department; also `12` about a case, or *Escalate* on a message",
        Deed.ESCALATE,
        Reach.ANYBODY,
    ),
    _Form(
        QUESTIONS,
        "escalate list",
        "what other departments were asked and owe; also of one by name",
        Deed.SEE_ESCALATIONS,
        Reach.ANYBODY,
    ),
    _Form(QUESTIONS, "escalate help", "all forms", Deed.SEE_ESCALATIONS, Reach.ANYBODY),
    _Form(KNOWLEDGE, "kb", "search as you type, what is used most, what is due", Deed.READ_KB, Reach.ANYBODY),
    _Form(
        KNOWLEDGE, "kb refund after 30 days", "the best answers to whatever you type", Deed.READ_KB, Reach.ANYBODY
    ),
    _Form(KNOWLEDGE, "kb new", "write an article; or drop a Markdown file into a message to me", Deed.WRITE_KB),
    _Form(KNOWLEDGE, "kb help", "all forms", Deed.READ_KB, Reach.ANYBODY),
    _Form(ANNOUNCEMENTS, "announce", "tells your team something, and who has read it", Deed.ANNOUNCE),
    _Form(
        ANNOUNCEMENTS,
        "announce list",
        "what you announced, and what was announced to you",
        Deed.READ_ANNOUNCEMENTS,
    ),
    _Form(ANNOUNCEMENTS, "announce help", "all forms", Deed.READ_ANNOUNCEMENTS),
    _Form(AWAY, "sick", "you are away today; also `until fri`, `mon to wed`", Deed.REPORT_ABSENCE),
    _Form(AWAY, "sick @colleague", "a colleague is away", Deed.REPORT_ABSENCE, Reach.TEAM),
    _Form(AWAY, "sick back", "you are back: whatever nobody took is yours again", Deed.REPORT_ABSENCE),
    _Form(AWAY, "late 30m", "you come so much later to your next shift", Deed.REPORT_ABSENCE),
    _Form(AWAY, "here", "you are there, where that is asked when a shift begins", Deed.SAY_HERE),
    _Form(AWAY, "sick help", "all forms", Deed.REPORT_ABSENCE),
    _Form(TIME_OFF, "timeoff", "the form that asks for time off", Deed.ASK_TIMEOFF),
    _Form(
        TIME_OFF, "timeoff dec 24 to jan 2", "asks for these days, once you have read the cost", Deed.ASK_TIMEOFF
    ),
    _Form(TIME_OFF, "timeoff @colleague dec 24", "enters it for them", Deed.ASK_TIMEOFF, Reach.TEAM),
    _Form(TIME_OFF, "timeoff list", "what you have asked for, to withdraw, cancel or change it", Deed.SEE_TIMEOFF),
    _Form(TIME_OFF, "timeoff balance", "what you have of leave, line by line", Deed.SEE_BALANCE),
    _Form(TIME_OFF, "timeoff balance 1 aug", "what it will be then", Deed.SEE_BALANCE),
    _Form(TIME_OFF, "timeoff balance @colleague", "what they have", Deed.SEE_BALANCE, Reach.TEAM),
    _Form(TIME_OFF, "timeoff calendar december", "how many more may be away on which day", Deed.SEE_ABSENCES),
    _Form(TIME_OFF, "timeoff limits", "how many may be away at once, and when nobody", Deed.CHANGE_TIMEOFF_LIMITS),
    _Form(TIME_OFF, "timeoff help", "all forms", Deed.SEE_BALANCE),
    _Form(
        OWN,
        "floor me",
        "choose your time zone, when I write you nothing, and what you cover for others",
        Deed.CHANGE_OWN,
    ),
    _Form(AUDIT, "floor audit", "the latest changes that you may read", Deed.READ_AUDIT),
    _Form(AUDIT, "floor audit me", "what was changed about you", Deed.READ_AUDIT),
    _Form(AUDIT, "floor audit @person", "what was changed about them", Deed.READ_AUDIT, Reach.TEAM),
    _Form(AUDIT, "floor audit swap {swap}", "what was done to a swap", Deed.READ_AUDIT),
    _Form(AUDIT, "floor audit case {case}", "what was done to a case", Deed.READ_AUDIT, Reach.ANYBODY),
    _Form(AUDIT, "floor audit import {import}", "who did an import", Deed.READ_AUDIT, Reach.ANYBODY),
    _Form(IMPORTS, "floor imports", "the latest imports; each can be undone there", Deed.UNDO_IMPORT),
    _Form(DESK, "floor settings", "settings of the workspace, a team or a queue", Deed.CHANGE_SETTINGS),
    _Form(DESK, "floor settings rules", "a section of them; also a team or a queue by name", Deed.CHANGE_SETTINGS),
    _Form(
        DESK,
        "floor limits @person",
        "which work somebody is not given, and when they can work",
        Deed.CHANGE_LIMITS,
    ),
    _Form(DESK, "floor roles", "who holds which role, giving and taking them", Deed.CHANGE_ROLES),
    _Form(DESK, "floor channels", "which channels I write to", Deed.CHANGE_SETTINGS),
    _Form(DESK, "floor departments", "departments: channel, hours, lead; also one by name", Deed.CHANGE_MATRIX),
    _Form(DESK, "floor matrix", "where questions to departments go, and how far up", Deed.CHANGE_MATRIX),
    _Form(DESK, "floor connect", "the helpdesks and wikis that I mirror", Deed.CONNECT),
    _Form(DESK, "floor health", "whether all is well with me, and what to do if not", Deed.READ_HEALTH),
    _Form(DESK, "floor setup", "what is still to be set up, step by step", Deed.CHANGE_SETTINGS),
)
# What helps with a topic beside its forms; "Imports" is about messages more than about commands.
_NOTES = {
    SHIFTS: "Only you see the answers, in your own time zone.",
    SWAPS: "Your colleague is asked first, then the rules are checked. What breaks none is settled at once, "
    "unless your coordinators want to see every swap. Both of you read every step in a direct message.",
    COVERS: "Whoever the rules allow is asked, a few at a time, and takes all of it or a part. Until somebody is "
    "confirmed it stays with whoever gives it away. Say in your settings when you want to be asked.",
    COVERAGE: "How many people are needed I take from a plan, from the settings of a queue, or from a forecast of "
    "the contacts that came: drop a file into our direct messages. Nobody is counted twice, whatever they can do.",
    FIGURES: "A figure says of how many it is made, how it changed and whether its target is met; of too few it "
    "says nothing. Leads see their team, coordinators and managers everything; files come by direct message.",
    CASES: "A case lives here alone, or mirrors one of a helpdesk. Its clocks count business hours, and its card "
    "explains each. Words of customers are never kept, and I send nothing to them.",
    QUESTIONS: "A question has a card in the department's channel, and is chased in its hours until somebody "
    "answers. What is written in its thread, and the answer, come to the thread of the case.",
    KNOWLEDGE: "Typos, plurals and synonyms are forgiven, and where nothing answers I say so. Everything has an "
    "owner and a date on which somebody looks whether it is still true. What nobody found is kept as a list.",
    ANNOUNCEMENTS: "It stands in a channel or comes in direct messages, now or later. Whoever has not read it is "
    "reminded when they work. How many have read it anybody may know, who has not only its author and their lead.",
    AWAY: "Or tell me in a direct message: “sick today”. I ask once, and for two minutes you can take it back "
    "before anybody is asked to step in. Neither words nor documents are kept, and others only read “away”.",
    TIME_OFF: "Every balance is explained: earned, carried over, taken, lapsed. Before anything lapses I tell "
    "you. Looking at somebody else's balance is itself recorded.",
    OWN: "During your quiet hours, and while Slack's Do Not Disturb is on, I keep my messages until that is over; "
    "what is urgent still gets through. Slack's time zone is yours unless you choose another one.",
    AUDIT: "Each line says when, who, what, and what was there before and after. Looking at somebody else's audit "
    "is itself recorded.",
    IMPORTS: "Send me a spreadsheet (CSV or Excel) of people, shifts, contact volumes, a plan, breaks or "
    "balances of leave in a direct message. I show what it would add, move and remove before anything changes.",
    DESK: "Everything that you change here is recorded with what it was before.",
}
_WORDS = {
    SHIFTS: "shifts",
    SWAPS: "swaps",
    COVERS: "cover",
    COVERAGE: "coverage",
    FIGURES: "kpi",
    CASES: "cases",
    QUESTIONS: "escalations",
    KNOWLEDGE: "kb",
    ANNOUNCEMENTS: "announcements",
    AWAY: "sick",
    TIME_OFF: "timeoff",
    OWN: "me",
    AUDIT: "audit",
    IMPORTS: "imports",
    DESK: "desk",
}
# The same for each word of the desk.
_ABOUT = {
    "settings": "What holds in the workspace holds everywhere, unless a team or a queue has its own. Sections "
    "are general, swaps, covers, time off, staffing, coverage, cases, live help and exceptions, news, knowledge, "
    "and rules. A legal limit can be made stricter, never weaker.",
    "limits": "Nobody is asked for, or given, what you leave out for them, and the others only read "
    "“not possible”. Why is asked nowhere and not stored.",
    "roles": "Agents work shifts, leads act for their team, coordinators run the desk; managers do that, too, and "
    "make managers. A role that you give stays, whatever the next people file says, and the person is told.",
    "channels": "What needs a decision goes to the coordinators' channel, what is settled to everybody's or to "
    "that of the team. Public channels I join by myself; in a private one type `/invite @Floorwalker`.",
    "routing": "A new case without a queue goes where the first rule says that fits it; its card says which. "
    "Whoever sends it elsewhere says why, and what was wrong counts against the rule.",
    "departments": "Questions go to a department's channel or, where it has none, to its contacts. It is asked in "
    "its own hours; its lead hears of promised times that went by twice.",
    "matrix": "It says which department is asked about which case, who of it first, and how long each step may "
    "take. A change says why, is approved by a second person, and can be brought back.",
    "connect": "I read a helpdesk's cases: who has them, how they stand, and when whom was written to, never the "
    "words. What is decided here I write there. What both sides changed I show, and write over nothing. Pages of "
    "a wiki become articles, and are changed there only.",
    "health": "I look at Slack, the database, my channels, the clock and what is to be sent, and say what to do "
    "about anything that is wrong.",
    "setup": "Five steps: channels; time zone, language and law; people; who runs the desk; the schedule. You can "
    "leave at any time and come back, and change what is done already.",
}
_ALL = "commands"
_MENU = (
    _Entry("My settings", "me", Deed.CHANGE_OWN),
    _Entry("What was changed", "audit", Deed.READ_AUDIT),
    _Entry("Settings", "settings", Deed.CHANGE_SETTINGS, Reach.ANYBODY),
    _Entry("Limits", "limits", Deed.CHANGE_LIMITS, Reach.ANYBODY),
    _Entry("Roles", "roles", Deed.CHANGE_ROLES, Reach.ANYBODY),
    _Entry("Channels", "channels", Deed.CHANGE_SETTINGS, Reach.ANYBODY),
    _Entry("Imports", "imports", Deed.UNDO_IMPORT, Reach.ANYBODY),
    _Entry("Routing", "routing", Deed.CHANGE_ROUTING, Reach.ANYBODY),
    _Entry("Departments", "departments", Deed.CHANGE_MATRIX, Reach.ANYBODY),
    _Entry("Matrix", "matrix", Deed.CHANGE_MATRIX, Reach.ANYBODY),
    _Entry("Connected tools", "connect", Deed.CONNECT, Reach.ANYBODY),
    _Entry("Health", "health", Deed.READ_HEALTH, Reach.ANYBODY),
    _Entry("Setup", "setup", Deed.CHANGE_SETTINGS, Reach.ANYBODY),
)
_MAY_NOT = {
    Deed.CHANGE_SETTINGS: "change settings and channels",
    Deed.CHANGE_LIMITS: "see and change which work somebody is not given",
    Deed.CHANGE_ROLES: "see and change who holds which role",
    Deed.CHANGE_TIMEOFF_LIMITS: "say how many may be away at once, and when nobody",
    Deed.UNDO_IMPORT: "see imports and undo them",
    Deed.EDIT_SCHEDULE: "edit shifts by hand",
    Deed.CHANGE_ROUTING: "say which cases belong in which queue",
    Deed.CHANGE_MATRIX: "say where questions to departments go",
    Deed.CONNECT: "connect tools",
    Deed.READ_HEALTH: "see how I am doing",
}


def menu(command: str, actor: Actor) -> Message:
    """What the front desk does for this person, one button each."""
    may = _entries(actor)
    blocks = [section("*The front desk* · what can I do for you?"), *menu_rows(actor)]
    hint = f"Each of these can be typed, too: `{command} {may[0].word}`." if may else f"Try `{command} help`."
    return message("The front desk: what can I do for you?", *blocks, context(f"{hint} Only you see this."))


def menu_rows(actor: Actor) -> list[Block]:
    """Its buttons: those for everybody, and those of who runs the desk."""
    may = _entries(actor)
    own, desk = ([each for each in may if (each.reach is Reach.ANYBODY) is of_desk] for of_desk in (False, True))
    rows = [buttons(_help_button("Help"), *_buttons(own))]
    return [*rows, section("*For the desk*"), buttons(*_buttons(desk))] if desk else rows


def help_topics(prefix: str, actor: Actor) -> Message:
    """The topics about which the actor may read something."""
    topics = dict.fromkeys(form.topic for form in _permitted(actor))
    offered = [button(topic, f"{MENU}.help.{_WORDS[topic]}", f"help {_WORDS[topic]}") for topic in topics]
    blocks = [section("*Help* · about what?"), buttons(*offered, _help_button("All commands", _ALL))]
    return message("Help: about what?", *blocks, context(f"Or type it: `/{prefix}floor help swaps`"))


def help_topic(prefix: str, actor: Actor, examples: Examples, word: str) -> Message | None:
    """What can be done about a topic, or who can do it, by the word for it; None where there is no such topic."""
    if word == _ALL:
        return help_message(prefix, actor, examples)
    found = _about(word.rstrip("s"))
    if found is None:
        return None
    title, note, forms = found
    permitted = [form for form in forms if form in _permitted(actor)]
    if not permitted:
        return may_not(forms[0].deed)
    blocks = [section("\n".join([f"*{title}*", *_lines(prefix, examples, permitted)])), section(note)]
    return message(f"Help: {title}", *blocks, buttons(_help_button("Other topics")))


def help_message(prefix: str, actor: Actor, examples: Examples | None = None) -> Message:
    """What each command does, by topic, as far as the actor may do it."""
    blocks = [header("What I can do for you")]
    for topic, forms in groupby(_permitted(actor), key=lambda form: form.topic):
        lines = _lines(prefix, examples or Examples(), forms)
        blocks.append(section("\n".join([f"*{topic}*", *lines])))
    hint = f"This list: `/{prefix}floor help {_ALL}`. Only you see the answers. Times are in your own time zone."
    return message("What I can do for you, command by command", *blocks, context(hint))


def health_message(checks: list[Check]) -> Message:
    """How the bot is doing, what is wrong first in the summary."""
    marks = {True: "✓", False: "✗", None: "–"}
    title = summary(checks)
    lines = [f"{marks[each.ok]} *{escape(each.name)}* · {_advised(each)}" for each in checks]
    return message(f"Health: {title}", *paragraphs([f"*Health* · {title}", *lines]))


def looking() -> Message:
    """What is asked for takes its time."""
    text = "This takes a moment. The answer follows by itself."
    return message(text, section(text))


def unknown_topic(prefix: str, word: str) -> Message:
    """Help was asked about something that there is no help about."""
    text = f"I have no help about “{escape(shorten(word, _NAME))}”."
    return message(text, section(text), context(f"All topics: `/{prefix}floor help`"))


def may_not(deed: Deed) -> Message:
    """Something that only the desk does."""
    what = _MAY_NOT.get(deed, "do that")
    text = f"Only coordinators and managers {what}." if deed in _MAY_NOT else "You have no role that may do that."
    return message(
        text, section(text), context("If you should be able to, ask a coordinator to give you that role.")
    )


def _advised(check: Check) -> str:
    advice = f". {check.advice}" if check.advice else ""
    return escape(shorten(f"{check.found}{advice}", 500))


def _entries(actor: Actor) -> list[_Entry]:
    return [entry for entry in _MENU if actor.reach(entry.deed) >= entry.reach]


def _permitted(actor: Actor) -> list[_Form]:
    return [form for form in FORMS if actor.reach(form.deed) >= form.reach]


def _about(word: str) -> tuple[str, str, list[_Form]] | None:
    """The title, the note and the forms of what a word without its last s is about."""
    for topic, each in _WORDS.items():
        if each.rstrip("s") == word:
            return topic, _NOTES[topic], [form for form in FORMS if form.topic == topic]
    for each, note in _ABOUT.items():
        if each.rstrip("s") == word:
            return each.capitalize(), note, [form for form in FORMS if form.typed.split()[:2] == ["floor", each]]
    return None


def _lines(prefix: str, examples: Examples, forms: Iterable[_Form]) -> Iterator[str]:
    for form in forms:
        if typed := examples.fill(form.typed):
            yield f"• `/{prefix}{typed}` – {form.meaning}"


def _buttons(entries: list[_Entry]) -> list[Block]:
    return [button(each.label, f"{MENU}.{each.word}", each.word) for each in entries]


def _help_button(label: str, topic: str = "") -> Block:
    return button(label, f"{MENU}.help{f'.{topic}' if topic else ''}", f"help {topic}".strip())
