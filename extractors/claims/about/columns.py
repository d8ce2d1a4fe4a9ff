"""The features that depend on a statement, as columns of one array with a value for each project of its document."""

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]

NAMES = (
    "in sentence", "in clause", "name, in clause", "sentence before", "not yet named", "sentences ago", "in paragraph",
    "last named", "taken up", "taken up in clause", "rule", "rule, other", "title, in sentence", "title, best topic",
    "counted in name", "heading", "near", "nearest", "before", "overlaps", "genitive", "prepositional", "of a deed",
    "vorfeld",
)  # fmt: skip
_ROWS = {name: row for row, name in enumerate(NAMES)}


class Columns:
    """The columns by name; what nothing was put into is zero.

    `words` has the features that are named after a word of the text: by name, then by project.
    """

    def __init__(self, count: int) -> None:
        self.values: Column = np.zeros((len(NAMES), count))
        self.words: dict[str, dict[int, float]] = {}

    def __getitem__(self, name: str) -> Column:
        column: Column = self.values[_ROWS[name]]
        return column

    def named(self) -> dict[str, Column]:
        """All columns that are not zero throughout."""
        found = {name: column for name, column in zip(NAMES, self.values, strict=True) if column.any()}
        for name, by_project in self.words.items():
            found[name] = np.zeros(self.values.shape[1])
            found[name][[*by_project]] = [*by_project.values()]
        return found
