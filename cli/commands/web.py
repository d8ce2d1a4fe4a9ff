"""`bilanz web`: the pages and the API."""

from __future__ import annotations

import socket
import webbrowser
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from cli.language import _
from cli.opening import open_database
from cli.printing import console
from cli.settings import settings
from models.errors import InputError

if TYPE_CHECKING:
    from sqlalchemy import Engine

HOST, PORT = "127.0.0.1", 8080


def web(
    host: Annotated[str, typer.Option(help="Address to listen at; 0.0.0.0 lets other machines in.")] = HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any that is free.")] = PORT,
    address: Annotated[
        str | None,
        typer.Option(
            metavar="URL", help="Public address of the site, for links that last; BILANZ_ADDRESS if not given."
        ),
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Show the pages in a browser.")] = False,
) -> None:
    """Show everything as web pages, until Ctrl-C.

    Example: `bilanz web --open`
    """
    engine = open_database()
    serve(engine, listen(host, port), address=address, open_browser=open_browser)


def serve(engine: Engine, listener: socket.socket, *, address: str | None = None, open_browser: bool = False) -> None:
    """Says where the pages are and serves them until Ctrl-C."""
    import uvicorn

    from scrapers.registry import registered
    from web.app import create_app

    server = uvicorn.Server(
        uvicorn.Config(
            create_app(engine, sources=registered(settings().sources).sources, address=address or settings().address),
            log_level="warning",
        )
    )
    host, port, *_more = listener.getsockname()
    pages = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    console().print(_("The pages are at {pages} (Ctrl-C ends).", pages=pages), soft_wrap=True)
    with suppress(KeyboardInterrupt), listener:
        if open_browser:
            webbrowser.open(pages)
        server.run(sockets=[listener])


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that the address holds from the moment at which it is printed.

    Raises:
        InputError: the port is taken, or the address is not this machine's.
    """
    try:
        family, *_name, bound = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(bound, family=family)
    except OSError as error:
        raise InputError(
            f"The pages cannot be served at {host}, port {port} ({error.strerror}); choose another --port or --host."
        ) from error
