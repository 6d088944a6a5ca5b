"""How the process logs: one line for each event, on standard error, without token, database address,
content of an exception, or anything a library has to say below a warning. Knows no event."""

import logging
import re
import sys
import threading
import traceback
from collections.abc import MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import unquote, urlsplit

import structlog
from structlog.stdlib import ProcessorFormatter

from bot.settings import Settings

HIDDEN = "[hidden]"
OUR_ROOMS = ("bot", "conversations", "storage", "locales")
PLAIN_WORD = 12  # a secret shorter than this many characters may be part of an innocent word
PROJECT = Path(__file__).parent.parent
FRAMES = 5  # of our own places in a traceback, as many as a line shows

# PTB prints every call and every update at DEBUG, SQLAlchemy every parameter at INFO: people's reports.
TALKATIVE = ("telegram", "httpx", "httpcore", "aiohttp", "asyncio", "sqlalchemy", "uvicorn", "alembic")

_TOKEN = re.compile(r"\b\d{6,}(?::|%3A)[\w-]{30,}")
_LOGIN_IN_ADDRESS = re.compile(r"(?<=://)[^\s/@\"']+@[^\s/\"']+")


class Redaction(logging.Filter):
    """Takes the secrets of these settings out of a text, and out of every record that passes as a filter."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._secrets = _secrets(settings)

    def clean(self, text: str) -> str:
        """The text with `[hidden]` wherever a secret, or anything of the form of one, stood."""
        for pattern in (*self._secrets, _TOKEN, _LOGIN_IN_ADDRESS):
            text = pattern.sub(HIDDEN, text)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        """Renders message, arguments and exception into clean text, so that no later handler can undo it."""
        if isinstance(record.msg, dict):  # an event of structlog, already rendered key by key
            record.msg = {key: self.clean(str(value)) for key, value in record.msg.items()}
        else:
            text = record.getMessage()
            if record.exc_info and record.exc_info[1] is not None:
                # asyncio and others print the exception again, message and all, below the first line
                text = f"{text.partition(chr(10))[0]}: {describe(record.exc_info[1])}"
            record.msg = self.clean(text)
        record.args, record.exc_info, record.exc_text = (), None, None
        return True


def describe(error: BaseException) -> str:
    """Type and place of an exception and of its causes: `KeyError at bot/app.py:41 in start`.

    The places are ours, innermost last, and the innermost of all where that is a library's.

    Only exceptions defined in this project keep their message: it names no person. Any other may quote what
    somebody wrote.
    """
    parts = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.extract_tb(seen.__traceback__)
        told = [frame for frame in frames[:-1] if _is_ours(frame.filename)][-FRAMES:] + frames[-1:]
        places = "; ".join(f"{_short(frame.filename)}:{frame.lineno} in {frame.name}" for frame in told)
        ours = type(seen).__module__.partition(".")[0] in OUR_ROOMS
        parts.append(f"{type(seen).__name__}{f' ({seen})' if ours else ''} at {places or 'an unknown place'}")
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return " <- ".join(parts)


def configure_logging(settings: Settings, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Make every logger of this process, ours and the libraries', write clean lines to `stream` or stderr."""
    redaction = Redaction(settings)
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, _exception_by_place, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    line = structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"], bool_as_flag=False)
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(redaction)
    handler.setFormatter(
        ProcessorFormatter(processors=[ProcessorFormatter.remove_processors_meta, line], foreign_pre_chain=shared)
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(max(level, logging.WARNING))
    logging.captureWarnings(True)
    sys.excepthook = _log_last_words
    threading.excepthook = lambda args: _log_last_words(args.exc_type, args.exc_value, args.exc_traceback)


def _exception_by_place(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    given = event.pop("exc_info", None)
    error = sys.exc_info()[1] if given is True else given[1] if isinstance(given, tuple) else given
    if isinstance(error, BaseException):
        event["error"] = describe(error)
    return event


def _log_last_words(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt) or error is None:
        return
    logging.getLogger("bot").critical("the process stops", exc_info=(kind, error, trace))


def _secrets(settings: Settings) -> list[re.Pattern[str]]:
    hidden = {secret.get_secret_value() for secret in (settings.webhook_secret,) if secret}
    if settings.telegram_bot_token:
        token = settings.telegram_bot_token.get_secret_value()
        hidden |= {token, token.replace(":", "%3A"), token.partition(":")[2]}
    address = urlsplit(settings.database)
    if address.scheme != "sqlite":
        password = address.password or ""
        hidden |= {settings.database, password, unquote(password)}
        hidden |= {address.username or "", address.hostname or ""}
    # A short one may be a plain word ("bot", "db"): hidden as a word, not inside paths and module names.
    return [
        re.compile(re.escape(text), re.IGNORECASE)
        if len(text) >= PLAIN_WORD
        else re.compile(rf"(?<![\w./-]){re.escape(text)}(?![\w/-]|\.\w)", re.IGNORECASE)
        for text in sorted(hidden - {""}, key=len, reverse=True)
    ]


def _is_ours(filename: str) -> bool:
    return Path(filename).is_relative_to(PROJECT) and "site-packages" not in filename


def _short(filename: str) -> str:
    return "/".join(Path(filename).parts[-2:])
