// The map: takes the drawing as it is made on the server, keeps circles and names at their size while it is magnified,
// answers pointer and keys, and tells what was chosen.
const NS = "http://www.w3.org/2000/svg";
const clamp = (value, low, high) => Math.min(high, Math.max(low, value));

class Stage {
  constructor(frame) {
    this.frame = frame;
    this.box = frame.querySelector(".mp-map");
    this.svg = frame.querySelector("svg.m-svg");
    this.scene = this.svg.querySelector(".m-scene");
    this.tip = frame.querySelector(".mp-tip");
    this.pointers = new Map();
    this.at = "";
    new ResizeObserver(() => this.fit()).observe(this.box);
    this.listen();
  }

  // ---- what comes from the server
  take(data, tell) {
    this.tell = tell;
    const before = this.data || {};
    this.data = data;
    for (const name of ["side", "panel", "crumbs"]) {
      if (before[name] === data[name]) continue;
      const place = this.frame.querySelector(`.mp-${name}`);
      const held = place.contains(document.activeElement) ? document.activeElement.dataset : null;
      place.innerHTML = data[name];
      if (held && held.area) place.querySelector(`button[data-area="${held.area}"]`)?.focus();
    }
    this.frame.dataset.panel = data.picked ? "chosen" : "none";
    if (before.picture !== data.picture) {
      const held = this.scene.contains(document.activeElement) ? this.at : "";
      this.scene.innerHTML = data.picture;
      this.areas = new Map([...this.scene.querySelectorAll(".m-area")].map((node) => [node.dataset.area, node]));
      this.spots = [...this.scene.querySelectorAll(".m-spot")];
      this.names = [...this.scene.querySelectorAll(".m-name")];
      this.rung = -1;
      if (!this.areas.has(this.at)) this.at = "";
      if (held) this.focus(held);
    }
    this.svg.setAttribute("aria-label", data.words.label);
    for (const button of this.frame.querySelectorAll(".mp-zoom button")) {
      const word = data.words[button.dataset.zoom];
      button.setAttribute("aria-label", word);
      button.title = word;
      if (button.dataset.zoom === "all") button.textContent = word;
    }
    const view = data.view.join();
    if (before.view?.join() !== view) this.go(data.view, Boolean(before.view)); else this.fit();
    this.mark();
    const first = this.areas.get(this.at) || this.areas.get(data.picked) || this.areas.values().next().value;
    for (const node of this.areas.values()) node.setAttribute("tabindex", node === first ? "0" : "-1");
  }

  // Outlines of what is chosen and of what is pointed at lie over everything else.
  mark() {
    const over = this.scene.querySelector(".m-over");
    over.replaceChildren();
    const outline = (code, kind) => {
      if (!code || !document.getElementById(`m${code}`)) return;
      const node = document.createElementNS(NS, "use");
      node.setAttribute("href", `#m${code}`);
      node.setAttribute("class", kind);
      over.append(node);
    };
    outline(this.data.picked, "on");
    if (this.pointed !== this.data.picked) outline(this.pointed, "at");
    for (const spot of this.spots) spot.classList.toggle("on", spot.dataset.town === this.data.picked);
    for (const row of this.frame.querySelectorAll(".mp-rank tr[data-area]")) {
      row.classList.toggle("on", row.dataset.area === this.data.picked);
    }
  }

  // ---- what part of the plane is seen
  go(box, moves) {
    const [left, top, right, bottom] = box;
    const target = { x: (left + right) / 2, y: (top + bottom) / 2, wide: right - left, tall: bottom - top };
    cancelAnimationFrame(this.moving);
    if (!moves || !this.seen || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      this.seen = target;
      this.fit();
      return;
    }
    const from = { ...this.seen }, began = performance.now();
    const step = (now) => {
      const part = clamp((now - began) / 260, 0, 1), ease = 1 - (1 - part) ** 3;
      this.seen = Object.fromEntries(Object.keys(target).map((key) => [key, from[key] + (target[key] - from[key]) * ease]));
      this.fit();
      if (part < 1) this.moving = requestAnimationFrame(step);
    };
    this.moving = requestAnimationFrame(step);
  }

  zoom(factor, x, y) {
    const [left, top, right, bottom] = this.data.whole, seen = this.seen;
    const wide = clamp(seen.wide / factor, 60, (right - left) * 1.15);
    const done = wide / seen.wide;
    const at = { x: x ?? seen.x, y: y ?? seen.y };
    const next = {
      x: clamp(at.x + (seen.x - at.x) * done, left, right),
      y: clamp(at.y + (seen.y - at.y) * done, top, bottom),
      wide,
      tall: seen.tall * done,
    };
    if (x === undefined) {
      this.go([next.x - next.wide / 2, next.y - next.tall / 2, next.x + next.wide / 2, next.y + next.tall / 2], true);
    } else {
      this.seen = next;
      this.fit();
    }
  }

