"""What Alembic runs: the migrations on the connection handed in by store.database.upgrade."""

from __future__ import annotations

from alembic import context

from store.migrations.comparison import is_ours
from store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_name=is_ours,
    transactional_ddl=True,  # SQLite can, though Alembic does not count on it: all or nothing
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
