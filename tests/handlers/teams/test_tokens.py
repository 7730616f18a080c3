"""Only what carries a token of the Bot Connector, for us and for the address it says, comes from Microsoft."""

from collections.abc import Callable

import jwt
import pytest

from handlers.sandbox.teams.tokens import Tokens, other_key
from handlers.sandbox.teams.workspace import TeamsWorkspace
from handlers.teams.tokens import Inbound, NoKeys, NotTrusted

HOUR = 3600
Wrong = Callable[[Tokens], str]

# What somebody might come with instead of a token that the Bot Connector made for us a moment ago.
WRONG: dict[str, Wrong] = {
    "missing": lambda _: "",
    "junk": lambda _: "Bearer a.b.c",
    "of no characters": lambda _: "Bearer \udcff",
    "of another scheme": lambda right: f"bearer {right.sign()}",
    "expired": lambda right: f"Bearer {right.sign(life=-HOUR)}",
    "for ever": lambda right: f"Bearer {right.sign(exp=None)}",
    "not yet valid": lambda right: f"Bearer {right.sign(nbf=4102444800)}",
    "for another app": lambda right: f"Bearer {right.sign(aud='another')}",
    "for our app as a resource": lambda right: f"Bearer {right.sign(aud=f'api://{right.identity.app_id}')}",
    "of another issuer": lambda right: f"Bearer {right.sign(iss='https://attacker.example')}",
    "of a tenant's login": lambda right: (
        f"Bearer {right.sign(iss='https://login.microsoftonline.com/t/v2.0', tid='t')}"
    ),
    "for another service address": lambda right: f"Bearer {right.sign(serviceurl='https://attacker.example')}",
    "for no service address": lambda right: f"Bearer {right.sign(serviceurl=None)}",
    "signed by another key": lambda right: f"Bearer {right.sign(key=other_key())}",
    "signed by a key nobody knows": lambda right: f"Bearer {right.sign(kid='unknown')}",
    "signed by a shared secret": lambda right: f"Bearer {right.sign(key='x' * 40, algorithm='HS256')}",
    "not signed": lambda right: f"Bearer {right.sign(key='', algorithm='none')}",
    "dpbot's own": lambda right: f"Bearer {right.sign(aud='https://api.botframework.com')}",
}


async def test_only_the_connectors_own_tokens_for_us_are_taken() -> None:
    async with TeamsWorkspace() as workspace:
        inbound = Inbound(workspace.identity.app_id, f"{workspace.url}/keys")
        right = workspace.tokens
        token = right.sign()
        assert await inbound.check(f"Bearer {token}", workspace.service_url) == token
        assert await inbound.check(f"Bearer {token}", workspace.service_url.rstrip("/")) == token

        for name, wrong in WRONG.items():
            with pytest.raises(NotTrusted) as refused:
                await inbound.check(wrong(right), workspace.service_url)
            assert "Bearer" not in str(refused.value), name
        for address in (None, "", 5, "https://attacker.example/"):
            with pytest.raises(NotTrusted):
                await inbound.check(f"Bearer {token}", address)


async def test_a_key_that_does_not_sign_for_teams_is_none() -> None:
    async with TeamsWorkspace() as workspace:
        workspace.tokens.endorsements = ("webchat",)
        inbound = Inbound(workspace.identity.app_id, f"{workspace.url}/keys")
        with pytest.raises((NoKeys, NotTrusted)):
            await inbound.check(f"Bearer {workspace.tokens.sign()}", workspace.service_url)


async def test_without_microsofts_keys_nobody_is_refused_and_they_are_asked_for_again() -> None:
    async with TeamsWorkspace() as workspace:
        inbound = Inbound(workspace.identity.app_id, "http://127.0.0.1:9/keys")
        header = f"Bearer {workspace.tokens.sign()}"
        with pytest.raises(NoKeys):
            await inbound.check(header, workspace.service_url)
        inbound._address = f"{workspace.url}/keys"
        assert await inbound.check(header, workspace.service_url)


async def test_unknown_keys_make_dpbot_ask_microsoft_at_most_twice_a_minute() -> None:
    now = 0.0
    async with TeamsWorkspace() as workspace:
        inbound = Inbound(workspace.identity.app_id, f"{workspace.url}/keys", lambda: now)
        forged = jwt.encode({"aud": "x"}, "x" * 40, algorithm="HS256", headers={"kid": "unknown"})
        for _ in range(3):
            with pytest.raises(NotTrusted):
                await inbound.check(f"Bearer {forged}", workspace.service_url)
        asked = inbound._asked
        now = 31.0
        with pytest.raises(NotTrusted):
            await inbound.check(f"Bearer {forged}", workspace.service_url)
        assert (asked, inbound._asked) == (0.0, 31.0)

        # What it knows serves on where Microsoft is silent a day later.
        now, inbound._address = 2 * 24 * 3600.0, "http://127.0.0.1:9/keys"
        assert await inbound.check(f"Bearer {workspace.tokens.sign()}", workspace.service_url)
