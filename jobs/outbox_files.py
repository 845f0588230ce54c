"""The files of a message, brought to Slack before it is posted.

Each is noted as soon as Slack has it, and nobody sees it before the message is there: a process that dies in
between leaves at most a file that nobody ever sees, and the message is still posted once.
"""

from datetime import datetime, timedelta

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.connectors.messages import Content, Courier, SlackIsAway, SlackLocksUsOut, SlackRefuses, Undelivered
from bot.connectors.sending import INFO, FileIsGone, Placed, is_processed, place_file
from bot.deps import Deps
from bot.views.attached import Attached, as_sent, files_of
from storage.tables import UploadedFile
from storage.uploaded import forget_file, forget_older, uploaded_files

log = structlog.get_logger()

# A message that is changed later has its files uploaded again.
_REMEMBERED = timedelta(days=90)


def with_uploads(
    deps: Deps, workspace_id: str, courier: Courier, drawn: Content, now: datetime, *, patient: bool
) -> Content:
    """The message as Slack takes it, with files that Slack has; without those that it refuses, or nobody can make.

    Raises an ``Undelivered`` where one is not there yet, and may be another time; who is not ``patient`` gets the
    message without it.
    """
    files = files_of(drawn)
    if not files:
        return drawn
    with deps.sessions.read(workspace_id) as session:
        known = uploaded_files(session, [file.key for file in files])
    placed = {key: Placed(row.file_id, row.permalink) for key, row in known.items()}
    for file in files:
        try:
            if file.key not in placed:
                content = _content(file)
                if content is None:
                    continue
                placed[file.key] = _upload(deps, workspace_id, courier, file, content, now)
            _wait_for(deps, workspace_id, courier, file, placed[file.key])
        except (SlackRefuses, SlackLocksUsOut, SlackIsAway) as failure:
            if _is_worth_waiting(failure, patient=patient):
                raise
            log.warning("a file is left out", workspace=workspace_id, code=failure.code)
            # A scope that allows to write files does not always come with the one that allows to read them.
            if failure.method != INFO or isinstance(failure, SlackIsAway):
                placed.pop(file.key, None)
    return as_sent(drawn, placed)


def _is_worth_waiting(failure: Undelivered, *, patient: bool) -> bool:
    if isinstance(failure, SlackLocksUsOut):
        return failure.code != "missing_scope"
    return patient and isinstance(failure, SlackIsAway)


def _content(file: Attached) -> bytes | None:
    """What is in it; None where it cannot be made, which must not keep back all that waits behind its message."""
    try:
        return file.content()
    except SQLAlchemyError:
        raise
    except Exception:
        log.exception("a file cannot be made", file=file.name)
        return None


def _upload(
    deps: Deps, workspace_id: str, courier: Courier, file: Attached, content: bytes, now: datetime
) -> Placed:
    placed = place_file(courier, file.name, content, file.spoken)
    with deps.sessions.beside(workspace_id) as session:
        forget_older(session, now - _REMEMBERED)
        session.merge(
            UploadedFile(
                workspace_id=workspace_id,
                key=file.key,
                file_id=placed.file_id,
                permalink=placed.permalink,
                uploaded_at=now,
            )
        )
    return placed


def _wait_for(deps: Deps, workspace_id: str, courier: Courier, file: Attached, placed: Placed) -> None:
    try:
        if not is_processed(courier, placed):
            raise SlackIsAway(INFO, "file_not_processed")
    except FileIsGone:
        with deps.sessions.beside(workspace_id) as session:
            forget_file(session, file.key)
        raise SlackIsAway(INFO, "file_deleted") from None
