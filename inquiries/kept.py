"""What takes long to find out and many ask for: it is found out once, and holds as long as nothing is written."""

from collections.abc import Callable
from functools import wraps
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine

from db.state import state_of

_P = ParamSpec("_P")
_T = TypeVar("_T")

_MOST = 16
"""Results that one function keeps."""


def kept(find: Callable[Concatenate[Engine, _P], _T]) -> Callable[Concatenate[Engine, _P], _T]:
    """A function of a database and hashable arguments that answers from what it found, until anything is written.

    Who asks for the same while it is being found out waits for it, so that many readers make no more work than one.
    """
    lock = Lock()
    found: dict[tuple[object, ...], _T] = {}

    @wraps(find)
    def answer(engine: Engine, /, *args: _P.args, **kwargs: _P.kwargs) -> _T:
        state = state_of(engine)
        if state is None:
            return find(engine, *args, **kwargs)
        asked = (engine, state, args, tuple(sorted(kwargs.items())))
        with lock:
            if asked not in found:
                told = find(engine, *args, **kwargs)
                for past in [each for each in found if each[:2] != asked[:2]]:
                    del found[past]
                if len(found) == _MOST:
                    del found[next(iter(found))]
                found[asked] = told
            return found[asked]

    return answer
