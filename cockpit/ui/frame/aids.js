// What helps a reader on every page and needs no run of the server: words of the frame in the reader's language,
// clauses and words explained where they stand, buttons that copy, the filter's result read out, the history of
// addresses, and news of another version.
// One part a page; what it installs on the document is installed once and reads the newest data.

const aids = (window.cockpitAids ??= { data: {}, installed: false });

// ---- words the framework knows in English only

const SPOKEN = ["aria-label", "title", "placeholder", "alt"];

function translated(text) {
  const { words, patterns } = aids.data;
  const bare = text.trim();
  if (!bare || bare.length > 160) return null;
  if (Object.hasOwn(words, bare)) return text.replace(bare, words[bare]);
  for (const [pattern, said] of patterns) {
    if (pattern.test(bare)) return bare.replace(pattern, said);
  }
  return null;
}

// The style sheets know parts of the framework by its own word.
function say(node, name, value, said) {
  if (name === "aria-label") node.dataset.word = value;
  node.setAttribute(name, said);
}

function speak(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    const said = translated(node.nodeValue);
    if (said !== null && said !== node.nodeValue) node.nodeValue = said;
    return;
  }
  // What the app writes itself is in the reader's language already.
  if (node.nodeType !== Node.ELEMENT_NODE || node.closest(".stHtml, script, style, textarea")) return;
  for (const name of SPOKEN) {
    const value = node.getAttribute(name);
    const said = value && translated(value);
    if (said && said !== value) say(node, name, value, said);
  }
  for (const child of node.childNodes) speak(child);
}

// ---- what a screen reader is told

function announce(text) {
  let place = document.getElementById("cockpit-status");
  if (!place) {
    place = document.createElement("div");
    place.id = "cockpit-status";
    place.className = "sr-only";
    place.setAttribute("role", "status");
    document.body.append(place);
  }
  if (place.textContent !== text) place.textContent = text;
}

function announceCount() {
  const shown = document.querySelector(".town-count");
  if (!shown) return;
  const text = shown.textContent;
  if (aids.count !== undefined && aids.count !== text) announce(text);
  aids.count = text;
}

// ---- the way out

async function leave() {
  aids.isLeaving = true; // who goes by himself is led to the end of his way, not told that he was put out
  try {
    const answer = await fetch("/signin/out", { method: "POST", body: "" });
    location.href = answer.url;
  } catch (error) {
    aids.isLeaving = false;
  }
}

// ---- copying

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    // Without https the clipboard is closed to pages; a marked text can still be copied.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

async function copy(button) {
  const asked = button.dataset.copy;
  await copied(asked === "" ? location.href : asked);
  announce(aids.data.copied);
  const label = (button.dataset.label ??= button.textContent);
  button.textContent = aids.data.copied;
  clearTimeout(button.cockpitTimer);
  button.cockpitTimer = setTimeout(() => { button.textContent = label; }, 1500);
}

// ---- boxes beside what is asked about

function box(id, kind) {
  let found = document.getElementById(id);
  if (!found) {
    found = document.createElement("div");
    found.id = id;
    found.className = `aid ${id}`;
    found.popover = kind;
    document.body.append(found);
  }
  return found;
}

function place(found, beside) {
  const at = beside.getBoundingClientRect();
  const own = found.getBoundingClientRect();
  const left = Math.max(8, Math.min(at.left, innerWidth - own.width - 8));
  const below = at.bottom + 6;
  const top = below + own.height > innerHeight - 8 ? Math.max(8, at.top - own.height - 6) : below;
  Object.assign(found.style, { left: `${left}px`, top: `${top}px` });
}

function element(tag, text, style) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  if (style) made.className = style;
  return made;
}

// The address of another page with the choices of this one.
function address(page, more = {}) {
  const query = new URLSearchParams(location.search);
  for (const name of ["source", "clause", "part", "find"]) query.delete(name);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return `${page || "./"}${String(query) && `?${query}`}`;
}

function link(text, href) {
  const made = element("a", text);
  made.href = href;
  return made;
}

