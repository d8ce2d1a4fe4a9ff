"""The API described for people, and what robots should know."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from web.render import page

router = APIRouter()

_METHODS = ("get", "post", "delete")


@router.get("/api")
def api(request: Request) -> Response:
    """The addresses of the API with their parameters."""
    described = request.app.openapi()
    routes = [
        (method.upper(), path, operation)
        for path, operations in described["paths"].items()
        for method in _METHODS
        if (operation := operations.get(method))
    ]
    return page(request, "api.html", twin="/api/v1/openapi.json", routes=[_route(*each) for each in routes])


@router.get("/robots.txt")
def robots() -> Response:
    """Everything may be read but the endless combinations of a search."""
    return PlainTextResponse("User-agent: *\nDisallow: /*?\nDisallow: /en/*?\nDisallow: /api/\n")


def _route(method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
    return {
        "method": method,
        "path": path,
        "summary": operation.get("description") or operation.get("summary"),
        "parameters": [each["name"] for each in operation.get("parameters", [])],
    }
