"""One turn: a draft and what a person did give the next draft and what to say. The one entry point is `take`.

It knows no channel, no table, no clock and no file: today comes in, documents go out by name. Whatever happens,
the person hears what happened and then the open question.
"""

from datetime import date
from typing import NamedTuple

from conversations import correcting, doubts, editing, guidance, marking, papers, reading, sending
from conversations.answers import Place
from conversations.checklist import checklist, missing
from conversations.draft import Draft
from conversations.form import Form
from conversations.messages import Go, InGroup, Keep, Message, On, Pick, Put, Tick
from conversations.reminder_words import NOTE
from conversations.replies import Again, Command, Edited, Other, Pressed, Refused, Reply, Typed, Uploaded
from conversations.route import Walk, walk
from conversations.scope import Lookup, no_list
from conversations.talk import CONSENT, Talk
from conversations.warnings import open_doubts
from conversations.words import T


class Turn(NamedTuple):
    """What a turn leaves: the draft to keep, the messages to send, in order, the report's state (a key of
    sending.STATES), and the walk of that draft, for the turn after it."""

    draft: Draft
    messages: tuple[Message, ...]
    state: str = "mengisi"
    walk: Walk | None = None


def take(
    form: Form, draft: Draft, reply: Reply, today: date, lookup: Lookup = no_list, before: Walk | None = None
) -> Turn:
    """Apply one reply. `lookup` searches the imported code lists. `before`: the walk that an earlier turn of this
    report left, so that only what has changed is walked. Never raises for anything a person can do; a mistake of ours
    raises."""
    talk = Talk(form, draft, today, lookup, before)
    agreed_before = talk.consented
    if not agreed_before and not _about_consent(reply):
        talk.note(T("Sebelum itu, saya perlu persetujuan Anda dulu."))
        return Turn(*talk.finish())
    match reply:
        case Typed(text, message_id):
            reading.typed(talk, text, message_id)
        case Pressed(effect, stale):
            _pressed(talk, effect, stale)
        case Edited(message_id, text):
            editing.edited(talk, message_id, text)
        case Uploaded(file, message_id):
            papers.uploaded(talk, file, message_id)
        case Refused(reason):
            talk.note(guidance.file_refused(reason))
        case Command(name, words):
            _command(talk, name, words)
        case Other(kind):
            guidance.other(talk, kind)
        case Again():
            pass
    if talk.consented and not agreed_before:
        talk.note(T(NOTE))
    doubts.tell(talk)
    papers.tell(talk)
    correcting.tell(talk)
    draft_, messages = talk.finish()
    state = sending.state(talk.walk)
    talk.walk.lookup, talk.walk.seen, talk.walk.scopes = no_list, set(), {}  # of this turn alone
    return Turn(draft_, messages, state, talk.walk)


def expects_file(form: Form, draft: Draft, today: date) -> bool:
    """Whether a file sent now would have a place."""
    return papers.wanted(walk(form, draft, today)) is not None


def _about_consent(reply: Reply) -> bool:
    """Whether a reply may be heard before consent: it answers that question, asks for help, or says nothing."""
    match reply:
        case Pressed(Pick(place) | Put(place) | Tick(place) | On(_, place)):
            return place == CONSENT
        case Pressed(Go(name)) | Command(name):
            return name in {"mulai", "start", "lanjut", "bantuan", "petugas"}
    return isinstance(reply, Typed | Other | Again)


def _pressed(talk: Talk, effect: object, stale: bool) -> None:
    if stale:
        talk.note(T("Tombol itu milik laporan lain, jadi tidak ada yang berubah. Buka laporannya lewat /laporan."))
        return
    match effect:
        case Go(command):
            _command(talk, command)
        case Keep(fingerprint):
            doubts.keep(talk, fingerprint)
        case InGroup("perbaiki", group, item):
            correcting.show(talk, group, item)
        case InGroup(action, group, item):
            editing.in_group(talk, action, group, item)
        case Pick(place) | Put(place) | Tick(place) | On(_, place):
            if isinstance(effect, On) and effect.action == "disalin":
                sending.card_copied(talk, place)
            elif talk.walk.stop(place) is None:
                talk.note(T("Pertanyaan itu sekarang tidak perlu dijawab, jadi tidak ada yang berubah."))
            else:
                _at(talk, effect, place)
        case _:
            talk.note(T("Tombol itu sudah tidak berlaku."))


def _at(talk: Talk, effect: object, place: Place) -> None:
    match effect:
        case Pick(_, token):
            reading.picked(talk, place, token)
        case Put(_, text):
            reading.put(talk, place, text)
        case Tick(_, token, on):
            marking.ticked(talk, place, token, on=on)
        case On("selesai" | "semua" as action):
            marking.finished(talk, place, everything=action == "semua")
        case On("nanti"):
            marking.put_off(talk, place)
        case On("lewati"):
            marking.left_empty(talk, place)
        case On("kembali"):
            editing.back(talk, place)
        case On("buka"):
            editing.opened(talk, place)
        case On("perbaiki" | "jangan_perbaiki" as action):
            correcting.picked(talk, place, on=action == "perbaiki")
        case On("tetap"):
            correcting.kept(talk, place)
        case On("isi"):
            editing.filled_in(talk, place)
        case On("bantuan"):
            guidance.help_for(talk, place)
        case _:
            talk.note(T("Tombol itu sudah tidak berlaku."))


def _command(talk: Talk, name: str, words: str = "") -> None:
    match name:
        case "mulai" | "start" | "lanjut":
            guidance.welcome(talk, first=name != "lanjut")
        case "periksa":
            if not talk.walk.ending or missing(talk.walk):  # an ending is said by itself
                talk.say(checklist(talk.walk, open_doubts(talk.walk)))
        case "ubah":
            editing.show_sections(talk)
        case "surat" | "surat_docx" | "surat_gambar":
            guidance.letter(talk, name)
        case "salin":
            sending.show_copying(talk)
        case "pindaian":
            papers.given_back(talk)
        case "data" | "rekap_pdf" | "rekap_xlsx":
            talk.say(guidance.data(talk, name))
        case "bantuan":
            guidance.general_help(talk, words)
        case "petugas":
            guidance.official_help(talk)
        case "batal":
            talk.unfocus()
            talk.note(T("Baik, ditinggalkan dulu. Semua jawaban tetap tersimpan."))
        case _:
            talk.note(T("Perintah itu belum ada. Yang ada terlihat lewat tombol Menu."))
