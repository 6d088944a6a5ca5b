"""Answers that staff send by their name, from data/jawaban_petugas.toml."""

import tomllib
from importlib.resources import files

_ROWS = tomllib.loads(files("conversations").joinpath("data", "jawaban_petugas.toml").read_text(encoding="utf-8"))

ANSWERS: dict[str, str] = {name: row["isi"] for name, row in _ROWS.items()}
