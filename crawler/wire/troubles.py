"""Scrapy's exceptions in words that people can act on."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import exceptions

from crawler import words
from crawler.pages.markup import one_line
from crawler.wire.answers import NoAnswer, Trouble
from crawler.wire.guard import PrivateAddressError, private_address_of
from crawler.wire.whole import PackingError

_PLAIN: dict[type[Exception], tuple[Trouble, str]] = {
    exceptions.DownloadConnectionRefusedError: (Trouble.REFUSED, words.REFUSED),
    exceptions.DownloadTimeoutError: (Trouble.TIMEOUT, words.TIMEOUT),
    exceptions.DownloadCancelledError: (Trouble.TOO_BIG, words.TOO_BIG),
    exceptions.ResponseDataLossError: (Trouble.BROKEN_OFF, words.BROKEN_OFF),
}


def explain(error: Exception, url: str) -> NoAnswer:
    """Say why asking an address failed.

    Args:
        error: what Scrapy raised.
        url: the address asked last, after redirects.

    """
    host = urlsplit(url).hostname or url
    for kind, (trouble, template) in _PLAIN.items():
        if isinstance(error, kind):
            return NoAnswer(trouble, template.format(host=host))
    if isinstance(error, PrivateAddressError):
        return NoAnswer(Trouble.PRIVATE, str(error))
    if isinstance(error, exceptions.CannotResolveHostError):
        return _explain_lookup(host)
    if isinstance(error, exceptions.IgnoreRequest):
        return _explain_ignored(error)
    return _explain_rest(error, host)


def _explain_lookup(host: str) -> NoAnswer:
    address = private_address_of(host)
    if address:
        return NoAnswer(Trouble.PRIVATE, words.PRIVATE_NAME.format(host=host, address=address))
    return NoAnswer(Trouble.NO_HOST, words.NO_HOST.format(host=host))


def _explain_ignored(error: Exception) -> NoAnswer:
    said = str(error)
    if "max redirections" in said:
        return NoAnswer(Trouble.REDIRECTS, words.REDIRECTS)
    if "DOWNLOAD_MAXSIZE" in said:
        return NoAnswer(Trouble.TOO_BIG, words.TOO_BIG)
    return NoAnswer(Trouble.OTHER, one_line(said)[:200])


def _explain_rest(error: Exception, host: str) -> NoAnswer:
    said = one_line(f"{type(error).__name__}: {error}")
    if "certificate" in said.lower():
        return NoAnswer(Trouble.CERTIFICATE, words.CERTIFICATE.format(host=host))
    if "ssl" in said.lower() or "tls" in said.lower():
        return NoAnswer(Trouble.CERTIFICATE, words.NO_TLS.format(host=host))
    if isinstance(error, PackingError):
        return NoAnswer(Trouble.BROKEN_OFF, words.PACKING)
    if isinstance(error, exceptions.DownloadFailedError):
        return NoAnswer(Trouble.BROKEN_OFF, words.CLOSED.format(host=host))
    return NoAnswer(Trouble.OTHER, said[:200])
