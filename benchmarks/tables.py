"""Figures as plain tables with the machine they were taken on. It measures nothing."""

import os
import platform
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import telegram


def machine() -> str:
    """Cores, CPU model and versions, in one line."""
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return (
        f"{os.cpu_count()} cores, {model or platform.processor() or platform.machine()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, python-telegram-bot {telegram.__version__}"
    )


def table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]], remark: str = "") -> str:
    """A title, a heading and rows, the first column to the left and the others to the right; floats get a fitting
    number of places."""
    cells = [list(columns), *([_shown(cell) for cell in row] for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(columns))]
    lines = [
        "  ".join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in cells
    ]
    rule = "-" * len(lines[0])
    return "\n".join(["", title, rule, lines[0], rule, *lines[1:], *([remark] if remark else [])])


def _shown(cell: object) -> str:
    if isinstance(cell, float):
        return f"{cell:,.0f}" if abs(cell) >= 100 else f"{cell:.1f}" if abs(cell) >= 10 else f"{cell:.2f}"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
