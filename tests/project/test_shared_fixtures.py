"""What tests share to be quick is what the program itself would have made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from store.database import check_database, open_engine, upgrade


def test_a_database_made_at_once_has_no_fault_and_the_newest_revision(
    tmp_path: Path, schema: list[str]
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/made.sqlite")
    upgrade(engine)
    found = check_database(engine)
    engine.dispose()
    assert found.faults == ()
    assert found.revision in schema[-1]


def test_a_database_made_at_once_has_every_table_and_index_of_a_migrated_one(
    tmp_path: Path, schema: list[str]
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/made.sqlite")
    upgrade(engine)
    engine.dispose()
    with closing(sqlite3.connect(tmp_path / "made.sqlite")) as made:
        statements = [sql for (sql,) in made.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")]
    assert set(schema[:-1]) <= set(statements)
