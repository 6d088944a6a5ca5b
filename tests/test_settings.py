"""What an operator may set, and what the bot says when it is wrong: the variable, never its value."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, read_settings


@pytest.fixture(autouse=True)
def empty_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of ours is set and no .env lies about."""
    for field in Settings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_with_nothing_set_the_demo_can_start() -> None:
    settings = read_settings()
    assert settings.telegram_api_url == "https://api.telegram.org"
    assert settings.database == "sqlite:///data/temanlapor.db"
    assert settings.port == 8080
    assert settings.reporting_scheme == "semester"
    assert (settings.helpdesk_chat_id, settings.helpdesk_staff_ids) == (None, frozenset())


def test_a_missing_token_is_named_when_it_is_needed() -> None:
    with pytest.raises(SettingsError, match=r"^TELEGRAM_BOT_TOKEN is not set\. It must be .*BotFather"):
        _ = read_settings().token


def test_the_env_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("PORT=9000\nHELPDESK_CHAT_ID=-100123\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("PORT", "9001")
    settings = read_settings()
    assert (settings.port, settings.helpdesk_chat_id) == (9001, -100123)


@pytest.mark.parametrize("written", ["111,222", " 111 , 222 ", "111, 222,", "111 222"])
def test_staff_are_a_list_with_commas(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("HELPDESK_STAFF_IDS", written)
    assert read_settings().helpdesk_staff_ids == {111, 222}


def test_a_variable_left_empty_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in Settings.model_fields:
        monkeypatch.setenv(field.upper(), "")
    assert read_settings() == Settings()


def test_files_and_letters_lie_below_the_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "/srv/teman")
    monkeypatch.setenv("LETTER_DIR", "/srv/surat")
    settings = read_settings()
    assert settings.files_dir == Path("/srv/teman/files")
    assert settings.letter_dir == Path("/srv/surat")
    assert settings.database == "sqlite:////srv/teman/temanlapor.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "rahasia"),
        ("TELEGRAM_BOT_TOKEN", "1:raha sia"),
        ("TELEGRAM_API_URL", "rahasia.example"),
        ("DATABASE_URL", "mysql://sari:rahasia@host/db"),
        ("HELPDESK_CHAT_ID", "rahasia"),
        ("HELPDESK_STAFF_IDS", "111,rahasia"),
        ("WEBHOOK_URL", "http://rahasia.example"),
        ("WEBHOOK_SECRET", "rahasia dengan spasi di dalam"),
        ("WEBHOOK_SECRET", "rahasia"),
        ("PORT", "rahasia"),
        ("PORT", "70000"),
        ("LISTEN_HOST", "rahasia/rumah"),
        ("METRICS", "rahasia"),
        ("REPORTING_SCHEME", "Rahasia!"),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"^{name} is not right\. It must be ") as error:
        read_settings()
    assert value not in str(error.value)
    assert error.value.__cause__ is None
    assert error.value.__suppress_context__


def test_every_wrong_variable_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "x")
    monkeypatch.setenv("HELPDESK_CHAT_ID", "x")
    with pytest.raises(SettingsError) as error:
        read_settings()
    assert [line.split()[0] for line in str(error.value).splitlines()] == ["HELPDESK_CHAT_ID", "PORT"]


def test_a_webhook_needs_its_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_URL", "https://lapor.example/telegram")
    with pytest.raises(SettingsError, match=r"^WEBHOOK_SECRET is not set"):
        read_settings()
    monkeypatch.setenv("WEBHOOK_SECRET", "kenari-kenari-kenari")
    assert read_settings().webhook_url == "https://lapor.example/telegram"


def test_secrets_do_not_show_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "1:kenari")
    monkeypatch.setenv("DATABASE_URL", "postgresql://sari:kenari@host/db")
    settings = read_settings()
    assert settings.token.endswith(":kenari")
    assert settings.database == "postgresql://sari:kenari@host/db"
    assert "kenari" not in repr(settings) + str(settings)
