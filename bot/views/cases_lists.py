"""Lists of cases: somebody's, a queue's, and how old all of them are."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from uuid import UUID

from bot.domain.cases import Priority
from bot.domain.cases_aging import Age, Row
from bot.domain.cases_lists import PAGE, ROWS, AgingShown, By, CaseLine, CasePage, QueueLine, Scope
from bot.views.blocks import Block, Message, button, buttons, context, header, message, paragraphs, section
from bot.views.cases import show_button
from bot.views.cases_words import due_words, state_words
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.forms import grouped_select, option, plain_text
from bot.views.requests import zone_line

TURN, OPEN, DRILL, AGING, QUEUES, PLACE_ALL = (
    "cases.list.turn",
    "cases.list.open",
    "cases.list.drill",
    "cases.aging",
    "cases.queues",
    "cases.place_all",
)
AGES = {
    Age.DAY: "under a day",
    Age.DAYS: "1–3 days",
    Age.WEEK: "3–7 days",
    Age.WEEKS: "1–2 weeks",
    Age.MONTH: "2–4 weeks",
    Age.OLDER: "over 30 days",
}
_HEADS = dict(zip(Age, ("0-1d", "1-3d", "3-7d", "1-2w", "2-4w", "30d+"), strict=True))
_NAME, _TITLE, _COLUMN, _MOST_QUEUES, _MOST_DEPARTMENTS = 60, 120, 22, 20, 8


def case_list(shown: CasePage, formats: Formats, command: str) -> Message:
    """A page of it, each case with a button that shows it."""
    title = _title(shown)
    if not shown.total:
        hint = f"All queues: `{command} queue` · how old they are: `{command} aging`"
        return message(f"{title}: none.", section(f"{title}: none."), context(hint))
    late = f" · {shown.late} overdue" if shown.late else ""
    text = f"{title}: {shown.total}{late}"
    blocks: list[Block] = [header(plain(shorten(text, 150)))]
    for line in shown.lines:
        said = [case_line(line, shown, formats)]
        if line.id in shown.suggested:
            queue, rule = shown.suggested[line.id]
            said.append(f"Belongs in {_short(queue)} by the rule “{_short(rule)}”")
        blocks.append({**section("\n".join(said)), "accessory": show_button(str(line.id), f"case {line.number}")})
    if row := [*_turns(shown.scope, shown.page, shown.total), *_place_all(shown)]:
        blocks.append(buttons(*row))
    pages = -(-shown.total // PAGE)
    where = f"Page {shown.page + 1} of {pages}" if pages > 1 else f"By its number: `{command} 12`"
    return message(text, *blocks, zone_line(formats, where))


def queue_list(shown: Sequence[QueueLine], command: str, page: int = 0) -> Message:
    """How much is in each queue, a page of them, each with a button that lists it."""
    if not shown:
        return message("No case is open.", section("No case is open."), context(f"Open one: `{command} new`"))
    total = sum(each.total for each in shown)
    text = f"Open cases by queue: {total}"
    pages = -(-len(shown) // ROWS)
    page = max(0, min(page, pages - 1))
    blocks = [_queue_line(each) for each in shown[page * ROWS : (page + 1) * ROWS]]
    if turns := _pages(QUEUES, page, pages):
        blocks.append(buttons(*turns))
    where = f"Page {page + 1} of {pages} · " if pages > 1 else ""
    return message(text, header(text), *blocks, context(f"{where}One by its name: `{command} queue billing`"))


def aging_message(shown: AgingShown, formats: Formats, command: str) -> Message:
    """Age × owner, what departments are waited for, the oldest; and a menu that lists what is behind a number."""
    aging = shown.aging
    if not aging.total.total:
        return message("No case is open.", section("No case is open."), context(f"Open one: `{command} new`"))
    text = f"Open cases by age: {aging.total.total}"
    page = aging.owners[shown.page * ROWS : (shown.page + 1) * ROWS]
    rows = [*((_owner_name(row.of, shown), row) for row in page), ("All", aging.total)]
    waiting = [
        f"• {_short(shown.departments[row.of])}: {row.total}"
        for row in aging.departments[:_MOST_DEPARTMENTS]
        if row.of
    ]
    turns = _pages(AGING, shown.page, -(-len(aging.owners) // ROWS))
    return message(
        text,
        header(text),
        section("```" + "\n".join(_table(rows)) + "```"),
        *([buttons(*turns)] if turns else []),
        *(paragraphs(["*Department waited for*", *waiting]) if waiting else ()),
        *paragraphs(["*The oldest*", *_oldest(shown)]),
        buttons({**_drill(page, shown), "action_id": DRILL}),
        zone_line(formats, "A case counts from when it was opened"),
    )


def case_line(line: CaseLine, shown: CasePage, formats: Formats) -> str:
    """A case in two lines: what it is about, and how it stands."""
    whose = [] if shown.scope.by is By.OWNER else [person(line.owner) if line.owner else "*nobody's*"]
    queue = [_short(line.queue)] if line.queue and shown.scope.by is not By.QUEUE else []
    urgent = [f"*{line.priority.value}*"] if line.priority.rank > Priority.NORMAL.rank else []
    due = due_words(line.due_at, formats, shown.at)
    stands = [state_words(line.state, line.waits_on), *urgent, due, *queue, *whose]
    return f"{title_words(line)}\n{' · '.join(stands)}"


def title_words(line: CaseLine) -> str:
    """Number, title and customer."""
    customer = f" · {_short(line.customer)}" if line.customer else ""
    return f"*Case {line.number}* {escape(shorten(line.title, _TITLE))}{customer}"


def unknown_queue(names: Sequence[str], command: str) -> Message:
    """No queue, or several, are called so."""
    known = ", ".join(_short(each) for each in names[:_MOST_QUEUES]) or "there is none yet"
    text = f"I know no queue of that name. The queues: {known}."
    return message(text, section(text), context(f"How much is in each: `{command} queue`"))


def unknown_person(slack_id: str, command: str) -> Message:
    """Somebody was named who is not on the roster."""
    text = f"<@{slack_id}> is not on the roster, so no case is theirs."
    return message(text, section(text), context(f"Yours: `{command} mine`"))


def nobody_mentioned(typed: str, command: str) -> Message:
    """What was typed mentions nobody."""
    text = f"“{escape(shorten(typed, _NAME))}” mentions nobody. Whose cases: `{command} mine @ben`."
    return message(text, section(text), context(f"Yours: `{command} mine`"))


def may_not(command: str) -> Message:
    """The reader works on no floor."""
    text = "Cases are for the people of the support floor. Ask a coordinator for a role if you are one of them."
    return message(text, section(text), context(f"What else there is: `{command} help`"))


def placed(number: int, left: int, more: int, floor: str) -> str:
    """What putting all of them where the rules say has done; ``floor`` is the command of the front desk."""
    if not number:
        return f"No rule says where any of them belongs. Rules are made with `{floor} routing`."
    done = "One case is" if number == 1 else f"{number} cases are"
    rest = f" {left} {'is' if left == 1 else 'are'} still in none." if left else ""
    again = f" {more} more can be put there: press the button again." if more else ""
    return f"{done} in the queue that the rules say.{rest}{again}"


def to_value(scope: Scope, page: int = 0) -> str:
    """What a button carries that shows a page of a list."""
    age = "" if scope.age is None else str(int(scope.age))
    return f"{scope.by} {scope.of or '-'} {age or '-'} {page}"


def read_value(value: str) -> tuple[Scope, int]:
    """The other way round."""
    by, of, age, page = value.split()
    return Scope(By(by), None if of == "-" else UUID(of), None if age == "-" else Age(int(age))), int(page)


def _title(shown: CasePage) -> str:
    named = shorten(shown.name, _NAME) if shown.name else None
    match shown.scope.by:
        case By.OWNER if shown.own:
            return "Your open cases"
        case By.OWNER:
            return f"Open cases of {escape(named)}" if named else "Open cases that are nobody's"
        case By.QUEUE:
            return f"Open cases in {escape(named)}" if named else "Open cases in no queue"
        case By.DEPARTMENT:
            return f"Cases that wait for {escape(named or 'a department')}"
    age = AGES[shown.scope.age] if shown.scope.age is not None else "any age"
    return f"Open cases, {age}"


def _turns(scope: Scope, page: int, total: int) -> list[Block]:
    last = (total - 1) // PAGE
    turns = [("Previous", page - 1)] if page else []
    turns += [("Next", page + 1)] if page < last else []
    return [button(label, f"{TURN}.{label.lower()}", to_value(scope, to)) for label, to in turns]


def _pages(action: str, page: int, pages: int) -> list[Block]:
    turns = [("Previous", page - 1)] if page else []
    turns += [("Next", page + 1)] if page + 1 < pages else []
    return [button(label, f"{action}.{label.lower()}", str(to)) for label, to in turns]


def _place_all(shown: CasePage) -> Iterator[Block]:
    if shown.scope == Scope(By.QUEUE) and shown.suggested:
        yield button("Put all where the rules say", PLACE_ALL, "all")


def _queue_line(each: QueueLine) -> Block:
    name = _short(each.name) if each.name else "In no queue"
    said = [f"{each.total} open", *([f"*{each.late} overdue*"] if each.late else [])]
    said += [f"{each.unowned} nobody's"] if each.unowned else []
    shows = button("Show", f"{OPEN}.{each.id or 'none'}", to_value(Scope(By.QUEUE, each.id)), f"Show {name}")
    return {**section(f"*{name}*\n{' · '.join(said)}"), "accessory": shows}


def _table(rows: Sequence[tuple[str, Row]]) -> Iterator[str]:
    yield "".join([" " * _COLUMN, *(f"{_HEADS[age]:>6}" for age in Age), f"{'all':>7}"])
    for name, row in rows:
        cells = (f"{row.by_age[age] or '·':>6}" for age in Age)
        short = plain(shorten(name, _COLUMN - 1)).replace("`", "'")
        yield "".join([escape(short), " " * (_COLUMN - len(short)), *cells, f"{row.total:>7}"])


def _owner_name(of: UUID | None, shown: AgingShown) -> str:
    found = shown.people.get(of) if of else None
    return found.name if found else "Nobody's"


def _oldest(shown: AgingShown) -> Iterator[str]:
    for line in shown.oldest:
        days = (shown.at - line.opened_at) // timedelta(days=1)
        old = "under a day" if days < 1 else "one day" if days == 1 else f"{days} days"
        whose = person(line.owner) if line.owner else "nobody's"
        waits = f" · waits for {_short(line.waits_on)}" if line.waits_on else ""
        yield f"• {title_words(line)} · {old} · {whose}{waits}"


def _drill(page: Sequence[Row], shown: AgingShown) -> Block:
    """A menu of all that is behind the numbers that are shown."""
    aging = shown.aging
    owners = [_choice(_owner_name(row.of, shown), row.total, Scope(By.OWNER, row.of)) for row in page]
    ages = [
        _choice(AGES[age], aging.total.by_age[age], Scope(By.AGE, age=age))
        for age in reversed(Age)
        if aging.total.by_age[age]
    ]
    waiting = [
        _choice(shown.departments[row.of], row.total, Scope(By.DEPARTMENT, row.of))
        for row in aging.departments
        if row.of
    ]
    menu = grouped_select({"By age": ages, "By owner": owners, "Waiting for": waiting})
    return {**menu, "placeholder": plain_text("Show the cases behind a number")}


def _choice(name: str, number: int, scope: Scope) -> Block:
    return option(f"{plain(shorten(name, _NAME))}: {number}", to_value(scope))


def _short(text: str) -> str:
    return escape(shorten(text, _NAME))
