"""Structured logs: who, where and a reference to quote; never tokens, texts or reasons."""

import logging
import sys
from pathlib import Path
from random import getrandbits

import structlog


def set_up_logs(file: Path | None = None) -> None:
    """Sends our log and the libraries' warnings to standard error or a file.

    They are lines of JSON, on a terminal readable text.
    """
    handler = logging.FileHandler(file, encoding="utf-8") if file else logging.StreamHandler()
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,  # a prettier one shows variables, and so what people wrote
    ]
    read_as_it_comes = file is None and sys.stderr.isatty()
    renderer = structlog.dev.ConsoleRenderer() if read_as_it_comes else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.INFO)
    # Slack's libraries log payloads, and with them what people wrote, below this level.
    for name in ("slack_sdk", "floorwalker.slack", "urllib3"):
        logging.getLogger(name).setLevel(logging.ERROR)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # below, it has a line for every tick


def begin_request(**who: str | None) -> str:
    """Binds who is asking, and a new reference to quote, to every line that this thread logs from now on."""
    reference = f"{getrandbits(32):08x}"
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(reference=reference, **who)
    return reference
