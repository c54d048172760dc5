/* compare.html: the chosen cases side by side. The address says which (#c=<id>,<id>…&only=differences), and the basket
 * becomes what is shown; only a page that is come back to leaves it alone. Whenever the two differ, a link offers the
 * other one. Rows and their text: compare-table.js; the data: basket.js. */
(() => {
  "use strict";
  const root = document.querySelector("[data-compare]:not(html)");
  const basket = window.casebookBasket;
  if (!root || !basket) return;
  const { base } = document.documentElement.dataset;
  const { align, markdown, csv } = window.casebookTable;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const say = (key, values = {}) => root.getAttribute(`data-t-${key}`).replace(/\{(\w+)\}/g, (as, name) => (name in values ? values[name] : as));
  const FITS = { yes: "=", care: "≈", some: "≈", scopes: "≠", no: "≠", one: "" };
  const words = {
    title: document.querySelector("h1").textContent, item: say("item"), section: say("section"), comparable: say("comparable"),
    evidence: say("evidence"), colon: say("colon"), separator: say("separator"),
    present: say("present"), planned: say("planned"), mentioned: say("mentioned"), silent: say("silent"),
    fits: Object.fromEntries(Object.keys(FITS).map((fit) => [fit, say(`row-${fit}`)])),
  };
  let shown = [];
  let view = null;
  let turn = 0;
  let fresh = performance.getEntriesByType("navigation").every(({ type }) => type === "navigate");
  let before = []; // what was in the basket when somebody's link was opened

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) if (value !== null && value !== false) made.setAttribute(name, value);
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }

  // --- the address ---

  function asked() {
    const given = new URLSearchParams(location.hash.slice(1));
    const ids = given.has("c") ? basket.clean(given.get("c").split(",")) : null;
    return { ids, differences: given.get("only") === "differences" };
  }

  const hash = (ids, differences) => `#c=${ids.join(",")}${differences ? "&only=differences" : ""}`;
  const same = (one, other) => one.join() === other.join();

  /* Shows other cases, or other rows of them: a step that "back" undoes. */
  function go(ids, differences = asked().differences) {
    if (location.hash === hash(ids, differences)) return;
    history.pushState(null, "", hash(ids, differences));
    follow();
  }

  function replace(ids) {
    history.replaceState(history.state, "", hash(ids, asked().differences));
  }

  // --- from address to table ---

  async function follow() {
    const mine = (turn += 1);
    if (asked().ids === null && basket.ids().length) replace(basket.ids());
    const { ids, differences } = asked();
    const slow = setTimeout(() => { if (mine === turn) status(say("loading")); }, 150);
    const found = await columns(ids || []);
    const sections = found.columns.length ? await basket.rows() : [];
    clearTimeout(slow);
    if (mine !== turn) return;
    if (sections === null) { status(say("failed")); return; }
    shown = found.columns.map(({ id }) => id);
    if (ids && !same(shown, ids.slice(0, basket.most))) replace(shown);
    if (fresh && shown.length && !same(shown, basket.ids())) { before = basket.ids(); basket.set(shown); }
    fresh = true;
    const only = differences && shown.length > 1;
    view = align(sections, found.columns, only);
    draw(differences);
    status([...found.messages, summary(only)].filter(Boolean).join(" "));
    restore();
    root.dataset.ready = shown.join(",");
  }

  /* The columns of at most six cases; those that were renamed or divided stand in for their old names. */
  async function columns(ids) {
    const messages = [];
    const all = await Promise.all(ids.slice(0, basket.most).map((id) => basket.column(id)));
    const unknown = ids.filter((id, at) => at < all.length && all[at] === null);
    const withdrawn = ids.filter((id, at) => all[at] && all[at].withdrawn);
    const wanted = basket.clean(ids.flatMap((id, at) => (all[at] ? all[at].moved || [id] : [])));
    const kept = wanted.slice(0, basket.most);
    const found = (await Promise.all(kept.map((id) => basket.column(id)))).map((column, at) => ({ ...column, id: kept[at] }));
    if (unknown.length) messages.push(say("unknown", { ids: unknown.join(words.separator) }));
    if (withdrawn.length) messages.push(say("withdrawn", { ids: withdrawn.join(words.separator) }));
    if (ids.length > basket.most || wanted.length > basket.most) messages.push(say("many", { n: basket.most }));
    return { columns: found.filter((column) => column.cells), messages };
  }

  function summary(only) {
    if (shown.length === 0) return say("none");
    if (shown.length === 1) return say("one");
    return only ? say("rows", { n: view.rows, hidden: view.hidden }) : say("rows-all", { n: view.rows });
  }

  function status(text) {
    if (part("status").textContent !== text) part("status").textContent = text;
  }

  // --- drawing ---

  function draw(differences) {
    const table = part("table");
    const any = shown.length > 0;
    root.querySelectorAll("input[name=show]").forEach((radio) => { radio.checked = (radio.value === "differences") === differences; });
    for (const name of ["tools", "scroll", "jumps", "hint"]) part(name).hidden = !any;
    part("notes-part").hidden = !view.notes.length;
    part("by-hand").hidden = true;
    other();
    document.title = [view.names.join(words.separator), words.title].filter(Boolean).join(" · ");
    table.style.setProperty("--n", String(shown.length));
    table.replaceChildren(...(any ? [head(), ...view.sections.map(body)] : []));
    part("jumps").replaceChildren(...jumps());
    part("notes").replaceChildren(...view.notes.map(note));
  }

  function other() {
    const ids = same(basket.ids(), shown) ? before : basket.ids();
    part("other").hidden = !ids.length || same(ids, shown);
    part("other").href = basket.address(ids);
    part("other").textContent = say("other", { n: ids.length });
  }

  function head() {
    const cells = view.names.map((name, at) => element("th", { scope: "col", role: "columnheader" },
      element("a", { href: `${base}cases/${shown[at]}.html` }, name), " ",
      element("button", { type: "button", class: "drop", "data-drop": shown[at], "aria-label": say("remove", { name }), title: say("remove", { name }) }, "×")));
    const corner = element("th", { scope: "col", role: "columnheader", class: "corner" }, words.item);
    return element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, corner, ...cells));
  }

  function body(section) {
    const title = element("tr", { class: "section", role: "row", "data-part": section.part },
      element("th", { scope: "rowgroup", role: "rowheader", colspan: shown.length + 1 }, element("span", {}, section.title)));
    const rows = section.rows.map((row) => element("tr", { role: "row", "data-key": row.key }, label(row), ...row.cells.map((items) =>
      element("td", { role: "cell" }, ...items.map((item) => drawn(item, row))))));
    const rest = section.unsaid.length ? [element("tr", { class: "unsaid", role: "row" }, element("td", { role: "cell", colspan: shown.length + 1 },
      element("span", {}, section.none + words.colon + section.unsaid.join(words.separator))))] : [];
    return element("tbody", { role: "rowgroup" }, title, ...rows, ...rest);
  }

  function label(row) {
    const name = row.address ? element("a", { href: base + row.address }, row.label) : row.label;
    const fit = row.fit ? element("span", { class: `fit ${row.fit}` }, element("span", { class: "sign", "aria-hidden": "true" }, FITS[row.fit]), words.fits[row.fit]) : null;
    return element("th", { scope: "row", role: "rowheader" }, element("span", {}, name, fit));
  }

  function drawn(item, row) {
    const made = element("div", { class: "item" });
    if (item.verdict) made.append(element("span", { class: `verdict ${item.verdict}`, "aria-hidden": "true" }), " ");
    if (item.verdict && item.verdict !== "silent") made.append(element("b", {}, words[item.verdict]), " ");
    const text = item.address ? element("a", { href: base + item.address }, item.text) : item.text;
    const kind = item.absent ? "absent" : row.fit ? "figure nb" : row.key.startsWith("formula") ? "slogan" : null;
    made.append(kind ? element("span", { class: kind }, text) : text);
    if (item.more) made.append(" ", element("span", { class: "more" }, item.more.join(" · ")));
    made.append(...item.notes.map((each) => element("a", { class: "ev", href: `${base}sources/${view.notes[each - 1].source}.html`, "data-note": `e${each}` }, String(each))));
    if (item.lines) made.append(element("ul", { class: "lines" }, ...item.lines.map((line) => element("li", {}, line))));
    if (item.why) made.append(element("span", { class: "why" }, item.why));
    return made;
  }

  function note({ source, place, stated, title }, at) {
    const link = element("a", { href: `${base}sources/${source}.html` }, title);
    return element("li", { id: `e${at + 1}` }, element("q", {}, stated), " ", element("span", { class: "where" }, link, ` · ${place}`));
  }

  /* Buttons to the parts of a long table. */
  function jumps() {
    return [...new Set(view.sections.map((section) => section.part))].map((name) => element("button", { type: "button", "data-jump": name }, name));
  }

  function jump(name) {
    const row = [...part("table").querySelectorAll("tr.section")].find((each) => each.dataset.part === name);
    part("scroll").scrollTop += row.getBoundingClientRect().top - part("table").tHead.getBoundingClientRect().bottom;
    part("scroll").focus();
  }

  // --- where the reader was, after a look at a source ---

  let returning = true;
  function restore() {
    const at = returning && history.state && history.state.at;
    returning = false;
    if (!at) return;
    [part("scroll").scrollTop, part("scroll").scrollLeft] = at;
    scrollTo(0, at[2]);
  }
  addEventListener("pagehide", () => {
    history.replaceState({ at: [part("scroll").scrollTop, part("scroll").scrollLeft, scrollY] }, "");
  });

  // --- taking it away ---

  async function copy() {
    const text = markdown(view, words, location.protocol.startsWith("http") ? location.href : "");
    try {
      await navigator.clipboard.writeText(text);
      status(say("copied"));
    } catch {
      const field = part("by-hand").querySelector("textarea");
      part("by-hand").hidden = false;
      field.value = text;
      field.focus();
      field.select();
    }
  }

  function download() {
    const url = URL.createObjectURL(new Blob([csv(view, words)], { type: "text/csv;charset=utf-8" }));
    const link = element("a", { href: url, download: `compare-${shown.join("-")}.csv`, hidden: "" });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  // --- adding by name ---

  let searching = 0;
  async function suggest(query) {
    const mine = (searching += 1);
    const list = part("found");
    let hits = [];
    try {
      if (query) hits = await (await window.casebookSearch.open(query)).take(8, "case");
    } catch { /* nothing found then */ }
    if (mine !== searching) return;
    list.replaceChildren(...hits.map((hit) => element("li", { "data-basket-id": hit.url.slice("cases/".length, -".html".length), "data-basket-name": hit.title }, hit.title)));
    part("found-count").textContent = query ? (hits.length ? say("found", { n: hits.length }) : say("found-none")) : "";
  }

  // --- listening ---

  root.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { drop, jump: to } = button.dataset;
    if (drop) {
      basket.set(shown.filter((id) => id !== drop));
      part("scroll").focus();
    } else if (to) jump(to);
    else if (button.matches("[data-copy]")) copy();
    else if (button.matches("[data-csv]")) download();
    else if (button.matches("[data-print]")) print();
  });
  root.addEventListener("change", (event) => { if (event.target.name === "show") go(shown, event.target.value === "differences"); });
  const field = part("add");
  field.addEventListener("input", (event) => { if (!event.isComposing) suggest(field.value.trim()); });
  field.addEventListener("compositionend", () => suggest(field.value.trim()));
  field.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await suggest(field.value.trim());
    const first = part("found").querySelector("button.pick:not(.chosen)");
    if (first) first.click();
    field.select();
  });
  document.addEventListener("basket", () => { if (!same(basket.ids(), shown)) go(basket.ids()); });
  addEventListener("hashchange", () => { if (asked().ids !== null || !location.hash) follow(); });
  addEventListener("pageshow", (event) => { if (event.persisted) other(); });
  follow();
})();
