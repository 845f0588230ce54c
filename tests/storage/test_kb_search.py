"""What is typed finds the same articles on either database, however it is written."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, select

from bot.deps import new_id
from bot.domain.kb import Kind
from bot.domain.kb_search import Query, Results
from storage.db import Sessions, open_engine
from storage.kb_search import index, search, unindex
from storage.tables import Article, KbLexicon, KbSynonym, KbTerm, Workspace
from tests.kb_shelf import Text, shelve, version_of

AT = datetime(2026, 11, 2, tzinfo=UTC)
SHELF = (
    Text("Refund after 30 days", "# When\nA customer wants the money back later. Ask a lead.", tags=("billing",)),
    Text("Refund within 30 days", "Press **Refund** in the order. Nobody has to approve it.", tags=("billing",)),
    Text(
        "Reset the password of a router", "Hold the button for ten seconds.\n\n## Factory settings\nAll is lost."
    ),
    Text("Where is my parcel?", "Look into the carrier's tracking, and open a case for logistics after 5 days."),
    Text("Log in with a second factor", "The login asks for a code. Codes come by text message, never by mail."),
    Text("Opening hours", "The shops open at nine. A refund in a shop takes its receipt."),
    Text("Rückerstattungsantrag prüfen", "Der Antrag steht im Kundenkonto. Prüfen, ob die Ware da ist.", "de"),
    Text("Lieferadresse ändern", "Die Adresse kann geändert werden, solange das Paket nicht unterwegs ist.", "de"),
    Text("Mot de passe oublié", "Le client reçoit un lien à son adresse électronique.", "fr"),
    Text("Devolución de un pedido", "Los pedidos se devuelven en treinta días. Envíe la etiqueta.", "es"),
    Text("Répondre à une demande", "La somme est remboursée, et le colis perdu est remplacé.", "fr"),
    Text("New in the spring release", "Version 5.2 draws maps.", tags=("5.2",)),
    Text("Labels of returns", "They hold for 14 days."),
    Text("Sorry for the delay", "Dear {{customer}}, your parcel is late.", kind=Kind.CANNED),
    *(Text(f"Warehouse shelf {number}", "Goods that are counted each month.") for number in range(20)),
)
FOUND = {
    "refund after 30 days": "Refund after 30 days",
    "refund within 30 days": "Refund within 30 days",
    "REFUNDS": "Refund within 30 days",
    "router password reset": "Reset the password of a router",
    "how do I reset passwords for routers?": "Reset the password of a router",
    "paswrod ruter": "Reset the password of a router",
    "roter pasword rest": "Reset the password of a router",
    "tracking": "Where is my parcel?",
    "parcels tracked": "Where is my parcel?",
    "secnd facotr": "Log in with a second factor",
    "log in": "Log in with a second factor",
    "login code": "Log in with a second factor",
    "log-in": "Log in with a second factor",
    "factory settings": "Reset the password of a router",
    "opening hour": "Opening hours",
    "rückerstattungsantrag": "Rückerstattungsantrag prüfen",
    "Rueckerstattungsantrag": "Rückerstattungsantrag prüfen",
    "ruckerstattung": "Rückerstattungsantrag prüfen",
    "Anträge": "Rückerstattungsantrag prüfen",
    "Adresse bei Lieferung": "Lieferadresse ändern",
    "lieferadressen": "Lieferadresse ändern",
    "geaenderte adresse": "Lieferadresse ändern",
    "oublie mot de passe": "Mot de passe oublié",
    "mots de passe oubliés": "Mot de passe oublié",
    "Änderung der Lieferadresse": "Lieferadresse ändern",
    "Prüfung eines Rückerstattungsantrags": "Rückerstattungsantrag prüfen",
    "rembourser colis perdus": "Répondre à une demande",
    "5.2": "New in the spring release",
    "v5.2": "New in the spring release",
    "refund in a shop 400123456": "Opening hours",
    "how long is a return label good": "Labels of returns",
    "devolucion pedidos": "Devolución de un pedido",
    "devoluciónes": "Devolución de un pedido",
    "passwor": "Reset the password of a router",
    "ware house shelf 7": "Warehouse shelf 7",
    "shelf 12": "Warehouse shelf 12",
}
NOTHING = (
    "",
    "???",
    "the of and",
    "vpn certificate",
    "pregnancy leave entitlement",
    "refund kerfuffle zanzibar",
    "quarterly tax of shops",
    "xqzwv",
    "2.5",
)


@pytest.fixture
def shelf(sessions: Sessions) -> Sessions:
    """Articles in four languages, and one that another workspace has."""
    with sessions.across() as connection:
        for own in ("T1", "T2"):
            connection.execute(
                insert(Workspace),
                {"workspace_id": own, "name": own, "revision": 0},
            )
    with sessions.write("T1") as session:
        shelve(session, SHELF)
    with sessions.write("T2") as session:
        shelve(session, [Text("Refund after 30 days of the others", "VPN certificate")])
    return sessions


def _search(sessions: Sessions, text: str, **said: object) -> Results:
    with sessions.read("T1") as session:
        return search(session, Query(text, **said))  # type: ignore[arg-type]


def _titles(sessions: Sessions, text: str, **said: object) -> list[str]:
    with sessions.read("T1") as session:
        hits = _search(sessions, text, **said).hits
        return [session.get_one(Article, ("T1", each.article_id)).title for each in hits]


def test_the_right_article_comes_first(shelf: Sessions) -> None:
    assert {text: next(iter(_titles(shelf, text)), None) for text in FOUND} == FOUND


def test_where_nothing_answers_nothing_is_shown(shelf: Sessions) -> None:
    assert {text: _titles(shelf, text) for text in NOTHING} == {text: [] for text in NOTHING}


def test_an_article_is_found_by_its_new_words_and_when_put_away_by_none(shelf: Sessions) -> None:
    with shelf.write("T1") as session:
        article = session.scalars(select(Article).where(Article.workspace_id == "T1", Article.number == 4)).one()
        index(session, article, version_of(article, "Late deliveries", "Ask the carrier, then wait.", 2))
    assert _titles(shelf, "carrier late delivery") == ["Where is my parcel?"]
    assert _titles(shelf, "tracking") == []
    with shelf.write("T1") as session:
        unindex(session, article.id)
        unindex(session, article.id)
    assert _titles(shelf, "carrier late delivery") == []
    with shelf.read("T1") as session:
        left = session.scalars(select(KbTerm.documents).where(KbTerm.workspace_id == "T1")).all()
        assert min(left) == 0  # of words that nobody uses any more
        assert session.get_one(KbLexicon, "T1").documents == len(SHELF) - 1


def test_what_is_typed_is_looked_for_as_far_as_it_is_there(shelf: Sessions) -> None:
    assert _titles(shelf, "fact", typing=True)[0] == "Log in with a second factor"
    assert _titles(shelf, "reset passw", typing=True) == ["Reset the password of a router"]
    assert _titles(shelf, "passw ruoter", typing=True)[0] == "Reset the password of a router"
    assert _titles(shelf, "rückerst", typing=True) == ["Rückerstattungsantrag prüfen"]


def test_a_language_or_a_kind_leaves_the_others_out(shelf: Sessions) -> None:
    assert "Sorry for the delay" in _titles(shelf, "parcel")
    assert _titles(shelf, "parcel", kinds=frozenset({Kind.CANNED})) == ["Sorry for the delay"]
    assert _titles(shelf, "adresse", languages=frozenset({"de"})) == ["Lieferadresse ändern"]
    assert _titles(shelf, "adresse", languages=frozenset({"fr"})) == ["Mot de passe oublié"]


def test_another_workspace_is_never_found_nor_are_its_words_known(shelf: Sessions) -> None:
    assert _titles(shelf, "refund after 30 days") == ["Refund after 30 days", "Refund within 30 days"]
    with shelf.read("T2") as session:
        assert [each.terms for each in search(session, Query("VPN certifcate")).hits] == [{"vpn", "certif"}]
        assert search(session, Query("router")).hits == ()


def test_what_one_replica_indexes_the_other_finds_and_what_was_not_committed_neither(
    shelf: Sessions, database_url: str
) -> None:
    other = Sessions(open_engine(database_url))
    assert _titles(other, "umbrella") == []
    with shelf.write("T1") as session:
        shelve(session, [Text("Umbrella")], 100)
    assert _titles(other, "umbrela") == ["Umbrella"]
    with suppress(ZeroDivisionError), other.write("T1") as session:
        shelve(session, [Text("Sunshade")], 101)
        1 / 0  # noqa: B018
    with other.write("T1") as session:
        shelve(session, [Text("Raincoat")], 101)
    for each in (shelf, other):
        assert (_titles(each, "sunshades"), _titles(each, "raincoats")) == ([], ["Raincoat"])
    other.close()


def test_words_that_mean_the_same_are_found_by_each_other(shelf: Sessions) -> None:
    assert _titles(shelf, "modem") == []
    with shelf.write("T1") as session:
        for words in (["modem", "router"], ["two-step verification", "second factor", "2FA"]):
            row = KbSynonym(workspace_id="T1", id=new_id(), words=words, changed_at=AT)
            session.add(row)
    assert _titles(shelf, "reset modems") == ["Reset the password of a router"]
    assert _titles(shelf, "2fa")[0] == "Log in with a second factor"
    assert _titles(shelf, "two step verification codes")[0] == "Log in with a second factor"


def test_how_it_was_read_is_said_where_it_was_typed_otherwise(shelf: Sessions) -> None:
    assert _search(shelf, "paswrod of the router").spelled == (("paswrod", "password"),)
    assert _search(shelf, "passwords of the routers").spelled == ()
    assert _search(shelf, "geaenderte adresse").spelled == ()


def test_signs_and_long_texts_do_no_harm(shelf: Sessions) -> None:
    for text in (
        '"refund" OR (30 AND *)',
        "refund' & | ! <-> :* \\",
        "title:refund -30 ^days",
        "{refund} : *",
    ):
        assert "Refund after 30 days" in _titles(shelf, text), text
    assert _titles(shelf, "refund " * 500)
    assert _titles(shelf, "a" * 3000) == []
    assert _titles(shelf, "\x00\ud800 退款 възстановяване") == []
