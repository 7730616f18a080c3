// What a visitor does. The page is kept up to date: it asks for itself again each second, and drawing.js changes what
// differs.
"use strict";

const LOOK = 1000; // milliseconds between looks
const token = document.querySelector("meta[name=token]").content;
const $ = (id) => document.getElementById(id);
const drafts = new Map(JSON.parse(sessionStorage.getItem("drafts"))); // where -> what was typed there and not sent
const version = `"${document.body.dataset.version}"`;
const state = { tag: version, count: 0, replies: 0, editing: "", target: "", here: "", turn: 0, looking: 0 };

// Asking

const query = () => new URLSearchParams(location.search);
const me = () => $("as").value;
const room = () => document.querySelector("#side [aria-current]")?.id.replace("place-", "") ?? "";

async function look({ force = false } = {}) {
  const asked = query();
  asked.set("as", asked.get("as") || me());
  if (state.count) asked.set("count", state.count);
  if (state.replies) asked.set("replies", state.replies);
  if (state.editing) asked.set("editing", state.editing);
  const turn = ++state.turn;
  state.looking++;
  try {
    const answer = await fetch(`/?${asked}`, { headers: force ? {} : { "If-None-Match": state.tag } });
    if (turn !== state.turn) return;
    if (answer.status === 304) return quiet("gone");
    if (!answer.ok) throw new Error(answer.status);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== state.turn) return;
    if (fresh.querySelector("meta[name=token]")?.content !== token) return location.reload();
    state.tag = answer.headers.get("ETag");
    draw(fresh);
    quiet("gone");
  } catch {
    if (turn === state.turn) say("The sandbox does not answer: it may have stopped.", "gone");
  } finally {
    state.looking--;
  }
}

const act = (action, given) => post(`/page/do/${action}`, JSON.stringify({ ...here(), ...given }));
const here = () => ({ as: me(), room: query().get("room") || room() });

async function post(address, body) {
  try {
    const headers = { "X-Sandbox-Token": token };
    const answer = await fetch(address, { method: "POST", headers, body });
    const said = answer.ok ? await answer.json() : { notice: await answer.text() };
    if (said.notice) say(said.notice);
    else quiet();
    await look();
    return said;
  } catch {
    say("The sandbox does not answer: it may have stopped.", "gone");
    return { notice: "gone" };
  }
}

// Going elsewhere in the page, without losing what was typed

const spot = (asked, box) => `${asked.get("as")}/${asked.get("room")}/${box === "reply" ? asked.get("thread") : ""}`;

function keep() {
  for (const box of ["words", "reply"]) drafts.set(spot(new URLSearchParams(state.here), box), $(box).value);
}

function restore() {
  for (const box of ["words", "reply"]) $(box).value = drafts.get(spot(query(), box)) ?? "";
}

async function go(address, { push = true } = {}) {
  const before = new URLSearchParams(state.here);
  keep();
  if (push) history.pushState(null, "", address);
  const after = query();
  state.here = location.search;
  restore();
  if (before.get("as") !== after.get("as")) return location.reload();
  const moved = ["room", "home"].some((name) => before.get(name) !== after.get(name));
  Object.assign(state, { editing: "", count: moved ? 0 : state.count, replies: 0, toEnd: moved });
  side(false);
  if (moved && after.get("home")) await act("home", {});
  await look({ force: true });
  state.toEnd = false;
  if (after.get("thread") && after.get("thread") !== before.get("thread")) {
    $("replies").scrollTop = $("replies").scrollHeight;
    $("reply").focus();
  } else if (!after.get("thread") && before.get("thread")) {
    $(`room-${before.get("thread")}-replies`)?.focus();
  } else if (moved && !$("words").closest("form").hidden) $("words").focus();
}

function side(open) {
  document.body.classList.toggle("choosing", open);
  $("channels").setAttribute("aria-expanded", String(open));
}

// Small windows beside a message

function beside(panel, button) {
  state.target = button.dataset.ts;
  panel.showPopover({ source: button });
  const at = button.getBoundingClientRect();
  const fits = at.bottom + panel.offsetHeight < innerHeight;
  panel.style.top = `${fits ? at.bottom : Math.max(at.top - panel.offsetHeight, 0)}px`;
  panel.style.left = `${Math.max(Math.min(at.right - panel.offsetWidth, innerWidth - panel.offsetWidth - 8), 8)}px`;
  panel.querySelector("button:not([hidden])").focus();
}

function hide() {
  for (const panel of document.querySelectorAll("[popover]:popover-open")) panel.hidePopover();
}

const DO = {
  pick: (button) => beside($("picker"), button),
  more: (button) => {
    for (const each of $("menu").querySelectorAll("[data-own]")) each.hidden = !("mine" in button.dataset);
    beside($("menu"), button);
  },
  shortcut: (button) => (hide(), act("shortcut", { ts: state.target, callback_id: button.dataset.callback })),
  react: (button) => (hide(), act("react", { ts: button.dataset.ts ?? state.target, name: button.dataset.name })),
  edit: async () => {
    hide();
    state.editing = state.target;
    await look({ force: true });
    document.querySelector(".edit textarea")?.focus();
  },
  cancel: () => {
    state.editing = "";
    return look({ force: true });
  },
  delete: () => {
    hide();
    const sure = confirm("Delete this message? The app is told of it, as Slack would tell it.");
    if (sure) act("delete", { ts: state.target });
  },
  click: async (button) => {
    if (button.dataset.confirm && !confirm(button.dataset.confirm)) return;
    button.disabled = true;
    const { place, ts, block, action } = button.dataset;
    await act("click", { place, ts, block_id: block, action_id: action });
    button.disabled = false;
  },
  switch: () => $("as").focus(),
  dismiss: (button) => act("dismiss", { ts: button.dataset.ts }),
  close: () => act("close", { view: $("view").firstElementChild?.id ?? "" }),
  earlier: async (button) => {
    const list = button.closest(".lines");
    state[list.id === "lines" ? "count" : "replies"] = list.querySelectorAll(".message").length + 100;
    state.growing = true;
    await look({ force: true });
    state.growing = false;
  },
};