function openClause(button) {
  const { clauses, labels } = aids.data;
  const asked = clauses[button.dataset.clause];
  if (!asked) return;
  const found = box("cockpit-clause", "auto");
  const head = element("div", "", "head");
  head.append(element("b", `[${button.dataset.clause}] ${asked.title}`));
  const close = element("button", "×");
  close.type = "button";
  close.setAttribute("aria-label", labels.close);
  close.onclick = () => found.hidePopover();
  head.append(close);
  found.replaceChildren(head, element("p", asked.text, "sum"));
  if (asked.quotes.length) {
    found.append(element("p", labels.quotes, "quotes"));
    const list = element("ul");
    for (const [quote, reading] of asked.quotes) {
      const item = element("li");
      item.append(element("q", quote));
      if (reading) item.append(element("span", `${labels.reading}${reading}`));
      list.append(item);
    }
    found.append(list);
  }
  if (asked.pages.length) {
    const used = element("p", labels.used, "used");
    for (const [name, page] of asked.pages) used.append(link(name, address(page)), " ");
    found.append(used);
  }
  found.append(link(labels.basis, address(aids.data.basis, { clause: button.dataset.clause })));
  found.setAttribute("role", "dialog");
  found.setAttribute("aria-label", `${labels.clause} ${button.dataset.clause}`);
  found.style.visibility = "hidden";
  found.showPopover();
  place(found, button);
  found.style.visibility = "";
  close.focus({ preventScroll: true });
  found.ontoggle = (event) => {
    if (event.newState === "closed" && (found.contains(document.activeElement) || document.activeElement === document.body)) button.focus();
  };
}

// A box with words beside what has the focus or lies under the pointer.
function tellBeside(mark, text) {
  const found = box("cockpit-term", "manual");
  found.setAttribute("role", "tooltip");
  found.textContent = text;
  found.showPopover();
  place(found, mark);
  mark.setAttribute("aria-describedby", found.id);
  aids.mark = mark;
}

function showTerm(mark) {
  if (mark.title) {
    mark.dataset.said = mark.title;
    mark.removeAttribute("title");
  }
  if (mark.dataset.said) tellBeside(mark, mark.dataset.said);
}

function hideTerm() {
  const found = document.getElementById("cockpit-term");
  if (found?.matches(":popover-open")) found.hidePopover();
  aids.mark?.removeAttribute("aria-describedby");
  aids.mark = null;
}

// ---- keys

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function openHelp() {
  document.querySelector(".st-key-help button")?.click();
}

// What opens a page, and whatever else a click can mean; the innermost counts. The framework marks its own open lists by
// data-open="true".
const OPENS = '[data-lead^="/"],[data-town-open],button[data-open]:not([data-open="true"])';
const MEANT = `${OPENS},[data-lead],[data-source],[data-clause],[data-copy],[data-pick],a,button,label`;

function lead(target) {
  const mark = target.closest(MEANT);
  if (mark?.dataset.lead) aids.tell(mark.dataset.lead);
  // What it leads to may stand on this very page, out of sight: gone to now, and once more when it is drawn.
  const to = mark?.dataset.to;
  if (to) for (const wait of [0, 900]) setTimeout(() => document.getElementById(to)?.scrollIntoView(), wait);
}

// ---- marks by keyboard: what holds them is one stop, arrows go from mark to mark, Enter leads

const WALKED = "[data-lead],[data-town-open],[data-town-tick],[data-source]";
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function nearest(marks, held, down) {
  const from = held.getBoundingClientRect();
  let found, least = Infinity;
  for (const mark of marks) {
    const to = mark.getBoundingClientRect();
    if (down > 0 ? to.top < from.bottom - 2 : to.bottom > from.top + 2) continue;
    const away = 4 * Math.abs(to.top - from.top) + Math.abs(to.left + to.right - from.left - from.right) / 2;
    if (away < least) { least = away; found = mark; }
  }
  return found;
}

function beside(marks, held, group, [across, down]) {
  if (held === group) return across + down > 0 ? marks[0] : marks.at(-1);
  const at = marks.indexOf(held);
  return (down && nearest(marks, held, down)) || (at < 0 ? marks[0] : marks[at + across + down]);
}

function walk(event, held) {
  const group = held.closest("[data-walk]");
  if (!group || (isTyping(held) && held.type !== "checkbox")) return;
  const marks = [...group.querySelectorAll(WALKED)].filter((mark) => mark.getClientRects().length);
  const ends = { Home: marks[0], End: marks.at(-1) };
  const next = ends[event.key] ?? (ARROWS[event.key] && beside(marks, held, group, ARROWS[event.key]));
  if (!next) return;
  event.preventDefault();
  next.focus();
}

// What a mark means is in its title, which no keyboard shows.
function tellWalked(held) {
  if (held.matches("[data-walk]")) tellBeside(held, aids.data.labels.walk);
  else if (held.closest("[data-walk]") && held.matches("[data-lead]") && held.title) tellBeside(held, held.title);
}

