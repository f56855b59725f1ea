"""Stands in for Python where tests start one of the crawler's processes: has `process_server.py` fork it."""

import json
import os
import signal
import socket
import sys

_, server, python, *words = sys.argv
if words[:2] != ["-P", "-m"]:
    os.execv(python, [python, *words])  # noqa: S606  what was asked for, by the real Python
with socket.socket(socket.AF_UNIX) as made:
    made.connect(server)
    asked = {"module": words[2], "words": words[3:], "environment": {**os.environ}}
    asked |= {"folder": os.path.realpath("."), "starter": os.getppid()}
    socket.send_fds(made, [json.dumps(asked).encode() + b"\n"], [0, 1, 2])
    for stream in (0, 1, 2):
        os.close(stream)
    code = int(made.recv(16) or b"1")
if code < 0:
    signal.signal(-code, signal.SIG_DFL) if -code != signal.SIGKILL else None
    os.kill(os.getpid(), -code)
os._exit(code)
