"""Tokens made and judged by PyJWT and joserfc.

`make`: one JSON document on stdout, a list of {"name", "maker", "token", "jwks", "secret", "audience"}: tokens by every
algorithm, and such as must be refused. `judge`: such a list on stdin, and on stdout what each library says of each
token: {"pyjwt", "joserfc"}, one word: ok, signature, expired, early, audience, key, algorithm, or other.

A judge is used as its documentation says: the algorithms that are allowed are named, the keys are the set's.
"""

import base64
import hashlib
import hmac
import json
import sys
import time
import warnings

import joserfc.errors
import jwt as pyjwt
from joserfc import jwe
from joserfc import jwt as josejwt
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey, RSAKey

warnings.simplefilter("ignore")

PUBLIC = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
SHARED = ["HS256", "HS384", "HS512"]
SECRET = "a shared secret of nobody, long enough for each of the three hashes: sixty-four bytes and more"
AUDIENCE = "api://contoso"
NOW = int(time.time())
CLAIMS = {"iss": "https://issuer.example", "aud": AUDIENCE, "sub": "ada", "iat": NOW - 60, "exp": NOW + 3600}


def key_for(algorithm, kid="k1"):
    options = {"kid": kid}
    if algorithm[:2] in ("RS", "PS"):
        return RSAKey.generate_key(2048, options)
    if algorithm.startswith("ES"):
        curve = {"ES256": "P-256", "ES384": "P-384", "ES512": "P-521", "ES256K": "secp256k1"}[algorithm]
        return ECKey.generate_key(curve, options)
    return OKPKey.generate_key("Ed25519", options)


def with_pyjwt(algorithm, key, claims, header):
    private = SECRET if algorithm in SHARED else key.as_pem(private=True)
    return pyjwt.encode(claims, private, algorithm, headers=header)


def with_joserfc(algorithm, key, claims, header):
    private = OctKey.import_key(SECRET) if algorithm in SHARED else key
    return josejwt.encode({"alg": algorithm, "typ": "JWT", **header}, claims, private, algorithms=[algorithm])


def encode(part):
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def by_hand(header, claims, sign):
    message = ".".join(encode(json.dumps(part).encode()) for part in (header, claims))
    return message + "." + encode(sign(message.encode()))


def case(name, maker, token, key=None, secret=None, audience=None):
    keys = [key.as_dict(private=False)] if key else []
    return {"name": name, "maker": maker, "token": token, "jwks": {"keys": keys}, "secret": secret, "audience": audience}


def made_by(maker, sign):
    for algorithm in PUBLIC + SHARED:
        shared = algorithm in SHARED
        key = None if shared else key_for(algorithm)
        header = {} if shared else {"kid": "k1"}
        token = sign(algorithm, key, CLAIMS, header)
        yield case(f"good {algorithm}", maker, token, key, SECRET if shared else None, AUDIENCE)
    key, other = key_for("RS256"), key_for("RS256")
    kid = {"kid": "k1"}

    def changed(**changes):
        return sign("RS256", key, {**CLAIMS, **changes}, kid)

    yield case("expired", maker, changed(exp=NOW - 1), key)
    yield case("early", maker, changed(nbf=NOW + 600), key)
    yield case("audience", maker, changed(), key, audience="api://fabrikam")
    yield case("one of two audiences", maker, changed(aud=["x", AUDIENCE]), key, audience=AUDIENCE)
    yield case("no audience", maker, changed(aud=[]), key, audience=AUDIENCE)
    yield case("missing kid", maker, sign("RS256", key, CLAIMS, {}), key)
    yield case("unknown kid", maker, sign("RS256", key, CLAIMS, {"kid": "k2"}), key)
    yield case("other key", maker, sign("RS256", other, CLAIMS, kid), key)
    yield case("key of another kind", maker, sign("ES256", key_for("ES256"), CLAIMS, kid), key)
    yield case("other secret", maker, sign("HS256", None, CLAIMS, {}), secret=SECRET + "!")


