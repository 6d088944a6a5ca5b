// Puts the page together: the chosen person, the log, the writing line, and the stream of events from the bot.

import { chatOf } from "./api.js";
import { Composer } from "./compose.js";
import { $ } from "./dom.js";
import { Log } from "./log.js";
import { notice, openMenu } from "./menus.js";
import { choosePerson, chosen, joinAgain } from "./people.js";

const TYPING_MS = 5000; // as long as Telegram shows one "typing"
const RETRY_MS = 1500;

function play(person) {
  const chat = chatOf(person);
  const composer = new Composer(chat);
  const log = new Log({
    command: (text) => composer.send(() => chat.say(text)),
    copy,
    open: (address) => {
      $("#gambar img").src = address;
      $("#gambar").showModal();
    },
    menu: (message, x, y) => openMenu(choicesFor(message), { x, y }),
    tap: async (message, button, element) => {
      element.classList.add("waiting");
      await composer.send(() => chat.tap(message.message_id, button.callback_data), refresh);
      element.classList.remove("waiting");
    },
  });
  composer.lastOwnText = () => log.lastOwnText();
  let name = "";
  let blocked = false;
  let typing;
  let early = null; // events that came while the history was on its way: shown after it, in their order

  const choicesFor = (message) => [
    { icon: "ubah", title: "Ubah pesan", press: () => composer.startEditing(message) },
    { icon: "salin", title: "Salin tulisan", press: () => copy(message.text ?? message.caption) },
  ];

  async function load() {
    early = [];
    try {
      const { person: who, commands, messages } = await chat.history();
      name = who.first_name;
      blocked = who.blocked;
      document.title = `${name} · TemanLapor`;
      log.load(messages);
      dressFooter(messages.length === 0, commands);
      composer.ask(log.newest());
      state();
    } finally {
      const late = early;
      early = null;
      late.forEach(show);
    }
  }

  const refresh = () => load().catch((problem) => notice(problem.message));

  function show(event) {
    if (early) return void early.push(event);
    if (event.event === "typing") return void showTyping(true);
    if (event.event === "toast") return void notice(event.text);
    if (event.event === "delete") return void log.remove(event.message_id);
    if (!event.message) return;
    if (event.message.from_bot) showTyping(false);
    log.put(event.message);
    if (event.event === "message") {
      dressFooter(false);
      if (event.message.from_bot) composer.ask(event.message);
    }
  }

  function showTyping(on) {
    clearTimeout(typing);
    $("#mengetik").hidden = !on;
    if (on && log.following) log.toEnd();
    if (on) typing = setTimeout(() => showTyping(false), TYPING_MS);
    state(on ? "sedang mengetik…" : undefined);
  }

  const state = (text) => ($("#keadaan").textContent = text ?? (blocked ? "diblokir" : `Anda sebagai ${name}`));

  function dressFooter(empty, commands) {
    $("#penulis").hidden = empty || blocked;
    $("#mulai").hidden = !empty || blocked;
    $("#buka-blokir").hidden = !blocked;
    $("#obrolan").classList.toggle("empty", empty);
    if (commands) {
      $("#menu").hidden = commands.length === 0;
      $("#menu").onclick = () => openMenu(commands.map((one) => commandEntry(one)), $("#menu"));
    }
  }

  const commandEntry = ({ command, description }) => ({
    title: `/${command}`,
    note: description,
    press: () => composer.send(() => chat.say(`/${command}`)),
  });

  async function setBlocked(wish) {
    await composer.send(() => chat.block(wish));
    await refresh();
  }

  function listen() {
    const events = chat.events();
    events.addEventListener("siap", refresh);
    events.onmessage = (event) => show(JSON.parse(event.data));
    events.onerror = () => {
      state("menyambung…");
      if (events.readyState === EventSource.CLOSED) setTimeout(() => rejoin(), RETRY_MS);
    };
  }

  // The demo was restarted and knows this person no more: join again, or choose anew when the name is not known here.
  async function rejoin() {
    try {
      await joinAgain(person);
    } catch (problem) {
      if (problem.status || problem.stranger) return location.replace("/");
    }
    listen();
  }

  $("#mulai").addEventListener("click", () => composer.send(() => chat.say("/start")));
  $("#buka-blokir").addEventListener("click", () => setBlocked(false));
  $("#lainnya").addEventListener("click", () =>
    openMenu(
      [
        { icon: "orang", title: "Ganti orang", press: () => location.assign("/") },
        { icon: "jendela", title: "Buka sebagai orang lain", note: "di jendela baru", press: () => window.open("/", "_blank", "noopener") },
        blocked
          ? { icon: "blokir", title: "Buka blokir", press: () => setBlocked(false) }
          : { icon: "blokir", title: "Blokir bot", note: "bot tidak dapat menulis lagi", press: () => setBlocked(true) },
      ],
      $("#lainnya"),
    ),
  );
  $("#obrolan").hidden = false;
  listen();
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    notice("Tersalin");
  } catch {
    notice("Tidak dapat menyalin di sini. Tekan lama pada tulisan untuk menyalinnya.");
  }
}

const person = chosen();
if (person) play(person);
else choosePerson();
