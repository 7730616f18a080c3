// The page as the server drew it, kept up to date: it asks for the page again each second and changes what differs.
"use strict";

const LOOK = 1000; // milliseconds between looks
const AT_END = 60; // pixels from the end of a list that still count as its end
const token = document.querySelector("meta[name=token]").content;
const $ = (id) => document.getElementById(id);
const drawn = new WeakMap(); // element -> the server's HTML for it, whatever has been done to it since
const drafts = new Map(); // where -> what was typed there and not sent
const version = `"${document.body.dataset.version}"`;
const state = { tag: version, count: 0, editing: "", target: "", here: "", turn: 0, looking: 0 };

// Asking

const query = () => new URLSearchParams(location.search);
const me = () => $("as").value;
const room = () => document.querySelector("#side [aria-current]")?.id.replace("place-", "") ?? "";

async function look({ force = false } = {}) {
  const asked = query();
  asked.set("as", asked.get("as") || me());
  if (state.count) asked.set("count", state.count);
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

function say(words, why = "") {
  $("notice").textContent = words;
  $("notice").dataset.why = why;
  $("notice").hidden = false;
}

function quiet(why = "") {
  if ($("notice").dataset.why === why) $("notice").hidden = true;
}

// Drawing

function draw(fresh) {
  const focused = document.activeElement?.id;
  for (const old of document.querySelectorAll("[data-region], [data-attributes]")) {
    const { region, attributes } = old.dataset;
    const now = fresh.querySelector(region ? `[data-region="${region}"]` : `[data-attributes="${attributes}"]`);
    if (now) replace(old, now);
  }
  document.title = fresh.title;
  showModal();
  if (focused && document.activeElement === document.body) $(focused)?.focus({ preventScroll: true });
}

function replace(old, now) {
  for (const name of ["hidden", "aria-label", "role"]) {
    if (now.hasAttribute(name)) old.setAttribute(name, now.getAttribute(name));
    else old.removeAttribute(name);
  }
  if (!old.dataset.region) return;
  const atEnd = old.scrollHeight - old.scrollTop - old.clientHeight < AT_END;
  const fromEnd = old.scrollHeight - old.scrollTop;
  const had = new Map([...old.children].map((child) => [child.id, child]));
  const wanted = new Set([...now.children].map((child) => child.id));
  for (const [id, child] of had) if (!wanted.has(id)) child.remove();
  let place = old.firstElementChild;
  for (const child of [...now.children]) {
    const before = had.get(child.id);
    if (before && drawn.get(before) === child.outerHTML) {
      place = before.nextElementSibling;
      continue;
    }
    drawn.set(child, child.outerHTML);
    if (before) before.replaceWith(child);
    else old.insertBefore(child, place);
    place = child.nextElementSibling;
  }
  if (!old.classList.contains("lines")) return;
  if (state.toEnd || atEnd) old.scrollTop = old.scrollHeight;
  else if (state.growing) old.scrollTop = old.scrollHeight - fromEnd;
}

function showModal() {
  const form = $("modal").firstElementChild;
  if (form && !$("modal").open) $("modal").showModal();
  if (!form && $("modal").open) $("modal").close();
  const first = ".field input, .field textarea, .field select, footer button";
  if (form && state.modal !== form.id) form.querySelector(first)?.focus();
  state.modal = form?.id;
}

function remember() {
  for (const region of document.querySelectorAll("[data-region]"))
    for (const child of region.children) drawn.set(child, child.outerHTML);
}

// Going elsewhere in the page, without losing what was typed

const spot = (asked, box) => `${asked.get("as")}/${asked.get("room")}/${box === "reply" ? asked.get("thread") : ""}`;

async function go(address, { push = true } = {}) {
  const before = new URLSearchParams(state.here);
  for (const box of ["words", "reply"]) drafts.set(spot(before, box), $(box).value);
  if (push) history.pushState(null, "", address);
  const after = query();
  state.here = location.search;
  if (before.get("as") !== after.get("as")) return location.reload();
  const moved = ["room", "home"].some((name) => before.get(name) !== after.get(name));
  Object.assign(state, { editing: "", count: moved ? 0 : state.count, toEnd: moved });
  side(false);
  for (const box of ["words", "reply"]) $(box).value = drafts.get(spot(after, box)) ?? "";
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
  panel.querySelector("button").focus();
}

function hide() {
  for (const panel of document.querySelectorAll("[popover]:popover-open")) panel.hidePopover();
}

const DO = {
  pick: (button) => beside($("picker"), button),
  more: (button) => beside($("menu"), button),
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
    const { place, ts, action } = button.dataset;
    await act("click", { place, ts, action_id: action });
    button.disabled = false;
  },
  switch: () => $("as").focus(),
  dismiss: (button) => act("dismiss", { ts: button.dataset.ts }),
  close: () => act("close", { view: $("modal").firstElementChild?.id ?? "" }),
  earlier: async () => {
    state.count = document.querySelectorAll("#lines > .message").length + 100;
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
  if (!field) return sentence && say(sentence);
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
addEventListener("popstate", () => go(location.href, { push: false }));
document.addEventListener("visibilitychange", () => document.hidden || look());

function begin() {
  const asked = query();
  asked.set("as", me());
  if (!asked.get("room") && !asked.get("home")) asked.set("room", room());
  history.replaceState(null, "", `/?${asked}`);
  state.here = location.search;
  remember();
  for (const list of ["lines", "replies"]) $(list).scrollTop = $(list).scrollHeight;
  showModal();
  if (!state.modal && matchMedia("(min-width: 700px)").matches) $($("thread").hidden ? "words" : "reply").focus();
  if (asked.get("home")) act("home", {});
  setInterval(() => document.hidden || state.looking || look(), LOOK);
}

begin();
