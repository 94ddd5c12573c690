"""What the converters share: they read large files user by user, and write the rows of an import.

Standard output has one row a line (NDJSON), standard error what could not be brought along. Neither holds personal
data other than the rows themselves: reports name a user by its number in the file and by its external id.
"""
import argparse
import base64
import binascii
import csv
import gzip
import json
import re
import sys
import zlib

ALL, SOME, NONE = 0, 1, 2
STATUS = "Exit status: 0 everything was converted, 1 something was not and is reported, 2 wrong usage or unreadable file."


class Unusable(Exception):
    """Why a user, or one of its values, cannot be brought along."""


class Rows:
    """Writes rows to standard output, and counts and reports what is missing in them."""

    def __init__(self):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
        self.number = self.written = self.left_out = self.incomplete = self.without_password = 0
        self.external_id = None
        self.lacks = []

    def begin(self, user, external_id):
        """Begins with the next user of the file; False if it has to be left out."""
        self.number += 1
        self.external_id = external_id
        self.lacks = []
        if isinstance(user, Unusable):
            self.leave_out(user)
        elif not isinstance(user, dict):
            self.leave_out("it is no JSON object")
        elif external_id is None:
            self.leave_out("it has no external id; --external-id says where one is")
        else:
            return True
        return False

    def lack(self, value, reason):
        """The user is written without this value."""
        self.lacks.append(f"written without its {value}: {reason}")

    def leave_out(self, reason):
        self.left_out += 1
        self.report(f"left out: {reason}")

    def report(self, words):
        name = "" if self.external_id is None else f" (external id {json.dumps(self.external_id, ensure_ascii=False)})"
        print(f"user {self.number}{name}: {words}", file=sys.stderr)

    def write(self, name=None, email=None, telephone=None, flags=(), registered=True, password_hash=None):
        """Writes the user; its flags and its state always, other values where there are any."""
        attributes = {"external_id": self.external_id, "name": name, "user_flags": sorted(flags),
                      "contact_details": {"email": email, "telephone_number_E123": telephone},
                      "registration_information": {"registration_state": "REGISTERED" if registered else "UNREGISTERED"}}
        row = {"type": "User", "attributes": without_none(attributes)}
        if password_hash is not None:
            row["meta"] = {"security": {"password_hash": password_hash}}
        else:
            self.without_password += 1
        print(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
        self.written += 1
        self.incomplete += bool(self.lacks)
        for lack in self.lacks:
            self.report(lack)

    def usable(self, value, convert, *arguments):
        """What `convert` makes of the arguments; None, with a report, if that cannot be brought along."""
        try:
            return convert(*arguments)
        except Unusable as reason:
            self.lack(value, reason)
            return None

    def end(self):
        print(f"users written: {self.written}, without a password: {self.without_password},"
              f" reported as incomplete: {self.incomplete}, left out: {self.left_out}", file=sys.stderr)
        return SOME if self.left_out or self.incomplete else ALL


def run(convert):
    """Runs a converter, whose rows may go to a program that has seen enough of them."""
    try:
        sys.exit(convert())
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(SOME)
    except (OSError, EOFError, ValueError, csv.Error, zlib.error) as failure:
        print(f"The file cannot be read: {failure}", file=sys.stderr)
        sys.exit(NONE)


def arguments(description, external_id, telephone):
    """The arguments of a converter whose users are JSON objects; the defaults say where the values are in them."""
    parser = argparse.ArgumentParser(description=description, epilog=STATUS)
    parser.add_argument("files", nargs="+", metavar="FILE", help="the export; .gz is unpacked, - is standard input")
    parser.add_argument("--external-id", metavar="PATH", default=external_id,
                        help=f"where the id is that the user has in your BSS, such as {external_id} (the default)")
    parser.add_argument("--telephone", metavar="PATH", default=telephone,
                        help=f"where the telephone number is; usually {telephone}")
    parser.add_argument("--verified-only", action="store_true",
                        help="users whose e-mail address is not verified are UNREGISTERED")
    return parser


def opened(name, encoding="utf-8-sig"):
    """A text file, unpacked if its name ends so. A byte order mark is skipped."""
    if name == "-":
        sys.stdin.reconfigure(encoding=encoding)
        return sys.stdin
    opener = gzip.open if name.endswith(".gz") else open
    return opener(name, "rt", encoding=encoding, newline="")


class JsonStream:
    """Reads JSON value by value, so that only one element of a large array is in memory."""

    def __init__(self, file):
        self.file = file
        self.buffer = ""
        self.at = 0
        self.decoder = json.JSONDecoder()

    def fill(self):
        """Reads on, the more the longer the value is; False at the end of the file."""
        rest = self.buffer[self.at:]
        more = self.file.read(max(1 << 16, len(rest)))
        self.buffer, self.at = rest + more, 0
        return bool(more)

    def peek(self):
        """The next character other than white space; empty at the end of the file."""
        while True:
            while self.at < len(self.buffer) and self.buffer[self.at] in " \t\r\n":
                self.at += 1
            if self.at < len(self.buffer):
                return self.buffer[self.at]
            if not self.fill():
                return ""

    def take(self, character):
        found = self.peek()
        if found != character:
            raise ValueError(f"it is no complete JSON: {character} is missing")
        self.at += 1

    def value(self):
        self.peek()
        while True:
            try:
                value, end = self.decoder.raw_decode(self.buffer, self.at)
                # A number that ends with the buffer may go on.
                if end < len(self.buffer) or not self.fill():
                    self.at = min(end, len(self.buffer))
                    return value
            except json.JSONDecodeError as failure:
                if not self.fill():
                    raise ValueError(f"it is no complete JSON: {failure.msg}") from None

    def each(self, opening, closing):
        """Stops at each element of an array or member of an object, which the caller reads."""
        self.take(opening)
        if self.peek() == closing:
            self.take(closing)
            return
        while True:
            yield
            if self.peek() == closing:
                self.take(closing)
                return
            self.take(",")

    def users(self):
        """The elements of the array "users" of an object, or of an array of such objects, each with the members of
        the object before it."""
        for _ in self.each("[", "]") if self.peek() == "[" else (None,):
            before = {}
            for _ in self.each("{", "}"):
                name = self.value()
                self.take(":")
                if name == "users" and self.peek() == "[":
                    for _ in self.each("[", "]"):
                        yield before, self.value()
                else:
                    before[name] = self.value()


def lines_or_array(file):
    """The values of an NDJSON file or of a JSON array; for a line that is no JSON, the failure instead."""
    stream = JsonStream(file)
    if stream.peek() == "[":
        for _ in stream.each("[", "]"):
            yield stream.value()
        return
    for line in lines(stream):
        try:
            yield json.loads(line)
        except ValueError:
            yield Unusable("the line is no JSON")


def lines(stream):
    """The lines that are not blank; the first ones are in the stream's buffer."""
    text = stream.buffer + stream.file.readline()
    while text:
        yield from filter(str.strip, text.split("\n"))
        text = stream.file.readline()


def at(user, path):
    """The text or number at a path such as attributes.customer_id, the first one of an array; None if there is none."""
    value = user
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, (dict, bool)) or value is None:
        return None
    return str(value).strip() or None


def telephone(text):
    """A number that begins with + and the country code, without separators."""
    if text is None:
        return None
    if not text.startswith("+"):
        raise Unusable("it does not begin with + and the country code")
    return "+" + re.sub(r"\D", "", text)


def decoded(text, what):
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (TypeError, ValueError, binascii.Error):
        raise Unusable(f"its {what} is not in Base64") from None


def encoded(data):
    """Base64 without padding, as the PHC string format has it."""
    return base64.b64encode(data).decode().rstrip("=")


def pbkdf2(digest, iterations, salt, value):
    return f"$pbkdf2-{digest}$i={int(iterations)}${encoded(salt)}${encoded(value)}"


def without_none(value):
    if isinstance(value, dict):
        members = {name: without_none(member) for name, member in value.items()}
        return {name: member for name, member in members.items() if member is not None and member != {}}
    return value
