"""What the clock has to do and has done."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables.base import Base, WorkspaceId


class JobSchedule(Base):
    """Which period of a job a workspace has reached, and when to look at it; read across workspaces."""

    __tablename__ = "job_schedule"
    __table_args__ = (Index(None, "next_due_at"),)

    workspace_id: Mapped[WorkspaceId]
    job: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str]  # the first that is not settled, as in job_run
    next_due_at: Mapped[datetime]


class JobRun(Base):
    """One period of a job: the row decides which process runs it, and that it runs once."""

    __tablename__ = "job_run"

    workspace_id: Mapped[WorkspaceId]
    job: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)  # a local date, or an instant, as the job counts
    due_at: Mapped[datetime]
    lease_until: Mapped[datetime]
    fence: Mapped[int]
    tries: Mapped[int]  # how often it has failed
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None]  # done, skipped or failed
