"""Soft warnings in the conversation: said below the answer that causes them, listed in the checklist, kept with one
tap. That one was kept is an answer too, under the fingerprint of its numbers."""

from conversations.answers import Answer, Source
from conversations.choices import YA
from conversations.keyboards import change_button
from conversations.messages import Button, Keep
from conversations.talk import Talk
from conversations.warnings import RULES, open_doubts, place_of, warnings
from conversations.words import T


def keep(talk: Talk, fingerprint: str) -> None:
    """`Biarkan`: this warning is not shown again for these numbers."""
    if not any(doubt.fingerprint == fingerprint for doubt in open_doubts(talk.walk)):
        talk.note(T("Peringatan itu sudah tidak berlaku."))
        return
    talk.change(talk.draft.with_answer(place_of(fingerprint), Answer(YA, Source.BUTTON)))
    talk.note(T("✓ Baik, angkanya dibiarkan."))


def tell(talk: Talk) -> None:
    """Say the warnings that this turn brought about, each with `Biarkan` and the answer to look at."""
    if not talk.stored:
        return
    before, now = talk.first.results, talk.walk.results
    if len(now) == len(RULES) and now == before:  # nothing that a rule looks at has changed
        return
    anew = [rule for rule in range(len(RULES)) if rule not in now or now[rule] is not before.get(rule)]
    known = {doubt.fingerprint for doubt in warnings(talk.first, anew)}
    for doubt in open_doubts(talk.walk, anew):
        if doubt.fingerprint in known:
            continue
        talk.note(T("⚠ Coba dicek: {kalimat}", kalimat=doubt.words))
        talk.offer(Button(T("Angkanya benar, biarkan"), Keep(doubt.fingerprint)))
        stop = talk.walk.stop(doubt.place)
        if stop:
            talk.offer(change_button(talk.walk, stop))
