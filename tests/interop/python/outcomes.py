"""MSAL Python and azure-identity, each made to ask a server that answers as the test wants; tells what they did.

The argument is {"ca", "host"}; a job is a JSON object a line on stdin, {"id", "library", "flow", "calls"}. Each job has
an application of its own, with default options, whose client id and tenant are the id. What a call came to is one JSON
object a line on stdout, as the jobs end: {"id", "calls": [{"outcome", "kind", ...}, ...]}.

The jobs run side by side, since some of them wait.
"""

import concurrent.futures
import json
import ssl
import sys
import threading
import urllib.parse
import urllib.request
import warnings
import webbrowser

import azure.identity
import msal

OPTIONS = json.loads(sys.argv[1])
HOST, CA = OPTIONS["host"], OPTIONS["ca"]
TRUST = ssl.create_default_context(cafile=CA)
APPLICATION_SCOPES = ["api://contoso/.default"]
FIRST_SCOPES, SCOPES = ["User.Read"], ["Mail.Read"]
SECRET = "secret-of-nobody"
# The calls that are preceded by a success, which leaves a refresh token in the cache.
CACHED = ("silent", "silent-with-error", "silent-prompting", "refresh-token")


class Msal:
    """One application object of MSAL Python."""

    def __init__(self, job):
        self.job, self.made, self.prompts = job, None, 0

    @property
    def app(self):
        if self.made is None:
            confidential = self.job["flow"] == "client-credentials"
            tenant = "adfs" if self.job["flow"] == "password" else self.job["id"]
            kind = msal.ConfidentialClientApplication if confidential else msal.PublicClientApplication
            credential = {"client_credential": SECRET} if confidential else {}
            self.made = kind(
                self.job["id"], authority=f"https://{HOST}/{tenant}", verify=CA, instance_discovery=False, **credential
            )
        return self.made

    def prepare(self):
        flow = self.job["flow"]
        if flow.startswith("silent"):
            self.app.acquire_token_by_authorization_code("code", FIRST_SCOPES)
        elif flow == "refresh-token":
            self.app.acquire_token_by_refresh_token("refresh-token", FIRST_SCOPES)
        elif flow == "device-code":
            self.started = self.app.initiate_device_flow(scopes=SCOPES)
        elif flow == "redirect":
            self.started = self.app.initiate_auth_code_flow(SCOPES, redirect_uri="http://localhost/")

    def call(self):
        app, flow = self.app, self.job["flow"]
        if flow == "client-credentials":
            return app.acquire_token_for_client(APPLICATION_SCOPES)
        if flow == "silent":
            return app.acquire_token_silent(SCOPES, app.get_accounts()[0])
        if flow == "silent-with-error":
            return app.acquire_token_silent_with_error(SCOPES, app.get_accounts()[0])
        if flow == "interactive":
            return app.acquire_token_by_authorization_code("code", SCOPES)
        if flow == "refresh-token":
            return app.acquire_token_by_refresh_token("refresh-token", SCOPES)
        if flow == "password":
            return app.acquire_token_by_username_password("ada@contoso.example", "not-a-password", SCOPES)
        if flow == "redirect":
            answer = dict(urllib.parse.parse_qsl(self.job["redirect"]), state=self.started["state"])
            return app.acquire_token_by_auth_code_flow(self.started, answer)
        return app.acquire_token_by_device_flow(self.started)

    def tell(self):
        result = self.call()
        if result is None:
            return {"outcome": "none", "kind": "None", "claims": False}
        told = {"claims": "claims" in result, "suberror": result.get("suberror"), "keys": sorted(result)}
        if "error" in result:
            return {"outcome": "returned", "kind": result["error"], "classification": result.get("classification"), **told}
        if result.get("access_token"):
            return {"outcome": "token", "kind": "", **told}
        if "access_token" in result:
            return {"outcome": "returned", "kind": "dict with an empty access_token", **told}
        return {"outcome": "returned", "kind": "dict", **told}

    def cached(self):
        return self.app.token_cache if self.made else None


