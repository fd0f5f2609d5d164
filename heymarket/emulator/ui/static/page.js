// Brings up to date what has changed, and a few comforts. Every screen works without it.
"use strict";

document.documentElement.classList.add("js");

const POLL = 1000;
let seen = document.body.dataset.version;
let failures = 0;

function atEnd(element) {
  return element.scrollHeight - element.scrollTop - element.clientHeight < 40;
}

function stick(element) {
  element.scrollTop = element.scrollHeight;
}

// What the focus is on, described so that it can be found again in new content.
function focusIn(region) {
  const element = document.activeElement;
  if (!element || element === region || !region.contains(element)) return null;
  const like = [...region.querySelectorAll(element.tagName)];
  const name = element.getAttribute("href") || element.getAttribute("aria-label") || element.textContent;
  return { tag: element.tagName, name, place: like.indexOf(element) };
}

function focusAgain(region, was) {
  const like = [...region.querySelectorAll(was.tag)];
  const same = like.find((one) => (one.getAttribute("href") || one.getAttribute("aria-label") || one.textContent) === was.name);
  const found = same || like[Math.min(was.place, like.length - 1)];
  if (found) found.focus({ preventScroll: true });
}

function replace(region, fresh) {
  if (region.innerHTML === fresh.innerHTML) return;
  const focus = focusIn(region);
  const wasAtEnd = "stick" in region.dataset && atEnd(region);
  const top = region.scrollTop;
  region.replaceChildren(...fresh.childNodes);
  if (wasAtEnd) stick(region);
  else region.scrollTop = top;
  if (focus) focusAgain(region, focus);
}

async function refresh() {
  const response = await fetch(location.href);
  if (!response.ok && response.status !== 404) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const region of document.querySelectorAll("[data-live]")) {
    const other = fresh.getElementById(region.id);
    if (other) replace(region, other);
  }
}

async function poll() {
  if (!document.hidden) {
    try {
      const { version } = await (await fetch(document.body.dataset.versionUrl)).json();
      if (version !== seen) {
        await refresh();
        seen = version;
      }
      failures = 0;
      document.body.classList.remove("away");
    } catch {
      failures += 1;
      document.body.classList.add("away");
    }
  }
  setTimeout(poll, Math.min(POLL * (1 + failures), 5000));
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = "Copied";
  } catch {
    // No clipboard here (plain HTTP from another machine): mark the text, so that it can be copied by hand.
    getSelection().selectAllChildren(button.parentElement.querySelector("code"));
    button.textContent = "Marked";
  }
  setTimeout(() => (button.textContent = "Copy"), 1500);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-submit-on-change]");
  if (form) form.requestSubmit();
});

document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});

// Enter sends, as in every messenger; Shift+Enter begins a new line.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && "send" in event.target.dataset) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
});

for (const element of document.querySelectorAll("[data-stick]")) stick(element);
// On a small screen the row of screens is wider than it; the current one is to be seen.
document.querySelector("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
const address = new URL(location.href);
if (address.searchParams.has("notice") || address.searchParams.has("sent")) {
  address.searchParams.delete("notice");
  address.searchParams.delete("sent");
  history.replaceState(null, "", address);
  // After a reply, people mostly want to write the next one.
  const composer = document.querySelector("[data-send]");
  if (composer) composer.focus({ preventScroll: true });
}
setTimeout(poll, POLL);
