// The case list and the matrix: facets with counts that combine, a filter, pages of a hundred rows, the state in the
// address. Data comes from scripts (`facets.js`, `cases-N.js`), so it works from disk.
(() => {
  "use strict";
  const root = document.querySelector("[data-explore]:not(html)");
  if (!root) return;
  const words = document.currentScript.dataset;
  const base = document.documentElement.dataset.base;
  const folder = base + document.documentElement.dataset.explore;
  const kind = root.dataset.explore;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const PAGE = 100;
  const VERDICTS = { 3: "present", 2: "planned", 1: "mentioned" };

  let head = null;
  const shards = [];
  let rows = [];
  let state = { chosen: {}, text: "", group: "" };
  let shown = PAGE;
  let drawn = [...part("rows").querySelectorAll("[data-basket-id]")].map((row) => row.dataset.basketId).join();

  window.casebookExplore = {
    head(value) { head = value; for (let n = 0; n < value.shards; n++) load(`cases-${n}.js`); if (!value.shards) start(); },
    cases(index, shard) { shards[index] = shard; if (shards.filter(Boolean).length === head.shards) start(); },
  };

  function load(name) {
    const script = document.createElement("script");
    script.src = folder + name;
    document.head.append(script);
  }

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === true) made.setAttribute(name, "");
      else if (value !== false && value !== null) made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  // --- state and address ---

  function read() {
    const chosen = {};
    const given = new URLSearchParams(location.hash.slice(1));
    for (const facet of head.facets) {
      const ids = facet.values.map(([id]) => id);
      const picked = (given.get(facet.id) || "").split(",").map((id) => ids.indexOf(id)).filter((at) => at >= 0);
      if (picked.length) chosen[facet.id] = new Set(picked);
    }
    state = { chosen, text: given.get("q") || "", group: given.get("group") || "" };
  }

  function write() {
    const given = new URLSearchParams();
    head.facets.forEach((facet) => {
      const picked = state.chosen[facet.id];
      if (picked && picked.size) given.set(facet.id, [...picked].map((at) => facet.values[at][0]).join(","));
    });
    if (state.text) given.set("q", state.text);
    if (state.group) given.set("group", state.group);
    const hash = given.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
    history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
  }

  // --- which rows: OR within a facet, AND between facets ---

  const folded = (text) => text.normalize("NFKC").toLowerCase();

  function matching(except) {
    const terms = folded(state.text).split(/\s+/).filter(Boolean);
    const tests = head.facets.map((facet, at) => [at, state.chosen[facet.id]]).filter(([at, set]) => set && set.size && at !== except);
    return rows.filter((row) => tests.every(([at, set]) => row[7][at].some((value) => set.has(value)))
      && terms.every((term) => row.folded.includes(term)));
  }

  function counts(at) {
    const found = new Array(head.facets[at].values.length).fill(0);
    for (const row of matching(at)) for (const value of row[7][at]) found[value]++;
    return found;
  }

  // --- drawing ---

  function drawFacets() {
    const open = new Set([...part("facets").querySelectorAll("details[open]")].map((d) => d.dataset.facet));
    const first = !part("facets").querySelector("[data-facet]"); // so far there are only their names, holding the place
    part("facets").replaceChildren(...head.facets.map((facet, at) => {
      const found = counts(at);
      const picked = state.chosen[facet.id] || new Set();
      const many = facet.values.length > 9;
      const isOpen = first ? picked.size > 0 || (at < 2 && matchMedia("(min-width: 60rem)").matches) : open.has(facet.id);
      const list = element("ul", { class: many ? "many" : null }, ...facet.values.map(([id, label, depth], value) => {
        const box = element("input", { type: "checkbox", value: id, "data-facet": facet.id, checked: picked.has(value), "data-at": value });
        return element("li", { class: `depth-${depth}${found[value] || picked.has(value) ? "" : " none"}` },
          element("label", null, box, element("span", null, label), element("small", null, String(found[value]))));
      }));
      return element("details", { "data-facet": facet.id, open: isOpen },
        element("summary", null, facet.label, picked.size ? element("small", null, String(picked.size)) : ""), list);
    }));
  }

  function listRow(row) {
    const [id, name, title, place, kindLabel, marks, numbers] = row;
    const has = words.tHas.replace("{mechanisms}", String([...marks].filter((m) => m !== "0").length)).replace("{numbers}", String(numbers));
    return element("li", { "data-basket-id": id }, element("a", { href: `${base}cases/${id}.html` }, name), " ", element("span", null, title), " ",
      element("small", null, `${place} · ${kindLabel} · ${has}`));
  }

  function matrixRow(row) {
    const [id, name, , , , marks] = row;
    const cells = [];
    let at = 0;
    for (const group of head.mechanisms) {
      for (const [term, label] of group.terms) {
        const verdict = VERDICTS[marks[at++]];
        const word = verdict && words[`t${verdict[0].toUpperCase()}${verdict.slice(1)}`];
        cells.push(element("td", { "data-g": group.id }, ...(verdict
          ? [element("a", { class: `verdict ${verdict}`, href: `${base}cases/${id}.html#m-${term}`, title: `${label}: ${word}` }, element("span", { class: "vh" }, word))]
          : [])));
      }
    }
    return element("tr", null, element("th", { scope: "row", "data-basket-id": id, "data-basket-short": true }, element("a", { href: `${base}cases/${id}.html` }, name)), ...cells);
  }

  function draw() {
    const found = matching(-1);
    const visible = found.slice(0, shown);
    const ids = visible.map(([id]) => id).join();
    if (ids !== drawn) part("rows").replaceChildren(...visible.map(kind === "matrix" ? matrixRow : listRow));
    drawn = ids;
    part("count").textContent = found.length ? words.tCount.replace("{n}", String(found.length)) : words.tNone;
    part("more").hidden = found.length <= shown;
    part("clear").hidden = !(state.text || Object.values(state.chosen).some((set) => set.size));
    if (part("filter").value !== state.text) part("filter").value = state.text;
    if (part("group")) {
      part("group").value = state.group;
      root.querySelectorAll("[data-g]").forEach((cell) => { cell.hidden = Boolean(state.group) && cell.dataset.g !== state.group; });
    }
  }

  function update() { shown = PAGE; write(); drawFacets(); draw(); }

  function start() {
    rows = shards.flat();
    for (const row of rows) row.folded = folded(`${row[1]} ${row[2]} ${row[3]} ${row[0]}`);
    read();
    drawFacets();
    draw();
    root.addEventListener("change", (event) => {
      const box = event.target;
      if (box.dataset.at !== undefined) {
        const set = state.chosen[box.dataset.facet] || (state.chosen[box.dataset.facet] = new Set());
        if (box.checked) set.add(Number(box.dataset.at)); else set.delete(Number(box.dataset.at));
        update();
        const again = root.querySelector(`input[data-facet="${box.dataset.facet}"][data-at="${box.dataset.at}"]`);
        if (again) again.focus();
      } else if (box === part("group")) { state.group = box.value; write(); draw(); }
    });
    part("filter").addEventListener("input", (event) => { if (!event.isComposing) { state.text = event.target.value; update(); } });
    part("filter").addEventListener("compositionend", (event) => { state.text = event.target.value; update(); });
    part("more").addEventListener("click", () => { shown += PAGE; draw(); });
    part("clear").addEventListener("click", () => { state = { chosen: {}, text: "", group: state.group }; update(); part("filter").focus(); });
    addEventListener("hashchange", () => { read(); drawFacets(); draw(); });
    root.dataset.ready = "";
  }

  load("facets.js");
})();