// The mark that was followed by key is drawn anew with what it changed: the reader stays where he was.
function stay() {
  if (!aids.followed || document.activeElement !== document.body) return;
  document.querySelector(`[data-lead="${CSS.escape(aids.followed)}"]`)?.focus({ preventScroll: true });
}

// A head of a table sorts its rows: numbers from high to low first, words from A on, the same head again turns them.
function sort(button) {
  const head = button.closest("th");
  const at = head.cellIndex;
  const body = head.closest("table").tBodies[0];
  const isNumber = head.classList.contains("r");
  const now = head.getAttribute("aria-sort");
  const order = now ? (now === "descending" ? "ascending" : "descending") : isNumber ? "descending" : "ascending";
  for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", order);
  const turn = order === "descending" ? -1 : 1;
  const value = (row) => isNumber ? row.cells[at].dataset.v : row.cells[at].textContent.trim();
  const rows = [...body.rows].map((row) => [value(row), row]);
  // What is missing stands last, whichever way.
  rows.sort(([one], [other]) => {
    if (!one || !other) return Number(!one) - Number(!other);
    return turn * (isNumber ? one - other : one.localeCompare(other, document.documentElement.lang || "zh", { numeric: true }));
  });
  body.append(...rows.map(([, row]) => row));
}

// Escape closes what is open. The framework would also clear a choice whose list is closed already: a filter is lost.
function keepChoice(event) {
  const held = event.target;
  if (event.key !== "Escape" || !(held instanceof Element)) return;
  if (!held.matches('[role="combobox"][aria-expanded="false"]') || held.closest('[role="dialog"]')) return;
  event.stopPropagation();
  hideTerm();
}

function onKey(event) {
  if (event.key === "Escape") hideTerm();
  const held = event.composedPath()[0];
  if ((event.key === "Enter" || event.key === " ") && held instanceof Element && held.matches("[data-lead]:not(button)")) {
    event.preventDefault();
    aids.followed = held.dataset.lead;
    lead(held);
  } else aids.followed = null;
  if (!event.ctrlKey && !event.metaKey && !event.altKey && held instanceof Element) walk(event, held);
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.composedPath()[0];
  if (target instanceof Element && isTyping(target)) return;
  if (event.key === "?") openHelp();
  if (event.key === "/") {
    const search = document.querySelector(".st-key-filters input[type=text], .st-key-basissearch input");
    if (search) { event.preventDefault(); search.focus(); }
  }
}

// ---- where the address points to on a page

function scrollToHere() {
  const here = document.querySelector("[data-here]");
  if (here?.dataset.here === aids.here) return;
  aids.here = here?.dataset.here;
  if (!here) return;
  const go = () => document.querySelector("[data-here]")?.scrollIntoView({ block: "start" });
  // Once now and once when what lies above has taken its height.
  requestAnimationFrame(go);
  setTimeout(go, 700);
}

// ---- once, on a first visit

const HINT = "cockpit-hint-closed";

function remembered(key) {
  try { return localStorage.getItem(key); } catch (error) { return "1"; }
}

function dismissHint() {
  const found = document.getElementById("cockpit-hint");
  if (!found) return;
  try { localStorage.setItem(HINT, "1"); } catch (error) { /* a browser that keeps nothing is told again */ }
  found.remove();
}

function hint() {
  if (remembered(HINT) || document.getElementById("cockpit-hint")) return;
  const { labels } = aids.data;
  const found = element("div", "", "aid-hint");
  found.id = "cockpit-hint";
  found.setAttribute("role", "note");
  const close = element("button", labels.hint_close);
  close.type = "button";
  close.onclick = dismissHint;
  found.append(element("span", labels.hint), close);
  document.body.append(found);
}

