"""The records of one kind: JSON objects by their integer id, found by the columns of their table (tables.sql)."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping

    from heymarket.emulator.state._database import Database

_MOST = 2**63 - 1
_ENDS = 10_000
_encode = json.JSONEncoder(check_circular=False, separators=(",", ":")).encode

Record = dict[str, Any]
"""The fields of a record, its `id` among them. Those that begin with "_" are the emulator's own."""


def to_public(record: Mapping[str, Any]) -> Record:
    """A record as the API returns it: without the emulator's own fields."""
    return {name: value for name, value in record.items() if name[:1] != "_"}


def make_uuid(id_: int) -> str:
    """The UUID of a record that was given none: the same one whenever the same things are done."""
    # By hand, because a hundred thousand of them are made in a moment, and the uuid module takes its time.
    digits = hashlib.sha256(b"contact %d" % id_).hexdigest()
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


class Records:
    """The records of one kind.

    Args:
        database: Where they are.
        table: Their table. Names of tables and columns are those of tables.sql, never a caller's.
        stamp: Gives the time, in the form of `format_timestamp`, later with each call.

    Attributes:
        changed: Called after a record was kept or forgotten, inside the transaction.
    """

    def __init__(self, database: Database, table: str, stamp: Callable[[], str]) -> None:
        self._database = database
        self._table = table
        self._stamp = stamp
        self.changed: Callable[[], object] = lambda: None
        self._ends: dict[tuple[Any, ...], tuple[str, int]] = {}
        self._ends_of = database.version
        self._insert = f"INSERT INTO {table} (id, record) VALUES (?, ?)"  # noqa: S608 - our own names
        each = "SELECT json_extract(value, '$.id'), value FROM json_each(?)"
        self._insert_each = f"INSERT INTO {table} (id, record) {each}"
        self._upsert = f"{self._insert} ON CONFLICT (id) DO UPDATE SET record = excluded.record"

    def get(self, id_: int) -> Record | None:
        """The record with this id."""
        return self.first(id=id_)

    def first(self, **columns: Any) -> Record | None:
        """The record with the lowest id of those that have these values in these columns."""
        found = self.all(**columns, limit=1)
        return found[0] if found else None

    def all(self, *, limit: int = -1, **columns: Any) -> list[Record]:
        """All records that have these values in these columns, by id."""
        where, values = _where(columns)
        return self.query(f"{where} ORDER BY id LIMIT ?", (*values, limit))

    def page(
        self,
        *,
        order: str = "updated",
        cursor: str | None = None,
        limit: int = 30,
        offset: int = 0,
        ascending: bool = False,
        **columns: Any,
    ) -> list[Record]:
        """Some records, in the order of a column that holds a time.

        Args:
            order: The column.
            cursor: Only records before this time (after it, if ascending), in the form of `format_timestamp`.
            limit: At most so many.
            offset: So many are left out first.
            ascending: Whether the oldest comes first.
            columns: Only records that have these values in these columns; one of a list's, if that is a list.
        """
        where, values = _where(columns)
        direction, after = ("ASC", ">") if ascending else ("DESC", "<")
        if cursor is not None:
            where, values = _and(where, f"{order} {after} ?"), (*values, cursor)
        pages = (where, values, order, direction)
        skipped, ends = offset, self._known_ends()
        if end := ends.get((*pages, offset)):
            where, values, skipped = _and(where, f"({order}, id) {after} (?, ?)"), (*values, *end), 0
        # The inner query reads the index alone, so that what is left out costs little.
        inner = f"SELECT id FROM {self._table} {where} ORDER BY {order} {direction}, id {direction} LIMIT ? OFFSET ?"  # noqa: S608 - our own names
        found = self.query(
            f"WHERE id IN ({inner}) ORDER BY {order} {direction}, id {direction}",
            (*values, min(limit, _MOST), min(skipped, _MOST)),
        )
        if found and self._ends_of == self._database.version:
            ends[(*pages, offset + len(found))] = (found[-1].get(order, ""), found[-1]["id"])
        return found

    def _known_ends(self) -> dict[tuple[Any, ...], tuple[str, int]]:
        """Where pages ended, so that the next one needn't walk there from the first; none if anything was written."""
        if self._ends_of != self._database.version or len(self._ends) > _ENDS:
            self._ends, self._ends_of = {}, self._database.version
        return self._ends

    def count(self, *, before: tuple[str, str] | None = None, **columns: Any) -> int:
        """How many records have these values in these columns.

        Args:
            before: A column that holds a time, and the time before which to count.
            columns: As for `page`.
        """
        where, values = _where(columns)
        if before is not None:
            where, values = _and(where, f"{before[0]} < ?"), (*values, before[1])
        (row,) = self._database.rows(f"SELECT count(*) FROM {self._table} {where}", values)  # noqa: S608 - our own names
        count: int = row[0]
        return count

    def query(self, rest: str, values: tuple[Any, ...] = ()) -> list[Record]:
        """The records that the rest of a SELECT statement gives, from its WHERE on."""
        rows = self._database.rows(f"SELECT id, record FROM {self._table} {rest}", values)  # noqa: S608 - our own names
        return [_read(row) for row in rows]

    def next_id(self) -> int:
        """The id that the next record gets."""
        rows = self._database.rows("SELECT seq FROM sqlite_sequence WHERE name = ?", (self._table,))
        return int(rows[0]["seq"]) + 1 if rows else 1

    def add(self, record: Mapping[str, Any]) -> Record:
        """Keep a new record, with `created`, `updated` and `rev` where it has none, and give it an id.

        Args:
            record: Its fields; an `id` among them is kept.

        Raises:
            sqlite3.IntegrityError: Another record has its id, or something else that no two may share.
        """
        made = record["created"] if "created" in record else self._stamp()
        return self.insert({"created": made, "updated": made, "rev": 1, "op": "create", **record})

    def insert(self, record: Mapping[str, Any]) -> Record:
        """Keep a new record as it is; without an id it gets one.

        Raises:
            sqlite3.IntegrityError: As for `add`.
        """
        cursor = self._database.execute(self._insert, (record.get("id"), _encode(dict(record))))
        self.changed()
        return {**record, "id": cursor.lastrowid}

    def insert_all(self, records: Iterable[Mapping[str, Any]]) -> None:
        """Keep new records as they are, all or none. A hundred at a time take half the time of one by one.

        Raises:
            sqlite3.IntegrityError: As for `add`.
        """
        self._database.execute(self._insert_each, (_encode(list(records)),))

    def put(self, record: Mapping[str, Any]) -> Record:
        """Keep a record as it is, in the place of the one with its id; without one it gets one."""
        if "id" not in record:
            return self.insert(record)
        self._database.execute(self._upsert, (record["id"], _encode(dict(record))))
        self.changed()
        return dict(record)

    def change(self, record: Record, **changes: Any) -> Record:
        """Change some fields of a record: its revision rises, and `updated` is now."""
        changed = {**record, **changes, "updated": self._stamp(), "rev": record.get("rev", 0) + 1, "op": "update"}
        return self.put(changed)

    def delete(self, id_: int) -> None:
        """Forget a record."""
        self.delete_all(id=id_)

    def delete_all(self, **columns: Any) -> None:
        """Forget all records that have these values in these columns."""
        where, values = _where(columns)
        self._database.execute(f"DELETE FROM {self._table} {where}", values)  # noqa: S608 - our own names
        self.changed()


def _where(columns: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    conditions: list[str] = []
    values: list[Any] = []
    for column, value in columns.items():
        if isinstance(value, list):
            conditions.append(f"{column} IN (SELECT value FROM json_each(?))")  # noqa: S608 - our own names
            values.append(json.dumps(value))
        else:
            conditions.append(f"{column} = ?")
            values.append(value)
    return (f"WHERE {' AND '.join(conditions)}" if conditions else ""), tuple(values)


def _and(where: str, condition: str) -> str:
    return f"{where} AND {condition}" if where else f"WHERE {condition}"


def _read(row: sqlite3.Row) -> Record:
    return {"id": row["id"], **json.loads(row["record"])}
