"""`python -m benchmarks` prints what an answer, a letter, a search, an idle chat, a whole report and a wave of reminders
cost here, and what an answer costs where the dialogue is written in other ways; `--json` prints one line for comparing.
Some six minutes on two cores."""

import asyncio
import json
import sys
from dataclasses import dataclass

from benchmarks import reminders, search
from benchmarks.answer import SCENARIO, Cost, answered, begun
from benchmarks.effort import Effort, effort
from benchmarks.letter import MATERIALS, Papers, papers
from benchmarks.memory import FEW, MANY, Memory, memory
from benchmarks.others import compare
from benchmarks.over_http import OverHttp, over_http
from benchmarks.rate import ENOUGH, Wait, waits
from benchmarks.tables import machine, table


@dataclass(frozen=True)
class Measured:
    """All that is not measured in a process of its own."""

    costs: tuple[Cost, ...]
    waits: tuple[Wait, ...]
    http: OverHttp
    papers: Papers
    efforts: dict[str, Effort]


async def _measured() -> Measured:
    begin = await begun()
    return Measured(
        await answered(begin), await waits(begin), await over_http(begin), await papers(SCENARIO), await effort()
    )


def _figures(found: Measured, kept: Memory) -> dict[str, object]:
    costs, printed, acts = {(cost.database, cost.chats): cost for cost in found.costs}, found.papers, found.efforts
    here, fast = costs["sqlite", 64], found.waits[-1]
    return {
        "machine": machine(),
        **{f"answer_cpu_ratio_{cost.chats}_{cost.database}": round(cost.ratio, 2) for cost in found.costs},
        "answer_cpu_ms_64": round(here.ours, 3),
        "echo_cpu_ms_64": round(here.echo, 3),
        "answer_p50_ms_at_1000": round(found.waits[0].p50, 2),
        "answer_p99_ms_at_1000": round(found.waits[0].p99, 2),
        "answer_rate_with_p99_below_20_ms": fast.rate if fast.p99 < ENOUGH else 0,
        "answer_burst_p99_ms_at_64": round(here.p99, 1),
        "answer_burst_p99_ms_at_1000": round(costs["sqlite", 1000].p99, 1),
        "answer_http_cpu_ms": round(found.http.ours, 3),
        "answer_http_cpu_ratio": round(found.http.ours / found.http.echo, 2),
        "letter_ms": round(printed.letter, 2),
        "letter_50_materials_ms": round(printed.materials, 2),
        "kbli_search_us": round(printed.search, 1),
        "memory_left_bytes_per_chat": round(kept.left_bytes, 1),
        "memory_bytes_per_active_chat": round(kept.kept_bytes, 1),
        "start_seconds": round(kept.start_seconds, 2),
        **{f"effort_{name}": one.messages + one.taps for name, one in acts.items()},
        **{f"effort_{name}_quick": one.quick for name, one in acts.items()},
    }


def _print(found: Measured, kept: Memory) -> None:
    printed, acts, http = found.papers, found.efforts, found.http
    print(machine())
    print(table(
        "One answered question: raw update in, committed with its sync, next question serialised",
        ("database, chats at once", "CPU ms", "echo CPU ms", "ratio", "wall p50 ms", "wall p99 ms"),
        [(f"{cost.database.replace('_', ' ')}, {cost.chats:,}", cost.ours, cost.echo, f"{cost.ratio:.2f} x", cost.p50,
          cost.p99) for cost in found.costs],
        "Each owner has 43 to 76 answers and gives the next: text, rupiah, presses. Wall: all begin at the same moment. "
        "Slow disk: 4 ms more for each sync.",
    ))  # fmt: skip
    print(table(
        "1,000 chats answering at chance moments (Telegram lets a bot send 30 a second), on SQLite",
        ("answers a second", "p50 ms", "p99 ms"),
        [(f"{wait.rate:,}", wait.p50, wait.p99) for wait in found.waits],
        "From the highest rate down to the first whose p99 is below 20 ms. The thousand owners share this process.",
    ))  # fmt: skip
    print(table(
        "64 chats over real HTTP through the webhook, on SQLite; PTB's echo with its own httpx client",
        ("CPU ms of the bot", "of the echo", "ratio", "wall p50 ms", "wall p99 ms"),
        [(f"{http.ours:.2f}", http.echo, f"{http.ours / http.echo:.2f} x", http.p50, http.p99)],
    ))  # fmt: skip
    print(table(
        "Paper and search",
        ("", "median"),
        [("letter with annex, ms", printed.letter), (f"the same with {MATERIALS} raw materials, ms", printed.materials),
         ("KBLI by a product word, µs", printed.search)],
    ))  # fmt: skip
    print(table(
        "Memory and start",
        ("", ""),
        [("resident at the start, MB", kept.start_mb), (f"after {FEW:,} chats, MB", kept.few_mb),
         (f"after {MANY:,} chats, MB", kept.many_mb), ("left behind by a chat, bytes", kept.left_bytes),
         ("kept of each of those that wrote last, bytes", kept.kept_bytes),
         ("process ready after, s", kept.start_seconds)],
    ))  # fmt: skip
    print(table(
        "Effort of a whole report, from /mulai to the empty checklist",
        ("scenario", "messages", "taps", "together", "several answers a message"),
        [(name, one.messages, one.taps, one.messages + one.taps, one.quick) for name, one in acts.items()],
    ))  # fmt: skip


def main() -> None:
    """Measure everything, then print."""
    found = asyncio.run(_measured())
    elsewhere, lists = asyncio.run(compare.others()), search.found(search.made_list())
    kept, wave = memory(), asyncio.run(reminders.wave())
    if "--json" in sys.argv[1:]:
        more = compare.figures(elsewhere) | search.figures(lists) | reminders.figures(wave)
        print(json.dumps(_figures(found, kept) | more, ensure_ascii=False))
    else:
        _print(found, kept)
        print(compare.shown(elsewhere))
        print(search.shown(lists, search.LINES))
        print(reminders.shown(wave))


if __name__ == "__main__":
    main()
