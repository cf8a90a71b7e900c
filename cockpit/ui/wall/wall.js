/* The wall in the browser: turns scenes, counts, listens to keys and touch, asks which version is current.

A turn costs the server nothing and needs no network. What is shown lives on the document, so that a new run of the
page, a new version or a server that was away change the scenes and not the one being looked at. */
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".wall");
  // Called anew at every run of the page: the listeners and timers of the one before end first.
  document.cockpitWall?.halt?.();
  const wall = (document.cockpitWall ??= { at: "", passed: 0, paused: "", blank: false, empties: new Set(), since: 0 });
  const pick = (name) => root.querySelector(`.w-${name}`);
  const scenes = data.scenes;
  const find = (id) => scenes.findIndex((scene) => scene.id === id);
  const here = () => Math.max(0, find(wall.at));
  const stop = new AbortController();
  const listen = (target, name, heard, options) => target.addEventListener(name, heard, { signal: stop.signal, ...options });

  let last = performance.now(), left = -Infinity;

  // The scene one was at survives a reload of the same link, and the server's restart.
  const memory = `wall:${location.search}`;
  const recall = () => { try { return sessionStorage.getItem(memory) || ""; } catch (error) { return ""; } };
  const remember = () => { try { sessionStorage.setItem(memory, wall.at); } catch (error) { /* goes on without */ } };
  if (find(wall.at) < 0 || wall.asked !== data.start) {
    const kept = wall.asked === undefined ? recall() : "";
    wall.at = find(kept) >= 0 ? kept : data.start;
    wall.passed = 0;
  }
  wall.asked = data.start;

  // The document is touched only where something changes: it would keep a browser busy day and night.
  const mark = (part, name, on) => { if (part.classList.contains(name) !== on) part.classList.toggle(name, on); };
  const hide = (part, on) => { if (part.hidden !== on) part.hidden = on; };
  const put = (part, name, value) => { if (part.getAttribute(name) !== value) part.setAttribute(name, value); };
  const text = (name, value) => { const part = pick(name); if (part.textContent !== value) part.textContent = value; };
  const html = (part, value) => { if (part.drawn !== value) { part.innerHTML = value; part.drawn = value; } };
  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const show = () => {
    const scene = scenes[here()];
    wall.at = scene.id;
    put(root, "data-scene", scene.id);
    html(pick("lead"), scene.head);
    html(pick("body"), scene.body);
    text("about", scene.about);
    text("source", scene.source);
    html(pick("names"), scene.names);
    put(pick("stage"), "aria-label", scene.name);
    if (scene.empty) wall.empties.add(scene.id);
    remember();
    tick();
  };
  const go = (number) => { wall.at = scenes[(number + scenes.length) % scenes.length].id; wall.passed = 0; show(); };
  const turn = (step) => {
    // A scene that has said it is empty is left out from then on, unless all are.
    let number = here();
    for (let tried = 0; tried < scenes.length; tried += 1) {
      number = (number + step + scenes.length) % scenes.length;
      if (!scenes[number].empty || !wall.empties.has(scenes[number].id)) break;
    }
    go(number);
  };
  const pause = (how) => { wall.paused = wall.paused ? "" : how; wall.since = Date.now(); tick(); };
  const hold = () => { if (wall.paused !== "pause") { wall.paused = "held"; wall.since = Date.now(); tick(); } };
  const blank = (on) => { wall.blank = on; hide(pick("blank"), !on); };
  const help = (on) => hide(pick("help"), !on);
  const full = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen?.().catch(() => {});
  };
  const leave = () => {
    if (wall.lost) { notice(data.words.reconnecting); return; }
    left = performance.now();
    notice(data.words.leaving);
    setTriggerValue("leave", wall.at);
  };
  const notice = (told, seconds = 12) => { wall.notice = told; wall.until = Date.now() + seconds * 1000; tick(); };

  // The clock is Zhejiang's wherever the wall hangs.
  const zone = { timeZone: "Asia/Shanghai" };
  const day = new Intl.DateTimeFormat("sv-SE", zone);
  const weekday = new Intl.DateTimeFormat(data.language === "zh" ? "zh-CN" : "en-GB", { ...zone, weekday: "short" });
  const time = new Intl.DateTimeFormat("en-GB", { ...zone, hour: "2-digit", minute: "2-digit" });

  const beat = () => {
    const now = performance.now();
    // On the way out the scene stays, so that one comes back to where one left.
    const resting = wall.paused || wall.blank || !pick("help").hidden || now - left < 15000;
    if (!resting) wall.passed += (now - last) / 1000;
    last = now;
    if (wall.paused === "held" && Date.now() - wall.since > data.resume * 1000) wall.paused = "";
    if (wall.passed >= scenes[here()].dwell && scenes.length > 1) turn(1); else tick();
  };
  const tick = () => {
    const scene = scenes[here()], now = new Date();
    const left = Math.max(0, Math.ceil(scene.dwell - wall.passed));
    const state = wall.paused ? data.words[wall.paused] : fill(data.words.left, { seconds: left });
    text("now", `${scene.number}/${data.count} ${scene.name}${data.words.joint}${state}`);
    const round = 2 * Math.PI * 18;
    const part = wall.paused ? 0 : Math.min(1, Math.floor(wall.passed) / scene.dwell);
    put(pick("ring"), "stroke-dasharray", `${(part * round).toFixed(1)} ${round.toFixed(1)}`);
    mark(root, "resting", Boolean(wall.paused));
    text("date", `${day.format(now)} ${weekday.format(now)}`);
    text("time", time.format(now));
    const age = Math.floor((now - new Date(data.published)) / 864e5);
    mark(root, "stale", age > data.stale);
    mark(root, "lost", Boolean(wall.lost));
    text("version", wall.lost ? data.words.reconnecting : age > data.stale ? fill(data.words.stale, { days: age }) : data.version);
    const told = wall.notice && Date.now() < wall.until ? wall.notice : "";
    text("notice", told);
    hide(pick("notice"), !told);
    const today = day.format(now);
    if (today !== data.day && !wall.lost) tell(today);
  };

  // A new version or a new day: the page runs again, and again if nothing came of it.
  let said = 0;
  const tell = (what) => {
    if (Date.now() - said < 20000) return;
    said = Date.now();
    setTriggerValue("moved", `${what} ${said}`);
  };
  const connected = () => document.querySelector('[data-testid="stApp"]')?.dataset.testConnectionState === "CONNECTED";
  const ask = async () => {
    const limit = AbortSignal.timeout ? AbortSignal.timeout(data.every) : undefined;
    let answered = false, version = "", matters = null;
    try {
      const answer = await fetch(data.address, { cache: "no-store", signal: limit });
      answered = answer.ok;
      // Its key has ended: the page that says so, and asks for another.
      if (answer.status === 401) location.reload();
      if (answered) ({ version, matters = null } = await answer.json());
    } catch (error) { answered = false; }
    if (stop.signal.aborted) return;
    wall.lost = !answered || !connected();
    // The server is there and the page's own line to it is not: it comes back by itself, or is opened anew.
    wall.deaf = answered && !connected() ? wall.deaf || Date.now() : 0;
    if (wall.deaf && Date.now() - wall.deaf > 90000) { remember(); location.reload(); return; }
    if (!wall.lost && data.shown && version && version !== data.shown) tell(version);
    if (!wall.lost && data.matters !== null && matters !== null && matters !== data.matters) tell(`matters ${matters}`);
    tick();
  };

  const keys = {
    ArrowRight: () => turn(1), PageDown: () => turn(1), ArrowLeft: () => turn(-1), PageUp: () => turn(-1),
    " ": () => pause("pause"), b: () => blank(true), ".": () => blank(true), f: full, Home: () => go(0),
    "?": () => help(pick("help").hidden), "？": () => help(pick("help").hidden), Enter: leave,
    Escape: () => help(false),
  };
  const press = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (event.target.closest?.("button") && (name === "Enter" || name === " ")) return;
    const jump = /^[1-9]$/.test(name) ? scenes.findIndex((scene) => scene.number === Number(name)) : -1;
    const act = jump >= 0 ? () => go(jump) : keys[name];
    if (!act && !wall.blank) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat && !name.startsWith("Arrow") && !name.startsWith("Page")) return;
    if (wall.blank) { blank(false); last = performance.now(); return; }
    if (name !== "?" && name !== "？") help(false);
    act();
  };
  listen(document, "keydown", press, { capture: true });

  const does = { leave, help: () => help(pick("help").hidden), pause: () => pause("pause"), next: () => turn(1), previous: () => turn(-1) };
  listen(root, "click", (event) => {
    if (wall.blank) { blank(false); return; }
    const found = event.target.closest("[data-do], [data-go]");
    if (!found) { if (!pick("help").hidden) help(false); return; }
    found.blur();
    if (found.dataset.go !== undefined) go(Number(found.dataset.go)); else does[found.dataset.do]();
  });
  let touched = null;
  listen(root, "pointerdown", (event) => { if (event.pointerType !== "mouse") { touched = event; hold(); } });
  listen(root, "pointerup", (event) => {
    if (!touched || event.pointerId !== touched.pointerId) return;
    const across = event.clientX - touched.clientX, down = event.clientY - touched.clientY;
    touched = null;
    if (Math.abs(across) > innerWidth * 0.06 && Math.abs(across) > Math.abs(down) * 1.5) turn(across < 0 ? 1 : -1);
  });
  listen(root, "pointercancel", () => { touched = null; });
  // A resting mouse is not shown to the room.
  let resting = 0;
  const stir = () => { mark(root, "still", false); clearTimeout(resting); resting = setTimeout(() => mark(root, "still", true), 3000); };
  listen(root, "pointermove", stir);
  stir();

  root.classList.toggle("w-en", data.language === "en");
  document.documentElement.lang = data.language === "zh" ? "zh-CN" : "en";
  html(pick("defs"), data.shapes);
  html(pick("keys"), data.keys);
  text("badge", data.badge);
  pick("badge").classList.toggle("real", !data.simulated);
  if (data.notice && wall.said !== data.notice) { wall.said = data.notice; notice(data.notice); }
  if (wall.shown && data.shown && wall.shown !== data.shown) notice(data.words.updated);
  wall.shown = data.shown;
  blank(wall.blank);
  show();
  const beating = setInterval(beat, 250), asking = setInterval(ask, data.every);
  ask();
  wall.halt = () => { stop.abort(); clearInterval(beating); clearInterval(asking); clearTimeout(resting); };
  return wall.halt;
}
