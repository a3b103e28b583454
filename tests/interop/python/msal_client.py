"""MSAL Python, told what to do: one JSON object a line on stdin, one or more JSON objects a line on stdout.

The argument is the application: {"authority", "client_id", "client_secret" or null, "ca"}, with "credential" in place
of the secret where it is more than that. A request is {"do": "client-credentials" | "device-code" | "silent" |
"password" | "on-behalf-of", "scopes": [...], ...}; a device code is first
answered with {"user_code", "verification_uri"}. A result is {"granted": true, ...} or what the library returned or
raised. Tokens are never printed.
"""

import json
import sys

import msal

REPORTED = ("error", "error_description", "error_codes", "suberror", "classification", "claims", "correlation_id")


def application(options, **more):
    common = {"authority": options["authority"], "verify": options["ca"], "instance_discovery": False, **more}
    credential = options.get("credential") or options["client_secret"]
    if credential:
        return msal.ConfidentialClientApplication(options["client_id"], client_credential=credential, **common)
    return msal.PublicClientApplication(options["client_id"], **common)


def device_code(app, asked):
    flow = app.initiate_device_flow(scopes=asked["scopes"])
    if "user_code" not in flow:
        return flow
    say({"user_code": flow["user_code"], "verification_uri": flow["verification_uri"]})
    return app.acquire_token_by_device_flow(flow)


def silent(app, asked):
    account = app.get_accounts()[0]
    return app.acquire_token_silent_with_error(asked["scopes"], account, force_refresh=True)


def password(app, asked):
    return app.acquire_token_by_username_password(asked["username"], asked["password"], scopes=asked["scopes"])


DEEDS = {
    "client-credentials": lambda app, asked: app.acquire_token_for_client(scopes=asked["scopes"]),
    "device-code": device_code,
    "silent": silent,
    "password": password,
    "on-behalf-of": lambda app, asked: app.acquire_token_on_behalf_of(asked["assertion"], scopes=asked["scopes"]),
}


def report(result):
    if result is None:
        return {"nothing": True}
    if "access_token" not in result:
        return {name: result[name] for name in REPORTED if name in result}
    user = result.get("id_token_claims", {}).get("preferred_username")
    return {"granted": True, "scope": result.get("scope"), "expires_in": result["expires_in"], "user": user}


def say(what):
    print(json.dumps(what), flush=True)


def main():
    app = application(json.loads(sys.argv[1]))
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            say(report(DEEDS[asked["do"]](app, asked)))
        except Exception as raised:  # what the library raises is what the test wants to know
            say({"raised": type(raised).__name__, "message": str(raised)})


if __name__ == "__main__":
    main()
