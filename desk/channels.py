"""The ways out, put together: settings, channels.yaml and the environment's secrets in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

from alerts.channels.channel import Channel
from alerts.channels.chat.apprise import ChatChannel
from alerts.channels.file.folder import FolderChannel
from alerts.channels.mail.smtp import Security, SmtpChannel, SmtpServer
from alerts.channels.message import letterhead_from
from alerts.channels.webhook.channel import WebhookChannel
from alerts.channels.webhook.place import Guard
from config.settings import Settings
from store.types import MAIL, ChannelKind, ChannelSetting, Configuration

Clock = Callable[[], datetime]


def make_channels(
    settings: Settings, configuration: Configuration, *, environment: Mapping[str, str], clock: Clock
) -> dict[str, Channel]:
    """Every way out by its name. One whose secret is not set is there, and says so when it is used."""
    made: dict[str, Channel] = {MAIL: make_mail(settings, configuration)}
    for channel in configuration.channels:
        made[channel.id] = make_channel(
            channel, settings, configuration, secret=environment.get(channel.secret, ""), clock=clock
        )
    return made


def make_mail(settings: Settings, configuration: Configuration) -> Channel:
    """SMTP where a host is set, else a folder of .eml files: a fresh start sends nothing."""
    letterhead = letterhead_from(configuration.rules)
    if not settings.smtp_host:
        return FolderChannel(settings.mail_folder or settings.home / "mail", letterhead)
    return SmtpChannel(make_server(settings), letterhead)


def make_server(settings: Settings) -> SmtpServer:
    """The office's mail server."""
    return SmtpServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        security=Security(settings.smtp_security),
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else "",
    )


def make_channel(
    channel: ChannelSetting, settings: Settings, configuration: Configuration, *, secret: str, clock: Clock
) -> Channel:
    """One channel of channels.yaml with its secret, "" where the variable is not set."""
    if channel.kind is ChannelKind.CHAT:
        return ChatChannel(channel.id, secret, longest=channel.longest, t=_words(settings))
    if channel.kind is ChannelKind.WEBHOOK:
        return WebhookChannel(channel.id, channel.url, secret, make_guard(settings), clock)
    letterhead = letterhead_from(configuration.rules)
    return FolderChannel(folder_of(channel, settings), letterhead, is_addressed=False)


def folder_of(channel: ChannelSetting, settings: Settings) -> Path:
    """Where a folder channel writes: as written, or under the data folder."""
    return settings.home / channel.folder


def make_guard(settings: Settings) -> Guard:
    """The crawler's judgement of addresses, for what we post."""
    from crawler.wire.guard import is_public  # noqa: PLC0415  loads Scrapy, which only who has a webhook needs

    return Guard(is_public, frozenset(settings.allow_private))


def _words(settings: Settings) -> Callable[[str], str]:
    from config.words import translator  # noqa: PLC0415  read when a chat is made, not at every start

    return translator(settings.language)
