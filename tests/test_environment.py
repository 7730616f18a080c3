"""Tokens and addresses come from the environment or .env; what is wrong with them is a line, and none is printed."""

from pathlib import Path

import pytest

from bot.environment import Secrets, load_secrets
from bot.errors import UserError

TOKEN = "xoxb-very-secret"


@pytest.fixture(autouse=True)
def _no_secrets_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Secrets.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_without_any_secret_the_database_is_a_file_here_and_the_server_is_slacks(tmp_path: Path) -> None:
    secrets = load_secrets(tmp_path)

    assert secrets.database_url == "sqlite:///dpbot.db"
    assert secrets.slack_api_url == "https://slack.com/api/"
    assert secrets.slack_bot_token is None


def test_the_environment_wins_over_the_file_beside_config_toml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKEN={TOKEN}\nSLACK_APP_TOKEN=xapp-file\n", "utf-8")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-environment")
    secrets = load_secrets(tmp_path)

    assert secrets.need("slack_bot_token") == TOKEN
    assert secrets.need("slack_app_token") == "xapp-environment"


def test_reading_dotenv_leaves_the_environment_alone(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"SLACK_BOT_TOKEN={TOKEN}\n", "utf-8")
    load_secrets(tmp_path)
    (tmp_path / ".env").unlink()

    assert load_secrets(tmp_path).slack_bot_token is None


@pytest.mark.parametrize("value", ["", None])
def test_a_secret_that_is_needed_and_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    if value is not None:
        monkeypatch.setenv("SLACK_BOT_TOKEN", value)
    with pytest.raises(
        UserError, match=r"^SLACK_BOT_TOKEN is not set: put it into the environment or into .* \.env\.$"
    ):
        load_secrets(tmp_path).need("slack_bot_token")


def test_a_dotenv_file_that_is_not_text_is_one_line_without_its_content(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(f"SLACK_BOT_TOKEN={TOKEN}\xff\n".encode("latin-1"))
    with pytest.raises(UserError) as refused:
        load_secrets(tmp_path)

    assert str(refused.value) == (
        f"{tmp_path / '.env'}: it cannot be read (UnicodeDecodeError); allowed: a UTF-8 text file."
    )


@pytest.mark.parametrize("address", ["http://[::1/", "slack.com/api/", "file:///etc/passwd", "https://"])
def test_an_address_that_is_none_is_refused(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", address)

    with pytest.raises(
        UserError, match=r"^SLACK_API_URL is not an address dpbot can use: allowed is http:// or https:"
    ):
        load_secrets(tmp_path)


def test_the_secret_of_teams_goes_unencrypted_to_no_other_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for address in ("https://teams.example", "http://127.0.0.1:8080", "http://localhost:8080"):
        monkeypatch.setenv("TEAMS_URL", address)
        assert load_secrets(tmp_path).teams_url == address

    monkeypatch.setenv("TEAMS_URL", "http://teams.example")
    with pytest.raises(UserError, match=r"^TEAMS_URL would send dpbot's secret unencrypted: allowed is https://"):
        load_secrets(tmp_path)


def test_secrets_are_never_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Secrets.model_fields:
        monkeypatch.setenv(name.upper(), f"https://user:hidden-{name}@host/")
    secrets = load_secrets(tmp_path)

    for shown in (repr(secrets), str(secrets), f"{secrets}"):
        assert "hidden" not in shown