const FORMS = {
  say: () => send("say", $("words"), {}),
  reply: async () => {
    const sent = await send("reply", $("reply"), { ts: query().get("thread"), broadcast: $("broadcast").checked });
    if (sent) $("broadcast").checked = false;
  },
  edit: async (form) => {
    const said = await act("edit", { ts: form.dataset.ts, words: form.querySelector("textarea").value });
    if (!said.notice) await DO.cancel();
  },
  submit: async (form) => {
    const values = filled(form);
    if (!values) return;
    const said = await act("submit", { view: form.id, values });
    for (const [block, sentence] of Object.entries(said.errors ?? {})) fault(form, block, sentence);
    form.querySelector("[aria-invalid]")?.focus();
  },
};

async function send(action, box, given) {
  const words = box.value;
  box.value = "";
  $(action === "reply" ? "replies" : "lines").scrollTop = 1e9;
  const said = await act(action, { words, ...given });
  if (said.notice && !box.value) box.value = words;
  return !said.notice;
}

async function attach(input) {
  const [file] = input.files;
  const box = $(input.dataset.attach);
  const ts = box.id === "reply" ? query().get("thread") : "";
  const asked = new URLSearchParams({ ...here(), ts, name: file.name, words: box.value });
  const said = await post(`/page/files?${asked}`, file);
  if (!said.notice) box.value = "";
  input.value = "";
}

// Modals

function filled(form) {
  const values = {};
  for (const field of form.querySelectorAll(".field")) {
    const { block, action } = field.dataset;
    const boxes = [...field.querySelectorAll("input, textarea, select")];
    const given = value(boxes);
    fault(form, block, "required" in field.dataset && !given?.length ? "This has to be filled in." : "");
    (values[block] ??= {})[action] = given;
  }
  const wrong = form.querySelector("[aria-invalid]");
  wrong?.focus();
  return wrong ? null : values;
}

function value(boxes) {
  const [first] = boxes;
  if (first?.type === "checkbox") return boxes.filter((box) => box.checked).map((box) => box.value);
  if (first?.type === "radio") return boxes.find((box) => box.checked)?.value ?? null;
  if (first?.multiple) return [...first.selectedOptions].map((option) => option.value);
  return first?.value ?? null;
}

function fault(form, block, sentence) {
  const field = [...form.querySelectorAll(".field")].find((each) => each.dataset.block === block);
  if (!field) return;
  field.querySelector(".fault").textContent = sentence;
  for (const box of field.querySelectorAll("input, textarea, select")) {
    if (sentence) box.setAttribute("aria-invalid", "true");
    else box.removeAttribute("aria-invalid");
  }
}

// What the visitor does

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-go]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    if (link.pathname === "/") go(link.href);
    else fetch(link.href).then((answer) => go(answer.url));
    return;
  }
  const button = event.target.closest("[data-do]");
  if (button) DO[button.dataset.do](button);
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  FORMS[event.target.dataset.form](event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const box = event.target.closest("textarea");
  if (event.key === "Enter" && !event.shiftKey && box && !box.closest("dialog")) {
    event.preventDefault();
    box.form.requestSubmit();
  }
  if (event.key !== "Escape" || document.querySelector(":popover-open") || $("modal").open) return;
  if (state.editing) DO.cancel();
  else if (document.body.classList.contains("choosing")) side(false);
  else if (!$("thread").hidden) $("close-thread").click();
});

document.addEventListener("change", (event) => event.target.dataset.attach && attach(event.target));
$("modal").addEventListener("cancel", (event) => {
  event.preventDefault();
  DO.close();
});
$("channels").addEventListener("click", () => side(!document.body.classList.contains("choosing")));
$("as").addEventListener("change", () => {
  const asked = query();
  asked.set("as", me());
  location.search = asked;
});
$("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const now = root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  const theme = now === "dark" ? "light" : "dark";
  root.dataset.theme = theme;
  document.cookie = `sandbox-theme=${theme}; path=/; max-age=31536000; samesite=strict`;
});
addEventListener("pagehide", () => {
  keep();
  sessionStorage.setItem("drafts", JSON.stringify([...drafts]));
});
addEventListener("popstate", () => go(location.href, { push: false }));
document.addEventListener("visibilitychange", () => document.hidden || look());

function begin() {
  const asked = query();
  asked.set("as", me());
  if (!asked.get("room") && !asked.get("home")) asked.set("room", room());
  history.replaceState(null, "", `/?${asked}`);
  state.here = location.search;
  remember();
  restore();
  for (const list of ["lines", "replies"]) $(list).scrollTop = $(list).scrollHeight;
  showModal();
  if (!state.modal && matchMedia("(min-width: 700px)").matches) $($("thread").hidden ? "words" : "reply").focus();
  if (asked.get("home")) act("home", {});
  setInterval(() => document.hidden || state.looking || look(), LOOK);
}

begin();
