#!/usr/bin/env bash
# Writes the lock files anew from pyproject.toml: versions and hashes only, for every platform, no address.
# Needs uv on the PATH. Run it, read the difference, run `make test`, commit both files.
set -euo pipefail
cd "$(dirname "$0")/.."
flags=(--universal --python-version 3.11 --generate-hashes --no-annotate --no-header
       --no-emit-index-url --no-emit-find-links --quiet "$@")
uv pip compile pyproject.toml --group install "${flags[@]}" -o locks/run.txt >/dev/null
uv pip compile pyproject.toml --group dev --extra postgres --extra chat -c locks/run.txt "${flags[@]}" -o locks/dev.txt >/dev/null
if grep -nE ':/{2}' locks/*.txt; then echo "a lock file carries an address" >&2; exit 1; fi
