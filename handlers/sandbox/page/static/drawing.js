// The page as the server drew it, brought up to date: what differs is exchanged, and what is being typed stays.
"use strict";

const AT_END = 60; // pixels from the end of a list that still count as its end
const drawn = new WeakMap(); // element -> the server's HTML for it, whatever has been done to it since

// Notices

function say(words, why = "") {
  placeNotice();
  $("notice").textContent = words;
  $("notice").dataset.why = why;
  $("notice").hidden = false;
}

// An open modal lies above everything that is not in it.
function placeNotice() {
  const place = $("modal").open ? $("modal") : document.body;
  if ($("notice").parentElement !== place) place.append($("notice"));
}

function quiet(why = "") {
  if ($("notice").dataset.why === why) $("notice").hidden = true;
}

// Drawing

function draw(fresh) {
  const { id: focused, selectionStart: start, selectionEnd: end } = document.activeElement ?? {};
  for (const old of document.querySelectorAll("[data-region], [data-attributes]")) {
    const { region, attributes } = old.dataset;
    const now = fresh.querySelector(region ? `[data-region="${region}"]` : `[data-attributes="${attributes}"]`);
    if (now) replace(old, now);
  }
  document.title = fresh.title;
  showModal();
  if (!focused || document.activeElement !== document.body) return;
  const again = $(focused);
  again?.focus({ preventScroll: true });
  if (typeof start === "number" && typeof again?.selectionStart === "number") again.setSelectionRange(start, end);
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
    if (before) exchange(before, child);
    else old.insertBefore(child, place);
    place = child.nextElementSibling;
  }
  if (!old.classList.contains("lines")) return;
  if (state.toEnd || atEnd) old.scrollTop = old.scrollHeight;
  else if (state.growing) old.scrollTop = old.scrollHeight - fromEnd;
}

// Slack: an input of the same block_id and action_id, which are its id here, keeps what was filled in.
function exchange(before, after) {
  const olds = [...before.querySelectorAll("[id]")].map((old) => [old, old.scrollTop]);
  before.replaceWith(after);
  for (const [old, top] of olds) {
    const now = after.querySelector(`#${CSS.escape(old.id)}`);
    if (!now || now.tagName !== old.tagName || now.type !== old.type) continue;
    if (now.tagName === "SELECT") choose(now, new Set([...old.selectedOptions].map((option) => option.value)));
    else if (["checkbox", "radio"].includes(now.type)) now.checked = old.checked;
    else if (["INPUT", "TEXTAREA"].includes(now.tagName)) now.value = old.value;
    now.scrollTop = top;
  }
}

function choose(select, values) {
  const options = [...select.options];
  if (!select.multiple && !options.some((option) => values.has(option.value))) return;
  for (const option of options) option.selected = values.has(option.value);
}

function showModal() {
  const form = $("view").firstElementChild;
  if (form && !$("modal").open) $("modal").showModal();
  if (!form && $("modal").open) $("modal").close();
  placeNotice();
  const first = ".field input, .field textarea, .field select, footer button";
  if (form && state.modal !== form.id) form.querySelector(first)?.focus();
  state.modal = form?.id;
}

function remember() {
  for (const region of document.querySelectorAll("[data-region]"))
    for (const child of region.children) drawn.set(child, child.outerHTML);
}
