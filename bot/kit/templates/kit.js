(() => {
"use strict";
// All that needs a script: copying, hiding what is no longer true, and the Mastodon server.
// It stores nothing and asks nobody.
const all = (selector) => [...document.querySelectorAll(selector)];
const byId = (id) => document.getElementById(id);
const status = byId("status");

for (const element of all("[data-script], button[data-copy]")) element.hidden = false;
for (const element of all("[data-plain]")) element.hidden = true;

// --- copying

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // An older browser, or one that does not trust a file: through a selection.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "unseen";
    document.body.append(area);
    const before = document.activeElement;
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (before) before.focus();
    return done;
  }
};

for (const button of all("button[data-copy]")) {
  const label = button.querySelector(".label");
  const words = label.textContent;
  let back = 0;
  button.addEventListener("click", async () => {
    if (!(await copy(byId(button.dataset.copy).textContent))) return;
    label.textContent = status.dataset.copied;
    status.textContent = status.dataset.copied;
    clearTimeout(back);
    back = setTimeout(() => {
      label.textContent = words;
      status.textContent = "";
    }, 2500);
  });
}

const printer = byId("print");
if (printer) {
  printer.hidden = false;
  printer.addEventListener("click", () => print());
}

// --- what is no longer true, by the reader's clock

const over = byId("over");
if (over) {
  let shown = false;
  const week = 8 * 24 * 60 * 60 * 1000;
  const look = () => {
    const now = Date.now();
    const gone = all("[data-until]").filter((one) => Date.parse(one.dataset.until) <= now);
    for (const one of gone) {
      one.classList.add("is-over");
      one.querySelector(".gone").hidden = false;
      for (const part of one.querySelectorAll(".do")) part.hidden = true;
      one.hidden = !shown;
    }
    // A petition's count that is too old says nothing of today.
    for (const one of all("[data-fresh]")) one.hidden = Date.parse(one.dataset.fresh) <= now;
    for (const link of all("[data-of]")) {
      const target = byId(link.dataset.of);
      const inside = [...target.querySelectorAll(".entry, .ask")];
      if (inside.length) target.hidden = inside.every((one) => one.hidden);
      link.hidden = target.hidden;
    }
    const words = byId("over-words");
    words.textContent = words.dataset.words.replace("{n}", String(gone.length));
    over.hidden = gone.length === 0;
    byId("over-show").hidden = shown;
    byId("old").hidden = now - Date.parse(document.body.dataset.made) < week;
  };
  byId("over-show").addEventListener("click", () => {
    shown = true;
    look();
    const first = document.querySelector(".is-over");
    first.tabIndex = -1;
    first.focus();
  });
  document.addEventListener("visibilitychange", look);
  look();
}

// --- Mastodon: each person has a server of their own

const dialog = byId("mastodon");
if (dialog && dialog.showModal) {
  const input = byId("server");
  const bad = byId("server-bad").firstElementChild;
  const chooser = byId("choose-server");
  let server = "";
  let waiting = null;

  const serverIn = (typed) => {
    const name = typed.trim().replace(/^[a-z]+:\/\//i, "").split(/[/?#]/)[0].split("@").pop();
    try {
      const address = new URL("https://" + name);
      return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(address.hostname) ? address.host : "";
    } catch {
      return "";
    }
  };
  const go = (text) =>
    open(`https://${server}/share?text=${encodeURIComponent(text)}`, "_blank", "noopener");
  const ask = (text) => {
    waiting = text;
    bad.hidden = true;
    input.removeAttribute("aria-invalid");
    input.value = server;
    dialog.showModal();
  };
  for (const button of all("button[data-mastodon]")) {
    const text = button.dataset.mastodon;
    button.addEventListener("click", () => (server ? go(text) : ask(text)));
  }
  chooser.addEventListener("click", () => ask(null));
  byId("server-cancel").addEventListener("click", () => dialog.close());
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const found = serverIn(input.value);
    if (!found) {
      bad.hidden = false;
      input.setAttribute("aria-invalid", "true");
      input.focus();
      return;
    }
    server = found;
    chooser.textContent = chooser.dataset.words.replace("{server}", () => server);
    dialog.close();
    if (waiting !== null) go(waiting);
  });
} else {
  for (const button of all("button[data-mastodon]")) button.parentElement.hidden = true;
  for (const element of all("[data-plain]")) element.hidden = false;
}
})();
