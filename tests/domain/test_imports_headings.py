"""Headings are known in several languages, however they are written, and never for two columns at once."""

import pytest

from bot.domain import (
    activities_import,
    cases_import,
    people_import,
    requirements_import,
    shifts_import,
    timeoff_import,
    volumes,
)
from bot.domain.imports_headings import COLUMNS, columns_of


def test_every_column_that_is_read_has_its_headings() -> None:
    figures = (volumes, requirements_import, activities_import)
    readers = (people_import, shifts_import, timeoff_import, cases_import, *figures)
    assert {column for each in readers for column in each.COLUMNS} == COLUMNS


@pytest.mark.parametrize("heading", sorted(COLUMNS))
def test_a_column_goes_by_its_own_name_with_blanks_and_capitals_too(heading: str) -> None:
    assert columns_of([heading]) == [heading]
    assert columns_of([f" {heading.title().replace('_', ' ')} "]) == [heading]


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        ("E-Mail-Adresse, Vor- und Nachname, Rolle, Team", "email name role team"),
        ("Fähigkeiten, Zeitzone, Wochenstunden, Kapazität", "skills timezone weekly_hours capacity"),
        ("Eintrittsdatum, Einschränkungen", "hired_on limits"),
        ("Adresse e-mail, Nom, Rôle, Équipe", "email name role team"),
        ("Compétences, Fuseau horaire, Heures par semaine", "skills timezone weekly_hours"),
        ("Correo electrónico, Nombre, Rol, Equipo", "email name role team"),
        ("Habilidades, Zona horaria, Horas semanales", "skills timezone weekly_hours"),
        ("Day, From, To, Time zone, Notes", "date start end timezone note"),
        ("Urlaubsart, Tage, Stichtag, Gültig bis, Grund", "kind days on expires reason"),
    ],
)
def test_headings_of_other_languages_are_known(headings: str, columns: str) -> None:
    assert columns_of(headings.split(",")) == columns.split()


@pytest.mark.parametrize("accented", ["De\u0301but", "D\u00e9but", "DÉBUT", "debut"])
def test_accents_and_capitals_do_not_matter(accented: str) -> None:
    assert columns_of([accented]) == ["start"]


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        (["E-Mail", "email"], ["e-mail", "email"]),
        (["Von", "Beginn"], ["start", "beginn"]),
        (["Datum", "Datum"], ["date", "date"]),
        (["Tag", "", "Hair Colour"], ["date", "", "hair_colour"]),
    ],
)
def test_of_several_headings_for_a_column_one_is_taken(headings: list[str], columns: list[str]) -> None:
    assert columns_of(headings) == columns
