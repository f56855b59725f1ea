"""store.backup: copies of the database and the archive, proven to be whole before they count."""
