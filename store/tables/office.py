"""Tables of what people do and what is done for them: reviews, notices, audit, accounts, job runs.

Accounts hold a desk name, a password hash and a role. There is no table of persons, and must never be one.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from store.tables.columns import Base, Number


class ReviewRow(Base):
    """A verdict with its reason; append-only."""

    __tablename__ = "reviews"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    claim: Mapped[str] = mapped_column(index=True)
    claim_text: Mapped[str]
    article: Mapped[int] = mapped_column(Number, ForeignKey("articles.number"))
    verdict: Mapped[str]
    reason: Mapped[str]
    reviewer: Mapped[str]
    at: Mapped[datetime]
    evidence: Mapped[str]


class AuditRow(Base):
    """One act; `hash` covers the content and `previous`, the hash of the entry before. Append-only."""

    __tablename__ = "audit"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str]
    previous: Mapped[str] = mapped_column(unique=True)  # unique: the chain can never fork
    hash: Mapped[str]


class NoticeRow(Base):
    """A notice in the outbox and where it stands."""

    __tablename__ = "notices"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    body: Mapped[str]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime]
    claimed_by: Mapped[str] = mapped_column(default="")
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    perhaps_sent: Mapped[bool] = mapped_column(default=False)
    detail: Mapped[str] = mapped_column(default="")
    saved_at: Mapped[datetime]
    content: Mapped[str] = mapped_column(
        default="", server_default=""
    )  # ContentRow.digest; "": all is in body
    failed_at: Mapped[datetime | None] = mapped_column(index=True)  # for good

    __table_args__ = (Index(None, "state", "channel", "not_before"),)


class UserRow(Base):
    """A desk account."""

    __tablename__ = "users"

    name: Mapped[str] = mapped_column(primary_key=True)
    name_key: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[datetime]


class InvitationRow(Base):
    """A one-time link; only the token's hash is kept."""

    __tablename__ = "invitations"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    role: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SessionRow(Base):
    """Somebody signed in; only the token's hash is kept."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(ForeignKey("users.name"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]


class SignInFailureRow(Base):
    """How often signing in under a name failed in a row; the name is hashed: it may belong to nobody."""

    __tablename__ = "sign_in_failures"

    name_hash: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    failed_at: Mapped[datetime] = mapped_column(index=True)


class JobRunRow(Base):
    """One firing of a scheduled job; the unique key makes a second start of the same firing impossible."""

    __tablename__ = "job_runs"

    number: Mapped[int] = mapped_column(Number, primary_key=True)
    job: Mapped[str]
    scheduled_for: Mapped[datetime]
    owner: Mapped[str]
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    failed: Mapped[bool] = mapped_column(default=False)
    detail: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("job", "scheduled_for"),)
