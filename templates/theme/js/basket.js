/* The basket: which cases somebody has chosen to compare, on every page.
 *
 * An element with data-basket-id (a case's id), there from the start or added later, gets a button that puts the case
 * into the basket or takes it out. data-basket-name is how the button calls the case aloud (else the text of the
 * element's first link); data-basket-short leaves the button its sign alone.
 *
 * window.casebookBasket
 *     most                 how many cases fit side by side
 *     ids()                the chosen cases, in the order in which they were chosen
 *     set(ids)             chooses these; whenever that happens on this page, `document` fires "basket"
 *     clean(ids)           no id twice, nothing that is no id
 *     address(ids)         where they stand side by side
 *     column(id), rows()   promises of what compare.js shows (render/column.py); null for a case that is not here
 *
 * It is kept in localStorage. Where that is refused, or is another one for every file on disk (an opaque origin), the
 * name of the tab keeps it and links carry it as ?basket=…, which is taken off the address at once.
 */
(() => {
  "use strict";
  const box = document.querySelector("[data-basket]");
  if (!box) return;
  const { base, compare } = document.documentElement.dataset;
  const root = new URL(base, location.href).href;
  const most = 6;
  const KEY = `casebook-basket ${root}`;
  const NAMED = "casebook-basket ";
  const part = (name) => box.querySelector(`[data-basket-${name}]`);
  const say = (key, values = {}) => box.getAttribute(`data-t-${key}`).replace(/\{(\w+)\}/g, (as, name) => (name in values ? values[name] : as));
  const clean = (ids) => [...new Set(ids)].filter((id) => /^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$/.test(id));
  const address = (ids) => `${base}compare.html${ids.length ? `#c=${ids.join(",")}` : ""}`;

  // --- memory ---

  let refused = false;
  const attempt = (act) => { try { return act(localStorage); } catch { refused = true; return null; } };
  const stored = () => attempt((storage) => storage.getItem(KEY));
  const named = () => (window.name.startsWith(NAMED) ? window.name.slice(NAMED.length) : null);
  const inOrder = () => (stored() === null || location.origin === "null" ? [named(), stored()] : [stored()]);
  const recall = () => clean((inOrder().find((text) => text !== null) || "").split(",")).slice(0, most);
  const unsure = () => refused || location.origin === "null";

  function keep() {
    attempt((storage) => storage.setItem(KEY, ids.join(",")));
    if (unsure()) window.name = NAMED + ids.join(",");
  }

  /* What a link has carried here, or null; the address is then as if it had not. */
  function carried() {
    const given = new URLSearchParams(location.search);
    if (!given.has("basket")) return null;
    const ids = clean(given.get("basket").split(",")).slice(0, most);
    given.delete("basket");
    const rest = given.toString();
    history.replaceState(history.state, "", location.pathname + (rest ? `?${rest}` : "") + location.hash);
    return ids;
  }

  function carry(event) {
    const link = event.target.closest("a[href]");
    if (!unsure() || !link || !link.href.startsWith(root) || !/\.html$/.test(link.pathname)) return;
    if (link.pathname === location.pathname && link.hash) return;
    const url = new URL(link.href);
    url.searchParams.set("basket", ids.join(","));
    link.href = url.href;
  }

  // --- what is shown beside a case: scripts, so that it works from disk ---

  const given = new Map();
  const asked = new Map();
  window.casebookCompare = { rows: (value) => given.set("_rows", value), add: (id, value) => given.set(id, value) };

  function load(name) {
    if (!asked.has(name)) {
      asked.set(name, new Promise((resolve) => {
        const script = document.createElement("script");
        script.src = `${base}${compare}${name}.js`;
        script.onload = () => resolve(given.get(name) || null);
        script.onerror = () => { asked.delete(name); resolve(null); };
        document.head.append(script);
      }));
    }
    return asked.get(name);
  }

  // --- changing it ---

  let ids = recall();

  function set(next, message = "") {
    ids = clean(next).slice(0, most);
    keep();
    show(message);
    document.dispatchEvent(new CustomEvent("basket"));
  }

  function toggle(id) {
    if (ids.includes(id)) set(ids.filter((each) => each !== id));
    else if (ids.length < most) set([...ids, id]);
    else { box.open = true; show(say("full", { n: most })); }
  }

  // --- showing it ---

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  function upgrade(host) {
    if (host.querySelector("button.pick")) return;
    const link = host.querySelector("a");
    const name = host.dataset.basketName || (link ? link.textContent : "");
    const word = element("span", { class: host.hasAttribute("data-basket-short") ? "vh" : "word" });
    const sign = element("span", { class: "sign", "aria-hidden": "true" });
    const button = element("button", { type: "button", class: "pick", "data-pick": host.dataset.basketId, "data-name": name }, sign, word);
    if (link) link.after(button);
    else host.append(button);
    mark(button);
  }

  function mark(button) {
    const chosen = ids.includes(button.dataset.pick);
    const word = say(chosen ? "remove" : "add");
    button.classList.toggle("chosen", chosen);
    button.firstElementChild.textContent = chosen ? "✓" : "+";
    button.lastElementChild.textContent = word;
    button.setAttribute("aria-label", button.dataset.name ? `${word} ${button.dataset.name}` : word);
    button.title = word;
  }

  function show(message = "") {
    document.querySelectorAll("button.pick").forEach(mark);
    part("count").textContent = String(ids.length);
    box.classList.toggle("empty", ids.length === 0);
    part("hint").textContent = message || (ids.length === 0 ? say("hint") : ids.length === 1 ? say("one") : "");
    part("status").textContent = say("chosen", { n: ids.length });
    part("go").href = address(ids);
    part("clear").hidden = ids.length === 0;
    if (box.open) list();
    else part("list").replaceChildren();
  }

  function list() {
    part("list").replaceChildren(...ids.map((id) => {
      const link = element("a", { href: `${base}cases/${id}.html` }, say("loading"));
      const button = element("button", { type: "button", "data-unpick": id }, "×");
      load(id).then((column) => {
        link.textContent = column && column.name ? column.name : say("unknown", { id });
        button.setAttribute("aria-label", `${say("remove")} ${link.textContent}`);
        button.title = say("remove");
      });
      return element("li", {}, link, button);
    }));
  }

  function unpick(button) {
    const place = [...part("list").querySelectorAll("button")].indexOf(button);
    set(ids.filter((id) => id !== button.dataset.unpick));
    const left = [...part("list").querySelectorAll("button")];
    (left[Math.min(place, left.length - 1)] || box.querySelector("summary")).focus();
  }

  // --- listening ---

  document.addEventListener("click", (event) => {
    const pick = event.target.closest("button[data-pick]");
    const away = event.target.closest("button[data-unpick]");
    if (pick) toggle(pick.dataset.pick);
    else if (away) unpick(away);
    else if (event.target.closest("[data-basket-clear]")) { set([]); box.querySelector("summary").focus(); }
    else if (box.open && event.isTrusted && !box.contains(event.target)) box.open = false;
  });
  for (const kind of ["click", "auxclick"]) document.addEventListener(kind, carry, true);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !box.open) return;
    box.open = false;
    box.querySelector("summary").focus();
  });
  box.addEventListener("toggle", () => { if (box.open) list(); else show(); });
  // Another tab has changed it, or this page comes back as it was left.
  const again = () => { ids = recall(); show(); };
  addEventListener("storage", (event) => { if (event.key === KEY) again(); });
  addEventListener("pageshow", (event) => { if (event.persisted) again(); });

  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        if (node.matches("[data-basket-id]")) upgrade(node);
        node.querySelectorAll("[data-basket-id]").forEach(upgrade);
      }
    }
  }).observe(document.body, { childList: true, subtree: true });

  window.casebookBasket = {
    most, set, clean, address,
    ids: () => [...ids],
    column: (id) => load(id),
    rows: () => load("_rows"),
  };
  const brought = carried();
  if (brought) { ids = brought; keep(); }
  document.querySelectorAll("[data-basket-id]").forEach(upgrade);
  show();
})();
