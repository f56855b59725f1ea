"""nlp's edge: from the store to the thinking parts and back. Each function can be killed and run again."""

from nlp.changes_run import note_changes
from nlp.checking_run import check_changed
from nlp.gathering import Catalogue, make_catalogue
from nlp.grouping_run import group_new
from nlp.reading_run import read_new
from nlp.shelving_run import shelve_new

__all__ = [
    "Catalogue",
    "check_changed",
    "group_new",
    "make_catalogue",
    "note_changes",
    "read_new",
    "shelve_new",
]