function install() {
  if (aids.installed) return;
  aids.installed = true;
  keepHistory();
  document.addEventListener("click", (event) => {
    const target = event.composedPath()[0];
    if (!(target instanceof Element)) return;
    const clause = target.closest("[data-clause]");
    const copying = target.closest("[data-copy]");
    if (target.closest(".st-key-help")) dismissHint();
    if (clause) { event.preventDefault(); event.stopPropagation(); openClause(clause); }
    if (copying) copy(copying);
    if (target.closest("[data-leave]")) leave();
    const sorting = target.closest("[data-sort]");
    if (sorting) sort(sorting);
    lead(target);
    const page = target.closest("a[data-page]");
    if (page) page.href = address(page.dataset.page);
    if (!target.closest("[data-term]")) hideTerm();
  });
  for (const kind of ["mouseover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const mark = event.target.closest?.("[data-term]");
      if (mark) { if (mark !== aids.mark) { hideTerm(); showTerm(mark); } }
      else if (kind === "focusin" && event.target.matches(":focus-visible")) { hideTerm(); tellWalked(event.target); }
      else if (kind === "focusin" || aids.mark !== document.activeElement) hideTerm();
    });
  }
  document.addEventListener("keydown", keepChoice, true);
  document.addEventListener("keydown", onKey);
  addEventListener("scroll", (event) => {
    // A list that has just been opened is not shut by the last of the scrolling that led to it.
    if (performance.now() - (aids.pressed ?? -Infinity) < 400) { event.stopImmediatePropagation(); return; }
    // Walking scrolls by itself; the words go along.
    if (aids.mark?.closest("[data-walk]")) place(document.getElementById("cockpit-term"), aids.mark); else hideTerm();
  }, true);
  document.addEventListener("pointerdown", (event) => {
    aids.followed = null;
    if (event.target.closest?.(".stSelectbox, .stMultiSelect")) aids.pressed = performance.now();
  }, true);
  new MutationObserver((changes) => {
    announceCount();
    scrollToHere();
    stay();
    if (!aids.data.words) return;
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(speak);
      else if (change.type === "characterData") speak(change.target);
      else {
        const value = change.target.getAttribute(change.attributeName);
        const said = value && translated(value);
        if (said && said !== value) say(change.target, change.attributeName, value, said);
      }
    }
  }).observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: SPOKEN,
  });
}

// ---- a new version, learnt of while the page stands: asked for every few seconds, and when a tab is looked at again

function watch({ address, shown, every }, tell) {
  let told = false;
  const ask = async () => {
    if (told) return;
    try {
      const answer = await fetch(address, { cache: "no-store" });
      // Signed out meanwhile: the way in, which leads back to this very view. Or the reader may do other things now.
      if (!aids.isLeaving && (answer.status === 401 || answer.status === 409)) location.reload();
      if (!answer.ok) return;
      const { version } = await answer.json();
      if (version && version !== shown && !told) { told = true; tell(version); }
    } catch (error) { /* the next question may be answered */ }
  };
  const seen = () => { if (!document.hidden) ask(); };
  const asking = setInterval(ask, every);
  // Who was put out has lost the connection first: asked at once, the page is gone without waiting for its turn.
  const parted = new MutationObserver(ask), app = document.querySelector("[data-testid=stApp]");
  if (app) parted.observe(app, { attributeFilter: ["data-test-connection-state"] });
  document.addEventListener("visibilitychange", seen);
  return () => {
    clearInterval(asking);
    parted.disconnect();
    document.removeEventListener("visibilitychange", seen);
  };
}

// ---- the browser's history

// The navigation puts the bare path of the page into the history before the server writes the address: a step back
// would land there and lose every choice. A page's path takes the address along, and what the server writes next
// replaces it, unless the reader has done something in between. Where a mark opens a page, what the server writes may
// come first: it is kept for the page to come, and the one that is left keeps its own address.
function keepHistory() {
  const push = history.pushState.bind(history);
  let moved = false, leaving = false, ahead = "";
  for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, (event) => {
    moved = false;
    const mark = event.composedPath()[0].closest?.(MEANT);
    const isKey = event.type === "keydown" && event.key !== "Enter" && event.key !== " ";
    leaving = !isKey && Boolean(mark?.matches(OPENS));
    ahead = "";
  }, true);
  history.pushState = (state, title, address) => {
    const next = new URL(address ?? location.href, location.href);
    if (next.pathname === location.pathname) {
      if (leaving) { ahead = next.search; return; }
      if (moved) history.replaceState(state, title, address); else push(state, title, address);
      moved = false;
      return;
    }
    if (!next.search) next.search = ahead || location.search;
    push(state, title, next.href);
    moved = true;
    leaving = false;
  };
}

// ---- the newest data: what is said in a language comes as one text and is read when it is another one

export default function ({ data, setTriggerValue }) {
  aids.tell = (what) => setTriggerValue("lead", what);
  install();
  if (aids.text !== data.said) {
    aids.text = data.said;
    const said = JSON.parse(data.said);
    aids.data = { ...said, patterns: (said.patterns ?? []).map(([pattern, put]) => [new RegExp(pattern), put]) };
    if (said.words) speak(document.body);
  }
  announceCount();
  hint();
  aids.stop?.();
  aids.stop = watch(data.watched, (version) => setTriggerValue("moved", version));
  return aids.stop;
}
