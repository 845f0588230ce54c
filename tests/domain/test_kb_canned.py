"""What stands in a response for others: names, defaults, and what is known of a case."""

from bot.domain.kb_canned import AboutCase, Variable, filled, known_of, lacking, variables_of

BODY = "Dear {{customer}}, {{ order | your order }} is late. {{Order}} comes soon.\n{{agent}}, {{ my_name }} {{}}"


def test_variables_come_once_in_order_with_the_default_that_is_given_anywhere() -> None:
    assert variables_of(BODY) == (
        Variable("customer", None),
        Variable("order", "your order"),
        Variable("agent", None),
        Variable("my_name", None),
    )
    assert variables_of("{{a}} {{A|x}}") == (Variable("a", "x"),)
    assert variables_of("{{a}} {{b|own}}", {"A": "kept", "b": "else"}) == (
        Variable("a", "kept"),
        Variable("b", "own"),
    )
    assert variables_of("no {braces} {{ }} {{|x}} {{unclosed") == ()


def test_a_case_says_its_customer_number_and_title_and_whoever_answers_their_name() -> None:
    about = AboutCase("Ana Ruiz", "Jo Client", "SUP-12", "Late parcel")
    variables = variables_of("{{Customer Name}} {{ticket}} {{subject}} {{signature}} {{order}}")
    assert known_of(variables, about) == {
        "Customer Name": "Jo Client",
        "ticket": "SUP-12",
        "subject": "Late parcel",
        "signature": "Ana Ruiz",
    }
    assert known_of(variables, AboutCase("Ana Ruiz")) == {"signature": "Ana Ruiz"}


def test_what_is_entered_goes_before_the_default_and_what_is_lacking_stays_to_be_seen() -> None:
    variables = variables_of(BODY)
    text = filled(BODY, variables, {"customer": "Jo {{order}}", "my_name": "Ana"})
    assert text == "Dear Jo {{order}}, your order is late. your order comes soon.\n{{agent}}, Ana {{}}"
    assert lacking(variables, {"customer": "Jo", "my_name": "Ana"}) == ("agent",)
    assert lacking(variables, {"customer": "", "my_name": "Ana", "agent": "A"}) == ("customer",)
    assert "order 7 is late. order 7 comes" in filled(BODY, variables, {"order": "order 7"})