  fit() {
    const wide = this.box.clientWidth, tall = this.box.clientHeight;
    if (!wide || !tall || !this.seen || !this.spots) return;
    const scale = Math.min(wide / this.seen.wide, tall / this.seen.tall);
    this.scale = scale;
    this.left = this.seen.x - wide / scale / 2;
    this.top = this.seen.y - tall / scale / 2;
    this.svg.setAttribute("viewBox", `0 0 ${wide} ${tall}`);
    this.scene.style.setProperty("--unit", 1 / scale);
    const transform = `scale(${scale}) translate(${-this.left} ${-this.top})`;
    for (const kind of [".m-coast", ".m-areas", ".m-lines", ".m-over"]) {
      this.scene.querySelector(kind).setAttribute("transform", transform);
    }
    for (const pattern of this.svg.querySelectorAll("pattern")) {
      pattern.setAttribute("patternTransform", `scale(${1 / scale})${pattern.id === "m-hatch" ? " rotate(45)" : ""}`);
    }
    const { rungs, factors, shifts, places, small } = this.data;
    let rung = rungs.length - 1;
    while (rung > 0 && rungs[rung] > scale * 1.02) rung -= 1;
    const factor = factors[rung];
    this.factor = factor;
    this.svg.classList.toggle("small", rungs[rung] < small);
    this.spots.forEach((spot, number) => {
      const x = this.px(spot.dataset.x) + shifts[rung][2 * number];
      const y = this.py(spot.dataset.y) + shifts[rung][2 * number + 1];
      spot.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${factor})`);
    });
    this.names.forEach((name, number) => {
      const place = places[rung][number];
      if (!place) { name.setAttribute("visibility", "hidden"); return; }
      name.removeAttribute("visibility");
      const home = [this.px(name.dataset.x), this.py(name.dataset.y)];
      const [x, y] = this.inside(name, home, home[0] + place[0], home[1] + place[1], rungs[rung] < small);
      name.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    });
    this.frame.style.setProperty("--rf", factor);
    const [l, t, r, b] = this.data.whole;
    const near = this.seen.wide < (r - l) * 0.9 || this.seen.tall < (b - t) * 0.9;
    this.box.classList.toggle("near", near);
  }

  // A name of a prefecture that is seen stands whole within the frame, be it narrower than the names were placed for.
  inside(name, home, x, y, small) {
    const wide = this.box.clientWidth, tall = this.box.clientHeight;
    if (!name.classList.contains("n-prefecture")) return [x, y];
    if (home[0] < 0 || home[0] > wide || home[1] < 0 || home[1] > tall) return [x, y];
    const sizes = (name.sizes ||= {});
    const size = sizes[small] || name.firstElementChild.getBBox();
    if (size.width) sizes[small] = size;
    const [left, top] = [2 - size.x, 2 - size.y];
    return [
      clamp(x, left, Math.max(left, wide - 2 - size.x - size.width)),
      clamp(y, top, Math.max(top, tall - 2 - size.y - size.height)),
    ];
  }

  px(x) { return (Number(x) - this.left) * this.scale; }
  py(y) { return (Number(y) - this.top) * this.scale; }
  plane(event) {
    const rect = this.svg.getBoundingClientRect();
    return [this.left + (event.clientX - rect.left) / this.scale, this.top + (event.clientY - rect.top) / this.scale];
  }

  // ---- pointing
  point(event) {
    if (event.pointerType === "touch" || this.pointers.size > 1) return;
    const spot = event.target.closest(".m-spot"), area = event.target.closest(".m-area");
    const code = spot ? spot.dataset.town || spot.dataset.area : area ? area.dataset.area : "";
    if (code !== this.told) {
      this.told = code;
      this.tip.innerHTML = this.data.tips[code] || "";
      this.tip.hidden = !this.data.tips[code];
      const under = spot ? spot.dataset.area || "" : code;
      if (under !== this.pointed) { this.pointed = under; this.mark(); }
      this.show_place(spot);
    }
    if (code) this.put(event.clientX, event.clientY);
  }

  put(x, y) {
    const wide = this.tip.offsetWidth, tall = this.tip.offsetHeight;
    const left = x + 18 + wide > innerWidth - 8 ? x - wide - 18 : x + 18;
    const top = clamp(y - tall / 2, 8, innerHeight - tall - 8);
    this.tip.style.transform = `translate(${Math.max(8, left)}px, ${top}px)`;
  }

  // A line from a circle that was moved to its true place.
  show_place(spot) {
    const line = this.scene.querySelector(".m-true");
    line.setAttribute("visibility", "hidden");
    if (!spot || !spot.dataset.town) return;
    const [x, y] = spot.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    const true_x = this.px(spot.dataset.x), true_y = this.py(spot.dataset.y);
    if (Math.hypot(x - true_x, y - true_y) < 2) return;
    for (const [name, value] of Object.entries({ x1: x, y1: y, x2: true_x, y2: true_y })) line.setAttribute(name, value);
    line.setAttribute("visibility", "visible");
  }

  hide() {
    this.tip.hidden = true;
    this.told = this.pointed = "";
    this.show_place(null);
    this.mark();
  }

  // ---- keys
  focus(code) {
    const node = this.areas.get(code);
    if (!node) return;
    for (const other of this.areas.values()) other.setAttribute("tabindex", "-1");
    node.setAttribute("tabindex", "0");
    node.focus({ preventScroll: true });
  }

  walk(dx, dy) {
    const from = this.data.anchors[this.at];
    if (!from) return;
    let best = null, least = Infinity;
    for (const [code, anchor] of Object.entries(this.data.anchors)) {
      const x = anchor[0] - from[0], y = anchor[1] - from[1];
      const along = x * dx + y * dy, across = Math.abs(x * dy - y * dx);
      if (code === this.at || along <= 0 || across > 1.8 * along) continue;
      const price = along + 1.6 * across;
      if (price < least) { least = price; best = code; }
    }
    if (best) this.focus(best);
  }

  key(event) {
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (arrows[event.key]) this.walk(...arrows[event.key]);
    else if (event.key === "+" || event.key === "=") this.zoom(1.6);
    else if (event.key === "-" || event.key === "_") this.zoom(1 / 1.6);
    else if (event.key === "0") this.go(this.data.whole, true);
    else if (event.key === "Escape") { this.hide(); if (this.data.picked) this.tell("clear", "1"); }
    else if ((event.key === "Enter" || event.key === " ") && this.at) {
      this.tell(this.at === this.data.picked ? "only" : "pick", this.at);
    } else return;
    event.preventDefault();
  }

  // ---- listening
  listen() {
    const { svg, frame } = this;
    svg.addEventListener("pointermove", (event) => this.point(event));
    svg.addEventListener("pointerleave", () => this.hide());
    svg.addEventListener("keydown", (event) => this.key(event));
    svg.addEventListener("focusin", (event) => {
      const area = event.target.closest(".m-area");
      if (!area) return;
      this.at = area.dataset.area;
      if (!area.matches(":focus-visible")) return;
      this.pointed = this.at;
      this.mark();
      const anchor = this.data.anchors[this.at], rect = svg.getBoundingClientRect();
      this.tip.innerHTML = this.data.tips[this.at] || "";
      this.tip.hidden = !this.data.tips[this.at];
      if (anchor) this.put(rect.left + this.px(anchor[0]) + 40, rect.top + this.py(anchor[1]));
    });
    svg.addEventListener("focusout", () => this.hide());
    frame.addEventListener("click", (event) => {
      if (this.dragged) return;
      const found = event.target.closest("[data-open],[data-only],[data-clear],[data-up],[data-zoom],[data-town],[data-area]");
      if (!found) return;
      const { open, only, clear, up, zoom, town, area } = found.dataset;
      if (zoom) {
        if (zoom === "all") this.go(this.data.whole, true); else this.zoom(zoom === "in" ? 1.6 : 1 / 1.6);
      } else if (open) this.tell("open", open);
      else if (only) this.tell("only", only);
      else if (clear) this.tell("clear", "1");
      else if (up !== undefined) this.tell("up", up || "all");
      else if (town || area) this.tell("pick", town || area);
    });
    frame.addEventListener("dblclick", (event) => {
      const area = event.target.closest("[data-area]");
      if (area && !event.target.closest("[data-town]")) this.tell("only", area.dataset.area);
    });
    // Only with Ctrl: the wheel alone scrolls the page.
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.zoom(event.deltaY < 0 ? 1.25 : 0.8, ...this.plane(event));
    }, { passive: false });
    // A mouse drags what is magnified; two fingers pinch, one scrolls the page.
    svg.addEventListener("pointerdown", (event) => {
      this.pointers.set(event.pointerId, event);
      this.dragged = false;
      this.pinch = null;
    });
    addEventListener("pointermove", (event) => this.drag(event));
    for (const kind of ["pointerup", "pointercancel"]) {
      addEventListener(kind, (event) => { this.pointers.delete(event.pointerId); this.pinch = null; });
    }
  }

  drag(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    if (this.pointers.size === 2) {
      this.pointers.set(event.pointerId, event);
      const [one, two] = [...this.pointers.values()];
      const far = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
      if (this.pinch) {
        const middle = { clientX: (one.clientX + two.clientX) / 2, clientY: (one.clientY + two.clientY) / 2 };
        this.zoom(far / this.pinch, ...this.plane(middle));
      }
      this.pinch = far;
      this.dragged = true;
      return;
    }
    if (event.pointerType === "touch" || !this.box.classList.contains("near")) return;
    const dx = event.clientX - before.clientX, dy = event.clientY - before.clientY;
    if (!this.dragged && Math.hypot(dx, dy) < 5) return;
    this.dragged = true;
    this.hide();
    this.pointers.set(event.pointerId, event);
    const [left, top, right, bottom] = this.data.whole;
    this.seen.x = clamp(this.seen.x - dx / this.scale, left, right);
    this.seen.y = clamp(this.seen.y - dy / this.scale, top, bottom);
    this.fit();
  }
}

export default function ({ parentElement, data, setTriggerValue }) {
  const frame = parentElement.querySelector(".mp");
  if (!frame.stage) frame.stage = new Stage(frame);
  frame.stage.take(data, (name, value) => setTriggerValue(name, value));
}
