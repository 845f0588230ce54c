"""Where a case belongs, by rules that say why."""

from uuid import UUID

from bot.domain.routing import (
    Field,
    Match,
    Routed,
    RoutingFacts,
    Rule,
    Score,
    read_values,
    read_wants,
    route,
    wants_to_document,
)

REFUNDS, PHONES = UUID(int=1), UUID(int=2)


def rule(name: str, queue: UUID = REFUNDS, **wants: tuple[str, ...]) -> Rule:
    return Rule(UUID(int=hash(name) % 1000), name, queue, {Field(each): values for each, values in wants.items()})


def test_the_first_rule_that_fits_is_the_one_and_says_because_of_what() -> None:
    money, german = rule("Money", category=("refund", "invoice")), rule("German", PHONES, language=("de",))
    facts = RoutingFacts(category="Invoice", language="de")
    assert route([money, german], facts) == Routed(money, (Match(Field.CATEGORY, "invoice"),))
    assert route([german, money], facts) == Routed(german, (Match(Field.LANGUAGE, "de"),))


def test_a_rule_wants_one_value_of_every_field_that_it_asks_for() -> None:
    gold = rule("Gold refunds", category=("refund",), tier=("gold", "platinum"))
    assert route([gold], RoutingFacts(category="refund")) is None
    assert route([gold], RoutingFacts(category="refund", tier="silver")) is None
    found = route([gold], RoutingFacts(category="refund", tier="Platinum"))
    assert found
    assert found.because == (Match(Field.CATEGORY, "refund"), Match(Field.TIER, "platinum"))


def test_words_are_found_whole_wherever_they_stand_in_the_title() -> None:
    words = rule("Money back", words=("refund", "money back"))
    for title in ("Where is my REFUND?", "I want my money  back!", "Refund: order 12"):
        assert route([words], RoutingFacts(title=title)), title
    for title in ("Refundable tickets", "Back my money", ""):
        assert route([words], RoutingFacts(title=title)) is None, title


def test_one_of_several_tags_is_enough_and_a_rule_without_wants_takes_all() -> None:
    assert route([rule("Vip", tag=("vip",))], RoutingFacts(tags=("new", "VIP")))
    assert route([rule("Rest")], RoutingFacts()) == Routed(rule("Rest"), ())
    assert route([], RoutingFacts()) is None


def test_what_a_rule_wants_is_stored_and_read_again() -> None:
    wants = {Field.TAG: ("vip",), Field.WORDS: ("money back",), Field.TIER: ()}
    assert wants_to_document(wants) == {"tag": ["vip"], "words": ["money back"]}
    assert read_wants(wants_to_document(wants)) == {Field.TAG: ("vip",), Field.WORDS: ("money back",)}
    assert read_values(" refund , Refund,, money  back ") == ("Refund", "money back")


def test_a_share_of_few_is_none() -> None:
    assert (Score(19, 3).percent, Score(20, 3).percent, Score(100, 0).percent) == (None, 15, 0)
