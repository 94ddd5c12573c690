"""Converts users of FusionAuth, in the JSON form of its import API with their encryptionScheme, factor, salt and
password, into rows for ./roster import. What its user search returns has the same form, without the passwords."""
import re

import rows

PBKDF2 = re.compile(r"salted-pbkdf2-hmac-(sha256|sha512)(-\d+)?")
BCRYPT_TEXT = re.compile(r"[./A-Za-z0-9]{53}")


def convert():
    options = rows.arguments(__doc__, "id", "mobilePhone").parse_args()
    out = rows.Rows()
    for name in options.files:
        with rows.opened(name) as file:
            for request, user in rows.JsonStream(file).users():
                write(out, options, request, user)
    return out.end()


def write(out, options, request, user):
    if not out.begin(user, rows.at(user, options.external_id)):
        return
    full_name = " ".join(filter(None, (rows.at(user, "firstName"), rows.at(user, "lastName"))))
    out.write(
        name=rows.at(user, "fullName") or full_name or None,
        email=rows.at(user, "email"),
        telephone=out.usable("telephone number", rows.telephone, rows.at(user, options.telephone)),
        flags=() if user.get("active", True) else ("LOGIN_RESTRICTED",),
        registered=bool(user.get("verified")) or not options.verified_only,
        password_hash=out.usable("password", password_hash, request, user))


def password_hash(request, user):
    """The scheme and the factor may stand once for all users."""
    password, salt = user.get("password"), user.get("salt")
    if not password:
        return None
    scheme, factor = (user.get(name, request.get(name)) for name in ("encryptionScheme", "factor"))
    if scheme is None or not isinstance(factor, int):
        raise rows.Unusable("its encryptionScheme or factor is missing")
    pbkdf2 = PBKDF2.fullmatch(scheme)
    if pbkdf2:
        return rows.pbkdf2(pbkdf2[1], factor, rows.decoded(salt, "salt"), rows.decoded(password, "hash"))
    if scheme == "bcrypt":
        if not BCRYPT_TEXT.fullmatch(f"{salt}{password}"):
            raise rows.Unusable("its salt and its hash do not have the length of bcrypt's")
        return f"$2a${factor:02d}${salt}{password}"
    raise rows.Unusable(f"it is hashed with {scheme}, of which no form is known that Roster accepts")


if __name__ == "__main__":
    rows.run(convert)
