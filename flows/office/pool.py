"""The claims of pages that were read: of a few pages here, of many in processes beside this one.

Rules are work for the processor, so that threads gain nothing. While other processes read on, this
one stores what they found.
"""

import logging
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from functools import cache, partial
from multiprocessing import current_process, get_context, parent_process
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

_Input = tuple[str, date | None, tuple[Paragraph, ...]]


def claims_of(pages: Sequence[ReadPage]) -> Iterator[Extraction | BilanzError]:
    """The claims of each page in turn; an error where the rules failed on its text.

    A process that dies costs time only: what it was to read is read here.
    """
    inputs = [_input(page) for page in pages]
    for page, given, future in zip(pages, inputs, _handed_out(inputs), strict=True):
        try:
            found = _claims(page.url, future, given)
        except BrokenProcessPool:
            log.warning("The process that was to read %s has died; it is read in this one.", page.url)
            _processes.cache_clear()
            found = _claims(page.url, None, given)
        yield found


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


def _handed_out(inputs: Sequence[_Input]) -> Sequence[Future[Extraction] | None]:
    # A worker of a cluster is one of several on its machine already, and may not have processes of its own.
    if len(inputs) <= FEW or current_process().daemon:
        return [None] * len(inputs)
    try:
        return [_processes().submit(_extract, *given) for given in inputs]
    except BrokenProcessPool:
        _processes.cache_clear()
        return [None] * len(inputs)


@cache
def _processes() -> ProcessPoolExecutor:
    """For all offices that this process reads; one core is left for all else."""
    # Forked, they would inherit the locks of other threads and the connections to the database.
    processes = min(MOST_PROCESSES, max(1, (os.cpu_count() or 1) - 1))
    return ProcessPoolExecutor(processes, get_context("spawn"), initializer=_obey)


def _obey() -> None:
    """Leaves it to the process that started this one when to end, also where that one is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
