"""Notices handed to a real mail server and to a folder."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.header import decode_header, make_header
from typing import Any

import pytest

from alerts.channels.channel import ChannelError
from alerts.channels.file.folder import FolderChannel
from alerts.channels.mail.smtp import Security, SmtpChannel, SmtpServer
from alerts.channels.message import Letterhead, letterhead_from, make_address, make_message


@pytest.fixture
def letterhead(make: Any):
    return letterhead_from(make.rules())


@pytest.fixture
def channel(post_office: Any, letterhead: Any):
    server = SmtpServer("127.0.0.1", post_office.port, Security.NONE, timeout_seconds=10)
    channel = SmtpChannel(server, letterhead)
    yield channel
    channel.close()


def refusal(channel: Any, notice: Any):
    with pytest.raises(ChannelError) as caught:
        channel.send(notice, 1)
    if isinstance(channel, SmtpChannel):
        channel.close()
    return caught.value


def test_a_notice_arrives_as_text_and_html_with_its_own_message_id(make: Any, channel: Any, post_office: Any):
    channel.send(make.notice(), 1)
    (message,) = post_office.messages
    assert message["Message-ID"] == "<abc@office.example>"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message.get_body(("plain",)).get_content().splitlines() == ["Xin chào"]
    assert message.get_body(("html",)).get_content().strip() == "<p>Xin chào</p>"


def test_the_letterhead_stands_on_the_message(make: Any, channel: Any, post_office: Any):
    channel.send(make.notice(), 1)
    (message,) = post_office.messages
    assert message["Subject"] == "Điểm báo 22/11/2026"
    assert message["From"] == "Điểm Báo <diembao@office.example>"
    assert message["To"] == "Lãnh đạo Văn phòng <lanhdao@office.example>"
    assert message["Reply-To"] == "baochi@office.example"
    assert message["List-Id"] == "<diembao.office.example>"
    assert message["Date"] == "Sat, 21 Nov 2026 23:30:00 +0000"
    assert post_office.recipients == ["lanhdao@office.example"]


def test_the_same_notice_gives_the_same_message_byte_for_byte(make: Any, letterhead: Any):
    assert (
        make_message(make.notice(), letterhead).as_bytes()
        == make_message(make.notice(), letterhead).as_bytes()
    )


def test_a_name_with_a_comma_and_quotes_is_one_recipient(make: Any):
    letterhead = Letterhead("x@office.example", names={"lanh-dao": 'Phòng "A", khối B <b@evil.example>'})
    message = message_from_bytes(make_message(make.notice(), letterhead).as_bytes(), policy=policy.default)
    (address,) = message["To"].addresses
    assert address.addr_spec == "lanhdao@office.example"


@pytest.mark.parametrize("before", range(40))
def test_every_space_of_a_subject_and_of_a_name_arrives_wherever_the_line_breaks(make: Any, before: int):
    subject = "x" * before + "[Điểm báo] 24/11/2026: 22 bài, 5 vụ việc, 3 thông tin cần kiểm chứng"
    name = "x" * before + " Sở Văn hóa, Thể thao và Du lịch tỉnh Gia Lai, Phòng Báo chí và Xuất bản"
    notice = make.notice(subject=subject, recipient="so", address="so@office.example")
    letterhead = Letterhead("bao@office.example", names={"so": name})
    sent = make_message(notice, letterhead).as_bytes()
    assert max(len(line) for line in sent.split(b"\r\n\r\n")[0].split(b"\r\n")) <= 120
    read = message_from_bytes(sent, policy=policy.compat32)  # the newer parser puts spaces into long names
    assert str(make_header(decode_header(read["Subject"]))) == subject
    assert str(make_header(decode_header(read["To"]))) == f"{name.strip()} <so@office.example>"


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example\r\nBcc: all@evil.example",
        "a@b.example\n",
        "a@b.example, c@d.example",
        "a@b.example;c@d.example",
        "A <a@b.example>",
        "a b@c.example",
        "a@b@c.example",
        "a@",
        "@b.example",
        "",
        "a\x00@b.example",
    ],
)
def test_what_is_not_one_address_is_refused_for_good(make: Any, channel: Any, post_office: Any, address: Any):
    fault = refusal(channel, make.notice(address=address))
    assert fault.permanent
    assert "not one e-mail address" in fault.words
    assert post_office.messages == []


def test_an_address_with_letters_of_other_scripts_is_one_address():
    assert make_address("lãnhđạo@báo.example").addr_spec == "lãnhđạo@báo.example"


@pytest.mark.parametrize("field", ["subject", "reason", "recipient", "key"])
def test_a_line_break_in_a_notice_adds_no_header(make: Any, channel: Any, post_office: Any, field: Any):
    channel.send(make.notice(**{field: "Tin\r\nBcc: all@evil.example\r\n\r\nhi"}), 1)
    (message,) = post_office.messages
    assert message["Bcc"] is None
    assert post_office.recipients == ["lanhdao@office.example"]


def test_a_message_id_with_a_line_break_is_refused(make: Any, channel: Any):
    assert refusal(channel, make.notice(message_id="<a@b>\r\nX: y")).permanent


def test_a_recipient_refused_with_5xx_is_refused_for_good(make: Any, channel: Any, post_office: Any):
    post_office.refused["lanhdao@office.example"] = "550 no such user"
    fault = refusal(channel, make.notice())
    assert (fault.permanent, "550 no such user" in fault.words) == (True, True)


def test_one_refused_recipient_of_three_keeps_the_others_mail(make: Any, channel: Any, post_office: Any):
    post_office.refused["b@office.example"] = "550 no such user"
    refused = []
    for name in "abc":
        try:
            channel.send(
                make.notice(address=f"{name}@office.example", message_id=f"<{name}@office.example>"), 1
            )
        except ChannelError as error:
            refused.append((name, error.permanent))
    assert refused == [("b", True)]
    assert post_office.recipients == ["a@office.example", "c@office.example"]


def test_a_4xx_is_temporary_and_the_next_try_arrives(make: Any, channel: Any, post_office: Any):
    post_office.answers = ["451 try later"]
    fault = refusal(channel, make.notice())
    assert (fault.permanent, "451 try later" in fault.words) == (False, True)
    channel.send(make.notice(), 1)
    assert len(post_office.messages) == 1


def test_a_text_refused_with_5xx_is_refused_for_good(make: Any, channel: Any, post_office: Any):
    post_office.answers = ["554 spam"]
    assert refusal(channel, make.notice()).permanent


def test_a_server_that_greets_and_hangs_is_left_after_the_time_limit(
    make: Any, scripted: Any, letterhead: Any
):
    port = scripted([b"220 hello\r\n"], ending="hang")
    channel = SmtpChannel(SmtpServer("127.0.0.1", port, Security.NONE, timeout_seconds=0.2), letterhead)
    fault = refusal(channel, make.notice())
    assert not fault.permanent
    assert "no answer from the mail server" in fault.words


def test_a_server_that_closes_after_the_text_leaves_it_open_whether_it_was_sent(
    make: Any, scripted: Any, letterhead: Any
):
    lines = [b"220 hello\r\n", b"250 hi\r\n", b"250 OK\r\n", b"250 OK\r\n", b"354 go on\r\n"]
    port = scripted(lines, ending="close")
    channel = SmtpChannel(SmtpServer("127.0.0.1", port, Security.NONE, timeout_seconds=5), letterhead)
    assert not refusal(channel, make.notice()).permanent


def test_a_server_that_is_not_there_is_a_temporary_fault_with_its_address(make: Any, letterhead: Any):
    channel = SmtpChannel(SmtpServer("127.0.0.1", 1, Security.NONE, timeout_seconds=1), letterhead)
    fault = refusal(channel, make.notice())
    assert (fault.permanent, "127.0.0.1:1" in fault.words) == (False, True)


def test_a_server_without_starttls_gets_no_mail_in_the_open(make: Any, post_office: Any, letterhead: Any):
    server = SmtpServer("127.0.0.1", post_office.port, Security.STARTTLS, "user", "secret", timeout_seconds=5)
    fault = refusal(SmtpChannel(server, letterhead), make.notice())
    assert not fault.permanent
    assert "secret" not in fault.words
    assert post_office.messages == []


def test_over_starttls_the_mail_arrives_where_the_certificate_is_trusted(
    make: Any, private_post_office: Any, letterhead: Any, certificate: Any, monkeypatch: Any
):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    server = SmtpServer("127.0.0.1", private_post_office.port, Security.STARTTLS, timeout_seconds=10)
    channel = SmtpChannel(server, letterhead)
    channel.send(make.notice(), 1)
    channel.close()
    assert len(private_post_office.messages) == 1


def test_over_starttls_a_certificate_nobody_vouches_for_gets_no_mail(
    make: Any, private_post_office: Any, letterhead: Any
):
    server = SmtpServer("127.0.0.1", private_post_office.port, Security.STARTTLS, timeout_seconds=10)
    fault = refusal(SmtpChannel(server, letterhead), make.notice())
    assert (fault.permanent, "certificate" in fault.words.lower()) == (False, True)
    assert private_post_office.messages == []


def test_a_password_shows_in_no_representation():
    assert "secret" not in repr(SmtpServer("mail.example", user="u", password="secret"))


def test_a_refused_sender_is_the_offices_to_mend(make: Any, scripted: Any, letterhead: Any):
    lines = [b"220 hello\r\n", b"250 hi\r\n", b"553 sender unknown\r\n", b"250 OK\r\n"]
    channel = SmtpChannel(
        SmtpServer("127.0.0.1", scripted(lines, ending="close"), Security.NONE, timeout_seconds=5), letterhead
    )
    fault = refusal(channel, make.notice())
    assert (fault.permanent, "rules.yaml" in fault.words) == (False, True)


def test_a_letter_in_a_folder_has_a_name_of_number_and_fingerprint_only(
    make: Any, tmp_path: Any, letterhead: Any
):
    channel = FolderChannel(tmp_path / "mail", letterhead)
    notice = make.notice("../../etc/passwd\x00", subject="../../x")
    channel.send(notice, 7)
    (path,) = (tmp_path / "mail").iterdir()
    assert path == channel.path_of(notice, 7)
    assert path.name.startswith("00000007-")
    assert path.name.removeprefix("00000007-").removesuffix(".eml").isalnum()
    assert (
        message_from_bytes(path.read_bytes(), policy=policy.default)["To"].addresses[0].username == "lanhdao"
    )


def test_a_second_sending_into_a_folder_writes_the_same_file(make: Any, tmp_path: Any, letterhead: Any):
    channel = FolderChannel(tmp_path, letterhead)
    channel.send(make.notice(), 7)
    before = [(p.name, p.read_bytes()) for p in tmp_path.iterdir()]
    channel.send(make.notice(), 7)
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == before


def test_a_folder_that_cannot_be_written_is_a_temporary_fault(make: Any, tmp_path: Any, letterhead: Any):
    (tmp_path / "mail").write_text("a file stands in the way")
    fault = refusal(FolderChannel(tmp_path / "mail", letterhead), make.notice())
    assert (fault.permanent, str(tmp_path) in fault.words) == (False, True)
