"""Converts users of Auth0 into rows for ./roster import: the user export (NDJSON), with the hashes that Auth0 Support
exports beside it, or either of the two alone, or the JSON of a bulk import."""
import math
import sqlite3

import rows

AS_IT_IS = ("argon2", "bcrypt", "pbkdf2")


def convert():
    parser = rows.arguments(__doc__, "user_id", "phone_number")
    parser.add_argument("--hashes", metavar="FILE", help="the export of password hashes that belongs to the user export")
    options = parser.parse_args()
    hashes = hashes_by_id(options.hashes)
    out = rows.Rows()
    for name in options.files:
        with rows.opened(name) as file:
            for user in rows.lines_or_array(file):
                write(out, options, hashes, user)
    return out.end()


def hashes_by_id(name):
    """The hashes in a temporary database, which may grow larger than the memory; None if there is no such file."""
    if name is None:
        return None
    database = sqlite3.connect("")
    database.execute("create table hash (id text primary key, value text) without rowid")
    with rows.opened(name) as file:
        for user in rows.lines_or_array(file):
            if isinstance(user, dict) and user.get("passwordHash"):
                database.execute("insert or replace into hash values (?, ?)", (own_id(user), user["passwordHash"]))
    return database


def own_id(user):
    """The user's id as in the user export; the export of hashes has it without the strategy, and in two places."""
    bare = rows.at(user, "alt_id") or rows.at(user, "_id.$oid")
    return rows.at(user, "user_id") or (bare and "auth0|" + bare)


def write(out, options, hashes, user):
    if not out.begin(user, own_id(user) if options.external_id == "user_id" else rows.at(user, options.external_id)):
        return
    identity = next((one for one in user.get("identifiers") or [] if one.get("type") == "email"), {})
    email = rows.at(user, "email") or rows.at(identity, "value")
    out.write(
        name=name_of(user, email),
        email=email,
        telephone=out.usable("telephone number", rows.telephone, rows.at(user, options.telephone)),
        flags=("LOGIN_RESTRICTED",) if user.get("blocked") else (),
        registered=bool(user.get("email_verified", identity.get("verified"))) or not options.verified_only,
        password_hash=out.usable("password", password_hash, hashes, user))


def name_of(user, email):
    """Auth0 takes the address for the name where it knows no other."""
    name = rows.at(user, "name")
    both = " ".join(filter(None, (rows.at(user, "given_name"), rows.at(user, "family_name"))))
    return both or None if name in (None, email) else name


def password_hash(hashes, user):
    custom = user.get("custom_password_hash")
    if custom:
        return custom_hash(custom)
    own = user.get("password_hash") or user.get("passwordHash")
    if own or hashes is None:
        return own
    found = hashes.execute("select value from hash where id = ?", (own_id(user),)).fetchone()
    return found and found[0]


def custom_hash(custom):
    algorithm, stored = custom.get("algorithm"), custom.get("hash") or {}
    if algorithm in AS_IT_IS:
        return stored.get("value")
    if algorithm == "scrypt":
        salt = custom.get("salt") or {}
        cost = custom.get("cost", 16384)
        return (f"$scrypt$ln={int(math.log2(cost))},r={custom.get('blockSize', 8)},p={custom.get('parallelization', 1)}"
                f"${rows.encoded(raw(salt, 'salt'))}${rows.encoded(raw(stored, 'hash'))}")
    raise rows.Unusable(f"it is hashed with {algorithm}, of which no form is known that Roster accepts")


def raw(part, what):
    """The bytes of a salt or hash, which come with their encoding."""
    encoding, value = part.get("encoding", "utf8"), part.get("value") or ""
    if encoding == "base64":
        return rows.decoded(value, what)
    if encoding == "hex":
        try:
            return bytes.fromhex(value)
        except ValueError:
            raise rows.Unusable(f"its {what} is not hexadecimal") from None
    return value.encode()


if __name__ == "__main__":
    rows.run(convert)
