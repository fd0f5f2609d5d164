"""Exports contacts, and the messages since the last night, into a SQLite file that other programs read.

    pip install heymarket
    python nightly_export.py heymarket.db          # from cron, once a night

A run that fails changes nothing: contacts and messages of a night are one transaction. DuckDB reads the file as it is:
ATTACH 'heymarket.db' (TYPE sqlite).
"""

import json
import sqlite3
import sys
from datetime import UTC, datetime, timedelta

from heymarket import Heymarket

TABLES = """
    CREATE TABLE IF NOT EXISTS contacts (
        id INTEGER PRIMARY KEY, uuid TEXT, phone TEXT, first TEXT, last TEXT, json TEXT);
    CREATE TABLE IF NOT EXISTS messages (
        id INTEGER PRIMARY KEY, date TEXT, phone TEXT, status TEXT, text TEXT, json TEXT);
"""
OVERLAP = timedelta(days=3)
"""Messages change after they were sent, as when a carrier reports back: those of some days are read again."""


def export(path: str) -> tuple[int, int]:
    """Write what is new; returns the numbers of contacts and messages that were read."""
    db = sqlite3.connect(path)
    try:
        db.executescript(TABLES)
        (newest,) = db.execute("SELECT max(date) FROM messages").fetchone()
        until = datetime.fromisoformat(newest) - OVERLAP if newest else None
        with Heymarket(timeout=60) as hm, db:
            db.execute("DELETE FROM contacts")
            contacts = messages = 0
            for contact in hm.contacts.list(limit=100):
                row: list[object] = [contact.id, contact.uuid, contact.phone, contact.first, contact.last]
                db.execute("INSERT INTO contacts VALUES (?, ?, ?, ?, ?, ?)", [*map(plain, row), dump(contact)])
                contacts += 1
            for message in hm.messages.list(limit=100):  # the newest first
                if until and isinstance(message.date, datetime) and message.date < until:
                    break
                row = [message.id, message.date, message.target, message.status, message.text]
                db.execute("REPLACE INTO messages VALUES (?, ?, ?, ?, ?, ?)", [*map(plain, row), dump(message)])
                messages += 1
    finally:
        db.close()
    return contacts, messages


def plain(value: object) -> str | int | None:
    """A value for a column: empty if the service sent none."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return (value if isinstance(value, int) else str(value)) if value else None


def dump(record: object) -> str:
    """The whole record, with what isn't described."""
    return json.dumps(record.to_dict())  # type: ignore[attr-defined]  # each model has it


if __name__ == "__main__":
    print("{} contacts, {} messages".format(*export(sys.argv[1])))
