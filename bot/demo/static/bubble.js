// One message as a bubble with the buttons beneath it. Knows the Bot API's message shape, not the chat around it.

import { el, icon, size } from "./dom.js";
import { fromHtml, fromText } from "./html.js";

const CLOCK = new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" });
const fileAddress = (id) => `/api/files/${encodeURIComponent(id)}`;

// `act` holds what presses do: command(text), tap(message, button, element), copy(text), open(address), menu(message, x, y).
export function bubble(message, act) {
  const side = message.from_bot ? "bot" : "me";
  const body = el("div", { className: "bubble" }, ...content(message, act), foot(message));
  const row = el("article", { className: `msg ${side}`, "data-testid": `msg-${side}` }, body);
  row.dataset.messageId = message.message_id;
  row.classList.toggle("bare", Boolean(message.sticker));
  row.classList.toggle("edited", Boolean(message.edit_date) && !message.from_bot);
  row.setAttribute("aria-label", message.from_bot ? "TemanLapor" : "Anda");
  const keys = message.reply_markup?.inline_keyboard;
  if (keys?.length) row.append(keyboard(message, keys, act));
  if (!message.from_bot && (message.text || message.caption)) row.append(ownMenu(message, body, act));
  return row;
}

function content(message, act) {
  const parts = [];
  const quoted = message.reply_to_message;
  if (quoted) parts.push(el("div", { className: "quote" }, quoted.text ?? quoted.caption ?? "Pesan"));
  if (message.photo) parts.push(picture(message.photo.at(-1), message.caption, act));
  if (message.document) parts.push(fileCard(message.document));
  if (message.sticker) parts.push(el("div", { className: "sticker" }, message.sticker.emoji ?? "🙂"));
  if (message.voice) parts.push(voice(message.voice));
  if (message.location) parts.push(place(message.location));
  if (message.contact) {
    parts.push(card("kontak", message.contact.first_name, message.contact.phone_number));
  }
  const written = message.text ?? message.caption;
  if (message.html) parts.push(el("div", { className: "text" }, fromHtml(message.html, act.command)));
  else if (written) parts.push(el("div", { className: "text" }, fromText(written, act.command)));
  if (!parts.length) parts.push(el("div", { className: "text soft" }, "Pesan ini tidak dapat ditampilkan."));
  return parts;
}

function foot(message) {
  const time = new Date(message.date * 1000);
  const foot = el("div", { className: "foot" });
  if (message.edit_date && !message.from_bot) foot.append("diubah ");
  foot.append(el("time", { dateTime: time.toISOString() }, CLOCK.format(time)));
  if (!message.from_bot) foot.append(el("span", { className: "ticks", role: "img", "aria-label": "terkirim" }));
  return foot;
}

function keyboard(message, rows, act) {
  const board = el("div", { className: "keys" });
  for (const row of rows) board.append(el("div", { className: "row" }, ...row.map((button) => key(message, button, act))));
  return board;
}

function key(message, button, act) {
  const label = el("span", {}, button.text);
  const look = `inline ${["primary", "success", "danger"].includes(button.style) ? button.style : ""}`.trim();
  if (button.url) {
    const safe = /^(https?|tg|mailto|tel):/i.test(button.url);
    const properties = { className: look, href: safe ? button.url : "#", target: "_blank", rel: "noopener noreferrer" };
    return el("a", properties, label, icon("tautan"));
  }
  const element = el("button", { type: "button", className: look, "data-testid": "inline" }, label);
  if (button.copy_text) {
    element.append(icon("salin"));
    element.addEventListener("click", () => act.copy(button.copy_text.text));
  } else {
    element.addEventListener("click", () => act.tap(message, button, element));
  }
  return element;
}

function picture(photo, caption, act) {
  const address = fileAddress(photo.file_id);
  const image = el("img", { src: address, alt: caption || "Foto", width: photo.width, height: photo.height });
  const opener = el("button", { type: "button", className: "picture", "aria-label": "Perbesar foto" }, image);
  opener.addEventListener("click", () => act.open(address));
  return opener;
}

function fileCard(file) {
  const name = file.file_name ?? "berkas";
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1].toLowerCase() ?? "";
  const badge = el("span", { className: "badge", "aria-hidden": "true" }, ending.toUpperCase() || icon("berkas"));
  badge.dataset.kind = ending;
  const lines = el("span", { className: "lines" }, el("b", {}, name), el("small", {}, `${size(file.file_size)} · Unduh`));
  const properties = { className: "berkas", href: fileAddress(file.file_id), download: name, "data-testid": "berkas-terkirim" };
  return el("a", properties, badge, lines, icon("unduh"));
}

function voice(sound) {
  const bars = [5, 9, 14, 8, 17, 11, 6, 13, 18, 10, 7, 15, 9, 12, 6, 10, 5].map((height) => {
    const bar = el("i");
    bar.style.height = `${height}px`;
    return bar;
  });
  const length = `0:${String(sound.duration).padStart(2, "0")}`;
  return el("div", { className: "voice", role: "img", "aria-label": "Pesan suara" }, icon("suara"), el("span", {}, ...bars), el("small", {}, length));
}

const place = ({ latitude, longitude }) =>
  card("lokasi", "Lokasi", [latitude, longitude].map((n) => n.toFixed(4).replace(".", ",")).join(" · "));

const card = (name, title, line) =>
  el("div", { className: "card" }, icon(name), el("span", { className: "lines" }, el("b", {}, title), el("small", {}, line)));

function ownMenu(message, body, act) {
  const opener = el("button", { type: "button", className: "more icon", "aria-label": "Pilihan untuk pesan ini" }, icon("lain"));
  const openAt = (x, y) => act.menu(message, x, y);
  opener.addEventListener("click", (event) => {
    const box = opener.getBoundingClientRect();
    openAt(event.clientX || box.left, event.clientY || box.bottom);
  });
  body.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    openAt(event.clientX, event.clientY);
  });
  let held;
  const release = () => clearTimeout(held);
  body.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch") held = setTimeout(() => openAt(event.clientX, event.clientY), 480);
  });
  for (const end of ["pointerup", "pointermove", "pointercancel"]) body.addEventListener(end, release);
  return opener;
}
