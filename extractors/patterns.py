"""What the rules know of words: YAML files beside the code, each checked against a schema, read once a process."""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict

from models.checked_yaml import compose, validated


class Patterns(BaseModel):
    """The schema of a YAML file: every key that may stand in it, and what its values are."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @classmethod
    def beside(cls, module: str, name: str) -> Self:
        """The content of the file `name` that lies in the folder of a module (its `__file__`).

        Raises:
            InputError: the file breaks the schema; the message names file, line and column.
        """
        path = Path(module).with_name(name)
        return validated(cls, compose(path.read_text("utf-8"), str(path)))
