"""A response is written, approved by somebody else, and used for a case: filled in, previewed, copied, counted."""

from sqlalchemy import select

from bot.actions.cases_turn import case_of
from bot.actions.kb_turn import create
from bot.domain.kb import Kind
from bot.domain.kb_new import NewArticle
from bot.domain.permissions import CLOCK
from storage.tables import Article, ArticleUse
from tests.scenarios.swapping import Floor

BODY = "Dear {{customer}},\n{{order|your order}} of case {{case}} is paid back on {{day}}.\n{{agent}}"


def test_a_response_is_approved_filled_in_for_a_case_and_counted(floor: Floor) -> None:
    work = floor.work
    assert "There is no response yet" in work.asks("ben", "/kb canned").text
    writes(floor)
    waits = work.asks("ben", "/kb canned")
    assert waits.text.startswith("There is no response yet · 1 waits for approval")
    assert "Look at them" not in waits.buttons
    assert "Look at them" in work.asks("cleo", "/kb canned").buttons
    approves(floor)
    ben = work.person("ben")
    ben.presses("Responses", work.asks("ben", "/kb"))
    assert "Responses: 1" in floor.only_to("ben", "#general")
    assert "Refund is on its way · English" in floor.only_to("ben", "#general")
    assert "Refund is on its way" in work.asks("ben", "/kb canned refnud").text
    assert "No response for “parking”" in work.asks("ben", "/kb canned parking").text
    number = opens_case(floor)
    card = work.asks("ben", f"/case {number}")
    ben.chooses("More…", "Use a response…", card)
    assert "Refund is on its way" in ben.sees_modal("Use a response").text
    ben.presses("Use…")
    form = ben.sees_modal("Use a response")
    assert "Still to be filled in: day" in form.text
    assert f"Dear Jo Client,\nyour order of case {number} is paid back on {{{{day}}}}.\nBen" in form.text
    ben.fills("Day", " ")
    ben.submits()
    assert list(ben.sees_modal().errors.values()) == ["Please fill this in."]
    ben.fills("Day", "<!channel> Friday")
    assert "paid back on <!channel> Friday" in ben.sees_modal().text
    assert "This is the text:" in ben.sees_modal().text
    ben.fills("Order", "order 4711")
    ben.submits()
    text = ben.sees_modal().text
    assert f"Dear Jo Client,\norder 4711 of case {number} is paid back on <!channel> Friday.\nBen" in text
    assert "Select the text and copy it." in text
    assert copied(floor) == 1
    ben.closes()
    ben.closes()

    has_a_german_one(floor, number)
    card = work.asks("ben", f"/case {number}")
    ben.chooses("More…", "Use a response…", card)
    listed_for_case = ben.sees_modal("Use a response").text
    assert listed_for_case.index("Vielen Dank") < listed_for_case.index("Refund is on its way")
    ben.fills("Search", "Dank")
    ben.submits()
    assert "One response for “Dank”" in ben.sees_modal().text
    ben.presses("Use…")
    assert "Wir melden uns." in ben.sees_modal().text
    assert copied(floor) == 2


def writes(floor: Floor) -> None:
    """Cora writes one, which waits for somebody else."""
    cora = floor.work.person("cora")
    cora.types("/kb new canned: Refund is on its way")
    cora.sees_modal("Write a canned response")
    cora.fills("Text", BODY)
    cora.submits()
    cora.closes()
    floor.settles()


def approves(floor: Floor) -> None:
    """Somebody else publishes it."""
    card = floor.card("cora", "#ops", "Refund is on its way")
    floor.work.person("cleo").presses("Approve", card)
    floor.settles()


def opens_case(floor: Floor) -> int:
    """A case of Jo Client; its number."""
    cora = floor.work.person("cora")
    cora.types("/case new Where is my refund")
    cora.fills("Customer", "Jo Client")
    cora.submits()
    cora.closes()
    return 1


def has_a_german_one(floor: Floor, number: int) -> None:
    """There is a response that asks for nothing, in the language of the case."""
    new = NewArticle(Kind.CANNED, "Vielen Dank", "Wir melden uns.", language="de")
    with floor.work.deps.sessions.write(floor.work.sandbox.team_id) as session:
        create(session, floor.work.deps, CLOCK, new)
        case = case_of(session, str(number))
        assert case
        case.language = "de-DE"


def copied(floor: Floor) -> int:
    team_id = floor.work.sandbox.team_id
    with floor.work.deps.sessions.read(team_id) as session:
        rows = session.scalars(
            select(ArticleUse)
            .join(Article, Article.id == ArticleUse.article_id)
            .where(ArticleUse.workspace_id == team_id, Article.workspace_id == team_id, Article.kind == "canned")
        )
        return sum(row.copied for row in rows)
