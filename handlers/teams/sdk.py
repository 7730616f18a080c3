"""Microsoft's SDK: the only place that imports it whole. Its own route, token check and web server are never used."""

import logging
import os
import warnings
from collections.abc import Awaitable, Callable
from typing import Any

from bot.errors import UserError

UNSAFE = "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS"
# Importing the SDK would load the nearest .env file into the environment, for every child to inherit.
os.environ.setdefault("PYTHON_DOTENV_DISABLED", "1")
with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="HtmlWidgetSecurityPolicy is in preview")
    from microsoft_teams.api.activities import Activity, ActivityTypeAdapter
    from microsoft_teams.api.auth.cloud_environment import PUBLIC
    from microsoft_teams.api.auth.json_web_token import JsonWebToken
    from microsoft_teams.apps import ActivityContext, ActivityEvent, App, CoreActivity
    from microsoft_teams.apps.http import HttpMethod, HttpRouteHandler
    from microsoft_teams.common import ClientOptions
    from pydantic import ValidationError

__all__ = ["App", "heard", "hears", "make_app", "safe", "wrong_with"]
Token = Callable[[str | list[str], str | None], Awaitable[str]]
Answer = Callable[[dict[str, Any]], Awaitable[dict[str, Any] | None]]
_TIMEOUT = 30.0  # seconds; by itself the SDK's client waits for ever


class _NoServer:
    """What the SDK would serve with: dpbot has a site of its own, with a check of its own at the door."""

    def register_route(self, method: HttpMethod, path: str, handler: HttpRouteHandler) -> None: ...

    def serve_static(self, path: str, directory: str) -> None: ...

    async def start(self, port: int) -> None: ...

    async def stop(self) -> None: ...


def safe() -> None:
    """UserError where the environment holds the SDK's switch that lets anybody in."""
    if UNSAFE in os.environ:
        raise UserError(
            f"{UNSAFE} is set: it would let anybody speak for Microsoft Teams; take it out of the environment."
        )


async def make_app(client_id: str, tenant: str, token: Token, service_url: str | None = None) -> App:
    """The SDK's App, to hear by. Every option is given: it would read the rest from the environment."""
    safe()
    app = App(
        client_id=client_id,
        tenant_id=tenant,
        token=token,
        cloud=PUBLIC,
        service_url=service_url or "https://smba.trafficmanager.net/teams",
        dangerously_allow_unauthenticated_requests=False,
        http_server_adapter=_NoServer(),
        client=ClientOptions(timeout=_TIMEOUT),
        telemetry={"agent365": False},
        state=False,
        fetch_user_token=False,
    )
    await app.initialize()
    # Below, it writes whole activities and every address that it asks into the log.
    for name in ("microsoft_teams", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    return app


def wrong_with(activity: dict[str, Any]) -> str | None:
    """Where and why the SDK would refuse this activity, without a value of it; None where it would not.

    Asked first, so that no failure of a handler looks so.
    """
    try:
        ActivityTypeAdapter.validate_python(activity)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['type']}"[:200]
    return None


def hears(app: App, answer: Answer) -> None:
    """Whatever the App takes in is answered by this, in Teams' own shapes."""

    async def told(ctx: ActivityContext[Activity]) -> dict[str, Any] | None:
        return await answer(ctx.activity.model_dump(mode="json", by_alias=True, exclude_none=True))

    app.on_activity(told)


async def heard(app: App, activity: dict[str, Any], token: str) -> dict[str, Any]:
    """Let the App take in an activity whose token was checked: `status` and, it may be, `body`. A handler's failure
    comes out as itself.
    """
    if app.server.on_request is None:
        raise RuntimeError("the App was not initialised")
    event = ActivityEvent(body=CoreActivity.model_validate(activity), token=JsonWebToken(value=token))
    got = await app.server.on_request(event)
    return got.model_dump(by_alias=True, exclude_none=True)
