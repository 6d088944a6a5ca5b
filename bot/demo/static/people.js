// The first screen: as whom does one play? The person's number goes into the address, so a reload keeps it.

import { join, people } from "./api.js";
import { $, el } from "./dom.js";
import { notice } from "./menus.js";

const STORIES = {
  1001: "Pemilik usaha tempe",
  1002: "Pemilik bengkel mebel",
  1003: "Anak yang membantu mengisi",
};
const SEATS = 10 ** 12; // numbers of staff in their group begin here
const MEMORY = "temanlapor-orang"; // names by number, to join again after the demo was restarted

const remembered = () => JSON.parse(localStorage.getItem(MEMORY) ?? "{}");
const initials = (name) => name.replace(/^(Bu|Pak|Ibu|Bapak)\s+/i, "").slice(0, 1).toUpperCase();

export function chosen() {
  return Number(new URLSearchParams(location.search).get("orang")) || null;
}

export function addressOf(person) {
  return `/?orang=${person}`;
}

export async function joinAgain(person) {
  const first_name = remembered()[person];
  if (!first_name) throw Object.assign(new Error("Orang ini belum dikenal."), { stranger: true });
  await join({ id: person, first_name });
}

async function enter(person) {
  try {
    const joined = await join(person);
    localStorage.setItem(MEMORY, JSON.stringify({ ...remembered(), [joined.id]: joined.first_name }));
    location.assign(addressOf(joined.id));
  } catch (problem) {
    notice(problem.message);
  }
}

function personCard(person) {
  const card = el(
    "a",
    { className: "person", href: addressOf(person.id), "data-testid": `orang-${person.id}` },
    el("span", { className: "face", "aria-hidden": "true" }, initials(person.first_name)),
    el("span", { className: "lines" }, el("b", {}, person.first_name), el("small", {}, STORIES[person.id] ?? (person.id >= SEATS ? "Petugas yang menjawab" : "Sudah bergabung"))),
  );
  card.querySelector(".face").dataset.tone = person.id % 5;
  return card;
}

export async function choosePerson() {
  const screen = $("#pilih");
  screen.hidden = false;
  const name = el("input", { id: "nama", maxLength: 64, placeholder: "Nama Anda", "aria-label": "Nama Anda", autocomplete: "off" });
  const form = el("form", { className: "own" }, name, el("button", { className: "send-name" }, "Masuk"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (name.value.trim()) enter({ first_name: name.value });
    else name.focus();
  });
  const list = el("div", { className: "people" });
  screen.replaceChildren(
    el("img", { src: "/static/lambang.svg", alt: "", width: 76, height: 76 }),
    el("h1", { id: "judul-pilih" }, "TemanLapor"),
    el("p", { className: "lead" }, "Teman mengisi laporan produksi SIINas. Satu pertanyaan, satu pesan."),
    el("h2", {}, "Anda mencoba sebagai siapa?"),
    list,
    el("h2", {}, "Atau pakai nama sendiri"),
    form,
    el("p", { className: "fine" }, "Ini percakapan percobaan. Tidak ada yang dikirim ke Telegram atau SIINas."),
  );
  try {
    list.replaceChildren(...(await people()).map(personCard));
  } catch (problem) {
    notice(problem.message);
  }
}
