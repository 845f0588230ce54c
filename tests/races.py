"""Several people at once."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What comes of deeds that are all begun together: their results, or how they were refused."""
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        begun = [pool.submit(run, deed) for deed in deeds]
    return [each.exception() or each.result() for each in begun]
