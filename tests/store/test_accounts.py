from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from store.accounts import (
    HASHER,
    Refused,
    Role,
    SignedIn,
    User,
    accept_invitation,
    change_password,
    find_session,
    has_users,
    invite,
    is_invitation_open,
    list_users,
    revoke_session,
    revoke_sessions_of,
    sign_in,
)
from store.database import Sessions
from store.errors import AccountError
from store.tables import Base

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD = "sông Ba mùa nước"
DAY = timedelta(days=1)


def _invite(sessions: Sessions, now: datetime, role: Role = Role.ANALYST) -> str:
    with sessions.begin() as session:
        return invite(session, role=role, lifetime=DAY, now=now)


def _accept(
    sessions: Sessions, token: str, now: datetime, name: str = "An", password: str = PASSWORD
) -> User:
    with sessions.begin() as session:
        return accept_invitation(session, token, name=name, password=password, now=now, hasher=CHEAP)


def _sign_in(
    sessions: Sessions, now: datetime, name: str = "An", password: str = PASSWORD
) -> SignedIn | Refused:
    with sessions.begin() as session:
        return sign_in(session, name=name, password=password, now=now, hasher=CHEAP)


@pytest.fixture
def an(sessions: Sessions, now: datetime) -> User:
    return _accept(sessions, _invite(sessions, now), now)


def _everything_stored(session: Session) -> str:
    tables = ("invitations", "users", "sessions", "sign_in_failures")
    return str([session.execute(select(Base.metadata.tables[table])).all() for table in tables])


def test_an_invitation_makes_an_account_with_its_role(sessions: Sessions, now: datetime) -> None:
    with sessions() as session:
        assert not has_users(session)
    user = _accept(sessions, _invite(sessions, now, Role.ADMIN), now, "  Chị   An ")
    assert user == User("Chị An", Role.ADMIN, now)
    with sessions() as session:
        assert has_users(session)
        assert list_users(session) == [user]


def test_an_invitation_works_once(sessions: Sessions, now: datetime) -> None:
    token = _invite(sessions, now)
    _accept(sessions, token, now)
    with sessions() as session:
        assert not is_invitation_open(session, token, now=now)
    with pytest.raises(AccountError, match="used already"):
        _accept(sessions, token, now, "Bình")


def test_of_two_who_come_with_one_invitation_one_gets_an_account(sessions: Sessions, now: datetime) -> None:
    token = _invite(sessions, now)

    def come(name: str) -> bool:
        try:
            _accept(sessions, token, now, name)
        except AccountError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(come, ("An", "Bình"))) == [False, True]


def test_an_invitation_expires(sessions: Sessions, now: datetime) -> None:
    token = _invite(sessions, now)
    with sessions() as session:
        assert is_invitation_open(session, token, now=now + DAY - timedelta(seconds=1))
        assert not is_invitation_open(session, token, now=now + DAY)
    with pytest.raises(AccountError, match="expired"):
        _accept(sessions, token, now + DAY)


def test_an_invented_invitation_is_refused(sessions: Sessions, now: datetime) -> None:
    with pytest.raises(AccountError, match="never existed"):
        _accept(sessions, "\ud800invented", now)


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("", PASSWORD),
        ("...", PASSWORD),
        ("a\x07b", PASSWORD),
        ("x" * 201, PASSWORD),
        ("An", "ngắn"),
        ("An", "x" * 201),
    ],
    ids=["no name", "no letter", "control character", "long name", "short password", "long password"],
)
def test_a_refused_name_or_password_leaves_the_invitation_open(
    sessions: Sessions, now: datetime, name: str, password: str
) -> None:
    token = _invite(sessions, now)
    with pytest.raises(AccountError):
        _accept(sessions, token, now, name, password)
    with sessions() as session:
        assert is_invitation_open(session, token, now=now)


@pytest.mark.parametrize("name", ["An", "AN", "án"])
def test_a_name_that_looks_the_same_is_taken(sessions: Sessions, now: datetime, an: User, name: str) -> None:
    token = _invite(sessions, now)
    with pytest.raises(AccountError, match="is taken"):
        _accept(sessions, token, now, name)
    with sessions() as session:
        assert is_invitation_open(session, token, now=now)


def test_no_token_and_no_password_is_stored(sessions: Sessions, now: datetime) -> None:
    token = _invite(sessions, now)
    _accept(sessions, token, now)
    signed_in = _sign_in(sessions, now)
    assert isinstance(signed_in, SignedIn)
    with sessions() as session:
        stored = _everything_stored(session)
    for secret in (token, signed_in.token, PASSWORD):
        assert secret not in stored
    assert "$argon2id$" in stored


