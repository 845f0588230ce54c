"""What people type in German, French and Spanish; today is Tuesday 24 November 2026."""

import pytest

from bot.domain.when import Understood, read_when
from tests.domain.test_when import at, read

GERMAN = [
    ("heute", "2026-11-24"),
    ("morgen", "2026-11-25"),
    ("morgen 9-17 uhr", "2026-11-25 09:00-17:00"),
    ("9 bis 17 Uhr morgen", "2026-11-25 09:00-17:00"),
    ("morgen von 9 uhr 30 bis 11 uhr", "2026-11-25 09:30-11:00"),
    ("morgen früh", "2026-11-25 MORNING"),
    ("montag morgen", "2026-11-30 MORNING"),
    ("montag vormittag", "2026-11-30 MORNING"),
    ("heute abend", "2026-11-24 EVENING"),
    ("übermorgen", "2026-11-26"),
    ("uebermorgen", "2026-11-26"),
    ("freitag", "2026-11-27"),
    ("am freitag um 9", "2026-11-27 09:00"),
    ("fr 14-18", "2026-11-27 14:00-18:00"),
    ("fr 9am", "2026-11-27 09:00"),
    ("mo-fr 9-17", "2026-11-30..2026-12-04 09:00-17:00"),
    ("kommenden freitag", "2026-11-27"),
    ("nächsten freitag", "? 2026-11-27 | 2026-12-04"),
    ("bis freitag", "2026-11-24..2026-11-27"),
    ("ab freitag", "2026-11-27"),
    ("nächste woche", "2026-11-30..2026-12-06"),
    ("am wochenende", "2026-11-28..2026-11-29"),
    ("in 2 wochen", "2026-12-08"),
    ("24.12. bis 2.1.", "2026-12-24..2027-01-02"),
    ("vom 24.12. bis zum 2.1.", "2026-12-24..2027-01-02"),
    ("24. Dezember", "2026-12-24"),
    ("1. märz", "2027-03-01"),
    ("am 24.", "2026-11-24"),
    ("heiligabend", "2026-12-24"),
    ("silvester", "2026-12-31"),
    ("halben tag donnerstag", "2026-11-26 HALF"),
]

FRENCH = [
    ("aujourd'hui", "2026-11-24"),
    ("Aujourd’hui", "2026-11-24"),
    ("demain", "2026-11-25"),
    ("demain 9h-17h", "2026-11-25 09:00-17:00"),
    ("demain de 9h à 17h30", "2026-11-25 09:00-17:30"),
    ("demain 2h-4h", "2026-11-25 02:00-04:00"),
    ("après-demain", "2026-11-26"),
    ("hier", "2026-11-23"),
    ("vendredi", "2026-11-27"),
    ("mar 9-17", "2026-11-24 09:00-17:00"),
    ("vendredi prochain", "? 2026-11-27 | 2026-12-04"),
    ("jusqu'à vendredi", "2026-11-24..2026-11-27"),
    ("lundi matin", "2026-11-30 MORNING"),
    ("lundi après-midi", "2026-11-30 AFTERNOON"),
    ("ce soir", "2026-11-24 EVENING"),
    ("la semaine prochaine", "2026-11-30..2026-12-06"),
    ("cette semaine", "2026-11-23..2026-11-29"),
    ("le week-end", "2026-11-28..2026-11-29"),
    ("dans 2 semaines", "2026-12-08"),
    ("du 24 décembre au 2 janvier", "2026-12-24..2027-01-02"),
    ("1er janvier", "2027-01-01"),
    ("le premier janvier", "2027-01-01"),
    ("24 déc. 2026", "2026-12-24"),
    ("le 24", "2026-11-24"),
    ("noël", "2026-12-25"),
    ("demi-journée jeudi", "2026-11-26 HALF"),
]

