"""Desk accounts: one-time invitations, users, sessions, and the brake on guessing passwords.

Nothing is kept of a person but a desk name, a password hash and a role; of tokens only hashes. A failed
sign-in comes back as a value, since an exception would roll back the count of failures.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from store.errors import AccountError
from store.folding import name_key
from store.tables import InvitationRow, SessionRow, SignInFailureRow, UserRow
from store.tokens import make_token, token_hash
from store.upsert import insert_absent, insert_row, rows_of

# RFC 9106's second recommended option, argon2-cffi's default: 64 MiB, 3 passes
HASHER = PasswordHasher()
SHORTEST_PASSWORD = 10  # characters
_LONGEST = 200  # characters of a name or password
_FREE_FAILURES = 3  # before signing in under a name is held up
_FIRST_PAUSE = timedelta(seconds=5)  # after the third failure; each later pause is twice as long
_LONGEST_PAUSE = timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(days=1)
SESSION_LIFETIME = timedelta(hours=12)


class Role(StrEnum):
    """What an account may do; each includes the one before."""

    READER = "reader"  # look
    ANALYST = "analyst"  # set verdicts
    ADMIN = "admin"  # invite others


@dataclass(frozen=True, slots=True)
class User:
    """A desk account."""

    name: str
    role: Role
    created_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Signing in succeeded; the token goes into the cookie and nowhere else."""

    token: str
    user: User


@dataclass(frozen=True, slots=True)
class Refused:
    """Signing in failed; `retry_at` is when the next attempt under that name is looked at (UTC)."""

    retry_at: datetime


def has_users(session: Session) -> bool:
    """Whether anybody has an account: before that, the first start prints an invitation."""
    return session.scalars(select(exists().where(UserRow.name.is_not(None)))).one()


def list_users(session: Session) -> list[User]:
    """All accounts by name."""
    return [_user_from(row) for row in session.execute(select(UserRow.__table__).order_by(UserRow.name))]


def invite(session: Session, *, role: Role, lifetime: timedelta, now: datetime) -> str:
    """Make a one-time invitation.

    Returns:
        The token for the link; it cannot be shown again, since only its hash is kept.

    """
    token = make_token()
    row = {
        "token_hash": token_hash(token),
        "role": role.value,
        "created_at": now,
        "expires_at": now + lifetime,
    }
    insert_row(session, InvitationRow, row)
    return token


def close_open_invitations(session: Session, *, now: datetime) -> None:
    """Let every unused invitation run out now: links of earlier starts lie in old terminals and logs."""
    still_open = InvitationRow.used_at.is_(None) & (InvitationRow.expires_at > now)
    session.execute(update(InvitationRow).where(still_open).values(expires_at=now))


def is_invitation_open(session: Session, token: str, *, now: datetime) -> bool:
    """Whether an invitation exists, is unused and not expired."""
    return session.scalars(select(exists().where(*_open(token, now)))).one()


def accept_invitation(
    session: Session,
    token: str,
    *,
    name: str,
    password: str,
    now: datetime,
    hasher: PasswordHasher = HASHER,
) -> User:
    """Make an account out of an invitation, which is then used up.

    Raises:
        AccountError: when the invitation is not open, the name is taken or empty, or the password too short;
            let it roll the transaction back, and the invitation stays open.

    """
    name = _checked_name(name)
    _check_password(password)
    # the conditional update decides: of two who come at once, one changes the row
    if rows_of(session.execute(update(InvitationRow).where(*_open(token, now)).values(used_at=now))) != 1:
        raise AccountError("This invitation was used already, has expired or never existed.")
    role = session.scalars(
        select(InvitationRow.role).where(InvitationRow.token_hash == token_hash(token))
    ).one()
    user = User(name, Role(role), now)
    values = {
        "name": name,
        "name_key": name_key(name),
        "password_hash": hasher.hash(_bytes(password)),
        "role": role,
        "created_at": now,
    }
    if insert_absent(session, UserRow, values, unique=("name_key",)) is None:
        raise AccountError("The name {name} is taken.", name=name)
    return user


def sign_in(
    session: Session,
    *,
    name: str,
    password: str,
    now: datetime,
    lifetime: timedelta = SESSION_LIFETIME,
    hasher: PasswordHasher = HASHER,
) -> SignedIn | Refused:
    """Check a name and password and open a session; commit in any case, so that failures are counted.

    A name nobody has takes as long and answers the same as a wrong password.
    """
    retry_at = _held_up_until(session, name, now=now)
    if retry_at > now:
        return Refused(retry_at)
    row = session.execute(select(UserRow.__table__).where(UserRow.name_key == name_key(name))).first()
    stored = row.password_hash if row else _nobodys_hash(hasher)
    if not _is_password(stored, password, hasher) or row is None:
        return Refused(_count_failure(session, name, now=now))
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.name_hash == _name_hash(name)))
    if hasher.check_needs_rehash(stored):
        renewed = (
            update(UserRow)
            .where(UserRow.name == row.name)
            .values(password_hash=hasher.hash(_bytes(password)))
        )
        session.execute(renewed)
    return SignedIn(_open_session(session, row.name, lifetime=lifetime, now=now), _user_from(row))


