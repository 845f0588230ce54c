"""Much that waits for a second person at once, as when a folder of responses is imported, is one message."""

from bot.actions.kb_import import import_kb
from bot.actions.people import recognise
from bot.connectors.markdown_files import read_markdown
from bot.sandbox import Shown
from jobs import nudges
from tests.scenarios.swapping import BOT, Floor

RESPONSES = {
    f"kb/{number}.md": f"---\ntitle: Answer {number}\nkind: canned\n---\nHello {{{{customer}}}}"
    for number in range(1, 13)
}
PROCEDURE = {"kb/calls.md": "---\ntitle: Calls\nkind: sop\n---\n1. Ask for the number."}


def imports(floor: Floor, who: str, files: dict[str, str]) -> None:
    """Somebody takes a folder over, and the floor is told."""
    work = floor.work
    actor = recognise(work.deps, work.sandbox.team_id, work.sandbox.user_id(who)).actor
    read = [read_markdown(path, text.encode()) for path, text in files.items()]
    import_kb(work.deps, work.sandbox.team_id, actor, read, folder="kb")
    floor.settles()
    floor.runs(nudges.TURN)


def told(floor: Floor, who: str, words: str, where: str = BOT) -> list[Shown]:
    """The messages with these words."""
    return [each for each in floor.work.person(who).sees(where) if words in each.text]


def test_a_folder_of_responses_is_one_message_to_approvers_and_one_to_whoever_brought_it(floor: Floor) -> None:
    cora, cleo = floor.work.person("cora"), floor.work.person("cleo")
    imports(floor, "cora", RESPONSES | PROCEDURE)
    assert told(floor, "cora", "acknowledge") == []
    [asked] = told(floor, "cleo", "approval", "#ops")
    assert asked.text.startswith(
        "12 canned responses by @Cora Lind need approval: 1 “Answer 1”, 2 “Answer 2”, 3 “Answer 3” and 9 more"
    )
    assert asked.buttons == ["Look at them", "Approve all 12"]

    cleo.presses("Look at them", asked)
    listed = cleo.last("#ops")
    assert "Needs approval · 12" in listed.text
    assert "Page 1 of 2" in listed.text
    cleo.presses("Approve", listed, beside="Answer 2")
    floor.settles()
    assert "It is published, and whoever wrote it is told." in cleo.last("#ops").text
    assert "Needs approval · 11" in cleo.last("#ops").text
    assert "Needs approval · 11" in floor.work.asks("cleo", "/kb due").buttons
    assert "yours, so somebody else decides" in floor.work.asks("cora", "/kb due waiting").text
    assert "approve what is published" in floor.work.asks("ana", "/kb due waiting").text

    asked = cora.refreshed(asked)
    assert asked.text.startswith("11 canned responses by @Cora Lind need approval")
    cora.presses("Approve all 11", asked, confirm=True)
    assert floor.only_to("cora", "#ops").startswith("You have written it yourself, so somebody else decides.")
    cleo.presses("Approve all 11", asked, confirm=True)
    floor.settles()
    assert floor.only_to("cleo", "#ops") == "All 11 are published, and whoever wrote them is told."
    assert len(told(floor, "cora", "@Cleo Hart approved 11 of yours that waited")) == 1
    assert cleo.refreshed(asked).text.startswith("Nothing of this needs you any more.")
    assert "Nothing waits for approval." in floor.work.asks("cleo", "/kb due waiting").text
    imports(floor, "cora", RESPONSES | PROCEDURE)
    assert len(told(floor, "cleo", "for approval", "#ops")) == 1
