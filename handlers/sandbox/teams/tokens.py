"""Microsoft's tokens, made here: one key, the pages that publish it, the login that gives the app its own tokens."""

import json
import time
from dataclasses import dataclass, field
from functools import lru_cache
from http import HTTPStatus

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from handlers.sandbox.basics import Json
from handlers.sandbox.faults import Faults
from handlers.sandbox.teams.store import Identity

ISSUER = "https://api.botframework.com"
LOGIN = "https://login.microsoftonline.com"
KEY = "sandbox-key-1"
LIFE = 3600  # seconds
RESOURCES = {"https://api.botframework.com/.default": "connector", "https://graph.microsoft.com/.default": "graph"}


@lru_cache(maxsize=1)
def signing_key() -> rsa.RSAPrivateKey:
    """One a process: making it takes longer than a test."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def other_key() -> rsa.RSAPrivateKey:
    """Somebody else's."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Tokens:
    identity: Identity
    faults: Faults
    address: str = ""
    given: dict[str, str] = field(default_factory=dict)  # the app's own tokens: what each is for
    endorsements: tuple[str, ...] = ("msteams",)
    asked: int = 0  # how often the app asked for a token
    _kept: tuple[float, str] = (0.0, "")

    def routes(self, application: web.Application) -> None:
        for prefix in ("", "/keys", "/v1/.well-known", "/keys/v1/.well-known"):
            application.router.add_get(f"{prefix}/keys" if prefix != "/keys" else "/keys", self._keys)
            application.router.add_get(f"{prefix}/openidconfiguration", self._metadata)
        application.router.add_get("/login/{tenant}/v2.0/.well-known/openid-configuration", self._authority)
        application.router.add_get("/login/{tenant}/discovery/instance", self._instance)
        application.router.add_post("/login/{tenant}/oauth2/v2.0/token", self._token)

    def inbound(self) -> str:
        """The token that comes with an activity. Microsoft uses one for an hour."""
        made, token = self._kept
        if time.time() - made > LIFE / 2:
            token = self.sign()
            self._kept = time.time(), token
        return token

    def sign(
        self, *, key: object = None, kid: str = KEY, algorithm: str = "RS256", life: float = LIFE, **claims: object
    ) -> str:
        """A token as the Connector's, with some claims changed; None takes one out."""
        now = int(time.time())
        usual: Json = {
            "serviceurl": self.service_url,
            "nbf": now - 300,
            "iat": now,
            "exp": int(now + life),
            "iss": ISSUER,
            "aud": self.identity.app_id,
        }
        body = {name: value for name, value in (usual | claims).items() if value is not None}
        signed_by = signing_key() if key is None else key
        return jwt.encode(body, signed_by, algorithm=algorithm, headers={"kid": kid})  # type: ignore[arg-type]

    @property
    def service_url(self) -> str:
        return f"{self.address}/connector/"

    def is_given(self, header: str, resource: str) -> bool:
        """Whether a request carries a token of ours for this resource."""
        return header.startswith("Bearer ") and self.given.get(header.removeprefix("Bearer ")) == resource

    async def _keys(self, _request: web.Request) -> web.Response:
        public = json.loads(RSAAlgorithm.to_jwk(signing_key().public_key()))
        more = {"kid": KEY, "use": "sig", "x5t": KEY, "endorsements": list(self.endorsements)}
        return web.json_response({"keys": [public | more]})

    async def _metadata(self, request: web.Request) -> web.Response:
        """As login.botframework.com/v1/.well-known/openidconfiguration."""
        keys = str(request.url.with_path(request.path.replace("openidconfiguration", "keys")))
        found = {"issuer": ISSUER, "jwks_uri": keys, "id_token_signing_alg_values_supported": ["RS256"]}
        return web.json_response(found | {"authorization_endpoint": "https://invalid.botframework.com"})

    async def _authority(self, request: web.Request) -> web.Response:
        """As login.microsoftonline.com/TENANT/v2.0/.well-known/openid-configuration: with Microsoft's addresses."""
        tenant = f"{LOGIN}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{tenant}/v2.0",
                "token_endpoint": f"{tenant}/oauth2/v2.0/token",
                "authorization_endpoint": f"{tenant}/oauth2/v2.0/authorize",
                "device_authorization_endpoint": f"{tenant}/oauth2/v2.0/devicecode",
                "jwks_uri": f"{tenant}/discovery/v2.0/keys",
            }
        )

    async def _instance(self, _request: web.Request) -> web.Response:
        host = LOGIN.removeprefix("https://")
        names = {"preferred_network": host, "preferred_cache": "login.windows.net", "aliases": [host]}
        return web.json_response({"tenant_discovery_endpoint": "", "api-version": "1.1", "metadata": [names]})

    async def _token(self, request: web.Request) -> web.Response:
        """Client credentials. Microsoft: learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds."""
        self.asked += 1
        if fault := self.faults.take("token"):
            await fault.delay()
            return web.json_response({"error": "temporarily_unavailable"}, status=HTTPStatus.SERVICE_UNAVAILABLE)
        asked = {name: str(value) for name, value in (await request.post()).items()}
        resource = next((RESOURCES[each] for each in asked.get("scope", "").split() if each in RESOURCES), None)
        identity = self.identity
        if request.match_info["tenant"] != identity.tenant:
            return _refused("invalid_request", "AADSTS90002: Tenant not found.", HTTPStatus.BAD_REQUEST)
        if asked.get("grant_type") != "client_credentials" or resource is None:
            return _refused("invalid_scope", "AADSTS1002012: The scope is not valid.", HTTPStatus.BAD_REQUEST)
        if (asked.get("client_id"), asked.get("client_secret")) != (identity.app_id, identity.secret):
            return _refused("invalid_client", "AADSTS7000215: Invalid client secret provided.", HTTPStatus.UNAUTHORIZED)
        token = self.sign(aud=resource, iss=f"https://sts.windows.net/{identity.tenant}/", appid=identity.app_id)
        token = token if token not in self.given else self.sign(aud=resource, uti=str(self.asked))
        self.given[token] = resource
        return web.json_response(
            {"token_type": "Bearer", "expires_in": LIFE - 1, "ext_expires_in": LIFE - 1, "access_token": token}
        )


def _refused(error: str, description: str, status: HTTPStatus) -> web.Response:
    return web.json_response({"error": error, "error_description": description}, status=status)
