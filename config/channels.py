"""channels.yaml -> ChannelSettings: the ways out besides e-mail. What might be a secret is never repeated."""

from __future__ import annotations

import re
from collections.abc import Collection

from config.addresses import is_web_address
from config.checks import check_reference, read_id
from config.entries import Entry
from config.faults import in_english as _t
from store.types import MAIL, ChannelKind, ChannelSetting

PREFIX = "DIEMBAO_CHANNEL_"  # of every variable that holds a channel's secret
_VARIABLE = re.compile(PREFIX + r"[A-Z0-9_]{1,60}")
_KINDS = tuple(kind.value for kind in ChannelKind)
_LONGEST = 20_000  # characters of a chat message; no service takes more


def read_channels(root: Entry, *, recipients: Collection[str] | None) -> tuple[ChannelSetting, ...]:
    """The channels of the file. `recipients` are the ids of rules.yaml, None where that could not be read."""
    ids: dict[str, int] = {}
    found = tuple(_read_channel(entry, ids, recipients) for entry in root.entries("channels"))
    root.close()
    return found


def _read_channel(entry: Entry, ids: dict[str, int], recipients: Collection[str] | None) -> ChannelSetting:
    kind = ChannelKind(entry.choice("kind", _KINDS))
    channel = ChannelSetting(
        id=read_id(entry, ids),
        name=entry.text("name"),
        kind=kind,
        person=entry.text("person"),
        secret=_read_variable(entry) if kind is not ChannelKind.FOLDER else "",
        url=_read_url(entry) if kind is ChannelKind.WEBHOOK else "",
        folder=entry.text("folder") if kind is ChannelKind.FOLDER else "",
        longest=entry.whole("longest", 100, _LONGEST, default=1_500) if kind is ChannelKind.CHAT else 1_500,
    )
    check_reference(entry, "person", channel.person, recipients, what="rules.yaml")
    if channel.id == MAIL:
        entry.fault("id", _t("{found} is the name of e-mail"), _t("choose another"), found=MAIL)
    entry.close()
    return channel


def _read_variable(entry: Entry) -> str:
    """The name of a variable. Whoever wrote the secret itself there must not find it repeated in a log."""
    name = entry.text("secret")
    if name and not _VARIABLE.fullmatch(name):
        entry.fault(
            "secret",
            _t("the name of an environment variable is wanted, never the secret itself"),
            _t("write a name such as {example}, and set that variable"),
            example=f"{PREFIX}NHOM_TRUC",
        )
        return ""
    return name


def _read_url(entry: Entry) -> str:
    """Where a webhook is posted to. Pages show it: what follows ? or stands before @ may be a secret."""
    url = entry.text("url")
    if url and (not is_web_address(url) or "?" in url or "#" in url):
        entry.fault(
            "url",
            _t("this is not an address that a notice can be posted to"),
            _t("write https://host/path, without a name, a password or anything after ?"),
        )
        return ""
    return url
