"""A new period begins with what the last report said: everything that usually stays, never what belongs to one
period. What was carried is shown and asks to be confirmed, section by section; SIINas' own carry-over is off
(guide L225)."""

from conversations.answers import Answer, Mark, Paper, Place, Source, Ticking
from conversations.draft import Draft
from conversations.form import Form, Section

# Belong to one report: its letter, its sending, the letter instead of it.
_NEVER = {"persetujuan", "surat_pernyataan", "pengiriman", "tidak_berproduksi"}


def carried(form: Form, last: Draft, identity: str) -> Draft:
    """The first draft of a new report of the same firm: the lasting answers of `last` with their items made anew."""
    draft = Draft(identity=identity)
    for section in form.sections:
        if section.company or section.key in _NEVER:
            continue
        if not section.repeat:
            draft = _copied(section, last, draft, "", "")
            continue
        for item in last.items.get(section.key, ()):
            draft = draft.with_item(section.key)
            draft = _copied(section, last, draft, item, draft.items[section.key][-1])
    return draft


def _copied(section: Section, last: Draft, draft: Draft, item: str, new: str) -> Draft:
    """The answers of one item (or of a plain section) that stay from period to period."""
    found = {}
    for question in section.questions:
        answer = last.answers.get(Place(question.key, item))
        if answer is None or not question.carry or answer.source is Source.COMPUTED:
            continue
        if not isinstance(answer.value, Ticking | Paper) and answer.value is not Mark.NANTI:
            found[Place(question.key, new)] = Answer(answer.value, Source.CARRIED)
    return draft._replace(answers={**draft.answers, **found})
