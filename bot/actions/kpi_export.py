"""Takes key figures out as a file, which whoever asks gets by direct message."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.actions.kpi_look import SUBJECT, look
from bot.actions.people import Caller
from bot.actions.record import record
from bot.connectors.sending import send_file
from bot.connectors.workbooks import write_csv, write_xlsx
from bot.deps import Deps
from bot.domain.kpi import Split
from bot.domain.kpi_asked import Question
from bot.domain.permissions import Deed, NotPermitted
from bot.views.kpi_buttons import CSV
from bot.views.kpi_export import comment, file_name
from bot.views.kpi_sheets import rows_sheet, workbook

EXPORT = "kpi.export"


def take_out(deps: Deps, caller: Caller, question: Question, kind: str, now: datetime) -> str:
    """Sends the answer with its parts, by day where nothing else is said; the name of the file.

    That it was asked for is recorded before it is sent. Raises ``NotPermitted``, ``SlackApiError`` and
    ``requests.RequestException``.
    """
    looked = look(deps, caller, replace(question, split=question.split or Split.DAY), now)
    if not looked.may_export:
        raise NotPermitted(Deed.EXPORT_KPI)
    with deps.sessions.write(caller.workspace_id) as session:
        record(session, deps, caller.actor, EXPORT, SUBJECT, None, _taken_out(question, kind))
    formats = caller.formats
    content = write_csv(rows_sheet(looked, formats)) if kind == CSV else write_xlsx(workbook(looked, formats, now))
    name = file_name(looked, kind)
    send_file(deps.slack, caller.slack_id, name, content, comment(looked, formats))
    return name


def _taken_out(question: Question, kind: str) -> dict[str, Any]:
    cut = {key: str(value) for key, value in question.cut._asdict().items() if value}
    span = {"starts": question.span.starts.isoformat(), "ends": question.span.ends.isoformat()}
    return span | cut | {"figures": list(question.figures), "split": question.split, "file": kind}
