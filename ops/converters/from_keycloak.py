"""Converts a realm export of Keycloak (kc.sh export, with users in the realm's file or in files of their own) into
rows for ./roster import."""
import json

import rows

DIGESTS = {"pbkdf2": "sha1", "pbkdf2-sha256": "sha256", "pbkdf2-sha512": "sha512"}
ARGON2_VERSIONS = {"1.0": 16, "1.3": 19}


def convert():
    options = rows.arguments(__doc__, "id", "attributes.phoneNumber").parse_args()
    out = rows.Rows()
    for name in options.files:
        with rows.opened(name) as file:
            for realm, user in rows.JsonStream(file).users():
                # The account of a client is no subscriber.
                if not rows.at(user, "serviceAccountClientId"):
                    write(out, options, realm, user)
    return out.end()


def write(out, options, realm, user):
    if not out.begin(user, rows.at(user, options.external_id)):
        return
    verify = options.verified_only or realm.get("verifyEmail") or "VERIFY_EMAIL" in (user.get("requiredActions") or [])
    out.write(
        name=" ".join(filter(None, (rows.at(user, "firstName"), rows.at(user, "lastName")))) or None,
        email=rows.at(user, "email"),
        telephone=out.usable("telephone number", rows.telephone, rows.at(user, options.telephone)),
        flags=() if user.get("enabled", True) else ("LOGIN_RESTRICTED",),
        registered=bool(user.get("emailVerified")) or not verify,
        password_hash=out.usable("password", password_hash, user))


def password_hash(user):
    """The credential of type password, whose two parts are JSON in a string. (Before Keycloak 8, they were members.)"""
    for credential in user.get("credentials") or []:
        if credential.get("type") == "password":
            try:
                return hashed(*(parts(credential)))
            except (KeyError, TypeError, ValueError):
                raise rows.Unusable("its credential is malformed") from None
    return None


def parts(credential):
    if "hashedSaltedValue" in credential:
        return dict(credential, value=credential["hashedSaltedValue"]), credential
    return json.loads(credential["secretData"]), json.loads(credential["credentialData"])


def hashed(secret, data):
    algorithm = data["algorithm"]
    salt, value = rows.decoded(secret["salt"], "salt"), rows.decoded(secret["value"], "hash")
    if algorithm in DIGESTS:
        return rows.pbkdf2(DIGESTS[algorithm], data["hashIterations"], salt, value)
    if algorithm == "argon2":
        more = {name: values[0] for name, values in data["additionalParameters"].items()}
        return (f"$argon2{more['type']}$v={ARGON2_VERSIONS[more['version']]}"
                f"$m={int(more['memory'])},t={int(data['hashIterations'])},p={int(more['parallelism'])}"
                f"${rows.encoded(salt)}${rows.encoded(value)}")
    raise rows.Unusable(f"it is hashed with {algorithm}, of which no form is known that Roster accepts")


if __name__ == "__main__":
    rows.run(convert)
