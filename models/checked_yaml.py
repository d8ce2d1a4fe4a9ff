"""YAML checked against a schema: whatever is wrong is told with file, line and column.

Both the files of press offices and the words of the rules are read so. The checks work on YAML nodes,
which know where they stand.
"""

import io
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node, SequenceNode

from models.errors import InputError

Schema = TypeVar("Schema", bound=BaseModel)

# Where there is libyaml, it reads ten times as fast.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PROBLEMS = {
    "extra_forbidden": "unknown key",
    "missing": "this key is missing",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "tuple_type": "must be a list",
    "list_type": "must be a list",
    "dict_type": "must hold keys and values",
    "model_type": "must hold keys and values",
    "model_attributes_type": "must hold keys and values",
    "union_tag_not_found": "needs {discriminator}",
    "union_tag_invalid": "{discriminator} is none of {expected_tags}",
    "literal_error": "is none of {expected}",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "date_from_datetime_parsing": "must be a day such as 2024-12-31",
    "date_from_datetime_inexact": "must be a day such as 2024-12-31",
}
"""What is wrong, in the words of who writes YAML, by pydantic's type of it; the others in its own words."""


def content_of(text: str) -> Any:
    """What a YAML text of our own holds, which needs no check."""
    return yaml.load(text, Loader=_LOADER)


def compose(text: str, name: str) -> MappingNode:
    """The nodes of a YAML text whose top level are keys and values.

    Args:
        text: the YAML.
        name: what messages call the file.

    Raises:
        InputError: it is no YAML, holds no mapping, or a key twice; the message names file, line and column.
    """
    stream = io.StringIO(text)
    stream.name = name  # the marks of the parser take it from there
    try:
        node = yaml.compose(stream, Loader=_LOADER)
    except yaml.YAMLError as error:
        raise InputError(f"{_place_of_syntax_error(name, error)}: is no valid YAML ({_reason(error)}).") from error
    if not isinstance(node, MappingNode):
        raise InputError(f"{name}: must hold keys and values.")
    _refuse_duplicates(node)
    return node


def validated(schema: type[Schema], node: Node, **given: Any) -> Schema:
    """What the nodes hold, as `schema` describes it.

    Args:
        schema: the model.
        node: the result of `compose`.
        given: values for keys that do not stand in the file.

    Raises:
        InputError: the content breaks the schema; the message names file, line and column.
    """
    content = yaml.SafeLoader("").construct_document(node)
    try:
        return schema.model_validate({**given, **content})
    except ValidationError as error:
        raise InputError("\n".join(_explain(node, problem) for problem in error.errors())) from error


def place(node: Node) -> str:
    """File, line and column at which a node begins."""
    return f"{node.start_mark.name}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"


def child(node: Node, step: str | int) -> Node | None:
    """The value of a key, or the item of a list."""
    if isinstance(node, MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: Node = node.value[step]
        return item
    return None


def _place_of_syntax_error(name: str, error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name


def _reason(error: Exception) -> str:
    return getattr(error, "problem", None) or str(error).splitlines()[0]


def _refuse_duplicates(node: Node) -> None:
    # YAML lets the last of two equal keys win without a word.
    if isinstance(node, MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if key.value in seen:
                raise InputError(f"{place(key)}: {key.value}: the key stands here a second time.")
            seen.add(key.value)
            _refuse_duplicates(value)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            _refuse_duplicates(item)


def _key(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MappingNode):
        return next((key for key, _ in node.value if key.value == str(step)), None)
    return child(node, step)


def _explain(root: Node, problem: Any) -> str:
    at = node = root
    steps: list[str] = []
    for step in problem["loc"]:
        key, value = _key(node, step), child(node, step)
        if key is not None and value is not None:
            at, node = key, value
            steps.append(str(step))
        elif problem["type"] == "missing":  # other steps that stand in no file are pydantic's own (the kind of paging)
            steps.append(str(step))
    known = _PROBLEMS.get(problem["type"])
    # A list of literals ends in "or" here, and does not in others of pydantic's messages.
    facts = {name: str(fact).replace("' or '", "', '") for name, fact in problem.get("ctx", {}).items()}
    message = known.format(**facts) if known else problem["msg"].removeprefix("Value error, ")
    return f"{place(at)}: {'.'.join(steps) or 'the file'}: {message}."
