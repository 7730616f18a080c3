"""Microsoft Teams behind the port: who is who, what a channel is, where it is reached, and what its failures mean."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from bot.config import Policy
from bot.db import Sessions
from bot.domain import Classification
from bot.messenger import Limited, NotInChannel, NotSent, Payload, Refused, Unavailable, Unclear
from bot.models import Address
from bot.rules.classification import may_hold_names, may_send
from bot.services import addressing, scrubbing
from bot.services.identities import Person
from handlers.teams import failures
from handlers.teams.messenger import UNNAMED, TeamsMessenger
from handlers.teams.places import is_service
from tests.sides.teams_house import TeamsHouse, deaf_house

OTHER = "5d0c4a31-1111-4222-8333-444455556666"
CARD: Payload = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "msteams": {"width": "Full"},
    "body": [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Words"}]}],
}
WORDS: Payload = {"summary": "Words", "card": CARD}


@pytest.fixture
async def teams(tmp_path: Path) -> AsyncIterator[TeamsHouse]:
    async with deaf_house(tmp_path) as house:
        yield house


# --- sending ----------------------------------------------------------------------------------------------------------


async def test_a_message_is_posted_answered_replaced_and_can_be_opened(teams: TeamsHouse) -> None:
    channel, messenger = teams.channel.id, teams.messenger
    root = await messenger.post(channel, None, WORDS, "a key")
    reply = await messenger.post(channel, root, WORDS, "another key")
    await messenger.update(channel, root, {**WORDS, "summary": "Other words"})

    thread = teams.workspace.thread(teams.channel, root)
    assert [(each["ts"], each["summary"]) for each in thread] == [(root, "Other words"), (reply, "Words")]
    assert await messenger.find_post(channel, root, "another key", teams.clock()) == reply
    link = await messenger.link(channel, root)
    assert link is not None
    assert link.startswith("https://teams.microsoft.com/l/message/19%3A")
    assert f"/{root}?tenantId={teams.workspace.tenant}&groupId={teams.workspace.team.group}&" in link
    with pytest.raises(Refused):
        await messenger.update(channel, "1572429699999", WORDS)


async def test_a_private_answer_is_a_direct_message_in_the_conversation_there_was(teams: TeamsHouse) -> None:
    ada, messenger = teams.cast["Ada"], teams.messenger
    await messenger.whisper(teams.channel.id, None, ada.id, WORDS)
    restarted = TeamsMessenger(teams.desk.config, teams.secrets, teams.desk.sessions)
    await restarted.direct(ada.id, WORDS)

    assert len(teams.workspace.notes(ada)) == 2
    assert [call.name for call in teams.workspace.calls].count("create") == 1


async def test_where_somebody_was_reached_is_forgotten_with_them(teams: TeamsHouse) -> None:
    for name in ("Ada", "Ben"):
        await teams.messenger.direct(teams.cast[name].id, WORDS)
    person = Person(frozenset({teams.cast["Ada"].id}), frozenset(), frozenset())
    async with teams.desk.sessions.begin() as session:
        await scrubbing.scrub_all(session, scrubbing.scrub_of(person))

    assert await people_kept(teams.desk.sessions) == [teams.cast["Ben"].id]


async def people_kept(sessions: Sessions) -> list[str]:
    async with sessions.read() as session:
        rows = (await session.execute(Address.__table__.select())).all()
    return [row.id for row in rows if row.kind == addressing.PERSON]


# --- where it is reached ----------------------------------------------------------------------------------------------


async def test_a_channel_is_reached_where_its_last_checked_activity_came_from(
    teams: TeamsHouse, caplog: pytest.LogCaptureFixture
) -> None:
    activity = teams.workspace.activity("message", teams.channel, teams.cast["Ada"])
    now, there = teams.clock(), f"{teams.workspace.url}/uk"
    for strangers in ("https://attacker.example/connector", "https://smba.trafficmanager.net/uk/"):
        for _ in range(2):
            await teams.messenger.places.noted({**activity, "serviceUrl": strangers}, now)
    await teams.messenger.places.noted({**activity, "serviceUrl": f"{there}/"}, now)

    assert caplog.text.count("attacker.example") == 1
    restarted = TeamsMessenger(teams.desk.config, teams.secrets, teams.desk.sessions)
    room = await restarted.places.ours(teams.channel.id)
    assert (room.service, room.team) == (there, teams.workspace.team.id)
    assert room.bot == teams.workspace.identity.bot_id
    elsewhere = teams.workspace.channel("lunch")
    with pytest.raises(Refused):
        await restarted.post(elsewhere.id, None, WORDS, "a key")


async def test_an_address_that_was_kept_and_is_no_longer_believed_is_not_sent_to(teams: TeamsHouse) -> None:
    kept = {"service": "https://attacker.example", "team": "19:t", "bot": "28:b"}
    async with teams.desk.sessions.begin() as session:
        await addressing.keep(session, "teams", teams.channel.id, addressing.CHANNEL, kept, teams.clock())
    room = await TeamsMessenger(teams.desk.config, teams.secrets, teams.desk.sessions).places.ours(teams.channel.id)
    assert (room.service, room.team) == (f"{teams.workspace.url}/connector", "19:t")


def test_dpbots_token_goes_to_microsofts_own_servers_alone_or_to_the_one_in_their_place() -> None:
    at = "smba.trafficmanager.net"
    assert is_service(f"https://{at}/uk/x")
    assert is_service("https://smba.infra.gcc.teams.microsoft.com/teams")
    here = "http://127.0.0.1:80"
    assert is_service(f"{here}/connector", here)
    wrong = [f"http://{at}", f"ftp://{at}", f"//{at}", "", "http://[", "https:///x", f"https://{at}:8443", here]
    wrong += [f"https://x@{at}", f"https://{at}@attacker.example", f"https://{at}.attacker.example", f"https://x.{at}"]
    assert not any(map(is_service, wrong))
    assert not any(
        is_service(each, here) for each in (f"https://{at}/uk", "http://127.0.0.1:81", "http://localhost:80")
    )


# --- people and channels ----------------------------------------------------------------------------------------------


async def test_an_address_counts_only_where_a_tenant_that_is_known_vouches_for_it(tmp_path: Path) -> None:
    def vouched(config: str) -> str:
        return config + f'[[organisations]]\nname = "Calder Networks"\nteams = ["{OTHER}"]\n'

    async with deaf_house(tmp_path, vouched) as teams:
        guest = teams.workspace.member("Gil Ash", "gil.ash@calder.example", guest=True)
        known = teams.workspace.member("Kay Orr", "kay.orr@calder.example", team=OTHER)
        unknown = teams.workspace.member("Una Poe", "una.poe@x.example", team=OTHER.replace("5", "6"))
        for member in (guest, known, unknown):
            teams.workspace.put(member, teams.channel)
        told = [await teams.messenger.describe(each.id) for each in (teams.cast["Ada"], guest, known, unknown)]

        shown = [(each.email, each.guest, each.external) for each in told if each]
        assert shown == [
            ("ada.firth@northshire.example", False, False),
            (None, True, False),
            ("kay.orr@calder.example", False, True),
            (None, False, True),
        ]
        assert await teams.messenger.persons.id_of(teams.channel.id, known.person.aad) == known.id
        with pytest.raises(Refused):
            await teams.messenger.describe(f"{OTHER}:{teams.workspace.identity.app_id}")


async def test_a_guess_at_somebodys_tenant_is_not_kept_and_has_no_address(teams: TeamsHouse) -> None:
    """Who cannot be looked up is taken for one of the channel's tenant, until the directory is asked again."""
    una = teams.workspace.member("Una Stranger", "robin.ainsley@secas.example", team="another-tenant")
    teams.workspace.put(una, teams.channel)
    teams.workspace.faults.fail("member", "Forbidden")

    guessed = await teams.messenger.persons.id_of(teams.channel.id, una.person.aad)
    speaker = await teams.messenger.describe(guessed)

    assert guessed != una.id
    assert speaker is not None
    assert speaker.email is None
    assert await teams.messenger.persons.id_of(teams.channel.id, una.person.aad) == una.id


