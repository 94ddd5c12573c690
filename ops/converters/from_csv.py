"""Converts a CSV file with columns of your own into rows for ./roster import.

A value is the name of a column, or a text with columns in braces: --name "{FIRST NAME} {LAST NAME}". Options can stand
in a file, one a line, that is named after an @."""
import argparse
import csv
import re

import rows

COLUMN = re.compile(r"{([^{}]*)}")
VALUES = ("external-id", "name", "email", "telephone", "password-hash")


def convert():
    options = parser().parse_args()
    out = rows.Rows()
    with rows.opened(options.file, options.encoding) as file:
        table = csv.DictReader(file, delimiter=options.delimiter, strict=True)
        unknown = columns_of(options) - set(table.fieldnames or ())
        if unknown:
            raise ValueError(f"it has no column {', '.join(sorted(unknown))}, but {', '.join(table.fieldnames or ())}")
        for cells in table:
            write(out, options, cells)
    return out.end()


def parser():
    result = argparse.ArgumentParser(description=__doc__, epilog=rows.STATUS, fromfile_prefix_chars="@",
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    result.add_argument("file", metavar="FILE", help="the CSV file; .gz is unpacked, - is standard input")
    for value in VALUES:
        result.add_argument("--" + value, metavar="VALUE", required=value == "external-id", help=f"its {value}")
    result.add_argument("--registered", metavar="COLUMN=TEXT[,TEXT…]", type=condition,
                        help="who is REGISTERED; if not given, everybody")
    result.add_argument("--suspended", metavar="COLUMN=TEXT[,TEXT…]", type=condition,
                        help="who has the flag LOGIN_RESTRICTED")
    result.add_argument("--delimiter", default=",", help="what is between the cells; usually a comma")
    result.add_argument("--encoding", default="utf-8-sig", help="such as latin-1 or cp1252; usually UTF-8")
    return result


def condition(text):
    column, equals, texts = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text} is not COLUMN=TEXT")
    return column, texts.split(",")


def columns_of(options):
    given = [getattr(options, value.replace("-", "_")) for value in VALUES]
    named = [column for text in given if text for column in columns_in(text)]
    return {*named, *(one[0] for one in (options.registered, options.suspended) if one)}


def write(out, options, cells):
    if None in cells or None in cells.values():
        cells = rows.Unusable("its line has more or fewer cells than the header line")
    if not out.begin(cells, None if isinstance(cells, rows.Unusable) else value(cells, options.external_id)):
        return
    out.write(
        name=value(cells, options.name),
        email=value(cells, options.email),
        telephone=out.usable("telephone number", rows.telephone, value(cells, options.telephone)),
        flags=("LOGIN_RESTRICTED",) if options.suspended and holds(cells, *options.suspended) else (),
        registered=options.registered is None or holds(cells, *options.registered),
        password_hash=value(cells, options.password_hash, needs=all))


def value(cells, text, needs=any):
    """The value that an option describes; None where its columns are empty: all of them, or for a hash any."""
    if text is None:
        return None
    columns = columns_in(text)
    if not needs(cells[column].strip() for column in columns):
        return None
    return (COLUMN.sub(lambda column: cells[column[1]], text) if COLUMN.search(text) else cells[text]).strip()


def columns_in(text):
    return COLUMN.findall(text) or [text]


def holds(cells, column, texts):
    return cells[column].strip() in texts


if __name__ == "__main__":
    rows.run(convert)
