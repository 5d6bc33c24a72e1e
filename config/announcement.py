"""What `make run` prints when the pages answer."""

import csv
import unicodedata
from pathlib import Path

WIDE = "WF"


def announcement(var: Path, port: int, *, seconds: float) -> str:
    """The address and the demo accounts."""
    lines = ["", f"站点已就绪（{seconds:.1f} 秒）：http://127.0.0.1:{port}/", ""]
    accounts = var / "demo-accounts.txt"
    if accounts.exists():
        lines += [f"演示账号（也在 {accounts}）：", account_table(accounts), ""]
    lines += [f"日志：{var / 'log'}", "按 Ctrl-C 停止。", ""]
    return "\n".join(lines)


def account_table(accounts: Path) -> str:
    """The tab-separated accounts in columns."""
    with open(accounts, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t"))
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(_padded, row, widths)).rstrip() for row in rows)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in WIDE else 1 for letter in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
