"""What the operator sets: environment variables or a `.env` file, read once at start. Has no secret of its
own and never shows a value it was given, only the name of the variable."""

import re
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class SettingsError(Exception):
    """A variable is missing or not right: set it in the environment or in `.env`, then start again."""


def _numbers(value: object) -> object:
    return [part for part in value.replace(",", " ").split() if part] if isinstance(value, str) else value


class Settings(BaseSettings):
    """One field for each variable of the same name in capitals; `read_settings` makes it.

    `telegram_bot_token` may be absent (the demo and the exports need none); `token` insists on it.
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    telegram_bot_token: SecretStr | None = Field(
        default=None, description="the token that @BotFather gave: digits, a colon, letters"
    )
    telegram_api_url: str = Field(
        default="https://api.telegram.org",
        pattern=r"^https?://[^\s/]+",
        description="an address beginning with https:// (or http:// for a local Bot API server)",
    )
    database_url: SecretStr | None = Field(
        default=None, description="sqlite:///path/to/file.db or postgresql://user:password@host/name"
    )
    helpdesk_chat_id: int | None = Field(
        default=None, description="the number of the staff group, usually negative, like -1001234567890"
    )
    helpdesk_staff_ids: Annotated[frozenset[int], NoDecode, BeforeValidator(_numbers)] = Field(
        default=frozenset(), description="Telegram user numbers separated by commas, like 111,222"
    )
    webhook_url: str | None = Field(
        default=None,
        pattern=r"^https://[^\s/]+",
        description="the public address of this bot, beginning with https://",
    )
    webhook_secret: SecretStr | None = Field(
        default=None, description="16 to 256 letters, digits, _ or -; needed as soon as WEBHOOK_URL is set"
    )
    port: int = Field(default=8080, ge=1, le=65535, description="a whole number from 1 to 65535, like 8080")
    listen_host: str = Field(
        default="127.0.0.1",
        pattern=r"^[\w.:-]+$",
        description="the address PORT is opened on: 127.0.0.1 behind a proxy on this machine, 0.0.0.0 in a container",
    )
    metrics: bool = Field(
        default=False,
        description="1 to show /healthz, /readyz and /metrics on PORT without a webhook too, else 0",
    )
    data_dir: Path = Field(default=Path("data"), description="a folder that the bot may write to")
    files_dir: Path = Field(default=Path("files"), description="a folder, below DATA_DIR unless absolute")
    letter_dir: Path = Field(default=Path("letters"), description="a folder, below DATA_DIR unless absolute")
    reporting_scheme: str = Field(
        default="semester",
        pattern=r"^[a-z][a-z0-9_-]*$",
        description="the name of a reporting calendar, like semester",
    )

    @field_validator("telegram_bot_token")
    @classmethod
    def _token_has_its_form(cls, token: SecretStr | None) -> SecretStr | None:
        number, _, secret = token.get_secret_value().partition(":") if token else ("1", ":", "x")
        if not (number.isdecimal() and secret and secret.isprintable() and " " not in secret):
            raise ValueError("not a token")
        return token

    @field_validator("telegram_api_url")
    @classmethod
    def _without_last_slash(cls, url: str) -> str:
        return url.rstrip("/")

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, url: SecretStr | None) -> SecretStr | None:
        if url and not url.get_secret_value().startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("unknown kind of database")
        return url

    @field_validator("webhook_secret")
    @classmethod
    def _secret_has_its_form(cls, secret: SecretStr | None) -> SecretStr | None:
        text = secret.get_secret_value() if secret else "x" * 16
        if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", text):
            raise ValueError("not a secret Telegram would send")
        return secret

    @field_validator("files_dir", "letter_dir")
    @classmethod
    def _below_data_dir(cls, folder: Path, others: ValidationInfo) -> Path:
        return Path(others.data.get("data_dir", "data")) / folder

    @property
    def token(self) -> str:
        """The bot token in clear text. Raises SettingsError where it was not set."""
        if self.telegram_bot_token is None:
            raise SettingsError(_sentence("telegram_bot_token", "is not set"))
        return self.telegram_bot_token.get_secret_value()

    @property
    def secret(self) -> str:
        """The webhook's secret in clear text. Raises SettingsError where it was not set."""
        if self.webhook_secret is None:
            raise SettingsError(_sentence("webhook_secret", "is not set"))
        return self.webhook_secret.get_secret_value()

    @property
    def database(self) -> str:
        """The database address in clear text: DATABASE_URL, or an SQLite file in DATA_DIR."""
        if self.database_url is None:
            return f"sqlite:///{self.data_dir / 'temanlapor.db'}"
        return self.database_url.get_secret_value()


def _sentence(field: str, what: str) -> str:
    needed = Settings.model_fields[field].description
    return f"{field.upper()} {what}. It must be {needed}. Set it in the environment or in the file .env."


def read_settings() -> Settings:
    """The settings of this process. Raises SettingsError with one sentence for each wrong variable."""
    try:
        settings = Settings()
    except ValidationError as error:
        fields = dict.fromkeys(str(place["loc"][0]) for place in error.errors(include_input=False))
        raise SettingsError("\n".join(_sentence(field, "is not right") for field in fields)) from None
    if settings.webhook_url and settings.webhook_secret is None:
        raise SettingsError(_sentence("webhook_secret", "is not set"))
    return settings
