"""A program on a machine with a managed identity: asks once, with MSAL Python or azure-identity, and prints what came
of it as one JSON object. Where it is told by the environment, as on such a machine. The argument is
{"library": "msal" | "azure-identity", "resource", "client_id" or null}. Tokens are never printed.
"""

import base64
import hashlib
import json
import os
import ssl
import sys
from urllib.parse import urlsplit

import requests


def claims(token):
    part = token.split(".")[1]
    told = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return {"audience": told["aud"], "app": told["appid"]}


def pin_the_certificate():
    """Service Fabric's endpoint is known by the thumbprint of its certificate, which the machine is told."""
    endpoint = urlsplit(os.environ.get("IDENTITY_ENDPOINT", ""))
    if os.environ.get("IDENTITY_SERVER_THUMBPRINT") == "":
        pem = ssl.get_server_certificate((endpoint.hostname, endpoint.port))
        der = ssl.PEM_cert_to_DER_cert(pem)
        os.environ["IDENTITY_SERVER_THUMBPRINT"] = hashlib.sha1(der).hexdigest()


def with_msal(asked):
    import msal

    if asked["client_id"]:
        identity = msal.UserAssignedManagedIdentity(client_id=asked["client_id"])
    else:
        identity = msal.SystemAssignedManagedIdentity()
    client = msal.ManagedIdentityClient(identity, http_client=requests.Session())
    result = client.acquire_token_for_client(resource=asked["resource"])
    if "access_token" in result:
        return {"granted": True, **claims(result["access_token"])}
    return {"error": result.get("error"), "error_description": result.get("error_description")}


def with_azure_identity(asked):
    from azure.identity import ManagedIdentityCredential

    more = {"client_id": asked["client_id"]} if asked["client_id"] else {}
    credential = ManagedIdentityCredential(retry_total=0, **more)
    token = credential.get_token(asked["resource"] + "/.default")
    return {"granted": True, **claims(token.token)}


def main():
    asked = json.loads(sys.argv[1])
    ask = {"msal": with_msal, "azure-identity": with_azure_identity}[asked["library"]]
    try:
        pin_the_certificate()
        result = ask(asked)
    except Exception as raised:  # what the library raises is what the test wants to know
        result = {"raised": type(raised).__name__, "message": str(raised)}
    print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