def test_the_right_password_opens_a_session(sessions: Sessions, now: datetime, an: User) -> None:
    signed_in = _sign_in(sessions, now, "an")
    assert isinstance(signed_in, SignedIn)
    with sessions() as session:
        assert find_session(session, signed_in.token, now=now) == signed_in.user == an
        assert find_session(session, "invented", now=now) is None


@pytest.mark.parametrize(
    ("name", "password"), [("An", "sai mật khẩu"), ("Ai", PASSWORD), ("\x00\ud800", "\x00\ud800")]
)
def test_a_wrong_name_or_password_is_refused(
    sessions: Sessions, now: datetime, an: User, name: str, password: str
) -> None:
    assert isinstance(_sign_in(sessions, now, name, password), Refused)


@pytest.mark.parametrize("name", ["An", "Nobody"])
def test_guessing_is_held_up_longer_and_longer_for_any_name(
    sessions: Sessions, now: datetime, an: User, name: str
) -> None:
    pauses = []
    at = now
    for _ in range(14):
        refused = _sign_in(sessions, at, name, "guess of a password")
        assert isinstance(refused, Refused)
        pauses.append((refused.retry_at - at).total_seconds())
        at = refused.retry_at
    assert pauses[:6] == [0, 0, 5, 10, 20, 40]
    assert pauses[-1] == 15 * 60


def test_even_the_right_password_waits_until_the_pause_is_over(
    sessions: Sessions, now: datetime, an: User
) -> None:
    for _ in range(3):
        refused = _sign_in(sessions, now, password="guess of a password")
    assert _sign_in(sessions, now + timedelta(seconds=4)) == refused
    assert isinstance(_sign_in(sessions, now + timedelta(seconds=5)), SignedIn)


def test_signing_in_forgets_the_failures(sessions: Sessions, now: datetime, an: User) -> None:
    for _ in range(5):
        for _ in range(2):
            _sign_in(sessions, now, password="guess of a password")
        assert isinstance(_sign_in(sessions, now), SignedIn)


def test_failures_are_forgotten_after_a_day(sessions: Sessions, now: datetime, an: User) -> None:
    _sign_in(sessions, now, "Nobody")
    _sign_in(sessions, now + 2 * DAY, "Somebody")
    with sessions() as session:
        assert session.execute(text("SELECT count(*) FROM sign_in_failures")).scalar_one() == 1


def test_a_session_expires(sessions: Sessions, now: datetime, an: User) -> None:
    signed_in = _sign_in(sessions, now)
    assert isinstance(signed_in, SignedIn)
    with sessions() as session:
        assert find_session(session, signed_in.token, now=now + timedelta(hours=11)) == an
        assert find_session(session, signed_in.token, now=now + timedelta(hours=12)) is None


def test_signing_out_ends_that_session_only(sessions: Sessions, now: datetime, an: User) -> None:
    one, other = _sign_in(sessions, now), _sign_in(sessions, now)
    assert isinstance(one, SignedIn)
    assert isinstance(other, SignedIn)
    with sessions.begin() as session:
        revoke_session(session, one.token, now=now)
        revoke_session(session, one.token, now=now)
        assert find_session(session, one.token, now=now) is None
        assert find_session(session, other.token, now=now) == an
        assert revoke_sessions_of(session, an.name, now=now) == 1
        assert find_session(session, other.token, now=now) is None


def test_a_new_password_ends_all_sessions(sessions: Sessions, now: datetime, an: User) -> None:
    signed_in = _sign_in(sessions, now)
    assert isinstance(signed_in, SignedIn)
    with sessions.begin() as session:
        change_password(session, an.name, "một mật khẩu khác", now=now, hasher=CHEAP)
        assert find_session(session, signed_in.token, now=now) is None
    assert isinstance(_sign_in(sessions, now), Refused)
    assert isinstance(_sign_in(sessions, now, password="một mật khẩu khác"), SignedIn)


@pytest.mark.parametrize(("name", "password"), [("Nobody", "một mật khẩu khác"), ("An", "ngắn")])
def test_a_password_is_not_changed_for_nobody_or_to_a_short_one(
    sessions: Sessions, now: datetime, an: User, name: str, password: str
) -> None:
    with sessions.begin() as session, pytest.raises(AccountError):
        change_password(session, name, password, now=now, hasher=CHEAP)


def test_an_old_hash_is_renewed_when_its_owner_signs_in(sessions: Sessions, now: datetime, an: User) -> None:
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    with sessions.begin() as session:
        sign_in(session, name="An", password=PASSWORD, now=now, hasher=stronger)
    with sessions() as session:
        stored = session.execute(text("SELECT password_hash FROM users")).scalar_one()
    assert "m=16,t=2" in stored
    assert isinstance(_sign_in(sessions, now), SignedIn)


def test_the_default_hasher_meets_rfc_9106() -> None:
    assert (HASHER.memory_cost, HASHER.time_cost, HASHER.type.name) == (64 * 1024, 3, "ID")
