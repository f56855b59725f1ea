"""The environment -> Settings, read once. A bad variable is told in one line, without its value.

What the office edits is in the YAML files; here stands only what differs from machine to machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from config.addresses import is_email, is_host, is_web_address
from config.faults import Translate, in_english
from config.faults import in_english as _t

PREFIX = "DIEMBAO_"


class SettingsError(Exception):
    """Settings that cannot be used. `faults` are (variable, what, what to do) as msgids with their values."""

    def __init__(self, faults: list[SettingFault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.say(in_english))

    def say(self, t: Translate) -> str:
        """One line a variable, in the language of `t`."""
        return "\n".join(f"{v}: {t(what)}; {t(do)}" for v, what, do in self.faults)


SettingFault = tuple[str, str, str]


class Settings(BaseSettings):
    """What differs from machine to machine. Addresses of people and times of letters are in rules.yaml."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    home: Path = Field(default_factory=lambda: Path.home() / ".local" / "share" / "diembao")
    database_url: str = Field(default="", repr=False)  # may hold a password; "" is SQLite under `home`
    config: Path | None = None  # a folder whose YAML files stand before the shipped ones
    allow_private: Annotated[tuple[str, ...], NoDecode] = ()  # "host:port" that the guard lets through
    contact: str = ""  # e-mail or web address for the User-Agent
    language: Literal["vi", "en"] = "vi"
    smtp_host: str = ""  # "": mails are written to `mail_folder`
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_user: str = ""
    smtp_password: SecretStr | None = None
    smtp_security: Literal["none", "starttls", "tls"] = "starttls"
    mail_folder: Path | None = None  # None: `home`/mail
    backup_folder: Path | None = None  # on another disk; None: nothing is backed up by itself
    backup_at: str = Field(default="02:30", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")  # in the office's zone
    backup_keep: int = Field(default=14, ge=1, le=1000)  # generations
    translation_model: Path | None = None  # a folder with a CTranslate2 model; None: terms are explained only
    nli_folder: Path | None = None  # a folder with an ONNX model of entailment; None: the shipped weights
    desk_host: str = "127.0.0.1"
    desk_port: int = Field(default=8317, ge=1, le=65535)
    desk_address: str = ""  # the desk as colleagues type it, for links in letters; "": no links
    log_format: Literal["text", "json"] = "text"

    @field_validator("home", "config", "mail_folder", "backup_folder", "translation_model", "nli_folder")
    @classmethod
    def _make_absolute(cls, path: Path | None) -> Path | None:
        return path.expanduser().absolute() if path else path

    @field_validator("allow_private", mode="before")
    @classmethod
    def _split_list(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator("allow_private")
    @classmethod
    def _check_hosts(cls, hosts: tuple[str, ...]) -> tuple[str, ...]:
        if not all(is_host(host) and ":" in host for host in hosts):
            raise ValueError("not host:port")
        return hosts

    @field_validator("contact")
    @classmethod
    def _check_contact(cls, contact: str) -> str:
        if contact and not (is_email(contact) or is_web_address(contact)):
            raise ValueError("not an e-mail or web address")
        return contact

    @field_validator("desk_address")
    @classmethod
    def _check_address(cls, address: str) -> str:
        if address and not is_web_address(address):
            raise ValueError("not a web address")
        return address.rstrip("/")

    @field_validator("smtp_host", "desk_host")
    @classmethod
    def _check_host(cls, host: str) -> str:
        if host and host != "::1" and (":" in host or not is_host(host.lower())):
            raise ValueError("not a host")
        return host

    @field_validator("database_url")
    @classmethod
    def _check_database(cls, url: str) -> str:
        if url and not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("not a database address")
        return url

    @property
    def models(self) -> Path:
        """The folder of the models that this office trained; the shipped ones are used where none is."""
        return self.home / "models"

    def database_address(self) -> str:
        """The SQLAlchemy address of the database; it may hold a password, so never print it."""
        return self.database_url or f"sqlite:///{self.home / 'diembao.sqlite3'}"


def load_settings() -> Settings:
    """The process's environment -> Settings.

    Raises:
        SettingsError: with every bad variable: which, what is wrong, what to do; never its value.

    """
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError([_fault_from(str(detail["loc"][0])) for detail in error.errors()]) from None


_ADVICE = {
    "home": _t("name a folder"),
    "config": _t("name a folder with the YAML files"),
    "database_url": _t("write sqlite:////folder/file or postgresql+psycopg://user@host/database"),
    "allow_private": _t("write host:port, several with commas between them"),
    "contact": _t("set an e-mail or web address of the office"),
    "language": _t("write vi or en"),
    "translation_model": _t("name a folder"),
    "nli_folder": _t("name a folder"),
    "backup_folder": _t("name a folder"),
    "backup_at": _t("write a time of day such as 02:30"),
    "backup_keep": _t("write a number from 1 to 1000"),
    "smtp_host": _t("write a host name without a port"),
    "smtp_port": _t("write a port from 1 to 65535"),
    "smtp_security": _t("write none, starttls or tls"),
    "desk_host": _t("write a host name without a port"),
    "desk_port": _t("write a port from 1 to 65535"),
    "desk_address": _t("write it whole, from http:// or https:// on, without blanks or letters with marks"),
    "log_format": _t("write text or json"),
}


def _fault_from(name: str) -> SettingFault:
    """The value is left out: it may be a secret in the wrong variable."""
    return (
        f"{PREFIX}{name.upper()}",
        _t("this value cannot be used"),
        _ADVICE.get(name, _t("mend it, or unset it")),
    )
