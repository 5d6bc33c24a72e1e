"""The port of the pages."""

import errno
import socket
from collections.abc import Mapping

from config.embedded.processes import LOOPBACK, wait_until
from config.embedded.troubles import Trouble

USUAL = "8000"
PATIENCE = 3.0


def chosen_port(environment: Mapping[str, str]) -> int:
    """The port that PORT names, once it is free."""
    if environment.get("BIND"):
        raise Trouble("演示环境只在本机（127.0.0.1）提供服务：请去掉 BIND；换端口请用 PORT。")
    text = environment.get("PORT") or USUAL
    if not text.isdecimal() or not 0 < int(text) < 2**16:
        raise Trouble(f"PORT 的值 {text} 不是端口号：请用 1024 到 65535 之间的整数。")
    port = int(text)
    # The pages of a killed launcher leave within a second or two.
    if not wait_until(lambda: _is_free(port), seconds=PATIENCE):
        raise Trouble(
            f"端口 {port} 已被占用：请停止占用它的程序，或换端口：PORT={port + 1} make run。"
        )
    return port


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((LOOPBACK, port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Trouble(
                    f"普通账户不能使用端口 {port}：请用 1024 以上的端口，例如 PORT=8000 make run。"
                ) from error
            return False
    return True
