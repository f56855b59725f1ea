from __future__ import annotations

import re
import subprocess
import sys
import threading
from pathlib import Path

from nlp import words


def test_syllables_of_one_word_stay_together():
    assert "cửa khẩu" in words.segment("Hàng qua cửa khẩu Lệ Thanh tăng.")


def test_empty_text_has_no_words():
    assert words.segment(" \n ") == ()


def test_loading_leaves_the_root_log_handlers_as_they_were():
    # in a process of its own: pytest has handlers on the root, which hide what the import would add
    program = (
        "import logging; from nlp import words; words.segment('Đường lên biên giới'); "
        "print(logging.getLogger().handlers, logging.getLogger().level == logging.WARNING)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[] True"


def test_eight_first_calls_at_once_give_the_same_words():
    # the network is closed in all tests (pytest-socket), so this also shows that loading downloads nothing
    words._loaded.cache_clear()
    results: list[tuple[str, ...]] = []
    threads = [
        threading.Thread(target=lambda: results.append(words.segment("Người dân Gia Lai"))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 8
    assert len(set(results)) == 1


def test_underthesea_is_reached_in_one_place_for_the_one_function_that_works_offline():
    sources = Path(words.__file__).parents[1].glob("[a-z]*/**/*.py")
    found = {
        (path.name, name)
        for path in sources
        for name in re.findall(
            r"^\s*(?:from underthesea\S* import (\w+)|import underthesea)", path.read_text(), re.MULTILINE
        )
    }
    assert {pair for pair in found if not pair[0].startswith("test_")} == {("words.py", "word_tokenize")}


def test_words_of_one_call_do_not_change_those_of_the_next():
    # underthesea keeps `fixed_words` of one call for all later ones: it is never given any
    before = words.segment("Đường lên xã Ia Dom")
    words.segment("xã Ia Dom, huyện Đức Cơ, cửa khẩu Lệ Thanh")
    assert words.segment("Đường lên xã Ia Dom") == before


def test_words_come_with_every_way_to_the_network_shut():
    program = (
        "import socket\n"
        "def shut(*a, **k): raise OSError('the network is shut')\n"
        "socket.socket.connect = shut; socket.getaddrinfo = shut; socket.create_connection = shut\n"
        "from nlp import words; print(words.segment('Người dân Gia Lai'))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "Gia Lai" in ran.stdout