SPANISH = [
    ("hoy", "2026-11-24"),
    ("mañana", "2026-11-25"),
    ("mañana 9:00-17:00", "2026-11-25 09:00-17:00"),
    ("mañana de 9 a 17", "2026-11-25 09:00-17:00"),
    ("mañana por la mañana", "2026-11-25 MORNING"),
    ("pasado mañana", "2026-11-26"),
    ("viernes", "2026-11-27"),
    ("mar 9-17", "2026-11-24 09:00-17:00"),
    ("el próximo viernes", "? 2026-11-27 | 2026-12-04"),
    ("hasta el viernes", "2026-11-24..2026-11-27"),
    ("lunes por la mañana", "2026-11-30 MORNING"),
    ("esta noche", "2026-11-24 NIGHT"),
    ("la próxima semana", "2026-11-30..2026-12-06"),
    ("la semana que viene", "2026-11-30..2026-12-06"),
    ("en 2 semanas", "2026-12-08"),
    ("dentro de 2 semanas", "2026-12-08"),
    ("del 24 de diciembre al 2 de enero", "2026-12-24..2027-01-02"),
    ("24 de diciembre de 2026", "2026-12-24"),
    ("el 24", "2026-11-24"),
    ("nochebuena", "2026-12-24"),
]

PER_LANGUAGE = {"de": GERMAN, "fr": FRENCH, "es": SPANISH}
ALL = [(language, *example) for language, examples in PER_LANGUAGE.items() for example in examples]


@pytest.mark.parametrize(("language", "text", "meaning"), ALL)
def test_people_may_type_in_their_language(language: str, text: str, meaning: str) -> None:
    assert read(text, at(language=language)) == meaning


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "ubermorgen"),
        ("de", "nachste woche"),
        ("fr", "apres-demain"),
        ("fr", "du 24 decembre au 2 janvier"),
        ("es", "manana"),
        ("es", "la proxima semana"),
    ],
)
def test_accents_may_be_left_out(language: str, text: str) -> None:
    assert isinstance(read_when(text, at(language=language)), Understood)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("morgen 9-17 uhr", "2026-11-25 09:00-17:00"),
        ("übermorgen", "2026-11-26"),
        ("freitag", "2026-11-27"),
        ("nächste woche", "2026-11-30..2026-12-06"),
        ("montag vormittag", "2026-11-30 MORNING"),
        ("24.12. bis 2.1.", "2026-12-24..2027-01-02"),
        ("heiligabend", "2026-12-24"),
        ("demain 9h-17h", "2026-11-25 09:00-17:00"),
        ("aujourd'hui", "2026-11-24"),
        ("après-demain", "2026-11-26"),
        ("lundi matin", "2026-11-30 MORNING"),
        ("la semaine prochaine", "2026-11-30..2026-12-06"),
        ("dans 2 semaines", "2026-12-08"),
        ("du 24 décembre au 2 janvier", "2026-12-24..2027-01-02"),
        ("mañana 9:00-17:00", "2026-11-25 09:00-17:00"),
        ("pasado mañana", "2026-11-26"),
        ("hoy", "2026-11-24"),
        ("lunes por la mañana", "2026-11-30 MORNING"),
        ("del 24 de diciembre al 2 de enero", "2026-12-24..2027-01-02"),
    ],
)
def test_other_languages_are_understood_from_a_reader_of_english(text: str, meaning: str) -> None:
    assert read(text, at(language="en")) == meaning


@pytest.mark.parametrize("text", ["so", "do", "die", "hier", "a", "sam"])
def test_words_that_are_english_too_mean_no_day_to_a_reader_of_english(text: str) -> None:
    assert read(text, at(language="en")) == f"- {text}"


@pytest.mark.parametrize("language", ["de", "fr", "es", "pl", "en-GB", "de_AT"])
@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("tomorrow 9-5", "2026-11-25 09:00-17:00"),
        ("dec 24 to jan 2", "2026-12-24..2027-01-02"),
        ("fri 9am", "2026-11-27 09:00"),
        ("next week mon-wed", "2026-11-30..2026-12-02"),
        ("half day thursday", "2026-11-26 HALF"),
    ],
)
def test_english_is_always_understood(language: str, text: str, meaning: str) -> None:
    assert read(text, at(language=language)) == meaning


def test_the_own_language_wins_where_a_word_is_english_too() -> None:
    assert read("mar", at(language="en")) == "2027-03-01..2027-03-31"
    assert read("mar", at(language="fr")) == "2026-11-24"
    assert read("so", at(language="de")) == "2026-11-29"
