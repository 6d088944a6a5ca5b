// The writing line: sending text, editing an own message, a file with its caption, the small menus beside it.

import { $, el, icon, size } from "./dom.js";
import { notice, openMenu } from "./menus.js";

const LARGEST_PHOTO = 10 * 1024 * 1024; // bytes: Telegram takes larger pictures only as files
const isPhoto = (file) => ["image/jpeg", "image/png", "image/webp"].includes(file.type) && file.size <= LARGEST_PHOTO;

export class Composer {
  constructor(chat) {
    this.chat = chat;
    this.input = $("#tulis");
    this.editing = null;
    this.file = null;
    this.asPhoto = false;
    this.sending = Promise.resolve();
    this.lastOwnText = () => null;
    $("#penulis").addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.input.addEventListener("input", () => this.#dress());
    this.input.addEventListener("paste", (event) => this.attach(event.clipboardData.files[0], event));
    const scroll = $("#obrolan");
    scroll.addEventListener("dragover", (event) => event.preventDefault());
    scroll.addEventListener("drop", (event) => this.attach(event.dataTransfer.files[0], event));
    for (const picker of [$("#berkas"), $("#kamera")]) {
      picker.addEventListener("change", () => {
        this.attach(picker.files[0]);
        picker.value = "";
      });
    }
    $("#lampir").addEventListener("click", () => openMenu(this.#attachments(), $("#lampir")));
  }

  // Sends in the order of pressing; what could not be sent comes back into the line.
  send(action, giveBack = () => {}) {
    this.sending = this.sending.then(action).catch((problem) => {
      notice(problem.message);
      giveBack();
    });
    return this.sending;
  }

  submit() {
    const text = this.input.value.trim();
    const { editing, file, asPhoto } = this;
    if (!text && !file) return;
    const giveBack = () => {
      if (!this.input.value) this.input.value = text;
      if (file && !this.file) this.attach(file);
      this.#dress();
    };
    if (file) this.send(() => this.chat.file(file, file.name, asPhoto, text), giveBack);
    else if (editing) this.send(() => this.chat.edit(editing.message_id, text), giveBack);
    else this.send(() => this.chat.say(text), giveBack);
    this.clear();
  }

  clear() {
    this.input.value = "";
    this.editing = null;
    this.file = null;
    $("#konteks").hidden = true;
    $("#konteks").replaceChildren();
    this.ask(null);
    this.#dress();
    this.input.focus({ preventScroll: true });
  }

  // The placeholder that the newest message wishes for (ForceReply), or none.
  ask(message) {
    const markup = message?.reply_markup;
    if (this.file) return;
    this.input.placeholder = markup?.input_field_placeholder || "Tulis pesan";
    if (markup?.force_reply && matchMedia("(hover: hover)").matches) this.input.focus({ preventScroll: true });
  }

  startEditing(message) {
    this.clear();
    this.editing = message;
    this.input.value = message.text ?? message.caption;
    this.#context(icon("ubah"), "Ubah pesan", this.input.value);
    this.#dress();
    this.input.focus();
  }

  attach(file, event) {
    if (!file) return;
    event?.preventDefault();
    const written = this.editing ? "" : this.input.value;
    this.clear();
    this.input.value = written;
    this.file = file;
    this.asPhoto = isPhoto(file) && !this.keepAsFile;
    this.keepAsFile = false;
    const image = file.type.startsWith("image/") ? el("img", { src: URL.createObjectURL(file), alt: "" }) : icon("berkas");
    const choice = isPhoto(file) ? this.#photoChoice() : null;
    this.#context(image, file.name, size(file.size), choice);
    this.input.placeholder = "Tambah keterangan";
    this.#dress();
  }

  #photoChoice() {
    const tick = el("input", { type: "checkbox", id: "sebagai-foto", checked: this.asPhoto });
    tick.addEventListener("change", () => (this.asPhoto = tick.checked));
    return el("label", { className: "choice" }, tick, "Sebagai foto");
  }

  #context(picture, title, line, extra = null) {
    const close = el("button", { type: "button", className: "icon", "aria-label": "Batalkan" }, icon("tutup"));
    close.addEventListener("click", () => this.clear());
    const lines = el("span", { className: "lines" }, el("b", {}, title), el("small", {}, line));
    $("#konteks").replaceChildren(...[picture, lines, extra, close].filter(Boolean));
    $("#konteks").hidden = false;
  }

  #key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && (this.editing || this.file)) {
      this.clear();
    } else if (event.key === "ArrowUp" && !this.input.value && this.lastOwnText()) {
      event.preventDefault();
      this.startEditing(this.lastOwnText());
    }
  }

  #dress() {
    $("#penulis").classList.toggle("ready", Boolean(this.input.value.trim() || this.file));
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
  }

  #pick(accept, asFile = false) {
    this.keepAsFile = asFile;
    $("#berkas").accept = accept;
    $("#berkas").click();
  }

  #attachments() {
    const other = (name) => () => this.send(() => this.chat.sayOther(name));
    return [
      { icon: "foto", title: "Foto", press: () => this.#pick("image/*") },
      { icon: "berkas", title: "Berkas", note: "juga foto tanpa dikecilkan", press: () => this.#pick("", true) },
      { icon: "kamera", title: "Kamera", press: () => $("#kamera").click() },
      { icon: "lokasi", title: "Lokasi", press: other("lokasi") },
      { icon: "kontak", title: "Kontak", press: other("kontak") },
      { icon: "suara", title: "Pesan suara", press: other("suara") },
      { icon: "stiker", title: "Stiker", press: other("stiker") },
    ];
  }
}
