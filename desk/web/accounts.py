"""One-time links and sessions, as the desk needs them; the store keeps them."""

from __future__ import annotations

from datetime import datetime, timedelta

from store.accounts import (
    Refused,
    Role,
    SignedIn,
    User,
    accept_invitation,
    close_open_invitations,
    find_session,
    has_users,
    invite,
    is_invitation_open,
    revoke_session,
    sign_in,
)
from store.audit import append
from store.database import Sessions
from store.errors import AccountError

LINK_LIFETIME = timedelta(hours=24)
SHORTEST_PASSWORD = 12  # characters; length is the only rule (NIST SP 800-63B, 3.1.1.2)


def first_start_link(sessions: Sessions, base_url: str, now: datetime) -> str | None:
    """A one-time link for the first account, good for 24 hours; None when somebody has an account already.

    `base_url` is the desk's address without a path, `now` aware and UTC. There is no default password.
    Links of earlier starts are closed.
    """
    with sessions.begin() as session:
        if has_users(session):
            return None
        close_open_invitations(session, now=now)
        token = invite(session, role=Role.ADMIN, lifetime=LINK_LIFETIME, now=now)
    return _link(base_url, token)


def make_invitation_link(sessions: Sessions, base_url: str, *, role: Role, by: str, now: datetime) -> str:
    """A one-time link for a further account; who made it for which role is logged."""
    with sessions.begin() as session:
        token = invite(session, role=role, lifetime=LINK_LIFETIME, now=now)
        append(session, actor=by, act="invite", subject=f"role {role.value}", detail="", now=now)
    return _link(base_url, token)


def is_link_open(sessions: Sessions, token: str, *, now: datetime) -> bool:
    """Whether the link of this token can still be used."""
    with sessions() as session:
        return is_invitation_open(session, token, now=now)


def open_account(sessions: Sessions, link: str, name: str, password: str, *, now: datetime) -> None:
    """Use the link `link` (its token) up for an account, and log it.

    Raises:
        AccountError: when the link is not open any more, or the name or password cannot be taken;
            the link then stays as it was.

    """
    if len(password) < SHORTEST_PASSWORD:
        raise AccountError("The password needs at least {least} characters.", least=SHORTEST_PASSWORD)
    with sessions.begin() as session:
        user = accept_invitation(session, link, name=name, password=password, now=now)
        subject, detail = f"user {user.name}", f"role {user.role.value}"
        append(session, actor=user.name, act="open account", subject=subject, detail=detail, now=now)


def start_session(sessions: Sessions, name: str, password: str, *, now: datetime) -> SignedIn | Refused:
    """Name and password -> a session with its token, or when the next attempt is looked at."""
    with sessions.begin() as session:
        return sign_in(session, name=name, password=password, now=now)


def find_colleague(sessions: Sessions, token: str, *, now: datetime) -> User | None:
    """Who is signed in with this token; None when it is unknown, has run out or was ended."""
    with sessions() as session:
        return find_session(session, token, now=now)


def end_session(sessions: Sessions, token: str, *, now: datetime) -> None:
    """Sign out, also everywhere this token was copied to."""
    with sessions.begin() as session:
        revoke_session(session, token, now=now)


def may_judge(user: User) -> bool:
    """Whether somebody may set verdicts."""
    return user.role in {Role.ANALYST, Role.ADMIN}


def may_invite(user: User) -> bool:
    """Whether somebody may invite others."""
    return user.role is Role.ADMIN


def _link(base_url: str, token: str) -> str:
    return f"{base_url.rstrip('/')}/welcome/{token}"
