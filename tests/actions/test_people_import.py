from collections.abc import Iterator

import pytest

from bot.actions.people_import import PeopleImport, import_people
from bot.connectors.slack import Account, all_accounts
from bot.domain.imports import BadFile
from bot.domain.people_import import differing
from bot.domain.permissions import Actor, Grant, NotPermitted, Role
from bot.sandbox import Sandbox
from storage.people import departments, grants_of, skill_names, teams
from tests.actions.desk import NOW, TEAM, Desk, account
from tests.sandbox.bots import web

COLUMNS = "email,name,slack_id,role,team,skills,timezone,weekly_hours,capacity,hired_on"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with Sandbox(rates="off") as sandbox:
        sandbox.invite("ana", real_name="Ana Ruiz", tz="Europe/Madrid")
        yield sandbox


def refused(desk: Desk, text: str, *accounts: Account) -> list[tuple[int, str | None, str, str]]:
    before = desk.everything()
    with pytest.raises(BadFile) as refusal:
        desk.people(text, accounts)
    assert desk.everything() == before
    return [(each.line, each.column, each.found, each.expected) for each in refusal.value.problems]


def counts(done: PeopleImport) -> tuple[int, int, int]:
    return len(done.plan.added), len(done.plan.changed), done.plan.unchanged


def changes(done: PeopleImport) -> list[tuple[str, list[str]]]:
    return [(after.email, differing(before, after)) for _, before, after in done.plan.changed]


def test_people_are_stored_with_what_the_file_says(desk: Desk) -> None:
    done = desk.people(
        f"{COLUMNS}\n"
        "Ana@example.com,Ana Ruiz,,lead,Mail,refunds;german,Europe/Berlin,38.5,0.8,03.05.2021\n"
        "carl@example.com,Carl Holm,,contact,Logistics,,,,,\n"
    )
    assert (done.number, counts(done)) == (1, (2, 0, 0))
    ana, carl = desk.member("ana"), desk.member("carl")
    assert (ana.name, ana.time_zone, ana.weekly_minutes, ana.capacity) == ("Ana Ruiz", "Europe/Berlin", 2310, 0.8)
    assert (str(ana.hired_on), carl.capacity, carl.weekly_minutes, carl.time_zone) == (
        "2021-05-03",
        1.0,
        None,
        None,
    )
    with desk.deps.sessions.read("T1") as session:
        [mail], [logistics] = teams(session), departments(session)
        assert (mail.name, ana.team_id, ana.department_id) == ("Mail", mail.id, None)
        assert (logistics.name, carl.team_id, carl.department_id) == ("Logistics", None, logistics.id)
        assert [(row.role, row.team_id) for row in grants_of(session, ana.id)] == [("lead", mail.id)]
        assert [(row.role, row.team_id) for row in grants_of(session, carl.id)] == [("contact", None)]
        assert skill_names(session, [ana.id, carl.id]) == {ana.id: ["german", "refunds"]}


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    text = f"{COLUMNS}\nana@example.com,Ana Ruiz,,lead,Mail,refunds;german,Europe/Berlin,37.51,0.8,2021-05-03\n"
    desk.people(text)
    before = desk.everything()
    again = desk.people(text)
    assert (again.number, counts(again)) == (None, (0, 0, 1))
    assert desk.everything() == before


def test_a_dry_run_says_what_the_import_then_does_and_writes_nothing(desk: Desk) -> None:
    desk.people()
    before = desk.everything()
    text = TEAM.replace("Mail", "Phones").replace("ben@", "bea@")
    preview = desk.people(text, dry_run=True)
    assert desk.everything() == before
    done = desk.people(text)
    assert (preview.number, done.number) == (None, 2)
    assert (preview.plan, preview.unlinked) == (done.plan, done.unlinked)
    assert counts(done) == (1, 1, 1)


def test_changes_are_named_and_stored(desk: Desk) -> None:
    desk.people()
    done = desk.people(
        "email,name,role,team,skills\n"
        "ana@example.com,Ana Ruiz,agent,Phones,german;chat\n"
        "carl@example.com,Carl Holm,agent,Logistics,\n"
    )
    assert changes(done) == [("ana@example.com", ["role", "team", "skills"]), ("carl@example.com", ["role"])]
    ana, carl = desk.member("ana"), desk.member("carl")
    with desk.deps.sessions.read("T1") as session:
        names = {row.id: row.name for row in teams(session)}
        assert [names[row.team_id] for row in (ana, carl) if row.team_id] == ["Phones", "Logistics"]
        assert carl.department_id is None
        assert [(row.role, row.team_id) for row in grants_of(session, ana.id)] == [("agent", None)]
        assert skill_names(session, [ana.id])[ana.id] == ["chat", "german"]
    assert ana.time_zone == "Europe/Berlin"


def test_names_in_other_letters_are_the_same_names(desk: Desk) -> None:
    desk.people()
    done = desk.people(
        TEAM.replace("Mail", "MAIL").replace("refunds", "Refunds").replace("Logistics", "logistics")
    )
    assert (done.number, counts(done)) == (None, (0, 0, 3))


def test_names_in_other_letters_are_the_same_within_a_new_file(desk: Desk) -> None:
    desk.people("email,name,team,skills\na@x.org,A,Mail,Chat;chat\nb@x.org,B,mail,CHAT\n")
    with desk.deps.sessions.read("T1") as session:
        assert [row.name for row in teams(session)] == ["Mail"]
    assert len(desk.tables()["skill"]) == 1
    assert desk.people("email,name,team,skills\na@x.org,A,mail,chat\nb@x.org,B,MAIL,Chat\n").number is None


