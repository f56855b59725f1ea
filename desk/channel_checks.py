"""What `diembao doctor` says of each way out: the settings are judged, and nothing is sent."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from alerts.channels.channel import ChannelError
from alerts.channels.chat.apprise import find_address_fault
from alerts.channels.mail.line import SmtpServer, is_this_machine
from alerts.channels.mail.smtp import SmtpChannel
from alerts.channels.message import letterhead_from
from alerts.channels.webhook.channel import WebhookChannel
from config.settings import Settings
from desk.channels import Clock, folder_of, make_guard, make_server
from desk.findings import Finding, State
from store.types import ChannelKind, ChannelSetting, Configuration

Words = Callable[[str], str]
_SECONDS = 8.0  # for each answer of the mail server: somebody waits at the terminal


def examine_channels(
    settings: Settings,
    configuration: Configuration,
    *,
    environment: Mapping[str, str],
    clock: Clock,
    t: Words,
) -> Iterator[Finding]:
    """One finding for e-mail and for each channel of channels.yaml."""
    yield _examine_mail(settings, configuration, t)
    for channel in configuration.channels:
        fault = find_fault(channel, settings, secret=environment.get(channel.secret, ""), clock=clock)
        name = t("Channel {name}").format(name=channel.id)
        if fault:
            advice = t("See docs/channels.md; the secret stands in the variable {variable}.")
            do = (
                advice.format(variable=channel.secret)
                if channel.secret
                else t("Look at the folder's rights.")
            )
            yield Finding(name, State.FAULT, t(fault), do)
        else:
            yield Finding(name, State.OK, f"{channel.name} ({channel.kind.value})")


def _examine_mail(settings: Settings, configuration: Configuration, t: Words) -> Finding:
    """E-mail: the server is greeted and signed in to, where one is set."""
    if not settings.smtp_host:
        words = t("no SMTP server: digests are written as files to {folder}").format(
            folder=settings.mail_folder or settings.home / "mail"
        )
        return Finding(t("Post"), State.NOTE, words, t("Set DIEMBAO_SMTP_HOST to send them."))
    server = replace(make_server(settings), timeout_seconds=_SECONDS, limit_seconds=3 * _SECONDS)
    where = f"{server.host}:{server.port}"
    try:
        SmtpChannel(server, letterhead_from(configuration.rules)).check()
    except ChannelError as error:
        advice = t("Correct DIEMBAO_SMTP_HOST, _PORT, _SECURITY, _USER or _PASSWORD.")
        return Finding(t("Post"), State.FAULT, f"{where}: {error.words}", advice)
    return _judge_mail(server, configuration, where, t)


def _judge_mail(server: SmtpServer, configuration: Configuration, where: str, t: Words) -> Finding:
    rules = configuration.rules
    invented = [r.email for r in rules.recipients if r.email.endswith(".invalid")]
    if rules.sender.endswith(".invalid") or invented:
        words = t("{where} answers, but addresses of rules.yaml end in .invalid: they exist nowhere")
        return Finding(
            t("Post"), State.NOTE, words.format(where=where), t("Write the office's own addresses there.")
        )
    if server.security.value == "none" and not is_this_machine(server.host):
        words = t("{where} answers, but what is sent there can be read on its way").format(where=where)
        return Finding(t("Post"), State.NOTE, words, t("Set DIEMBAO_SMTP_SECURITY to starttls or tls."))
    return Finding(t("Post"), State.OK, where)


def find_fault(channel: ChannelSetting, settings: Settings, *, secret: str, clock: Clock) -> str:
    """Why a channel of channels.yaml cannot be used, "" when it can; never a word of its secret."""
    if channel.kind is ChannelKind.FOLDER:
        return _find_folder_fault(folder_of(channel, settings))
    if not secret:
        return "its variable is not set"
    if channel.kind is ChannelKind.CHAT:
        return find_address_fault(secret)
    try:
        WebhookChannel(channel.id, channel.url, secret, make_guard(settings), clock).check()
    except ChannelError as error:
        return error.words
    return ""


def _find_folder_fault(folder: Path) -> str:
    """Whether a file can be made there; it is made, and taken away."""
    existing = next(place for place in (folder, *folder.parents) if place.exists())
    try:
        handle, name = tempfile.mkstemp(dir=existing, prefix=".", suffix=".doctor")
    except OSError as error:
        return f"no file can be made in {existing}: {error.strerror}"
    os.close(handle)
    Path(name).unlink()
    return ""
