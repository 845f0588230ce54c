"""The table of key figures in a file, whatever its columns are called."""

from pathlib import Path

from bot.actions.kpi_mapping import AS_IT_IS, Mapped, date_columns, read_rows
from bot.connectors.spreadsheets import Table, find_table, header
from bot.domain.imports import BadFile
from bot.domain.kpi_columns import COLUMNS
from storage.db import WorkspaceSession


def find_figures(session: WorkspaceSession, name: str, source: bytes | Path, read_as: Mapped = AS_IT_IS) -> Table:
    """The lines below a header with days; what is wrong in columns that are not read does no harm.

    Raises ``BadFile`` and what an import raises of ``read_as``.
    """
    found: list[BadFile] = []
    for column in date_columns(session, read_as):
        try:
            return _below(session, name, source, read_as, column)
        except BadFile as bad:
            found.append(bad)
    raise found[0]


def _below(session: WorkspaceSession, name: str, source: bytes | Path, read_as: Mapped, column: str) -> Table:
    kinds = {"": frozenset({column})}
    try:
        return find_table(name, source, kinds)
    except BadFile:
        rows = find_table(name, source, kinds, {"": kinds[""]}).rows
        headings = {heading: own for own, heading in header(rows).items()}
        read = header(read_rows(session, rows[:1], read_as))
        used = {headings[heading] for each, heading in read.items() if each in COLUMNS}
        return find_table(name, source, kinds, {"": used})
