"""Alembic's migrations, inside the package so that they come with the wheel."""
