"""The claims of pages that were read: of a few pages here, of many in processes beside this one.

Rules are work for the processor, so that threads gain nothing. While other processes read on, this
one stores what they found.
"""

import logging
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from functools import cache, partial
from itertools import islice
from multiprocessing import current_process, get_context, parent_process, resource_tracker
from threading import Thread

from extractors.claims import extract
from flows.office.pages import ReadPage, guarded
from models.calendar import BERLIN
from models.claim import Extraction
from models.errors import BilanzError
from models.release import Paragraph
from models.settings import settings

log = logging.getLogger(__name__)

FEW = 10
"""Pages that are not worth a process, which takes seconds to start."""

MOST_PROCESSES = 4
"""Storing what they read takes one process half as long as reading, so that more would wait for it."""

AHEAD = 16
"""Pages that wait for each process, so that none is idle while this one stores."""

_Input = tuple[str, date | None, tuple[Paragraph, ...]]


def claims_of(pages: Sequence[ReadPage]) -> Iterator[Extraction | BilanzError]:
    """The claims of each page in turn; an error where the rules failed on its text.

    A process that dies costs time only: what it was to read is read here.
    """
    inputs = [_input(page) for page in pages]
    for page, given, future in zip(pages, inputs, _handed_out(inputs, _spare()), strict=True):
        yield _come(page.url, future, given)


def claims_ahead(pages: Iterable[ReadPage]) -> Iterator[tuple[ReadPage, Extraction | BilanzError]]:
    """Each of any number of pages with its claims, in turn, read on all cores; pages are taken as they are needed.

    Where nothing is fetched meanwhile no core is left for that; otherwise as `claims_of`.
    """
    coming = iter(pages)
    waiting: deque[tuple[ReadPage, _Input, Future[Extraction] | None]] = deque()
    processes = min(MOST_PROCESSES, os.cpu_count() or 1)
    while batch := list(islice(coming, max(FEW + 1, processes * AHEAD - len(waiting)))):
        inputs = [_input(page) for page in batch]
        waiting.extend(zip(batch, inputs, _handed_out(inputs, processes), strict=True))
        while len(waiting) > processes * AHEAD / 2:
            page, given, future = waiting.popleft()
            yield page, _come(page.url, future, given)
    for page, given, future in waiting:
        yield page, _come(page.url, future, given)


def _come(url: str, future: Future[Extraction] | None, given: _Input) -> Extraction | BilanzError:
    try:
        return _claims(url, future, given)
    except BrokenProcessPool:
        log.warning("The process that was to read %s has died; it is read in this one.", url)
        _processes.cache_clear()
        return _claims(url, None, given)


def _input(page: ReadPage) -> _Input:
    release = page.release
    published = release.published.astimezone(BERLIN).date() if release.published else None
    return release.text, published, release.paragraphs


def _claims(url: str, future: Future[Extraction] | None, given: _Input) -> Extraction | BilanzError:
    try:
        return guarded(future.result if future else partial(_extract, *given), url)
    except BilanzError as error:
        return error


def _extract(text: str, published: date | None, paragraphs: tuple[Paragraph, ...]) -> Extraction:
    return extract(text, published=published, paragraphs=paragraphs, tagger=settings().spacy_model)


def _handed_out(inputs: Sequence[_Input], processes: int) -> Sequence[Future[Extraction] | None]:
    # A worker of a cluster is one of several on its machine already, and may not have processes of its own.
    if len(inputs) <= FEW or current_process().daemon:
        return [None] * len(inputs)
    try:
        return [_processes(processes).submit(_extract, *given) for given in inputs]
    except BrokenProcessPool:
        _processes.cache_clear()
        return [None] * len(inputs)


def _spare() -> int:
    """How many processes may read while offices are asked: one core is left for all else."""
    return min(MOST_PROCESSES, max(1, (os.cpu_count() or 1) - 1))


@cache
def _processes(processes: int) -> ProcessPoolExecutor:
    """For all offices that this process reads."""
    _let_the_tracker_be_silent()
    # Forked, they would inherit the locks of other threads and the connections to the database.
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=_obey)


def _let_the_tracker_be_silent() -> None:
    """Where this process is killed, the one that tidies up behind it is not to write of semaphores to the terminal."""
    variable = "PYTHONWARNINGS"
    before = os.environ.get(variable)
    os.environ[variable] = ",".join(filter(None, (before, "ignore:resource_tracker")))
    try:
        resource_tracker.ensure_running()
    finally:
        if before is None:
            del os.environ[variable]
        else:
            os.environ[variable] = before


def _obey() -> None:
    """Leaves it to the process that started this one when to end, also where that one is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
