// The page's calls to its server. A refusal is an Error whose message is a sentence for the person.

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error("Sambungan ke bot terputus. Coba lagi sebentar.");
  }
  const content = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw Object.assign(new Error(content.error ?? "Maaf, ada yang salah. Coba lagi."), { status: answer.status });
  }
  return content;
}

const post = (path, content) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(content) });

export const people = () => ask("/api/people");
export const join = (person) => post("/api/people", person);

export function chatOf(person) {
  const path = `/api/people/${person}`;
  return {
    person,
    history: () => ask(`${path}/history`),
    events: () => new EventSource(`${path}/events`),
    say: (text) => post(`${path}/say`, { text }),
    sayOther: (other) => post(`${path}/say`, { other }),
    edit: (message_id, text) => post(`${path}/edit`, { message_id, text }),
    tap: (message_id, callback_data) => post(`${path}/tap`, { message_id, callback_data }),
    block: (blocked) => post(`${path}/block`, { blocked }),
    file: (file, name, asPhoto, caption) => {
      const query = new URLSearchParams({ name, caption, as: asPhoto ? "photo" : "document" });
      const headers = { "Content-Type": file.type || "application/octet-stream" };
      return ask(`${path}/file?${query}`, { method: "POST", headers, body: file });
    },
  };
}