def find_session(session: Session, token: str, *, now: datetime) -> User | None:
    """Who a session's token belongs to; None when it is unknown, expired or revoked."""
    valid = (
        SessionRow.token_hash == token_hash(token),
        SessionRow.revoked_at.is_(None),
        SessionRow.expires_at > now,
    )
    row = session.execute(select(UserRow.__table__).where(SessionRow.user == UserRow.name, *valid)).first()
    return _user_from(row) if row else None


def revoke_session(session: Session, token: str, *, now: datetime) -> None:
    """Sign out; nothing happens when the session has ended already."""
    this = (SessionRow.token_hash == token_hash(token), SessionRow.revoked_at.is_(None))
    session.execute(update(SessionRow).where(*this).values(revoked_at=now))


def revoke_sessions_of(session: Session, name: str, *, now: datetime) -> int:
    """End all sessions of an account; how many were open."""
    open_ones = (SessionRow.user == name, SessionRow.revoked_at.is_(None), SessionRow.expires_at > now)
    return rows_of(session.execute(update(SessionRow).where(*open_ones).values(revoked_at=now)))


def change_password(
    session: Session,
    name: str,
    password: str,
    *,
    now: datetime,
    hasher: PasswordHasher = HASHER,
) -> None:
    """Set a new password and end all sessions of the account.

    Raises:
        AccountError: when it is too short, or there is no such account.

    """
    _check_password(password)
    changed = update(UserRow).where(UserRow.name == name).values(password_hash=hasher.hash(_bytes(password)))
    if rows_of(session.execute(changed)) != 1:
        raise AccountError("There is no account {name}.", name=name)
    revoke_sessions_of(session, name, now=now)


def _open(token: str, now: datetime) -> tuple[Any, ...]:
    return (
        InvitationRow.token_hash == token_hash(token),
        InvitationRow.used_at.is_(None),
        InvitationRow.expires_at > now,
    )


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name_key(name) or len(name) > _LONGEST or not name.isprintable():
        raise AccountError("A name has letters or digits and at most {most} characters.", most=_LONGEST)
    return name


def _check_password(password: str) -> None:
    if not SHORTEST_PASSWORD <= len(password) <= _LONGEST:
        raise AccountError(
            "A password has {least} to {most} characters.", least=SHORTEST_PASSWORD, most=_LONGEST
        )


def _is_password(stored: str, password: str, hasher: PasswordHasher) -> bool:
    try:
        return hasher.verify(stored, _bytes(password[:_LONGEST]))
    except (VerifyMismatchError, InvalidHashError):
        return False


def _bytes(password: str) -> bytes:
    """NFC, since keyboards differ in how they type marks; lone surrogates must not be an exception."""
    return unicodedata.normalize("NFC", password).encode(errors="surrogatepass")


@cache
def _nobodys_hash(hasher: PasswordHasher) -> str:
    return hasher.hash(make_token())


def _open_session(session: Session, user: str, *, lifetime: timedelta, now: datetime) -> str:
    token = make_token()
    row = {"token_hash": token_hash(token), "user": user, "created_at": now, "expires_at": now + lifetime}
    insert_row(session, SessionRow, row)
    return token


def _name_hash(name: str) -> str:
    return hashlib.sha256(name_key(name[:_LONGEST]).encode()).hexdigest()


def _held_up_until(session: Session, name: str, *, now: datetime) -> datetime:
    columns = select(SignInFailureRow.failures, SignInFailureRow.failed_at)
    row = session.execute(columns.where(SignInFailureRow.name_hash == _name_hash(name))).first()
    return row.failed_at + _pause(row.failures) if row else now


def _count_failure(session: Session, name: str, *, now: datetime) -> datetime:
    """Count one more failure; when the next attempt is looked at."""
    session.execute(delete(SignInFailureRow).where(SignInFailureRow.failed_at < now - _FORGOTTEN_AFTER))
    this = SignInFailureRow.name_hash == _name_hash(name)
    first = {"name_hash": _name_hash(name), "failures": 1, "failed_at": now}
    if insert_absent(session, SignInFailureRow, first, unique=("name_hash",)) is not None:
        return now + _pause(1)
    more = {"failures": SignInFailureRow.failures + 1, "failed_at": now}
    session.execute(
        update(SignInFailureRow).where(this).values(more),
        execution_options={"synchronize_session": False},
    )
    return now + _pause(session.scalars(select(SignInFailureRow.failures).where(this)).one())


def _pause(failures: int) -> timedelta:
    if failures < _FREE_FAILURES:
        return timedelta()
    doubled: int = 2 ** min(failures - _FREE_FAILURES, 10)
    return min(_FIRST_PAUSE * doubled, _LONGEST_PAUSE)


def _user_from(row: Any) -> User:
    return User(row.name, Role(row.role), row.created_at)
