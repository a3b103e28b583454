"""azure-identity, told what to do: one JSON object a line on stdin, one JSON object a line on stdout.

The argument is the application: {"authority", "origin", "tenant", "client_id", "ca", "credential"}; the credential is
{"certificate": PEM of certificate and key}, {"assertion": JWT} or {"secret": …}, and with "user_assertion" it acts on
behalf of a user. A request is {"scopes": [...]}. Tokens are never printed.
"""

import json
import sys

import azure.core.exceptions
import azure.identity


def credential(options):
    proof = options["credential"]
    common = {
        "tenant_id": options["tenant"],
        "client_id": options["client_id"],
        "authority": options["origin"],
        "disable_instance_discovery": True,
        "connection_verify": options["ca"],
    }
    if "user_assertion" in proof:
        return azure.identity.OnBehalfOfCredential(
            user_assertion=proof["user_assertion"], client_secret=proof["secret"], **common
        )
    if "certificate" in proof:
        return azure.identity.CertificateCredential(certificate_data=proof["certificate"].encode(), **common)
    return azure.identity.ClientAssertionCredential(func=lambda: proof["assertion"], **common)


def main():
    options = json.loads(sys.argv[1])
    asking = credential(options)
    for line in sys.stdin:
        try:
            asking.get_token(*json.loads(line)["scopes"])
            said = {"granted": True}
        except azure.core.exceptions.ClientAuthenticationError as raised:
            said = {"raised": type(raised).__name__, "message": str(raised)}
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
