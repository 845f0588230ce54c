"""The files that Slack has of ours."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import delete, select

from storage.db import WorkspaceSession
from storage.tables import UploadedFile


def uploaded_files(session: WorkspaceSession, keys: Collection[str]) -> Mapping[str, UploadedFile]:
    """Those of these keys, by key."""
    statement = select(UploadedFile).where(
        UploadedFile.workspace_id == session.workspace_id, UploadedFile.key.in_(keys)
    )
    return {row.key: row for row in session.scalars(statement)}


def forget_file(session: WorkspaceSession, key: str) -> None:
    """Slack has it no more: it is to be uploaded again."""
    session.execute(
        delete(UploadedFile).where(UploadedFile.workspace_id == session.workspace_id, UploadedFile.key == key)
    )


def forget_older(session: WorkspaceSession, before: datetime) -> None:
    """Those that were uploaded before an instant; Slack keeps them."""
    session.execute(
        delete(UploadedFile).where(
            UploadedFile.workspace_id == session.workspace_id, UploadedFile.uploaded_at < before
        )
    )