def made():
    yield from made_by("pyjwt", with_pyjwt)
    yield from made_by("joserfc", with_joserfc)
    key = key_for("RS256")
    yield case("unsigned", "pyjwt", pyjwt.encode(CLAIMS, None, "none", headers={"kid": "k1"}), key)
    public = key.as_pem(private=False)
    for name, header in (("confused", {"kid": "k1"}), ("confused without kid", {})):
        header = {"alg": "HS256", "typ": "JWT", **header}
        forged = by_hand(header, CLAIMS, lambda message: hmac.new(public, message, hashlib.sha256).digest())
        yield case(name, "hand", forged, key)
    demand = {"alg": "RS256", "kid": "k1", "crit": ["x"], "x": 1}
    registry = pyjwt.algorithms.RSAAlgorithm(pyjwt.algorithms.RSAAlgorithm.SHA256)
    private = registry.prepare_key(key.as_pem(private=True))
    yield case("critical", "hand", by_hand(demand, CLAIMS, lambda message: registry.sign(message, private)), key)
    encrypted = jwe.encrypt_compact({"alg": "RSA-OAEP", "enc": "A256GCM"}, json.dumps(CLAIMS), key)
    yield case("encrypted", "joserfc", encrypted, key)
    odd = key_for("ES256K")
    token = josejwt.encode({"alg": "ES256K", "kid": "k1"}, CLAIMS, odd, algorithms=["ES256K"])
    yield case("unknown algorithm", "joserfc", token, odd)


def by_pyjwt(one):
    header = pyjwt.get_unverified_header(one["token"])
    if one["secret"]:
        keys, allowed = [one["secret"]], SHARED
    else:
        allowed, kid = PUBLIC, header.get("kid")
        known = pyjwt.PyJWKSet.from_dict(one["jwks"]).keys
        keys = [key.key for key in known if kid is None or key.key_id == kid]
        if not keys:
            return "key"
    audience = one["audience"]
    pyjwt.decode(one["token"], keys[0], allowed, audience=audience, options={"verify_aud": audience is not None})
    return "ok"


def by_joserfc(one):
    keys = OctKey.import_key(one["secret"]) if one["secret"] else KeySet.import_key_set(one["jwks"])
    allowed = SHARED if one["secret"] else [*PUBLIC, "Ed25519"]
    token = josejwt.decode(one["token"], keys, algorithms=allowed)
    wanted = {"aud": {"essential": True, "value": one["audience"]}} if one["audience"] else {}
    josejwt.JWTClaimsRegistry(**wanted).validate(token.claims)
    return "ok"


WORDS = [
    (pyjwt.ExpiredSignatureError, "expired"),
    (pyjwt.ImmatureSignatureError, "early"),
    (pyjwt.InvalidAudienceError, "audience"),
    (pyjwt.InvalidSignatureError, "signature"),
    (pyjwt.InvalidAlgorithmError, "algorithm"),
    (joserfc.errors.BadSignatureError, "signature"),
    (joserfc.errors.InvalidKeyIdError, "key"),
    (joserfc.errors.UnsupportedAlgorithmError, "algorithm"),
]


def word(judge, one):
    try:
        return judge(one)
    except (joserfc.errors.ClaimError, pyjwt.MissingRequiredClaimError) as error:
        return {"aud": "audience", "nbf": "early", "exp": "expired"}.get(error.claim, f"other: {error}")
    except Exception as error:  # noqa: BLE001: whatever it says, it refuses
        found = [word for kind, word in WORDS if isinstance(error, kind)]
        return found[0] if found else f"other: {type(error).__name__}: {error}"


if sys.argv[1] == "make":
    print(json.dumps(list(made())))
else:
    cases = json.load(sys.stdin)
    print(json.dumps([{"pyjwt": word(by_pyjwt, one), "joserfc": word(by_joserfc, one)} for one in cases]))
