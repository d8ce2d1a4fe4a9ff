"""Settings from the environment (prefix BILANZ_), each with a default that works on one laptop."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All that can be set from outside."""

    model_config = SettingsConfigDict(env_prefix="BILANZ_", frozen=True)

    database_url: str = Field(default="sqlite:///data/bilanz.db", description="SQLAlchemy URL of the database")
    spacy_model: str | None = Field(
        default=None, description="an installed spaCy pipeline with STTS tags, instead of our own"
    )
    sources: Path | None = Field(default=None, description="folder with source files of your own")
    contact: str | None = Field(
        default=None,
        description="e-mail or web address in the User-Agent for press offices to turn to; no default, "
        "since nobody should speak to an office in another's name",
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings, read once a process."""
    return Settings()
