"""Whose page an address is: the catalogue's outlet, or nobody's we know; and whom we never ask. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from crawler import words
from crawler.addresses import urls
from store.types import Source

# Social networks, video and chat platforms, by registrable domain. This product follows published news;
# what people write to one another is none of its business, public or not.
SOCIAL = frozenset(
    {
        "facebook.com", "fb.com", "fb.me", "fb.watch", "messenger.com", "instagram.com", "threads.net",
        "threads.com", "x.com", "twitter.com", "t.co", "tiktok.com", "douyin.com", "youtube.com", "youtu.be",
        "youtube-nocookie.com", "zalo.me", "zaloapp.com", "zalo.vn", "telegram.org", "telegram.me", "t.me",
        "whatsapp.com", "wa.me", "viber.com", "linkedin.com", "lnkd.in", "reddit.com", "redd.it",
        "pinterest.com", "pin.it", "tumblr.com", "snapchat.com", "discord.com", "discord.gg", "bsky.app",
        "mastodon.social", "truthsocial.com", "weibo.com", "weibo.cn", "wechat.com", "vk.com", "ok.ru",
        "locket.camera", "gapo.vn", "lotus.vn", "quora.com", "dailymotion.com", "bilibili.com",
    }
)  # fmt: skip


def find_refusal(url: str) -> str:
    """Say why an address is never asked, whoever names it, in words; "" when it may be.

    Raises:
        UnusableAddressError: when it is no http(s) address.

    """
    host = urls.split_web(url).hostname or ""
    if urls.site(url) in SOCIAL:
        return words.SOCIAL.format(host=host)
    return ""


class Outlets:
    """The catalogue by host."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._by_domain = {source.domain.removeprefix("www."): source for source in sources}

    def find(self, url: str) -> Source | None:
        """The outlet whose page an address is: by host, else by the nearest domain above it; None: unknown.

        A domain with a port (the practice press's) counts for that port alone.
        """
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".")
        whole = f"{host}:{parts.port}" if parts.port else host
        if whole in self._by_domain:
            return self._by_domain[whole]
        labels = host.removeprefix("www.").split(".")
        above = (".".join(labels[start:]) for start in range(max(1, len(labels) - 1)))
        return next((self._by_domain[name] for name in above if name in self._by_domain), None)

    def find_refusal(self, url: str) -> str:
        """Say why a lead to this address is not followed: a social network, or switched off; "" when it is.

        Raises:
            UnusableAddressError: when it is no http(s) address.

        """
        source = self.find(url)
        if source is not None and source.disabled:
            return words.SWITCHED_OFF.format(name=source.name, why=source.disabled)
        return find_refusal(url)
