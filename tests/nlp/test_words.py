from __future__ import annotations

import subprocess
import sys
import threading

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
