// The log of messages in their newest state: puts, replaces and removes bubbles, keeps the place where one reads.

import { bubble } from "./bubble.js";
import { $, el } from "./dom.js";

const DAY = new Intl.DateTimeFormat("id-ID", { weekday: "long", day: "numeric", month: "long" });
const NEAR = 120; // pixels from the end that still count as reading the newest message

export class Log {
  constructor(act) {
    this.act = act;
    this.messages = new Map();
    this.log = $("#log");
    this.scroll = $("#gulung");
    this.unread = 0;
    this.scroll.addEventListener("scroll", () => this.#showDown());
    $("#turun").addEventListener("click", () => this.toEnd("smooth"));
    new ResizeObserver(() => this.following && this.toEnd()).observe(this.scroll);
    this.log.addEventListener("load", () => this.following && this.toEnd(), true); // a picture has got its height
    this.following = true;
  }

  // Show exactly these messages; what is already shown unchanged is left alone.
  load(messages) {
    const known = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.messages.keys()]) if (!known.has(id)) this.remove(id);
    this.log.setAttribute("aria-busy", "true");
    for (const message of messages) this.put(message, true);
    this.#dress();
    this.log.removeAttribute("aria-busy");
    this.toEnd();
  }

  put(message, quiet = false) {
    const id = message.message_id;
    const before = this.messages.get(id);
    if (before && JSON.stringify(before) === JSON.stringify(message)) return;
    this.messages.set(id, message);
    const fresh = bubble(message, this.act);
    const old = this.#row(id);
    if (old) {
      const focused = [...old.querySelectorAll(".inline")].indexOf(document.activeElement);
      old.replaceWith(fresh);
      if (focused >= 0) [...fresh.querySelectorAll(".inline")].at(focused)?.focus({ preventScroll: true });
    } else {
      if (!quiet) fresh.classList.add("new");
      const last = this.log.lastElementChild;
      const inOrder = !last || Number(last.dataset.messageId) < id;
      const later = inOrder ? null : [...this.log.querySelectorAll(".msg")].find((row) => Number(row.dataset.messageId) > id);
      this.log.insertBefore(fresh, later ?? null);
    }
    if (quiet) return;
    this.#dress();
    if (this.following || !message.from_bot) this.toEnd();
    else if (!old) this.unread += 1;
    this.#showDown();
  }

  remove(id) {
    this.messages.delete(id);
    this.#row(id)?.remove();
    this.#dress();
  }

  lastOwnText() {
    return [...this.messages.values()].filter((m) => !m.from_bot && m.text).sort((a, b) => b.message_id - a.message_id)[0];
  }

  newest() {
    return this.messages.get(Math.max(...this.messages.keys()));
  }

  toEnd(behavior = "instant") {
    this.scroll.scrollTo({ top: this.scroll.scrollHeight, behavior });
    this.following = true;
  }

  #row(id) {
    return this.log.querySelector(`.msg[data-message-id="${Number(id)}"]`);
  }

  // Days between messages, tails at the end of a group, double ticks for what the bot has answered.
  #dress() {
    for (const day of this.log.querySelectorAll(".day")) day.remove();
    let shown = "";
    let previous = null;
    let answered = false;
    const rows = [...this.log.querySelectorAll(".msg")];
    for (const row of rows) {
      const message = this.messages.get(Number(row.dataset.messageId));
      const day = new Date(message.date * 1000).toDateString();
      if (day !== shown) this.log.insertBefore(el("div", { className: "day" }, dayName(message.date)), row);
      const follows = previous?.from_bot === message.from_bot && day === shown;
      row.classList.toggle("follows", follows);
      shown = day;
      previous = message;
    }
    for (const row of rows.reverse()) {
      if (row.classList.contains("bot")) answered = true;
      const ticks = row.querySelector(".ticks");
      ticks?.classList.toggle("read", answered);
      ticks?.setAttribute("aria-label", answered ? "sudah dibaca" : "terkirim");
    }
  }

  #showDown() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroll;
    this.following = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.following) this.unread = 0;
    const down = $("#turun");
    down.hidden = this.following;
    const count = down.querySelector("b");
    count.hidden = !this.unread;
    count.textContent = this.unread;
  }
}

function dayName(date) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date * 1000).setHours(0, 0, 0, 0)) / 86_400_000);
  return days === 0 ? "Hari ini" : days === 1 ? "Kemarin" : DAY.format(new Date(date * 1000));
}
