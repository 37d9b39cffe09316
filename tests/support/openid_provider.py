"""An OpenID Connect provider: Authlib's server side, as a real HTTP server of its own."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from flask import Flask, jsonify
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT_ID, CLIENT_SECRET = "parley", "a secret that both know"


@dataclass
class Provider:
    """What it says of whoever asks; a test changes the claims, or what is wrong with them."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    wrong: dict[str, Any] = field(default_factory=dict)  # in the ID token, instead of what is true
    foreign_key: bool = False
    codes: dict[str, Any] = field(default_factory=dict)

    def authorize(self, address: str) -> str:
        """What a browser does there whose holder says yes: where it is sent back to."""
        try:
            _opener.open(Request(address))
        except _Sent as sent:
            return sent.location
        raise AssertionError(address)


class _Sent(Exception):
    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **_more: Any) -> None:
        raise _Sent(args[-1])


_opener = build_opener(_Stay)


class _Client:
    client_id = CLIENT_ID
    scope = "openid email"

    def get_client_id(self) -> str:
        return CLIENT_ID

    def get_default_redirect_uri(self) -> None:
        return None

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, uri: str) -> bool:
        return uri == "http://127.0.0.1:8000/moderate/sign-in/provider/back"

    def check_client_secret(self, secret: str) -> bool:
        return secret == CLIENT_SECRET

    def check_endpoint_auth_method(self, method: str, _endpoint: str) -> bool:
        return method in ("client_secret_basic", "client_secret_post")

    def check_response_type(self, kind: str) -> bool:
        return kind == "code"

    def check_grant_type(self, kind: str) -> bool:
        return kind == "authorization_code"


@dataclass
class _Code:
    code: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> None:
        return None

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


def _app(provider: Provider) -> Flask:  # noqa: C901 two classes and four short views
    key, foreign = (RSAKey.generate_key(2048, {"kid": "one"}) for _ in range(2))

    class Grant(AuthorizationCodeGrant):  # type: ignore[misc]  # Authlib has no types
        TOKEN_ENDPOINT_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]  # noqa: RUF012

        def save_authorization_code(self, code: str, request: Any) -> None:
            asked = request.payload.data
            names = ("nonce", "code_challenge", "code_challenge_method")
            more = {name: asked.get(name) for name in names}
            kept = _Code(code, request.payload.redirect_uri, request.payload.scope, **more)
            provider.codes[code] = kept

        def query_authorization_code(self, code: str, _client: Any) -> Any:
            return provider.codes.get(code)

        def delete_authorization_code(self, code: Any) -> None:
            del provider.codes[code.code]

        def authenticate_user(self, _code: Any) -> str:
            return "somebody"

    class Identity(OpenIDCode):  # type: ignore[misc]  # Authlib has no types
        def exists_nonce(self, _nonce: str, _request: Any) -> bool:
            return False

        def resolve_client_private_key(self, _client: Any) -> Any:
            return foreign if provider.foreign_key else key

        def get_client_algorithm(self, _client: Any) -> str:
            return "RS256"

        def get_client_claims(self, _client: Any) -> dict[str, Any]:
            now = int(time.time())
            return {"iss": provider.url, "aud": [CLIENT_ID], "iat": now, "exp": now + 60}

        def generate_user_info(self, _user: str, _scope: str) -> UserInfo:
            return UserInfo(sub="1", **provider.claims, **provider.wrong)

    app = Flask("provider")
    server = AuthorizationServer(
        app, query_client=lambda _id: _Client(), save_token=lambda *_: None
    )
    server.register_grant(Grant, [CodeChallenge(required=True), Identity(require_nonce=True)])

    @app.get("/.well-known/openid-configuration")
    def metadata() -> Any:
        return jsonify(
            issuer=provider.url,
            authorization_endpoint=f"{provider.url}/authorize",
            token_endpoint=f"{provider.url}/token",
            jwks_uri=f"{provider.url}/keys",
            id_token_signing_alg_values_supported=["RS256"],
        )

    @app.get("/keys")
    def keys() -> Any:
        return jsonify(KeySet([key]).as_dict(private=False))

    @app.get("/authorize")
    def authorize() -> Any:
        grant = server.get_consent_grant(end_user="somebody")
        return server.create_authorization_response(grant_user="somebody", grant=grant)

    @app.post("/token")
    def token() -> Any:
        return server.create_token_response()

    return app


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider that answers over HTTP until the block ends."""
    provider = Provider()
    server = make_server("127.0.0.1", 0, _app(provider), threaded=True)
    provider.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()


def asked(address: str) -> dict[str, str]:
    """The question in an address."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
