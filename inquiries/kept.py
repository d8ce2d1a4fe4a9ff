"""What takes long to find out and many ask for: it is found out once, and holds as long as nothing is written."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Concatenate, Generic, ParamSpec, TypeVar

from sqlalchemy import Engine

from db.state import state_of

_P = ParamSpec("_P")
_T = TypeVar("_T")

_MOST = 16
"""Results that one function keeps."""


class _Place(Generic[_T]):
    """Where one answer is found out, by whoever is first, and then stands."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._told: list[_T] = []

    def answer(self, find: Callable[[], _T]) -> _T:
        with self._lock:
            if not self._told:
                self._told.append(find())
            return self._told[0]


def kept(find: Callable[Concatenate[Engine, _P], _T]) -> Callable[Concatenate[Engine, _P], _T]:
    """A function of a database and hashable arguments that answers from what it found, until anything is written.

    Who asks for the same while it is being found out waits for it, so that many readers make no more work than one; who
    asks for something else does not.
    """
    lock = Lock()
    places: dict[tuple[object, ...], _Place[_T]] = {}

    @wraps(find)
    def answer(engine: Engine, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        state = state_of(engine)
        if state is None:
            return find(engine, *args, **kwargs)
        asked = (engine, state, args, tuple(sorted(kwargs.items())))
        with lock:
            place = places.get(asked)
            if place is None:
                for past in [each for each in places if each[:2] != asked[:2]]:
                    del places[past]
                if len(places) == _MOST:
                    del places[next(iter(places))]
                place = places[asked] = _Place()
        return place.answer(lambda: find(engine, *args, **kwargs))

    return answer
