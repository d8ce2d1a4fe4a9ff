"""The shape of a word: the kinds of its characters, runs of one kind shortened to two."""

import re
from functools import lru_cache

_MOST = 30
"""Characters that are looked at."""
_RUN = re.compile(r"(.)\1{2,}", re.DOTALL)


class _Kinds(dict[int, str]):
    """For each character what stands for it, as `str.translate` asks for it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = self[code] = "X" if char.isupper() else "x" if char.isalpha() else "d" if char.isdigit() else char
        return kind


_KINDS = _Kinds()


@lru_cache(maxsize=4096)
def shape(form: str) -> str:
    """ "Xxx" of "Schule", "XX-xx" of "EU-weit", "dd.d" of "2024.5"."""
    return _RUN.sub(_two, form[:_MOST].translate(_KINDS))


def _two(run: re.Match[str]) -> str:
    return run[0][:2]
