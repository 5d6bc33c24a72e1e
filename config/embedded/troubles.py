"""What can go wrong outside the program, said in one plain sentence with its remedy."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

FULL = {errno.ENOSPC, errno.EDQUOT}
FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
DISK_FULL = "磁盘空间不足：请腾出至少 1 GB 空间后重试。"


class Trouble(Exception):
    """A sentence for the person at the terminal: what is wrong and how to mend it."""


@contextmanager
def plainly_told() -> Iterator[None]:
    """Turn what the operating system refuses into such a sentence."""
    try:
        yield
    except OSError as error:
        raise Trouble(_sentence(error)) from error


def _sentence(error: OSError) -> str:
    if error.errno in FULL:
        return DISK_FULL
    if error.errno in FORBIDDEN:
        return (
            f"没有权限使用 {error.filename or '所需的系统功能'}："
            "请换回原来运行的账户，或修改该文件的属主后重试。"
        )
    return f"操作系统拒绝了请求（{error}）：请检查后重试。"
