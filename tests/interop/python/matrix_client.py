"""MSAL Python and azure-identity at the lab, told what to do: one JSON object a line on stdin, one a line on stdout.

The argument is {"ca", "origin", "tenant"}. {"make": {...}} makes one application object, which replaces the one before,
and answers {}; {"call": true} makes the call that its flow is about and answers with what came of it: {"outcome",
"kind", "claims", ...}. Between the two, a flow with a person in it says {"open": ADDRESS} or {"code", "address"} and
waits for a line before it goes on. Tokens are never printed.
"""

import json
import os
import sys
import warnings
import webbrowser

import azure.identity
import msal
import requests

import identity

OPTIONS = json.loads(sys.argv[1])
CA, ORIGIN, TENANT = OPTIONS["ca"], OPTIONS["origin"], OPTIONS["tenant"]
# Short waits between repetitions, by the options that the library has for it.
HASTE = {"retry_backoff_factor": 0.001, "retry_backoff_max": 0.05}
# Asked for, they make a credential look past the token that it has.
NO_CLAIMS = "{}"
APPLICATION = ("client-credentials", "certificate", "assertion", "workload-identity", "on-behalf-of", "user-fic",
               "code")
MACHINE = ("AZURE_POD_IDENTITY_AUTHORITY_HOST", "IDENTITY_ENDPOINT", "IDENTITY_HEADER", "IDENTITY_SERVER_THUMBPRINT",
           "IMDS_ENDPOINT", "MSI_ENDPOINT", "MSI_SECRET")


def say(what):
    print(json.dumps(what), flush=True)


def hear():
    return json.loads(sys.stdin.readline())


def shown(what):
    """Shows somebody something and waits until they have done what it is for."""
    say(what)
    return hear()


class Msal:
    """One application object of MSAL Python."""

    def __init__(self, asked):
        self.asked, self.flow = asked, asked["flow"]
        self.app = None if self.flow == "managed-identity" else self.application()
        if self.flow in ("silent", "silent-with-error", "refresh-token"):
            self.app.acquire_token_by_refresh_token(asked["refresh_token"], ["User.Read"])
        if self.flow == "code":
            self.started = self.app.initiate_auth_code_flow(asked["scopes"], redirect_uri=asked["redirect_uri"])
            self.answer = shown({"open": self.started["auth_uri"]})
        if self.flow == "device-code":
            self.started = self.app.initiate_device_flow(asked["scopes"])
        if self.flow == "managed-identity":
            identity = msal.SystemAssignedManagedIdentity()
            if asked.get("client"):
                identity = msal.UserAssignedManagedIdentity(client_id=asked["client"])
            self.app = msal.ManagedIdentityClient(identity, http_client=requests.Session())

    def application(self):
        asked = self.asked
        kind = msal.ConfidentialClientApplication if self.flow in APPLICATION else msal.PublicClientApplication
        more = {"client_credential": asked["credential"]} if self.flow in APPLICATION else {}
        if asked.get("proxy"):
            more["proxies"] = {"https": asked["proxy"]}
        # Where it looks into its cache and is then refused, it goes on to look there by the authority's other names, and
        # asks for these at login.microsoftonline.com alone.
        cached = self.flow.startswith("silent") or self.flow in ("client-credentials", "certificate", "assertion")
        discovery = False if cached else f"{ORIGIN}/common/discovery/instance"
        return kind(
            asked["client"], authority=f"{ORIGIN}/{asked.get('tenant', TENANT)}", verify=CA,
            instance_discovery=discovery, **more
        )

    def call(self):
        app, flow, scopes = self.app, self.flow, self.asked.get("scopes")
        if flow == "managed-identity":
            return app.acquire_token_for_client(resource=self.asked["resource"])
        if flow in ("client-credentials", "certificate", "assertion"):
            return app.acquire_token_for_client(scopes)
        if flow == "silent":
            return app.acquire_token_silent(scopes, app.get_accounts()[0], force_refresh=True)
        if flow == "silent-with-error":
            return app.acquire_token_silent_with_error(scopes, app.get_accounts()[0], force_refresh=True)
        if flow == "refresh-token":
            return app.acquire_token_by_refresh_token(self.asked["refresh_token"], scopes)
        if flow == "interactive":
            return app.acquire_token_interactive(scopes, timeout=30)
        if flow == "code":
            return app.acquire_token_by_auth_code_flow(self.started, self.answer)
        if flow == "password":
            return app.acquire_token_by_username_password(self.asked["username"], self.asked["password"], scopes)
        if flow == "on-behalf-of":
            return app.acquire_token_on_behalf_of(self.asked["assertion"], scopes)
        if flow == "user-fic":
            whom = {name: self.asked[name] for name in ("username", "user_object_id") if self.asked.get(name)}
            return app.acquire_token_by_user_federated_identity_credential(scopes, self.asked["assertion"], **whom)
        shown({"code": self.started["user_code"], "address": self.started["verification_uri"]})
        return app.acquire_token_by_device_flow(self.started)

    def tell(self):
        result = self.call()
        if result is None:
            return {"outcome": "none", "kind": "None", "claims": False}
        told = {"claims": "claims" in result, "suberror": result.get("suberror")}
        if "error" in result:
            return {"outcome": "returned", "kind": result["error"], "classification": result.get("classification"), **told}
        if result.get("access_token"):
            return {"outcome": "token", "kind": "", **told}
        return {"outcome": "returned", "kind": "dict", **told}

    def cache(self):
        return getattr(self.app, "token_cache", None)


