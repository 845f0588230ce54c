from pathlib import Path

import pytest

from bot.connectors import spreadsheets
from bot.connectors.spreadsheets import UnknownHeader, find_table, header, read_table
from bot.domain.imports import BadFile, Problem, Row

HEADER = "email,name,team\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def read(file: Path, content: str | bytes) -> list[Row]:
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_table(file.name, file, {"email", "name"})


def cells(rows: list[Row]) -> list[dict[str, str]]:
    return [dict(row.cells) for row in rows]


def refused(file: Path, content: str | bytes | None = None) -> list[Problem]:
    if content is not None:
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(BadFile) as refusal:
        read_table(file.name, file, {"email", "name"})
    return refusal.value.problems


def test_each_line_is_read_by_the_names_of_its_columns(file: Path) -> None:
    rows = read(file, "Name, E-Mail ,Weekly Hours,email\nAna,x,40,ana@example.com\n")
    named = {"name": "Name", "e-mail": "E-Mail", "weekly_hours": "Weekly Hours", "email": "email"}
    assert list(header(rows).items()) == list(named.items())
    assert rows == [
        Row(
            "people.csv",
            2,
            {"name": "Ana", "e-mail": "x", "weekly_hours": "40", "email": "ana@example.com"},
        )
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_separator_and_any_line_ending_is_understood(file: Path, separator: str, ending: str) -> None:
    lines = ["email,name,team", "ana@example.com,Ana,Mail", "", "ben@example.com,Ben,"]
    rows = read(file, ending.join(lines).replace(",", separator))
    assert [(row.line, row.cells["name"], row.cells["team"]) for row in rows] == [
        (2, "Ana", "Mail"),
        (4, "Ben", ""),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_names_survive_the_encodings_that_spreadsheet_programs_write(file: Path, encoding: str) -> None:
    rows = read(file, f"{HEADER}ines@example.com,Inês Müller – “Ini”,Zürich".encode(encoding))
    assert cells(rows) == [{"email": "ines@example.com", "name": "Inês Müller – “Ini”", "team": "Zürich"}]


def test_a_letter_and_its_accent_become_one_character(file: Path) -> None:
    assert read(file, f"{HEADER}ines@example.com,Ine\u0302s,")[0].cells["name"] == "In\u00eas"


def test_quoted_cells_may_hold_separators_and_quotation_marks(file: Path) -> None:
    rows = read(file, f'{HEADER}ana@example.com,"Ruiz, Ana ""Ani""","a;b"\n')
    assert cells(rows) == [{"email": "ana@example.com", "name": 'Ruiz, Ana "Ani"', "team": "a;b"}]


def test_a_record_is_found_by_the_line_on_which_it_begins(file: Path) -> None:
    rows = read(
        file, f'{HEADER}a@example.com,"Ana\n\nRuiz",\n\n,,\nb@example.com,"Ben\r\nOkafor",\nc@example.com,C,\n'
    )
    assert [(row.line, row.cells["name"]) for row in rows] == [(2, "Ana\n\nRuiz"), (7, "Ben\r\nOkafor"), (9, "C")]


def test_cells_that_are_missing_at_the_end_are_empty(file: Path) -> None:
    assert cells(read(file, f"{HEADER}a@example.com,Ana")) == [
        {"email": "a@example.com", "name": "Ana", "team": ""}
    ]


def test_empty_cells_beyond_the_header_do_no_harm(file: Path) -> None:
    assert cells(read(file, f"{HEADER}a@example.com,Ana,Mail,,\n"))[0]["team"] == "Mail"


def test_a_file_with_a_header_alone_has_no_lines(file: Path) -> None:
    assert read(file, HEADER) == []


def test_more_lines_than_anybody_plans_are_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_LINES", 2)
    assert len(read(file, f"{HEADER}a@b.de,A,\nb@b.de,B,\n")) == 2
    assert refused(file, f"{HEADER}a@b.de,A,\nb@b.de,B,\nc@b.de,C,\n")[0].expected == "at most 2 lines"


def test_a_title_above_the_header_is_passed_over(file: Path) -> None:
    assert [row.line for row in read(file, f"Our people,,\nas of May,,\n{HEADER}a@example.com,Ana,\n")] == [4]


def test_the_kind_of_a_table_is_known_by_its_header() -> None:
    kinds = {"people": frozenset({"email", "name"}), "shifts": frozenset({"email", "date", "start"})}
    assert find_table("x", b"Email,Date,Start\n", kinds).kind == "shifts"
    assert find_table("x", b"Team,Name,Email\n", kinds).kind == "people"
    with pytest.raises(UnknownHeader) as unknown:
        find_table("x", b"a,b,c\n", kinds)
    assert unknown.value.problems == [
        Problem("x", 1, None, "", "a header with the columns email, name or date, email, start")
    ]
    with pytest.raises(BadFile) as incomplete:
        find_table("x", b"Email,Start,queue\n", kinds)
    (problem,) = incomplete.value.problems
    assert problem == Problem("x", 1, "date", "", "this column in the header, as every file of shifts has it")


def test_blank_lines_before_the_header_are_passed_over(file: Path) -> None:
    assert [row.line for row in read(file, f"\n,,\n{HEADER}a@example.com,Ana,\n")] == [4]


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n", b"\xef\xbb\xbf"])
def test_an_empty_file_says_which_columns_it_needs(file: Path, content: str | bytes) -> None:
    assert refused(file, content) == [Problem("people.csv", 1, None, "", "a header with the columns email, name")]


def test_all_faults_of_the_header_are_named_at_once(file: Path) -> None:
    assert refused(file, "team,Team,skills,Skills\n") == [
        Problem("people.csv", 1, "email", "", "this column in the header"),
        Problem("people.csv", 1, "name", "", "this column in the header"),
        Problem("people.csv", 1, "skills", "", "only one column of this name"),
        Problem("people.csv", 1, "team", "", "only one column of this name"),
    ]


def test_each_line_with_too_many_cells_is_named(file: Path) -> None:
    content = f"{HEADER}a@example.com,Ana,Mail,x\nb@example.com,Ben,Mail\nc@example.com,C,Mail,,y\n"
    assert refused(file, content) == [
        Problem("people.csv", 2, None, "", "3 cells, as in the header, not 4"),
        Problem("people.csv", 4, None, "", "3 cells, as in the header, not 5"),
    ]


@pytest.mark.parametrize("cell", ['"Ana', '"Ana" Ruiz', '"Ana "Ani" Ruiz"'])
def test_quotation_marks_that_do_not_fit_are_named_with_the_line_of_their_record(file: Path, cell: str) -> None:
    assert refused(file, f"{HEADER}a@example.com,A,\nb@example.com,{cell},\nc@example.com,C,\n") == [
        Problem("people.csv", 3, None, "", "quotation marks around whole cells, closed and doubled inside")
    ]


def test_a_nul_byte_is_refused_with_its_line(file: Path) -> None:
    [problem] = refused(file, f"{HEADER}a@example.com,A\0na,\n")
    assert (problem.line, problem.expected) == (
        2,
        "text, not a NUL byte (save the sheet as XLSX or CSV UTF-8 first)",
    )


def test_text_in_an_encoding_that_nobody_expects_is_refused(file: Path) -> None:
    assert "save the sheet as XLSX or CSV UTF-8" in refused(file, "email,name\n".encode("utf-16"))[0].expected


def test_bytes_that_are_in_no_known_encoding_are_refused_with_their_line(file: Path) -> None:
    [problem] = refused(file, b"email,name\na@example.com,Ana\nb@example.com,B\x81n\n")
    assert (problem.line, problem.expected) == (3, "text in UTF-8 (save the sheet as XLSX or CSV UTF-8 first)")


def test_a_missing_file_and_a_directory_are_named(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv") == [
        Problem("none.csv", 0, None, "", "a file that can be read (No such file or directory)")
    ]
    (tmp_path / "folder.csv").mkdir()
    assert refused(tmp_path / "folder.csv") == [
        Problem("folder.csv", 0, None, "", "a file that can be read (Is a directory)")
    ]
