/* The case list and the matrix: facets with counts that combine, a filter, an order, and all of it in the address
 * (#mechanism=points,grid&all=mechanism&sort=newest&q=…). Rows are drawn a page at a time, those first seen before the
 * others. The data come from scripts (render/explorer.py), so that it works from disk; matrix.js draws the rows of the
 * matrix. */
(() => {
  "use strict";
  const root = document.querySelector("main [data-explore]");
  if (!root) return;
  const { base, explore } = document.documentElement.dataset;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const say = (key, values = {}) => root.getAttribute(`data-t-${key}`).replace(/\{(\w+)\}/g, (as, name) => (name in values ? values[name] : as));
  const PAGE = Number(root.dataset.page);
  const SEEN = 16; // so many rows fill a screen: they are painted before the rest of the page is drawn
  const REST = 60; // ms
  const ID = 0, NAME = 1, TITLE = 2, PLACE = 3, TOLD = 4, KEYS = 6, VALUES = 7; // of a row of the data

  let head = null;
  let rows = [];
  let boxes = []; // the facets as they are on the page
  let found = [];
  let state = null; // chosen: facet → positions of its values; every: facets of which all that is chosen must hold
  let drawn = 0;
  let later = 0;
  const shards = [];
  const orders = new Map();

  window.casebookExplore = {
    head(value) { head = value; for (let n = 0; n < value.shards; n++) load(`cases-${n}.js`); if (!value.shards) start(); },
    cases(index, shard) { shards[index] = shard; if (shards.filter(Boolean).length === head.shards) start(); },
  };

  function load(name) {
    const script = document.createElement("script");
    script.src = `${base}${explore}${name}`;
    document.head.append(script);
  }

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value !== false && value !== null) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  }

  const view = window.casebookMatrix
    ? window.casebookMatrix({ root, part, say, element, base, update, choose })
    : { start() {}, read() {}, write() {}, redraw: () => false, row: listRow };

  // --- the address ---

  function read() {
    const given = new URLSearchParams(location.hash.slice(1));
    const listed = (name) => (given.get(name) || "").split(",");
    const chosen = head.facets.map((facet) => {
      const ids = new Map(facet.values.map(([id], at) => [id, at]));
      return new Set(listed(facet.id).filter((id) => ids.has(id)).map((id) => ids.get(id)));
    });
    const every = new Set(head.facets.filter(({ id, several }) => several && listed("all").includes(id)).map(({ id }) => id));
    state = { chosen, every, text: given.get("q") || "", sort: Object.hasOwn(head.sorts, given.get("sort")) ? given.get("sort") : "" };
    view.read(given);
  }

  function write() {
    const given = new URLSearchParams();
    head.facets.forEach((facet, at) => {
      if (state.chosen[at].size) given.set(facet.id, [...state.chosen[at]].map((value) => facet.values[value][0]).join(","));
    });
    if (state.every.size) given.set("all", [...state.every].join(","));
    if (state.text) given.set("q", state.text);
    if (state.sort) given.set("sort", state.sort);
    view.write(given);
    const hash = given.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
    history.replaceState(history.state, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  // --- which rows, in which order ---

  const folded = (text) => text.normalize("NFKC").toLowerCase();
  const every = (at) => state.every.has(head.facets[at].id);

  /* OR within a facet, or AND where the reader asks for it; AND between facets. `except` leaves one facet out. */
  function matching(except = -1) {
    const terms = folded(state.text).split(/\s+/).filter(Boolean);
    const asked = state.chosen.map((set, at) => [at, [...set], every(at)]).filter(([at, values]) => values.length && at !== except);
    return inOrder().filter((row) => terms.every((term) => row.folded.includes(term)) && asked.every(([at, values, all]) => {
      const holds = (value) => row[VALUES][at].includes(value);
      return all ? values.every(holds) : values.some(holds);
    }));
  }

  function inOrder() {
    if (!state.sort) return rows;
    if (!orders.has(state.sort)) {
      const [column, direction] = head.sorts[state.sort];
      orders.set(state.sort, [...rows].sort(({ [KEYS]: { [column]: one } }, { [KEYS]: { [column]: other } }) => {
        if (one === other) return 0;
        if (one === null || other === null) return one === null ? 1 : -1; // not stated comes last either way
        return one < other ? -direction : direction;
      }));
    }
    return orders.get(state.sort);
  }

  /* How many rows each value would stand for: of those found, or, while one more choice widens them, of all others. */
  function counts(at) {
    const tally = new Array(head.facets[at].values.length).fill(0);
    for (const row of state.chosen[at].size && !every(at) ? matching(at) : found) for (const value of row[VALUES][at]) tally[value]++;
    return tally;
  }

  // --- drawing ---

  function buildFacets() {
    const wide = matchMedia("(min-width: 60rem)").matches;
    boxes = head.facets.map((facet, at) => {
      const items = facet.values.map(([id, label, depth], value) => {
        const input = element("input", { type: "checkbox", value: id, "data-facet": facet.id, "data-at": at, "data-value": value });
        const count = element("small", null);
        return { input, count, n: -1, item: element("li", { class: depth ? `depth-${depth}` : null }, element("label", null, input, element("span", null, label), count)) };
      });
      const mode = (every) => element("label", null, element("input", { type: "radio", name: `mode-${facet.id}`, "data-mode": at, value: every ? "every" : "any" }), say(every ? "every" : "any"));
      const chosen = element("small", { hidden: true });
      const parts = [element("summary", null, facet.label, chosen)];
      if (facet.several) parts.push(element("fieldset", null, element("legend", { class: "vh" }, say("mode", { name: facet.label })), mode(false), mode(true)));
      parts.push(element("ul", { class: items.length > 9 ? "many" : null }, ...items.map(({ item }) => item)));
      const open = state.chosen[at].size > 0 || (at < 2 && wide);
      const box = element("details", { "data-facet": facet.id, open }, ...parts);
      box.addEventListener("toggle", () => markFacet(at));
      return { box, chosen, items };
    });
    part("facets").replaceChildren(...boxes.map(({ box }) => box));
  }

  function markFacet(at) {
    const { box, chosen, items } = boxes[at];
    chosen.textContent = state.chosen[at].size;
    chosen.hidden = !state.chosen[at].size;
    if (!box.open) return;
    const tally = counts(at);
    items.forEach((each, value) => {
      const { input, count, item } = each;
      input.checked = state.chosen[at].has(value);
      if (each.n !== tally[value]) count.textContent = each.n = tally[value];
      item.classList.toggle("none", !tally[value] && !input.checked);
    });
    for (const radio of box.querySelectorAll("[data-mode]")) radio.checked = (radio.value === "every") === every(at);
  }

  function listRow(row) {
    return element("li", { "data-basket-id": row[ID] }, element("a", { href: `${base}cases/${row[ID]}.html` }, row[NAME]), " ",
      element("span", null, row[TITLE]), " ", element("small", null, `${row[PLACE]} · ${row[TOLD]}`));
  }

  function drawRows(until, first = SEEN) {
    const body = part("rows");
    const end = Math.min(until, found.length);
    while (body.children.length > end) body.lastElementChild.remove();
    for (const next = Math.min(drawn + first, end); drawn < next; drawn++) {
      const old = body.children[drawn];
      const row = view.row(found[drawn], old);
      if (!old) body.append(row);
      else if (row !== old) old.replaceWith(row);
    }
    part("more").hidden = until >= found.length;
    if (drawn < end) later = setTimeout(drawRows, REST, until, PAGE);
  }

  function draw() {
    found = matching();
    boxes.forEach((_, at) => markFacet(at));
    const ids = [...part("rows").querySelectorAll("[data-basket-id]")].map((row) => row.dataset.basketId);
    const same = ids.length === Math.min(PAGE, found.length) && ids.every((id, at) => found[at][ID] === id);
    clearTimeout(later);
    drawn = view.redraw(found, state) || !same ? 0 : ids.length;
    drawRows(PAGE);
    part("count").textContent = found.length ? say("count", { n: found.length }) : say("none");
    part("clear").hidden = !(state.text || state.chosen.some((set) => set.size));
    if (part("filter").value !== state.text) part("filter").value = state.text;
    part("sort").value = state.sort;
  }

  function update() { write(); draw(); }

  function choose(at, value, yes) {
    if (yes) state.chosen[at].add(value); else state.chosen[at].delete(value);
    update();
  }

  // --- listening ---

  function change({ target }) {
    if (target.dataset.value !== undefined) choose(Number(target.dataset.at), Number(target.dataset.value), target.checked);
    else if (target === part("sort")) { state.sort = target.value; update(); }
    else if (target.dataset.mode !== undefined) {
      state.every[target.value === "every" ? "add" : "delete"](head.facets[target.dataset.mode].id);
      update();
    }
  }

  function more() {
    const first = drawn;
    drawRows(drawn + PAGE);
    if (part("more").hidden) part("rows").children[first]?.querySelector("a").focus();
  }

  function type(event) {
    if (event.isComposing) return;
    state.text = event.target.value;
    update();
  }

  function clear() {
    state.chosen.forEach((set) => set.clear());
    state.text = "";
    update();
    part("filter").focus();
  }

  function start() {
    rows = shards.flat();
    for (const row of rows) row.folded = folded(`${row[NAME]} ${row[TITLE]} ${row[PLACE]} ${row[ID]}`);
    view.start(head);
    read();
    buildFacets();
    draw();
    root.addEventListener("change", change);
    for (const kind of ["input", "compositionend"]) part("filter").addEventListener(kind, type);
    part("more").addEventListener("click", more);
    part("clear").addEventListener("click", clear);
    addEventListener("hashchange", () => { read(); draw(); });
    root.dataset.ready = "";
  }

  load("facets.js");
})();
