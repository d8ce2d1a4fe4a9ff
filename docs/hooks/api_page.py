"""The reference of the API, from its OpenAPI description."""

from collections.abc import Iterator
from typing import Any

from cells import table

from db.engine import connect
from web.app import create_app

INTRODUCTION = """# API

Served by `bilanz web` under `/api/v1`; `/api/v1/openapi.json` is the same description for programs, `/api` a page with
an example of each. Reading needs no token. Errors are `application/problem+json`.
"""


def markdown() -> str:
    """The page."""
    description = create_app(connect("sqlite://")).openapi()
    parts = [INTRODUCTION]
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            parts += _operation(f"{method.upper()} {path}", operation, description)
    parts += ["## Records\n", *_records(description["components"]["schemas"])]
    return "\n".join(parts)


def _operation(heading: str, operation: dict[str, Any], description: dict[str, Any]) -> Iterator[str]:
    yield f"## {heading}\n"
    yield f"{operation.get('description') or operation.get('summary') or ''}\n"
    parameters = [
        [f"`{each['name']}`", each["in"], _type(each["schema"]), each.get("description", "")]
        for each in (_resolved(parameter, description) for parameter in operation.get("parameters", []))
    ]
    if parameters:
        yield table(["parameter", "in", "type", ""], parameters)
    rows = [
        [status, answer.get("description", ""), _content(answer)] for status, answer in operation["responses"].items()
    ]
    yield table(["status", "", "record"], rows)


def _records(schemas: dict[str, Any]) -> Iterator[str]:
    for name, schema in sorted(schemas.items()):
        rows = [
            [f"`{field}`", _type(each), each.get("description", "")]
            for field, each in schema.get("properties", {}).items()
        ]
        if rows:
            yield f"### {name}\n"
            yield f"{schema.get('description', '')}\n"
            yield table(["field", "type", ""], rows)


def _resolved(each: dict[str, Any], description: dict[str, Any]) -> dict[str, Any]:
    reference = each.get("$ref")
    if reference is None:
        return each
    found: dict[str, Any] = description["components"]["parameters"][reference.rsplit("/", 1)[-1]]
    return found


def _content(answer: dict[str, Any]) -> str:
    return ", ".join(_type(media["schema"]) for media in answer.get("content", {}).values() if media.get("schema"))


def _type(schema: dict[str, Any]) -> str:
    """A schema's type in a few words; a record by its name."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if options := schema.get("anyOf") or schema.get("oneOf"):
        return " or ".join(dict.fromkeys(map(_type, options)))
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("format") or schema.get("type", "anything"))
