"""Settings from the environment (prefix BILANZ_), each with a default that works on one laptop."""

from datetime import time
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.database import DEFAULT_URL
from models.errors import InputError

_PREFIX = "BILANZ_"
_WANTED = {
    "time": "a time of day such as 02:30",
    "bool": "yes or no",
    "int": "a whole number",
    "literal": "one of {expected}",
}
"""What a variable must be, by the first word of pydantic's type of fault."""


class Settings(BaseSettings):
    """All that can be set from outside."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, frozen=True)

    database_url: str = Field(default=DEFAULT_URL, description="SQLAlchemy URL of the database")
    spacy_model: str | None = Field(
        default=None, description="an installed spaCy pipeline with STTS tags, instead of our own"
    )
    sources: Path | None = Field(default=None, description="folder with source files of your own")
    bundled: bool = Field(
        default=True,
        description="whether the bundled press offices are read beside your own; with no only those of your folder",
    )
    runner: str | None = Field(
        default=None, description="where tasks run: dask or dask://host:port; by default in threads of the process"
    )
    contact: str | None = Field(
        default=None,
        description="e-mail or web address in the User-Agent for press offices to turn to, and on pages for readers "
        "who report an error; no default, since nobody should speak to an office in another's name",
    )
    objections: bool = Field(
        default=True,
        description="whether readers may report an error by the form on the page of a claim; with no only by mail",
    )
    night: time = Field(
        default=time(2, 30), description="when press offices are read, by the clock in Berlin (HH:MM); by default 02:30"
    )
    heartbeat: str | None = Field(
        default=None,
        description="address that is asked (POST) after every night that could read offices, for a service that rings "
        "when no sign of life comes",
    )
    imprint: Path | None = Field(
        default=None,
        description="file with the imprint of the pages, in Markdown; without one they say that there is none",
    )
    address: str | None = Field(
        default=None, description="public address of the pages (https://bilanz.example.org), for links in messages"
    )
    smtp_host: str | None = Field(default=None, description="mail server; without one no mail can be sent")
    smtp_port: int | None = Field(default=None, description="default: 465 with TLS, else 587, on this machine 25")
    smtp_security: Literal["starttls", "tls", "plain"] | None = Field(
        default=None, description="default: starttls; on this machine plain"
    )
    smtp_user: str | None = Field(default=None, description="name to log in with, if the server wants one")
    smtp_password: SecretStr | None = Field(default=None, description="and its password")
    mail_from: str | None = Field(default=None, description="address that mails come from")
    webhook_secret: SecretStr | None = Field(
        default=None, description="signs webhooks (Standard Webhooks): whsec_ and 24 to 64 bytes in base64"
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of the environment, read once a process: by commands and flows, which hand down what they say.

    Raises:
        InputError: a variable holds what it cannot hold.
    """
    try:
        return Settings()
    except ValidationError as error:
        raise InputError("\n".join(map(_told, error.errors()))) from error


def _told(fault: ErrorDetails) -> str:
    name = f"{_PREFIX}{fault['loc'][0]}".upper()
    wanted = _WANTED.get(fault["type"].partition("_")[0], fault["msg"]).format(**fault.get("ctx", {}))
    return f"{name} is {fault['input']!r}; it must be {wanted}."


def settings_with(**given: Any) -> Settings:
    """The settings of the environment, but for what is given and not None."""
    return settings().model_copy(update={name: value for name, value in given.items() if value is not None})
