"""PyPI `Authlib`, told what to do: one JSON object a line on stdin, one or more JSON objects a line on stdout.

The argument is the application: {"issuer", "client_id", "client_secret" or null, "ca"}. A request is
{"do": "discover" | "code" | "refresh" | "device-code" | "client-credentials" | "user-info", "scope", ...}. The code
flow is first answered with {"open": address}, a device code with {"user_code", "verification_uri"}. The metadata is
checked by the library's own validator, and the signature and claims of every token by joserfc and Authlib. Tokens
are never printed.
"""

import json
import secrets
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import requests
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import jwt
from joserfc.jwk import KeySet

DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


class Program:
    def __init__(self, options):
        self.options = options
        url = options["issuer"] + "/.well-known/openid-configuration"
        self.metadata = OpenIDProviderMetadata(requests.get(url, verify=options["ca"], timeout=30).json())
        self.metadata.validate()
        assert self.metadata["issuer"] == options["issuer"], "the issuer is another one than was asked"
        keys = requests.get(self.metadata["jwks_uri"], verify=options["ca"], timeout=30)
        self.keys = KeySet.import_key_set(keys.json())
        self.first = self.token = None

    def session(self, scope=None, **more):
        method = "client_secret_basic" if self.options["client_secret"] else "none"
        session = OAuth2Session(
            self.options["client_id"],
            self.options["client_secret"],
            scope=scope,
            token_endpoint_auth_method=method,
            code_challenge_method="S256",
            **more,
        )
        session.verify = self.options["ca"]
        return session

    def granted(self, token, nonce=None):
        self.token = dict(self.token or {}, **token)
        self.first = self.first or self.token
        access = jwt.decode(token["access_token"], self.keys, algorithms=["RS256"])
        assert access.claims["iss"] == self.metadata["issuer"], access.claims["iss"]
        report = {"granted": True, "alg": access.header["alg"], "audience": access.claims["aud"], "user": None}
        if "id_token" in token:
            decoded = jwt.decode(token["id_token"], self.keys, algorithms=["RS256"])
            params = {"nonce": nonce, "client_id": self.options["client_id"], "access_token": token["access_token"]}
            essential = {"iss": {"essential": True, "value": self.metadata["issuer"]}}
            claims = CodeIDToken(decoded.claims, decoded.header, options=essential, params=params)
            claims.validate(leeway=60)
            report["user"] = claims["preferred_username"]
        report.update(scope=token.get("scope", ""), expires_in=token["expires_in"], refreshable="refresh_token" in token)
        return report

    def discover(self, asked):
        return {"issuer": self.metadata["issuer"], "grants": self.metadata.get("grant_types_supported")}

    def code(self, asked):
        server = HTTPServer(("127.0.0.1", 0), Waiter)
        redirect = f"http://localhost:{server.server_port}"
        session = self.session(scope=asked["scope"], redirect_uri=redirect)
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(16)
        address, state = session.create_authorization_url(
            self.metadata["authorization_endpoint"], code_verifier=verifier, nonce=nonce
        )
        say({"open": address})
        server.arrived = None
        while server.arrived is None:
            server.handle_request()
        token = session.fetch_token(
            self.metadata["token_endpoint"],
            authorization_response=redirect + server.arrived,
            code_verifier=verifier,
            state=state,
        )
        return self.granted(token, nonce)

    def refresh(self, asked):
        used = self.first if asked.get("first") else self.token
        return self.granted(self.session().refresh_token(self.metadata["token_endpoint"], used["refresh_token"]))

    def device(self, asked):
        form = {"client_id": self.options["client_id"], "scope": asked["scope"]}
        endpoint = self.metadata["device_authorization_endpoint"]
        started = requests.post(endpoint, data=form, verify=self.options["ca"], timeout=30).json()
        say({"user_code": started["user_code"], "verification_uri": started["verification_uri"]})
        while True:
            try:
                token = self.session().fetch_token(
                    self.metadata["token_endpoint"], grant_type=DEVICE, device_code=started["device_code"]
                )
                return self.granted(token)
            except Exception as raised:
                if getattr(raised, "error", None) not in ("authorization_pending", "slow_down"):
                    raise
                time.sleep(started["interval"])

    def client_credentials(self, asked):
        session = self.session(scope=asked["scope"])
        return self.granted(session.fetch_token(self.metadata["token_endpoint"], grant_type="client_credentials"))

    def user_info(self, asked):
        session = self.session(token={"access_token": self.token["access_token"], "token_type": "Bearer"})
        answer = session.get(self.metadata["userinfo_endpoint"])
        return {"user_info": answer.json(), "status": answer.status_code}


class Waiter(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"back at the program")
        if "?" in self.path:
            self.server.arrived = self.path

    def log_message(self, *_):
        pass


def say(what):
    print(json.dumps(what), flush=True)


def main():
    program = Program(json.loads(sys.argv[1]))
    deeds = {
        "discover": program.discover,
        "code": program.code,
        "refresh": program.refresh,
        "device-code": program.device,
        "client-credentials": program.client_credentials,
        "user-info": program.user_info,
    }
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            say(deeds[asked["do"]](asked))
        except Exception as raised:  # what the library raises is what the test wants to know
            error = getattr(raised, "error", None)
            say({"raised": type(raised).__name__, "message": str(raised), "error": error})


if __name__ == "__main__":
    main()
