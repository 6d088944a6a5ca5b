// Telegram's HTML as DOM nodes: an allow-list of tags is rebuilt node by node, everything else stays text or goes.

import { el } from "./dom.js";

const TAGS = {
  B: "b", STRONG: "b", I: "i", EM: "i", U: "u", INS: "u", S: "s", STRIKE: "s", DEL: "s",
  CODE: "code", PRE: "pre", BLOCKQUOTE: "blockquote",
};
const DROPPED = new Set(["SCRIPT", "STYLE", "TEMPLATE", "IFRAME", "OBJECT", "TEXTAREA", "TITLE"]);
const COMMAND = /(?<![\w/.:])(\/[a-z][a-z0-9_]{1,31})(?![\w/])/gi;

// `onCommand(text)` is called when a /command within the text is pressed.
export function fromHtml(html, onCommand) {
  const inert = new DOMParser().parseFromString(html, "text/html"); // runs no script and fetches nothing
  return copy(inert.body, onCommand);
}

export function fromText(text, onCommand) {
  const fragment = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(COMMAND)) {
    const command = match[1];
    const link = el("button", { type: "button", className: "command", textContent: command });
    link.addEventListener("click", () => onCommand(command));
    fragment.append(text.slice(end, match.index), link);
    end = match.index + command.length;
  }
  fragment.append(text.slice(end));
  return fragment;
}

function copy(parent, onCommand) {
  const fragment = document.createDocumentFragment();
  for (const node of parent.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) fragment.append(fromText(node.data, onCommand));
    else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.has(node.tagName)) {
      fragment.append(rebuilt(node, copy(node, onCommand)));
    }
  }
  return fragment;
}

function rebuilt(node, content) {
  if (node.tagName === "A") return link(node.getAttribute("href") ?? "", content);
  if (node.tagName === "TG-SPOILER" || (node.tagName === "SPAN" && node.className === "tg-spoiler")) {
    const spoiler = el("button", { type: "button", className: "spoiler", "aria-label": "Tampilkan" }, content);
    spoiler.addEventListener("click", () => spoiler.replaceWith(...spoiler.childNodes), { once: true });
    return spoiler;
  }
  const tag = TAGS[node.tagName];
  return tag ? el(tag, {}, content) : content;
}

function link(href, content) {
  const scheme = URL.canParse(href) ? new URL(href).protocol : "";
  if (!["http:", "https:", "mailto:", "tel:", "tg:"].includes(scheme)) return content;
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, content);
}
