"""One POST to a place that was judged: pinned to its address, no redirect followed, every wait limited."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from alerts.channels.deadline import within
from alerts.channels.webhook.place import Place


@dataclass(frozen=True, slots=True)
class Reply:
    """What of an answer decides what becomes of a notice."""

    status: int
    retry_after: str = ""


def post(place: Place, address: str, *, headers: Mapping[str, str], body: bytes, seconds: float) -> Reply:
    """POST `body` to `place` at the IP `address`; the certificate is checked against the host's name.

    Args:
        place: whereto; its host stands in the Host header and in TLS.
        address: what the guard chose.
        headers: besides Host and Content-Length.
        body: bytes as signed.
        seconds: for each wait; all of it together may take twice as long.

    Raises:
        OSError, http.client.HTTPException: nobody answered, or not in HTTP.

    """
    connection = http.client.HTTPConnection(place.host, place.port, timeout=seconds)
    with closing(connection), within(2 * seconds, lambda: connection.sock):
        connection.sock = _connect(place, address, seconds)
        connection.request("POST", place.path, body=body, headers=dict(headers))
        reply = connection.getresponse()
        return Reply(reply.status, reply.getheader("Retry-After") or "")


def _connect(place: Place, address: str, seconds: float) -> socket.socket:
    raw = socket.create_connection((address, place.port), timeout=seconds)
    if place.scheme != "https":
        return raw
    try:
        return ssl.create_default_context().wrap_socket(raw, server_hostname=place.host)
    except BaseException:
        raw.close()
        raise
