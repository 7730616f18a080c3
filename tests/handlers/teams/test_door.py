"""What is let in at POST /api/messages, and what Teams is told."""

import json
import logging
from pathlib import Path

import aiohttp
import pytest

from bot.errors import UserError
from handlers.sandbox.teams.tokens import other_key
from tests.handlers.slack.hearing import locked
from tests.sides.teams_house import TeamsHouse, teams_house

WORDS = "Meter 4711 fails at night"


async def status(teams: TeamsHouse, body: bytes, token: str | None = None, method: str = "POST") -> int:
    headers = {"Authorization": f"Bearer {token or teams.workspace.tokens.inbound()}"}
    async with (
        aiohttp.ClientSession() as http,
        http.request(method, teams.workspace.app_url, data=body, headers=headers) as answer,
    ):
        assert await answer.read() in {b"", b"405: Method Not Allowed"}
        return answer.status


async def test_what_is_no_activity_is_refused_before_anything_is_read_of_it(teams: TeamsHouse) -> None:
    for body in (b"", b"{", b"[]", b'"x"', b"null", b'{"type":"\xe9"}', b"[" * 100_000, b'{"a":' * 50_000):
        assert await status(teams, body) == 400
    assert await status(teams, b'{"a":"' + b"x" * 300_000 + b'"}') == 413
    assert await status(teams, b"", method="GET") == 405


async def test_what_is_not_microsofts_is_refused_and_leaves_nothing(
    teams: TeamsHouse, caplog: pytest.LogCaptureFixture
) -> None:
    said, post = teams.workspace.activity("message", teams.channel, teams.ada), teams.post()
    said |= {"text": WORDS, "id": "1572436800000"}
    said["conversation"]["id"] += f";messageid={post.ts}"
    right = teams.workspace.tokens
    for token in (
        "",
        "a.b.c",
        right.sign(life=-3600),
        right.sign(aud="another"),
        right.sign(iss="https://attacker.example"),
        right.sign(serviceurl="https://attacker.example"),
        right.sign(key=other_key()),
    ):
        assert not (await teams.workspace.sends(said, token)).acknowledged
    assert teams.words() == []
    assert teams.traces(WORDS) == []
    assert WORDS not in caplog.text
    assert "Bearer" not in caplog.text

    assert (await teams.workspace.sends(said)).acknowledged
    assert teams.words() == [WORDS]


async def test_what_could_not_be_stored_is_not_acknowledged_and_is_recorded_when_it_comes_again(
    impatient_database: None, teams: TeamsHouse, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.teams.events._PATIENCE", 0.1)
    await teams.ada.replies(teams.post(), "We agree.")
    with locked(teams.house):
        await teams.ada.replies(teams.post(), WORDS)
    assert not teams.workspace.deliveries[-1].acknowledged
    assert WORDS not in teams.words()

    await teams.workspace.redeliver()
    await teams.workspace.redeliver()
    assert teams.words() == ["We agree.", WORDS]
    assert WORDS not in caplog.text


async def test_a_dead_letter_that_could_not_be_written_down_comes_again(
    impatient_database: None, teams: TeamsHouse
) -> None:
    body = json.dumps(teams.workspace.activity("somethingNew", teams.channel, teams.ada)).encode()
    with locked(teams.house):
        assert await status(teams, body) == 500
    assert await status(teams, body) == 200
    assert len(teams.rows("SELECT id FROM dead_letters")) == 1


async def test_what_comes_from_a_tenant_that_config_does_not_name_is_left_unread(
    teams: TeamsHouse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    said = teams.workspace.activity("message", teams.workspace.direct(teams.ada), teams.ada) | {"text": WORDS}
    said["conversation"]["tenantId"] = said["channelData"]["tenant"]["id"] = "99999999-9999-9999-9999-999999999999"
    assert (await teams.workspace.sends(said)).acknowledged
    assert (await teams.workspace.sends(said | {"channelId": "webchat"})).acknowledged

    assert await teams.told(teams.ada) == ""
    assert teams.traces(WORDS) == []
    assert WORDS not in caplog.text


async def test_dpbot_does_not_start_where_the_environment_lets_anybody_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS", "true")
    with pytest.raises(UserError, match="take it out of the environment"):
        async with teams_house(tmp_path):
            pass
