"""`python -m benchmarks` prints what an answer, a letter, a search, an idle chat, a whole report and a wave of reminders
cost here, and what an answer costs where the dialogue is written in other ways; `--json` prints one line for comparing.
Under five minutes on two cores."""

import asyncio
import json
import sys

from benchmarks import reminders, search
from benchmarks.answer import RATE, SCENARIO, Answered, answered
from benchmarks.effort import Effort, effort
from benchmarks.letter import MATERIALS, Papers, papers
from benchmarks.memory import FEW, MANY, Memory, memory
from benchmarks.others import compare
from benchmarks.tables import machine, table


async def _measured() -> tuple[Answered, Papers, dict[str, Effort]]:
    return await answered(), await papers(SCENARIO), await effort()


def _figures(answers: Answered, printed: Papers, kept: Memory, acts: dict[str, Effort]) -> dict[str, object]:
    by_chats = {cost.chats: cost for cost in answers.costs}
    return {
        "machine": machine(),
        **{f"answer_cpu_ratio_{chats}_sqlite": round(cost.ratio, 2) for chats, cost in by_chats.items()},
        "answer_cpu_ms_64": round(by_chats[64].ours, 3),
        "echo_cpu_ms_64": round(by_chats[64].echo, 3),
        "answer_p50_ms_at_1000": round(answers.steady[0], 2),
        "answer_p99_ms_at_1000": round(answers.steady[1], 2),
        "answer_burst_p99_ms_at_64": round(by_chats[64].p99, 1),
        "answer_burst_p99_ms_at_1000": round(by_chats[1000].p99, 1),
        "letter_ms": round(printed.letter, 2),
        "letter_50_materials_ms": round(printed.materials, 2),
        "kbli_search_us": round(printed.search, 1),
        "memory_left_bytes_per_chat": round(kept.left_bytes, 1),
        "start_seconds": round(kept.start_seconds, 2),
        **{f"effort_{name}": one.messages + one.taps for name, one in acts.items()},
        **{f"effort_{name}_quick": one.quick for name, one in acts.items()},
    }


def _print(answers: Answered, printed: Papers, kept: Memory, acts: dict[str, Effort]) -> None:
    print(machine())
    print(table(
        "One answered question: raw update in, committed with fsync on SQLite, next question serialised",
        ("chats at once", "CPU ms", "echo CPU ms", "ratio", "wall p50 ms", "wall p99 ms"),
        [(f"{cost.chats:,}", cost.ours, cost.echo, f"{cost.ratio:.2f} x", cost.p50, cost.p99) for cost in answers.costs],
        "Each owner has 43 to 76 answers and gives the next: text, rupiah, presses. Wall: all begin at the same moment.",
    ))  # fmt: skip
    print(table(
        f"1,000 chats, {RATE} answers a second at chance moments (Telegram lets a bot send 30 a second)",
        ("", "p50 ms", "p99 ms"),
        [("arrival to reply", *answers.steady)],
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
         ("process ready after, s", kept.start_seconds)],
    ))  # fmt: skip
    print(table(
        "Effort of a whole report, from /mulai to the empty checklist",
        ("scenario", "messages", "taps", "together", "several answers a message"),
        [(name, one.messages, one.taps, one.messages + one.taps, one.quick) for name, one in acts.items()],
    ))  # fmt: skip


def main() -> None:
    """Measure everything, then print."""
    answers, printed, acts = asyncio.run(_measured())
    elsewhere, lists = asyncio.run(compare.others()), search.found(search.made_list())
    kept, wave = memory(), asyncio.run(reminders.wave())
    if "--json" in sys.argv[1:]:
        more = compare.figures(elsewhere) | search.figures(lists) | reminders.figures(wave)
        print(json.dumps(_figures(answers, printed, kept, acts) | more, ensure_ascii=False))
    else:
        _print(answers, printed, kept, acts)
        print(compare.shown(elsewhere))
        print(search.shown(lists, search.LINES))
        print(reminders.shown(wave))


if __name__ == "__main__":
    main()
