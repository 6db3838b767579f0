// Keys, the selected words, drafts and the lease. Every page works without this file: each key presses a
// button or a link that is on the page, and says which.

const page = document.body;
const form = document.getElementById("card");
const text = document.getElementById("text");
const names = { " ": "space", ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down", Escape: "esc" };
const keysOn = page.dataset.keys === "on";
// A card must have been seen before a key decides on it: a key that is held down, or typed for another
// window, decides nothing.
const LEAST_GAP = 150;
let shownAt = Infinity;
let mode = "";
let gone = false;

requestAnimationFrame(() => requestAnimationFrame(() => {
  shownAt = performance.now();
  setTimeout(() => page.classList.add("ready"), LEAST_GAP);
}));
page.classList.add("script");
if (matchMedia("(min-width: 60rem)").matches) {
  document.querySelector("a.begin.here")?.scrollIntoView({ block: "center", behavior: "instant" });
}

function typing(target) {
  return target.matches("input:not([type=checkbox]), textarea, select");
}

function find(key) {
  const inMode = mode && document.querySelector(`[data-mode="${mode}"] [data-key="${CSS.escape(key)}"]`);
  if (inMode) return inMode;
  const all = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
  // On the card itself a number says who spoke, and accepts; in a list it means a row of the list alone.
  return [...all].find((one) => one.dataset.opens || !one.closest("[data-mode]") || (!mode && one.dataset.direct));
}

function open(target) {
  const fold = target.closest("details");
  if (fold) fold.open = true;
  mode = target.dataset.opens || "";
  target.focus();
}

function press(target) {
  const fold = target.closest("details");
  if (target.dataset.opens) {
    open(target);
  } else if (target.matches("summary")) {
    fold.open = !fold.open;
    const mark = fold.querySelector("[data-mark]");
    if (mark) mark.checked = fold.open;
  } else if (typing(target)) {
    if (fold) fold.open = true;
    target.focus();
  } else {
    target.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const key = names[event.key] ?? event.key;
  if (typing(event.target)) {
    if (key === "esc") event.target.blur();
    return;
  }
  if (key === "esc" && mode) { mode = ""; document.activeElement.blur(); return; }
  // The space bar presses what the keyboard is on, as everywhere.
  if (key === "space" && event.target.closest("button, a, summary, input")) return;
  const target = keysOn && find(key);
  if (!target) return;
  event.preventDefault();
  if (event.repeat || gone || performance.now() - shownAt < LEAST_GAP) return;
  press(target);
});

for (const one of document.forms) {
  one.addEventListener("submit", (event) => {
    if (gone) event.preventDefault();
    gone = one.method === "post";
  });
}
// The words that are selected in the article, in code points of its text.
function offsetOf(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node.childNodes[offset] ?? node;
  const marked = element.nodeType === Node.ELEMENT_NODE && element.closest("[data-o]");
  if (!marked) return null;
  const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : "";
  return Number(marked.dataset.o) + [...before].length;
}

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!form || !text || selection.isCollapsed || !selection.rangeCount) return;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.commonAncestorContainer)) return;
  const from = offsetOf(range.startContainer, range.startOffset);
  const until = offsetOf(range.endContainer, range.endOffset);
  if (from === null || until === null || from >= until) return;
  form.elements.from.value = from;
  form.elements.until.value = until;
});

// What is typed is kept a second after the last key; a lease is renewed while somebody works.
const address = (what) => `/review/${page.dataset.claim}/${what}${new URL(form.action).search}`;
const lease = document.querySelector("time.lease");
const free = () => new URLSearchParams({ until: lease.dateTime });
let pause;
let renewedAt = performance.now();

form?.addEventListener("input", (event) => {
  const name = event.target.dataset.draft;
  if (!name) return;
  clearTimeout(pause);
  pause = setTimeout(() => {
    const body = new URLSearchParams(new FormData(form));
    body.set("do", name);
    fetch(address("draft"), { method: "POST", body });
  }, 1000);
});

async function renew() {
  if (!lease || gone || performance.now() - renewedAt < 60_000) return;
  renewedAt = performance.now();
  const answer = await fetch(address("lease"), { method: "POST" });
  const until = await answer.text();
  if (answer.ok) lease.dateTime = until;
  lease.textContent = answer.ok ? until.slice(11, 19) : until;
}
for (const event of ["keydown", "pointerdown", "scroll"]) addEventListener(event, renew, { passive: true });

// A tab that was duplicated has the address of the other, and with it the other's cards: it asks whether
// there is one, and goes on as a tab of its own.
const tabs = form && new BroadcastChannel("claims-tabs");
const me = Math.random();
const tab = form && new URL(form.action).searchParams.get("tab");

async function part(claim) {
  gone = true;
  if (claim !== page.dataset.claim && lease) await fetch(address("free"), { method: "POST", body: free() });
  const own = new URL(form.action);
  own.searchParams.set("tab", crypto.randomUUID().replaceAll("-", ""));
  location.replace(own);
}

tabs?.addEventListener("message", ({ data }) => {
  if (gone) return;
  if (data.asks === tab) tabs.postMessage({ to: data.from, claim: page.dataset.claim });
  if (data.to === me) part(data.claim);
});
tabs?.postMessage({ asks: tab, from: me });

addEventListener("pagehide", () => {
  tabs?.close();
  if (lease && !gone) navigator.sendBeacon(address("free"), free());
});
// A page that comes back by the browser's own buttons shows a card that is no longer this tab's.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