class Azure:
    """One credential object of azure-identity."""

    def __init__(self, asked):
        self.asked, self.flow, self.prompts = asked, asked["flow"], 0
        self.credential = self.make()
        if self.flow == "silent":
            self.credential.authenticate(scopes=["User.Read"])
            self.prompts = 0

    def prompt(self, address, code, _):
        self.prompts += 1
        shown({"code": code, "address": address})

    def make(self):
        asked, flow, known = self.asked, self.flow, azure.identity
        if flow == "managed-identity":
            more = {"client_id": asked["client"]} if asked.get("client") else {}
            return known.ManagedIdentityCredential(**HASTE, **more)
        application = {"tenant_id": asked.get("tenant", TENANT), "client_id": asked["client"]}
        common = {"authority": ORIGIN, "disable_instance_discovery": True, "connection_verify": CA, **HASTE}
        if asked.get("proxy"):
            common["proxies"] = {"https": asked["proxy"]}
        if flow == "client-credentials":
            return known.ClientSecretCredential(client_secret=asked["credential"], **application, **common)
        if flow == "certificate":
            return known.CertificateCredential(certificate_data=asked["credential"].encode(), **application, **common)
        if flow == "assertion":
            return known.ClientAssertionCredential(func=lambda: asked["credential"], **application, **common)
        if flow == "workload-identity":
            return known.WorkloadIdentityCredential(token_file_path=asked["file"], **application, **common)
        if flow == "on-behalf-of":
            return known.OnBehalfOfCredential(
                client_secret=asked["credential"], user_assertion=asked["assertion"], **application, **common
            )
        if flow == "code":
            code = shown({"open": asked["address"]})["code"]
            return known.AuthorizationCodeCredential(
                authorization_code=code, redirect_uri=asked["redirect_uri"], client_secret=asked["credential"],
                **application, **common
            )
        if flow == "password":
            return known.UsernamePasswordCredential(
                username=asked["username"], password=asked["password"], **application, **common
            )
        if flow == "interactive":
            return known.InteractiveBrowserCredential(timeout=30, **application, **common)
        return known.DeviceCodeCredential(
            prompt_callback=self.prompt, disable_automatic_authentication=flow == "silent", **application, **common
        )

    def tell(self):
        more = {"claims": NO_CLAIMS} if self.flow == "silent" else {}
        asked = [f"{self.asked['resource']}/.default"] if self.flow == "managed-identity" else self.asked["scopes"]
        self.credential.get_token(*asked, **more)
        return {"outcome": "token", "kind": "", "claims": False}

    def cache(self):
        return self.credential._get_app().token_cache if self.flow == "silent" else None


def raised(exception):
    response = getattr(exception, "response", None)
    text = "" if response is None else response.text() if callable(response.text) else response.text
    return {
        "outcome": "raised",
        "kind": type(exception).__name__,
        "claims": "claims" in (text or "") or getattr(exception, "claims", None) not in (None, NO_CLAIMS),
        "message": str(exception)[:300],
    }


def refresh_tokens(cache):
    return None if cache is None else len(list(cache.search(msal.TokenCache.CredentialType.REFRESH_TOKEN)))


class Person(webbrowser.BaseBrowser):
    """Opens no page: tells its address, and somebody else goes there."""

    def open(self, url, new=0, autoraise=True):
        say({"open": url})
        return True


def answered(subject):
    try:
        told = subject.tell()
    except Exception as exception:  # what the library raises is what the test wants to know
        told = raised(exception)
    # A device code is a prompt that the program asked for.
    told["prompts"] = getattr(subject, "prompts", 0) > 0 and subject.flow != "device-code"
    told["refresh_tokens"] = refresh_tokens(subject.cache()) if subject.flow.startswith("silent") else None
    return told


def made(asked):
    for name in MACHINE:
        os.environ.pop(name, None)
    os.environ.update(asked.get("environment", {}))
    identity.pin_the_certificate()
    return {"msal-python": Msal, "azure-identity": Azure}[asked["library"]](asked)


def main():
    warnings.simplefilter("ignore")
    webbrowser.register("person", None, Person(), preferred=True)
    subject, failed = None, None
    for line in iter(sys.stdin.readline, ""):
        asked = json.loads(line)
        if "call" in asked:
            say(failed or answered(subject))
            continue
        try:
            subject, failed = made(asked["make"]), None
        except Exception as exception:  # it may be the making that fails: some libraries ask for metadata there
            failed = {**raised(exception), "prompts": False, "refresh_tokens": None}
        say({"made": True})


if __name__ == "__main__":
    main()