class Azure:
    """One credential object of azure-identity."""

    def __init__(self, job):
        self.job, self.made, self.prompts = job, None, 0

    def prompt(self, *_):
        self.prompts += 1

    @property
    def credential(self):
        if self.made is None:
            self.made = self.make()
        return self.made

    def make(self):
        flow, application = self.job["flow"], self.job["id"]
        common = {
            "authority": f"https://{HOST}", "disable_instance_discovery": True, "connection_verify": CA,
        }
        if flow == "client-credentials":
            return azure.identity.ClientSecretCredential(application, application, SECRET, **common)
        if flow == "code":
            return azure.identity.AuthorizationCodeCredential(
                application, application, "code", "http://localhost/", **common
            )
        if flow == "password":
            return azure.identity.UsernamePasswordCredential(
                application, "ada@contoso.example", "not-a-password", tenant_id="adfs", **common
            )
        if flow in ("interactive", "redirect"):
            return azure.identity.InteractiveBrowserCredential(
                client_id=application, tenant_id=application, timeout=30, **common
            )
        return azure.identity.DeviceCodeCredential(
            application, tenant_id=application, prompt_callback=self.prompt,
            disable_automatic_authentication=flow == "silent", **common,
        )

    def prepare(self):
        if self.job["flow"].startswith("silent"):
            self.credential.authenticate(scopes=FIRST_SCOPES)
            self.prompts = 0

    def tell(self):
        credential = self.credential
        application = self.job["flow"] == "client-credentials"
        token = credential.get_token(*(APPLICATION_SCOPES if application else SCOPES))
        if not token.token:
            return {"outcome": "returned", "kind": "empty token", "claims": False}
        return {"outcome": "token", "kind": "", "claims": False}

    def cached(self):
        return self.made._get_app().token_cache if hasattr(self.made, "_get_app") else None


def raised(exception):
    response = getattr(exception, "response", None)
    text = ""
    if response is not None:
        text = response.text() if callable(response.text) else response.text
    return {
        "outcome": "raised",
        "kind": type(exception).__name__,
        "claims": "claims" in (text or "") or bool(getattr(exception, "claims", None)),
        "cause": type(exception.__cause__).__name__ if exception.__cause__ else None,
        "status": getattr(response, "status_code", None),
        "message": str(exception)[:300],
    }


def next_act(application):
    with urllib.request.urlopen(f"https://{HOST}/{application}/next", context=TRUST) as reply:
        return json.load(reply)


def refresh_tokens(cache):
    if cache is None:
        return None
    return len(list(cache.search(msal.TokenCache.CredentialType.REFRESH_TOKEN)))


def run(job):
    subject = {"msal-python": Msal, "azure-identity": Azure}[job["library"]](job)
    calls = []
    try:
        subject.prepare()
        next_act(job["id"])
        for _ in range(job["calls"]):
            prompts = subject.prompts
            try:
                told = subject.tell()
            except Exception as exception:  # what the library raises is what the test wants to know
                told = raised(exception)
            # A device code is a prompt that the program asked for.
            told["prompts"] = subject.prompts > prompts and job["flow"] != "device-code"
            told["refresh_tokens"] = refresh_tokens(subject.cached()) if job["flow"] in CACHED else None
            told.update(next_act(job["id"]))
            calls.append(told)
    except Exception as exception:
        return {"id": job["id"], "failed": f"{type(exception).__name__}: {exception}", "calls": calls}
    return {"id": job["id"], "calls": calls}


class Person(webbrowser.BaseBrowser):
    """Opens no page: goes at once where the service would send the browser back to, with a code or an error."""

    answers = {}

    def open(self, url, new=0, autoraise=True):
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
        answer = f"{asked['redirect_uri']}/?{Person.answers.get(asked['client_id'], 'code=code')}&state={asked['state']}"
        threading.Thread(target=lambda: urllib.request.urlopen(answer).read(), daemon=True).start()
        return True


def main():
    warnings.simplefilter("ignore")
    webbrowser.register("person", None, Person(), preferred=True)
    jobs = [json.loads(line) for line in sys.stdin]
    Person.answers = {job["id"]: job["redirect"] for job in jobs if job.get("redirect")}
    with concurrent.futures.ThreadPoolExecutor(max_workers=OPTIONS["side_by_side"]) as pool:
        for done in concurrent.futures.as_completed([pool.submit(run, job) for job in jobs]):
            print(json.dumps(done.result()), flush=True)


if __name__ == "__main__":
    main()
