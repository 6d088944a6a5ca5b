"""Which answers the verifier wants anew: one answer holds their places, and a place leaves it with its new answer. The
old answers stay where they are until then."""

from dataclasses import replace

from conversations.answers import Place
from conversations.draft import Draft

TO_MEND = Place("pengiriman.perbaiki")


def written(place: Place) -> str:
    """A place as text: `bahan_baku.nama/<item>`."""
    return f"{place.question}/{place.item}" if place.item else place.question


def mended(draft: Draft, *places: Place) -> Draft:
    """The draft in which these need no new answer any more."""
    answer = draft.answers.get(TO_MEND)
    if answer is None or not isinstance(answer.value, tuple):
        return draft
    done = {written(place) for place in places}
    left = tuple(text for text in answer.value if text not in done)
    return draft if left == answer.value else draft.with_answer(TO_MEND, replace(answer, value=left))
