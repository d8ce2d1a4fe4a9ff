"""Errors that a person can act on: every message says what is wrong and what to do."""

from collections.abc import Sequence


class BilanzError(Exception):
    """Base of all errors that are shown to the user as one sentence, without a traceback."""


class InputError(BilanzError):
    """A file, argument or setting given by the user cannot be used."""


class UnknownName(InputError):
    """Nobody knows a programme, a project or a press office of that name.

    Attributes:
        name: as it was given.
        near: names or ids that may be meant.
    """

    def __init__(self, message: str, name: str, near: Sequence[str]) -> None:
        super().__init__(message)
        self.name = name
        self.near = tuple(near)


class UnknownSource(InputError):
    """No press office of that name is known."""


class FetchError(BilanzError):
    """A page could not be fetched.

    Attributes:
        url: the address that was asked for.
        status: the HTTP status, or None where no answer came.
    """

    def __init__(self, message: str, url: str, status: int | None = None) -> None:
        super().__init__(message)
        self.url = url
        self.status = status


class Forbidden(FetchError):
    """robots.txt does not allow the address, or it lies outside the office's own hosts."""


class Unreachable(FetchError):
    """No whole answer came (connection, time, server error); a later try may bring it."""


class Spent(FetchError):
    """Nothing more is asked of the source in this run, which has used its requests or is to end; the next goes on."""


class Gone(FetchError):
    """The office answers 404 or 410: the page is not there (any more)."""


class CopyRefused(FetchError):
    """What a web archive gave is not the copy that was asked for, or cannot be shown to be it."""


class Excluded(FetchError):
    """A web archive may not give what it has of an address."""


class BlockedResponse(FetchError):
    """The answer came, but it is a block, challenge or error page and no release."""


class UnexpectedContent(FetchError):
    """A sound answer, but not what the source file says stands there (a web page for a feed, say)."""


class LayoutChanged(BilanzError):
    """A selector of the source file no longer finds what it should.

    Attributes:
        snapshot: SHA-256 (hex) of the bytes that were read.
    """

    def __init__(self, message: str, snapshot: str) -> None:
        super().__init__(message)
        self.snapshot = snapshot


class AssertionViolated(BilanzError):
    """What a source delivered lies outside the bounds that its file asserts."""


class SchemaMismatch(BilanzError):
    """The database was made by an older or newer version of this program."""


class DatabaseUnusable(BilanzError):
    """The database as a whole cannot be used: full, damaged, locked, without rights. No fault of what was stored."""


class EvidenceMissing(BilanzError):
    """A claim does not stand in the text that it was read from, so it cannot be stored."""


class Contradiction(InputError):
    """A judgement cannot stand beside those made before."""


class UnreadablePage(BilanzError):
    """The bytes are no HTML page, or no release can be read from it."""


class UnreadableDocument(BilanzError):
    """The bytes are no document that can be read, or not within the limits of time and memory."""


class DeliveryFailed(BilanzError):
    """A message did not reach its receiver; it is tried again in the next run."""


class ServiceDown(DeliveryFailed):
    """What carries the messages does not answer or is not set up, so that others would fail too."""
