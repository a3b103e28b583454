"""MSAL Python with a cache file, told what to do: one JSON object a line on stdin, JSON objects a line on stdout.

The argument is the application: {"authority", "client_id", "client_secret" or null, "ca", "cache"}, and "lock" where the
file is kept by msal-extensions: "portalocker" or "file", the two locks it has. Without it the file is read at the
start and written after every request, as a small program does that uses MSAL's SerializableTokenCache. A request is
{"do": "device-code" | "silent" | "client-credentials" | "accounts" | "hammer", ...}. Tokens are never printed; their
fingerprints are.
"""

import hashlib
import json
import os
import sys

import msal
import msal_extensions
from msal_extensions import cache_lock, filelock
from msal_extensions import token_cache as extensions

from msal_client import application, device_code, say


def opened(options):
    path = options["cache"]
    if options.get("lock"):
        locks = {"portalocker": cache_lock.CrossPlatLock, "file": filelock.CrossPlatLock}
        extensions.CrossPlatLock = locks[options["lock"]]
        return msal_extensions.PersistedTokenCache(msal_extensions.FilePersistence(path))
    cache = msal.SerializableTokenCache()
    if os.path.exists(path):
        with open(path) as file:
            cache.deserialize(file.read())
    return cache


def silent(app, asked):
    account = app.get_accounts(asked.get("username"))[0]
    force = asked.get("force", False)
    return app.acquire_token_silent_with_error(asked["scopes"], account, force_refresh=force)


def hammer(app, asked):
    """Adds entries one by one, each of which reads, changes and writes the file under the lock."""
    for number in range(asked["times"]):
        app.token_cache.modify(
            "AppMetadata", {"client_id": "%s-%d" % (asked["name"], number), "environment": "hammer.example"},
            {"number": number})
    return {"done": asked["times"]}


DEEDS = {
    "device-code": device_code,
    "silent": silent,
    "client-credentials": lambda app, asked: app.acquire_token_for_client(scopes=asked["scopes"]),
    "accounts": lambda app, asked: {"accounts": [account["username"] for account in app.get_accounts()]},
    "hammer": hammer,
}


def report(result):
    if result is None:
        return {"nothing": True}
    if "access_token" not in result:
        return result
    digest = hashlib.sha256(result["access_token"].encode()).hexdigest()[:8]
    return {"granted": True, "source": result["token_source"], "fingerprint": digest}


def main():
    options = json.loads(sys.argv[1])
    cache = opened(options)
    app = application(options, token_cache=cache)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            result = report(DEEDS[asked["do"]](app, asked))
        except Exception as raised:  # what the library raises is what the test wants to know
            result = {"raised": type(raised).__name__, "message": str(raised)}
        if not options.get("lock"):
            with open(options["cache"], "w") as file:
                file.write(cache.serialize())
        say(result)


if __name__ == "__main__":
    main()
