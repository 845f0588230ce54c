"""Imports every module of ours in a fresh interpreter and prints what one of them did meanwhile.

Run as ``python -m tests.quiet_imports``; it prints nothing where nothing happens at import.
"""

import gc
import importlib
import os
import pkgutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

PACKAGES = ("bot", "handlers", "jobs", "storage")
_OURS = tuple(str(Path(__file__).parent.parent / package) for package in PACKAGES)
_CONNECTING = {"sqlite3.connect", "socket.connect", "socket.bind"}


def module_names() -> Iterator[str]:
    """Every module of ours that can be imported: ``__main__`` is run instead."""
    for package in map(importlib.import_module, PACKAGES):
        yield package.__name__
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                yield module.name


def _importing_line() -> str | None:
    """The line of ours that led here; None where a library does it while it is being imported itself."""
    frame: FrameType | None = sys._getframe(2)
    while frame and "importlib._bootstrap" not in frame.f_code.co_filename:
        if frame.f_code.co_filename.startswith(_OURS):
            return f"{frame.f_code.co_filename}:{frame.f_lineno}"
        frame = frame.f_back
    return None


def _report(what: str) -> None:
    line = _importing_line()
    if line:
        print(f"{line} {what}")  # noqa: T201


def _watch() -> None:
    environment = type(os.environ)
    look_up = environment.__getitem__

    def report_and_look_up(self: Any, key: str) -> str:
        if not key.startswith("PYDANTIC_"):  # its own switches, asked for at every class
            _report(f"reads {key} from the environment")
        return look_up(self, key)

    def report_connection(event: str, _arguments: object) -> None:
        if event in _CONNECTING:
            _report(f"causes {event}")

    environment.__getitem__ = report_and_look_up  # type: ignore[method-assign]
    sys.addaudithook(report_connection)


def main() -> None:
    """Prints a line for each thing that happened at import."""
    _watch()
    for name in module_names():
        importlib.import_module(name)
    from sqlalchemy import Engine

    for thread in threading.enumerate():
        if thread is not threading.main_thread():
            print(f"the thread {thread.name} was started")  # noqa: T201
    for engine in (found for found in gc.get_objects() if isinstance(found, Engine)):
        print(f"an engine was opened on {engine.url}")  # noqa: T201


if __name__ == "__main__":
    main()