def test_a_bad_line_keeps_the_good_ones_out(desk: Desk) -> None:
    text = TEAM.replace("agent", "boss")
    assert refused(desk, text) == [(3, "role", "boss", "one of agent, lead, coordinator, manager, contact")]


def test_who_may_not_import_is_refused(desk: Desk) -> None:
    agent = Actor(desk.deps.new_id(), (Grant(Role.AGENT),))
    with pytest.raises(NotPermitted):
        import_people(desk.deps, "T1", agent, [], [], files="people.csv", dry_run=True)


def test_accounts_are_found_in_slack_by_email(desk: Desk, sandbox: Sandbox) -> None:
    done = desk.people(TEAM, all_accounts(web(sandbox)))
    assert [line.email for line in done.unlinked] == ["ben@example.com", "carl@example.com"]
    ana = desk.member("ana")
    assert (ana.slack_id, ana.slack_name, ana.slack_time_zone) == (
        sandbox.user_id("ana"),
        "Ana Ruiz",
        "Europe/Madrid",
    )


def test_bots_are_nobody(sandbox: Sandbox) -> None:
    accounts = all_accounts(web(sandbox))
    assert [each.id for each in accounts] == [sandbox.user_id("ana")]


def test_an_account_that_appears_later_is_a_change(desk: Desk) -> None:
    desk.people()
    done = desk.people(TEAM, [account("ben")])
    assert changes(done) == [("ben@example.com", ["slack_id"])]
    assert (desk.member("ben").slack_id, desk.member("ben").slack_name) == ("U0BEN", "Ben")


def test_an_account_stays_when_the_file_does_not_say_it(desk: Desk) -> None:
    accounts = [account("ana"), account("anita")]
    text = "email,name,slack_id\nana@example.com,Ana,U0ANITA\n"
    desk.people(text, accounts)
    assert desk.member("ana").slack_id == "U0ANITA"
    assert desk.people(text.replace("U0ANITA", ""), accounts).number is None
    assert desk.member("ana").slack_id == "U0ANITA"


def test_an_account_that_the_file_names_must_be_there(desk: Desk) -> None:
    text = "email,name,slack_id\nana@example.com,Ana,U9\n"
    assert refused(desk, text, account("ana")) == [
        (2, "slack_id", "U9", "a Slack member id such as U012AB3CD, or nothing")
    ]
    assert refused(desk, text.replace("U9", "U999"), account("ana")) == [
        (2, "slack_id", "U999", "the id of a person in this workspace")
    ]


def test_an_account_of_somebody_else_is_refused(desk: Desk) -> None:
    desk.people("email,name\nana@example.com,Ana\n", [account("ana")])
    text = "email,name,slack_id\nben@example.com,Ben,U0ANA\n"
    assert refused(desk, text, account("ana"), account("ben")) == [
        (2, "slack_id", "U0ANA", "free: it is the account of ana@example.com")
    ]


def test_one_account_for_two_lines_is_refused_even_if_only_one_names_it(desk: Desk) -> None:
    text = "email,name,slack_id\nben@example.com,Ben,U0ANA\nana@example.com,Ana,\n"
    assert refused(desk, text, account("ana")) == [
        (3, "slack_id", "U0ANA", "free: it is the account of ben@example.com")
    ]


def test_a_deactivated_account_is_taken_only_by_its_id(desk: Desk) -> None:
    gone = account("ana", deleted=True)
    assert len(desk.people("email,name\nana@example.com,Ana\n", [gone]).unlinked) == 1
    assert desk.member("ana").slack_id is None
    desk.people("email,name,slack_id\nana@example.com,Ana,U0ANA\n", [gone])
    assert (desk.member("ana").slack_id, desk.member("ana").deactivated_at) == ("U0ANA", NOW)


def test_an_import_leaves_an_audit_line_with_its_number(desk: Desk) -> None:
    desk.people()
    desk.people("email,name\nana@example.com,Ana María\n")
    assert desk.audit() == [("import.people", 1), ("import.people", 2)]


def test_what_is_worked_on_each_weekday_is_kept_with_what_was_before(desk: Desk) -> None:
    columns = "email,name,weekly_hours,pattern"
    desk.people(f"{columns}\nana@example.com,Ana Ruiz,40,mon-fri 8")
    assert desk.member("ana").patterns is None
    done = desk.people(f"{columns}\nana@example.com,Ana Ruiz,24,mon-wed 8")
    assert changes(done) == [("ana@example.com", ["weekly_hours", "pattern"])]
    whole, part = [480] * 5 + [0, 0], [480] * 3 + [0] * 4
    known = [{"since": None, "minutes": whole}, {"since": NOW.date().isoformat(), "minutes": part}]
    assert desk.member("ana").patterns == known
    assert counts(desk.people(f"{columns}\nana@example.com,Ana Ruiz,24,mon-wed 8")) == (0, 0, 1)
    assert counts(desk.people("email,name\nana@example.com,Ana Ruiz")) == (0, 0, 1)
    desk.undo(done.number)
    assert desk.member("ana").patterns is None


def test_a_pattern_makes_the_hours_of_the_contract(desk: Desk) -> None:
    columns = "email,name,weekly_hours,pattern"
    assert refused(desk, f"{columns}\nana@example.com,Ana Ruiz,40,mon-wed 8") == [
        (2, "pattern", "mon-wed 8", "40 hours in all, as weekly_hours has it")
    ]
    assert refused(desk, f"{columns}\nana@example.com,Ana Ruiz,40,every day") == [
        (2, "pattern", "every day", "weekdays and hours such as mon-thu 8; fri 6, or nothing")
    ]
