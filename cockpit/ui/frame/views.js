// Views by name: page and query. `store` is the one place that knows where they are kept.

const KEY = "cockpit-views";
const store = {
  read() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
      return Array.isArray(kept) ? kept.filter((view) => view && typeof view.name === "string" && /^[?]|^$/.test(view.query)) : [];
    } catch (error) { return []; }
  },
  write(views) { localStorage.setItem(KEY, JSON.stringify(views)); },
};

export default function ({ parentElement, data }) {
  const { labels, most, longest, pages } = data;
  const form = parentElement.querySelector("form");
  const list = parentElement.querySelector("ul");
  const told = parentElement.querySelector("[role=status]");
  const [field, save] = [form.querySelector("input"), form.querySelector("button")];
  field.setAttribute("aria-label", labels.name);
  field.placeholder = labels.name;
  field.maxLength = longest;
  save.textContent = labels.save;
  parentElement.querySelector(".where").textContent = labels.where;
  const page = () => location.pathname.slice(location.pathname.lastIndexOf("/") + 1);
  const say = (text) => { told.textContent = text; };
  const draw = () => {
    const views = store.read();
    list.replaceChildren(...views.map((view) => {
      const item = document.createElement("li");
      const open = document.createElement("a");
      open.textContent = view.name;
      open.title = labels.open;
      open.href = `${view.page || "./"}${view.query}`;
      const drop = document.createElement("button");
      drop.type = "button";
      drop.textContent = "×";
      drop.setAttribute("aria-label", labels.delete_of.replace("{name}", view.name));
      drop.onclick = () => {
        store.write(store.read().filter((other) => other.name !== view.name));
        draw();
        say(labels.deleted.replace("{name}", view.name));
        field.focus();
      };
      item.append(open, drop);
      return item;
    }));
    if (!views.length) {
      const none = document.createElement("li");
      none.textContent = labels.none;
      list.append(none);
    }
  };
  form.onsubmit = (event) => {
    event.preventDefault();
    const name = field.value.trim();
    const others = store.read().filter((view) => view.name !== name);
    if (!name) { say(labels.empty); field.focus(); return; }
    if (others.length >= most) { say(labels.full); return; }
    if (!pages.includes(page())) return;
    store.write([{ name, page: page(), query: location.search }, ...others]);
    field.value = "";
    draw();
    say(labels.saved.replace("{name}", name));
  };
  draw();
}
