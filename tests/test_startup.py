"""What an operator reads when dpbot cannot start: one sentence that says what to do."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot import app, db
from bot.environment import Secrets
from bot.errors import UserError
from handlers.sandbox.teams import TeamsWorkspace
from tests.house import House, open_house, published
from tests.sides.slack import SlackSide
from tests.sides.teams import TeamsSide
from tests.waiting import PATIENCE

OTHER = "11111111-2222-3333-4444-555555555555"


@pytest.fixture
async def unstarted(tmp_path: Path) -> AsyncIterator[House]:
    """Everything is in place; dpbot is not connected."""
    async with open_house(tmp_path) as house:
        yield house


async def refusal(house: House, **changed: str | None) -> str:
    """What dpbot says when it tries to connect, with these secrets changed, or not set."""
    secrets = Secrets.model_validate({**house.secrets.model_dump(), **changed})
    with pytest.raises(UserError) as refused:
        async with app.listening(house.desk, secrets):
            pass
    return one_line(str(refused.value))


def one_line(sentence: str) -> str:
    assert "\n" not in sentence
    assert sentence.endswith(".")
    assert "Traceback" not in sentence
    return sentence


def opening(house: House, database_url: str | None = None) -> str:
    """What dpbot says when it opens the database."""
    secrets = house.secrets.model_copy(update={"database_url": database_url or house.secrets.database_url})
    with pytest.raises(UserError) as refused:
        app.open_desk(house.desk.config, secrets)
    return one_line(str(refused.value))


# --- Slack ------------------------------------------------------------------------------------------------------------


async def test_a_refused_bot_token_is_named_with_the_place_where_the_right_one_is(unstarted: House) -> None:
    sentence = await refusal(unstarted, slack_bot_token="xoxb-of-yesterday")

    assert sentence.startswith("Slack did not accept dpbot: invalid_auth.")
    assert "SLACK_BOT_TOKEN" in sentence
    assert "xoxb-of-yesterday" not in sentence


async def test_a_refused_app_token_is_not_blamed_on_the_bot_token(unstarted: House) -> None:
    async with asyncio.timeout(PATIENCE):
        sentence = await refusal(unstarted, slack_app_token="xapp-of-yesterday")

    assert "SLACK_APP_TOKEN" in sentence
    assert "xapp-of-yesterday" not in sentence


async def test_tokens_in_each_others_place_are_said_to_be(unstarted: House) -> None:
    sentence = await refusal(unstarted, slack_bot_token=unstarted.workspace.app_token)

    assert "SLACK_BOT_TOKEN" in sentence
    assert "xoxb-" in sentence


@pytest.mark.parametrize("name", ["slack_bot_token", "slack_app_token"])
async def test_a_token_that_is_not_set_is_named(unstarted: House, name: str) -> None:
    sentence = await refusal(unstarted, **{name: None})

    assert sentence.startswith(f"{name.upper()} is not set: put it into the environment")


async def test_a_token_that_was_revoked_asks_for_a_new_installation(unstarted: House) -> None:
    unstarted.workspace.faults.fail("auth.test", "token_revoked")

    assert "Install the app to the workspace again" in await refusal(unstarted)


async def test_missing_scopes_are_listed_with_the_manifest_that_has_them(unstarted: House) -> None:
    unstarted.workspace.scopes.difference_update({"pins:write", "users:read.email"})

    assert await refusal(unstarted) == (
        "The Slack app lacks the scopes pins:write, users:read.email: add them as in deploy/slack-manifest.yaml and "
        "install the app to the workspace again."
    )


async def test_a_server_that_is_not_there_is_said_to_be(unstarted: House) -> None:
    sentence = await refusal(unstarted, slack_api_url="http://127.0.0.1:9/api/")

    assert "SLACK_API_URL and the network" in sentence


async def test_a_channel_slack_does_not_know_is_named(tmp_path: Path) -> None:
    def elsewhere(config: str) -> str:
        return config.replace('name = "operations-group"', 'name = "operations-grope"')

    async with open_house(tmp_path, elsewhere) as house:
        assert await refusal(house) == (
            "Slack has no channel operations-grope that dpbot can see: check [[channels]] and [secas] in config.toml, "
            "and invite dpbot to private channels with /invite."
        )


@pytest.mark.parametrize("private", [False, True])
async def test_a_channel_dpbot_is_not_in_asks_for_an_invitation(tmp_path: Path, private: bool) -> None:
    def elsewhere(config: str) -> str:
        return config.replace('name = "operations-group"', 'name = "not-invited"')

    async with open_house(tmp_path, elsewhere) as house:
        house.workspace.channel("not-invited", private=private, bot=False)
        sentence = await refusal(house)

    assert "not-invited" in sentence
    assert "/invite" in sentence


async def test_a_channel_of_secas_that_is_open_to_everybody_is_refused(tmp_path: Path) -> None:
    def elsewhere(config: str) -> str:
        return config.replace('channel = "secas-change-team"', 'channel = "town-hall"')

    async with open_house(tmp_path, elsewhere) as house:
        house.workspace.channel("town-hall")
        assert await refusal(house) == ("The Slack channel town-hall of [secas] is open to everybody: make it private.")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[secas]", '[[channels]]\nplatform = "slack"\nname = "C0SAND00001"\nsub_committee = "SSC"\n[secas]'),
        ('channel = "secas-change-team"', 'channel = "C0SAND00001"'),
    ],
)
async def test_a_channel_that_is_named_by_its_name_and_by_its_id_is_named_twice(
    tmp_path: Path, old: str, new: str
) -> None:
    async with open_house(tmp_path, lambda config: config.replace(old, new)) as house:
        assert await refusal(house) == (
            "config.toml names the Slack channel C0SAND00001 and operations-group twice: keep one of them."
        )


async def test_a_channel_may_be_named_by_its_id(tmp_path: Path) -> None:
    def by_id(config: str) -> str:
        return config.replace('name = "operations-group"', 'name = "C0SAND00001"')

    async with open_house(tmp_path, by_id) as house, house.connected():
        assert house.channel.id == "C0SAND00001"
        await house.imports()
        await house.publishes()
        await house.ada.replies(house.post(), "Heard.")
        assert len(await house.views()) == 1


async def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    def http(config: str) -> str:
        return config.replace('"socket"', '"http"\n[http]\nport = 1')

    async with open_house(tmp_path, http) as house:
        port = int(house.workspace.api_url.split(":")[2].split("/")[0])
        house.reconfigures(lambda config: config.replace("port = 1", f"port = {port}"))

        assert await refusal(house) == (
            f"dpbot cannot listen on 127.0.0.1 port {port}: another program has it; change [http] port."
        )
        house.reconfigures(lambda config: config.replace("[http]", '[http]\nhost = "203.0.113.7"'))
        assert "this machine has no such address; change [http] host" in await refusal(house)


# --- Microsoft Teams --------------------------------------------------------------------------------------------------


@pytest.fixture
async def unstarted_in_teams(tmp_path: Path) -> AsyncIterator[tuple[House, TeamsWorkspace]]:
    async with open_house(tmp_path, sides=(TeamsSide,)) as house:
        assert isinstance(house.side, TeamsSide)
        yield house, house.side.workspace


async def test_what_microsoft_does_not_take_is_named_with_what_to_do_and_without_a_secret(
    unstarted_in_teams: tuple[House, TeamsWorkspace],
) -> None:
    house, teams = unstarted_in_teams
    no_token = "Microsoft gives dpbot no token: "
    for name in ("teams_client_id", "teams_client_secret", "teams_tenant_id"):
        assert await refusal(house, **{name: None}) == (
            f"{name.upper()} is not set: put it into the environment or into the file .env."
        )
    wrong_secret = await refusal(house, teams_client_secret="of-yesterday")
    assert wrong_secret.startswith(
        f"{no_token}TEAMS_CLIENT_SECRET is not the secret of TEAMS_CLIENT_ID, or it has ended"
    )
    assert "of-yesterday" not in wrong_secret

    silent = f"{no_token}its login does not answer: check the network, and TEAMS_URL where that is set"
    assert (await refusal(house, teams_url="http://127.0.0.1:9")).startswith(silent)
    assert (await refusal(house, teams_url=f"{teams.url}/elsewhere")).startswith(silent)  # an answer, and no login's
    teams.faults.server_error("token")
    assert (await refusal(house)).startswith(silent)
    teams.faults.server_error("messages")
    assert (await refusal(house)).startswith("Microsoft does not tell of the channel operations-group: ")

    elsewhere = await refusal(house, teams_tenant_id=OTHER)
    assert elsewhere.startswith("The link of the channel operations-group is of the tenant ")
    house.reconfigures(lambda config: config.replace(teams.tenant, OTHER))
    assert (await refusal(house, teams_tenant_id=OTHER)).startswith(f"{no_token}there is no tenant TEAMS_TENANT_ID")


async def test_a_link_to_a_channel_that_is_not_there_is_to_be_copied_again(
    unstarted_in_teams: tuple[House, TeamsWorkspace],
) -> None:
    house, teams = unstarted_in_teams
    group = teams.team.group
    sentence = (
        "Microsoft Teams has no channel operations-group: copy its link into config.toml again, and have an owner of "
        "its team add the app there."
    )
    house.reconfigures(lambda config: config.replace(group, OTHER))
    assert await refusal(house) == sentence
    house.reconfigures(lambda config: config.replace(OTHER, group).replace("19%3A", "19%3Aff"))
    assert await refusal(house) == sentence


async def test_a_channel_of_secas_that_documents_cannot_go_to_is_refused(
    unstarted_in_teams: tuple[House, TeamsWorkspace],
) -> None:
    house, teams = unstarted_in_teams
    fit, open_to_all = teams.link(house.secas), teams.link(teams.channel("town-hall"))
    house.reconfigures(lambda config: config.replace(fit, open_to_all))
    assert await refusal(house) == (
        "The Teams channel secas-change-team of [secas] cannot be sent documents: SECAS's channel is not said to be "
        "private; take a private channel of SECAS's own, and have an owner add the app there and consent to its "
        "permissions."
    )
    teams.faults.fail("paged", "BotNotInConversationRoster")
    assert "cannot be sent documents: dpbot is not there; take" in await refusal(house)


async def test_dpbot_starts_where_it_may_not_hear_only_if_config_says_so_and_notices_what_it_is_given_then(
    tmp_path: Path,
) -> None:
    async with open_house(tmp_path, sides=(SlackSide, partial(TeamsSide, name="in-teams"))) as house:
        (there,) = house.beside
        assert isinstance(there, TeamsSide)
        there.workspace.consent = False
        assert await refusal(house) == (
            "dpbot may not hear the channel in-teams: have an owner of its team add the app there and consent to its "
            "permissions, or set mentions_only = true under [teams] in config.toml."
        )

        house.reconfigures(lambda config: f"{config}[teams]\nmentions_only = true\n")
        async with house.connected():
            await published(house)
            await there.cast["Ada"].replies(there.post(there.channel, "DP092"), "Issue: not told.")
            unread = "dpbot has not been given the right to read its messages"
            assert unread in await house.compiles()

            there.workspace.consent = True
            house.clock.forward(minutes=1)
            document = await house.compiles()
            assert "not told." in document
            assert unread not in document

            there.workspace.consent = False
            house.clock.forward(minutes=1)
            assert unread in await house.compiles()


# --- the database -----------------------------------------------------------------------------------------------------


async def test_a_database_that_is_not_there_is_to_be_made(unstarted: House) -> None:
    path = unstarted.folder / "nowhere.db"

    assert opening(unstarted, f"sqlite:///{path}") == (
        f"There is no database at {path}: make it with `dpbot db upgrade`."
    )
    assert not path.exists()


async def test_an_older_database_is_to_be_brought_up_to_date(unstarted: House) -> None:
    path = unstarted.folder / "older.db"
    db.upgrade(f"sqlite:///{path}")
    db.downgrade(f"sqlite:///{path}", "base")

    assert opening(unstarted, f"sqlite:///{path}") == (
        f"The database {path} is older than this dpbot: bring it up to date with `dpbot db upgrade`."
    )


async def test_a_newer_database_wants_a_newer_dpbot(unstarted: House) -> None:
    with sqlite3.connect(unstarted.folder / "test.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    assert opening(unstarted) == (
        f"The database {unstarted.folder / 'test.db'} was made by a newer dpbot: install that version, or use another "
        "database."
    )


async def test_a_database_that_another_program_holds_is_said_to_be_in_use(
    unstarted: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "BUSY_SECONDS", 0)
    await unstarted.desk.sessions.close()
    other = sqlite3.connect(unstarted.folder / "test.db", isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert opening(unstarted) == (
            f"The database {unstarted.folder / 'test.db'} is in use by another program: "
            "try again when that has finished."
        )
    finally:
        other.close()


async def test_a_file_that_is_no_database_is_said_to_be(unstarted: House) -> None:
    path = unstarted.folder / "letter.db"
    path.write_text("Dear Sub-Committee,\n" * 300, "utf-8")

    sentence = opening(unstarted, f"sqlite:///{path}")
    assert str(path) in sentence
    assert "cannot be used (file is not a database)" in sentence


async def test_an_address_that_is_no_database_is_said_to_be(unstarted: House) -> None:
    sentence = opening(unstarted, "mysql://user:secret@host/db")

    assert "allowed is sqlite:///" in sentence
    assert "secret" not in sentence