async def test_of_what_a_channel_is_not_said_to_be_it_is_not_taken_to_be(teams: TeamsHouse) -> None:
    messenger, amber = teams.messenger, Classification.AMBER
    home, standard = (
        await messenger.describe_channel(teams.secas.id),
        await messenger.describe_channel(teams.channel.id),
    )
    assert may_hold_names(home).value
    assert "not said to be private" in may_hold_names(standard).because
    assert not may_send(amber, amber, {amber: Policy()}, standard).value

    kay = teams.workspace.member("Kay Orr", "kay.orr@calder.example", team=OTHER, guest=True)
    teams.workspace.put(kay, teams.secas)
    later = TeamsMessenger(teams.desk.config, teams.secrets)
    facts = await later.describe_channel(teams.secas.id)
    assert (facts.teams, facts.guests) == ((OTHER,), True)
    assert not may_hold_names(facts).value
    assert not may_hold_names(replace(home, teams=(UNNAMED,))).value


# --- at start-up ------------------------------------------------------------------------------------------------------


async def test_a_token_is_asked_for_once_and_again_where_it_is_no_longer_taken(teams: TeamsHouse) -> None:
    asked = teams.workspace.tokens.asked
    await teams.messenger.post(teams.channel.id, None, WORDS, "a key")
    assert teams.workspace.tokens.asked == asked

    teams.workspace.tokens.given.clear()  # Microsoft revoked them
    await teams.messenger.post(teams.channel.id, None, WORDS, "another key")
    assert len(teams.workspace.messages(teams.channel)) == 2


# --- failures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "code", "meant"),
    [
        (429, "TooManyRequests", Limited),
        (500, "ServiceError", Unclear),
        (502, "", Unclear),
        (412, "PreconditionFailed", Unclear),
        (403, "BotNotInConversationRoster", NotInChannel),
        (404, "ConversationNotFound", NotInChannel),
        (403, "MessageWritesBlocked", Refused),
        (404, "ActivityNotFoundInConversation", Refused),
        (413, "MessageSizeTooBig", Refused),
        (401, "Unauthorized", Unavailable),
    ],
)
def test_what_microsoft_answers_says_whether_to_try_again(status: int, code: str, meant: type[NotSent]) -> None:
    body = {"error": {"code": code, "message": "Bearer eyJ0eXAi.secret of Ada Firth"}}
    meaning = failures.meaning(httpx.Response(status, json=body, headers={"Retry-After": "7"}))

    assert type(meaning) is meant or isinstance(meaning, meant)
    assert "secret" not in str(meaning)
    assert "Ada" not in str(meaning)
    if isinstance(meaning, Limited):
        assert meaning.retry_after == 7


def test_a_post_that_met_no_server_did_not_happen_and_of_any_other_silence_nothing_is_known() -> None:
    assert type(failures.silence(httpx.ConnectError("x"), repeatable=False)) is Unavailable
    assert type(failures.silence(httpx.ReadTimeout("x"), repeatable=False)) is Unclear
    assert type(failures.silence(httpx.ConnectError("x"), repeatable=True)) is Unclear
