// The one pop-up menu and the short notice that fades by itself.

import { $, el, icon } from "./dom.js";

const EDGE = 8; // pixels kept free between the menu and the edge of the phone

const menu = $("#daftar"); // closed by hand: a held finger's release would close it at once otherwise
let opener = null;

// `entries`: {icon, title, note, press}; `at`: the element that opened the menu, or {x, y}.
export function openMenu(entries, at) {
  close();
  opener = document.activeElement;
  menu.replaceChildren(...entries.map((entry) => item(entry)));
  menu.showPopover();
  place(at);
  menu.firstElementChild?.focus();
}

function item(entry) {
  const lines = el("span", { className: "lines" }, el("b", {}, entry.title), entry.note ? el("small", {}, entry.note) : null);
  const button = el("button", { type: "button", role: "menuitem" }, entry.icon ? icon(entry.icon) : null, lines);
  button.addEventListener("click", () => {
    close();
    entry.press();
  });
  return button;
}

function close() {
  if (!menu.matches(":popover-open")) return;
  if (menu.contains(document.activeElement)) opener?.focus({ preventScroll: true });
  menu.hidePopover();
}

function place(at) {
  const phone = $(".phone").getBoundingClientRect();
  const box = at instanceof Element ? at.getBoundingClientRect() : { left: at.x, right: at.x, top: at.y, bottom: at.y };
  Object.assign(menu.style, { left: 0, top: 0, maxWidth: `${phone.width - 2 * EDGE}px` }); // to measure it at full width
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.min(Math.max(box.left, phone.left + EDGE), phone.right - width - EDGE);
  const below = box.bottom + height + EDGE < phone.bottom;
  const top = below ? box.bottom + 4 : Math.max(phone.top + EDGE, box.top - height - EDGE);
  Object.assign(menu.style, { left: `${left}px`, top: `${top}px` });
}

document.addEventListener("pointerdown", (event) => menu.contains(event.target) || close(), true);
window.addEventListener("resize", close);
menu.addEventListener("keydown", (event) => {
  if (event.key === "Escape" || event.key === "Tab") close();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const items = [...menu.children];
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
});

let fading;
export function notice(sentence) {
  if (!sentence) return;
  const place = $("#pesan-singkat");
  place.replaceChildren(el("p", {}, sentence));
  clearTimeout(fading);
  fading = setTimeout(() => place.replaceChildren(), 2500 + 45 * sentence.length);
}
