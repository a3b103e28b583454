"""Starts the lab at 127.0.0.1:443 and asks it for a token with Ada's password, then with a wrong one.

Runs in a network namespace of its own, where that port is free and needs no privilege. Arguments: the program, and a
folder for its files. Prints one result a line, as msal_client does.
"""

import json
import subprocess
import sys

import msal_client


def main():
    program, home = sys.argv[1:]
    folders = ["--data", f"{home}/data", "--config", f"{home}/config"]
    lab = subprocess.Popen(
        [program, "lab", "--listen", "127.0.0.1:443", "--output", "json", *folders], stdout=subprocess.PIPE, text=True
    )
    try:
        world = json.loads(lab.stdout.readline())
        client = next(client for client in world["clients"] if client["kind"] == "desktop")
        ada = next(user for user in world["users"] if user["name"].startswith("ada@"))
        options = {"authority": world["authority"], "client_id": client["id"], "client_secret": None, "ca": world["ca"]}
        for password in (ada["password"], "not-adas-password"):
            # an application object of its own each: one would answer the second call from its memory
            app = msal_client.application(options)
            asked = {"username": ada["name"], "password": password, "scopes": ["User.Read"]}
            msal_client.say(msal_client.report(msal_client.password(app, asked)))
    finally:
        lab.terminate()
        lab.wait()


if __name__ == "__main__":
    main()
