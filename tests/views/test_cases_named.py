"""How a case is named, whatever is in its title."""

from uuid import UUID

from bot.domain.cases_named import CaseNamed
from bot.views.cases_named import case_words


def test_a_title_ends_neither_the_bold_in_which_it_stands_nor_pings_anybody() -> None:
    words = case_words(CaseNamed(UUID(int=1), 12, "The *invoice* of `ACME` <!channel>"))
    assert words == "case 12, “The ∗invoice∗ of 'ACME' &lt;!channel&gt;”"


def test_what_only_its_number_is_known_of_is_its_number() -> None:
    assert case_words(CaseNamed(UUID(int=1), 12, "")) == "case 12"
