"""What is wrong with a piece of JSON, where, and what to do about it: in words of the catalogue. Pure."""

from __future__ import annotations

import json

from config.faults import in_english
from store.types import Note

_t = in_english
# by the beginning of what Python's reader says; all are sentences of their own, for word order differs
_SAID = {
    "Expecting ',' delimiter": _t(
        "It is no JSON: at line {line}, column {column} a comma or a closing bracket is missing. Put it"
        " there."
    ),
    "Expecting ':' delimiter": _t(
        "It is no JSON: at line {line}, column {column} the colon after a name is missing. Put it there."
    ),
    "Expecting property name": _t(
        'It is no JSON: at line {line}, column {column} there should be a name in straight double quotes (").'
        " Look for curly or single quotes, or a comma too many."
    ),
    "Unterminated string": _t(
        'It is no JSON: the text that begins at line {line}, column {column} has no closing quote (").'
        ' Put it there, and write a quote within the text as \\".'
    ),
    "Invalid control character": _t(
        "It is no JSON: at line {line}, column {column} a text is broken by a line end or a tab."
        " Write them as \\n and \\t."
    ),
    "Invalid \\": _t(
        "It is no JSON: at line {line}, column {column} a backslash stands before a letter that it cannot"
        " stand before. Write the backslash twice."
    ),
    "Extra data": _t(
        "It is no JSON: something more stands at line {line}, column {column}, after the end."
        " Put each object on a line of its own."
    ),
    "Illegal trailing comma": _t(
        "It is no JSON: at line {line}, column {column} a comma stands before a closing bracket. Take it out."
    ),
    "Expecting value": _t(
        "It is no JSON: at line {line}, column {column} a value is missing or cannot be read. Texts stand in"
        ' straight double quotes ("), numbers have no leading 0, and nothing may be cut off.'
    ),
}
_OTHER = _t("It is no JSON: at line {line}, column {column} it cannot be read. Save it as JSON again.")
_TOO_LONG = _t("It is no JSON: a number has too many digits. Write it as text, in quotes.")
_TOO_DEEP = _t("It is no JSON: its brackets are nested too deeply. Save it as JSON again.")


def explain_json(fault: Exception, *, first_line: int = 1) -> Note:
    """What reading JSON raised -> the words, with the line and the column, both from 1.

    Args:
        fault: json.JSONDecodeError, RecursionError, or the ValueError of a number of thousands of digits.
        first_line: the number of the line on which the text that was read begins.

    """
    if isinstance(fault, RecursionError):
        return Note(_TOO_DEEP)
    if not isinstance(fault, json.JSONDecodeError):
        return Note(_TOO_LONG)
    msgid = next((words for begins, words in _SAID.items() if fault.msg.startswith(begins)), _OTHER)
    return Note(msgid, (("line", str(fault.lineno + first_line - 1)), ("column", str(fault.colno))))
