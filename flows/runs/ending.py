"""How a run is told that it is to end."""

from threading import Event
from typing import Any


class Ending(Event):
    """Set where the process of a run is to end: whoever reads offices in its threads then asks for nothing more.

    What is handed to another process is a new one that nobody sets, since signals reach each process for itself.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return Ending, ()
