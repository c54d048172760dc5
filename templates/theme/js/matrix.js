/* The table of the matrix: which columns stand there, how often each mechanism is found, the marks of a row, the arrow
 * keys between them, and the evidence behind one in a card. explore.js says which cases stand there, and in what order.
 * The evidence is that of the side-by-side view (basket.js loads it), case by case. */
"use strict";
window.casebookMatrix = ({ root, part, say, element, base, update, choose }) => {
  const VERDICTS = { 3: "present", 2: "planned", 1: "mentioned" };
  const VALUES = 7; // where a row of the data has the values of the facets
  const [groupRow, termRow, countRow] = part("head").rows;
  const columnOf = [...part("columns").children].slice(1);
  let terms = []; // id, label, group, and the value that stands for it in the facet of mechanisms
  let shown = []; // the positions in `terms` of the columns that stand there
  let facet = -1;
  let values = 0; // how many mechanisms any case shows
  let own = { group: "", used: false };
  let pattern = null; // a row without marks, for the columns shown
  let marks = []; // for each of them and each verdict, a mark without address
  const like = new WeakMap(); // row → the pattern that it was made of
  let stop = null; // the one element between the arrow keys that Tab reaches

  const columns = (row) => [...row.children].filter((cell) => !cell.hidden).slice(row === termRow ? 0 : 1);

  // --- head ---

  function start(head) {
    facet = head.facets.findIndex(({ id }) => id === "mechanism");
    const value = new Map(head.facets[facet].values.map(([id], at) => [id, at]));
    values = value.size;
    terms = head.mechanisms.flatMap((group) => group.terms.map(([id, label]) => ({ id, label, group: group.id, value: value.get(id) })));
    [...countRow.cells].slice(1).forEach((cell, at) => {
      cell.replaceChildren(element("button", { type: "button", "data-column": at, tabindex: -1, disabled: terms[at].value === undefined }, cell.textContent));
    });
    for (const link of root.querySelectorAll(".matrix td a, [data-head] a")) link.tabIndex = -1;
    shown = terms.map((_, at) => at);
  }

  /* Whether the rows must be drawn anew, because other columns stand there. */
  function redraw(found, state) {
    const tally = new Array(values).fill(0);
    for (const { [VALUES]: { [facet]: shows } } of found) for (const value of shows) tally[value]++;
    const kept = terms.map((_, at) => at).filter((at) => (!own.group || terms[at].group === own.group) && (!own.used || tally[terms[at].value]));
    const other = kept.join() !== shown.join();
    shown = kept;
    if (other || !pattern) { drawColumns(); drawPattern(); }
    drawHead(tally, state);
    if (!stop || !stop.isConnected || stop.closest("[hidden]")) rest(columns(termRow).map((cell) => cell.firstElementChild)[0]);
    return other;
  }

  /* What is as it was is left alone: a change here makes the browser lay out the whole table. */
  function drawHead(tally, state) {
    terms.forEach((term, at) => {
      const button = countRow.cells[at + 1].firstElementChild;
      const chosen = state.chosen[facet].has(term.value);
      const n = tally[term.value] || 0;
      if (button.getAttribute("aria-pressed") !== String(chosen)) {
        columnOf[at].className = chosen ? "asked" : "";
        button.setAttribute("aria-pressed", chosen);
      }
      if (button.title && button.textContent === String(n)) return;
      button.textContent = n;
      button.title = say("only", { name: term.label, n });
      button.setAttribute("aria-label", button.title);
    });
    part("group").value = own.group;
    part("used").checked = own.used;
  }

  function drawColumns() {
    const there = new Set(shown);
    terms.forEach((_, at) => { for (const part of [columnOf[at], termRow.cells[at], countRow.cells[at + 1]]) part.hidden = !there.has(at); });
    for (const cell of [...groupRow.cells].slice(1)) {
      cell.colSpan = Math.max(1, shown.filter((at) => terms[at].group === cell.dataset.g).length);
      cell.hidden = !shown.some((at) => terms[at].group === cell.dataset.g);
    }
    table.style.setProperty("--columns", shown.length);
  }

  // --- rows ---

  function drawPattern() {
    const first = (at, place) => place && terms[shown[place - 1]].group !== terms[at].group;
    pattern = element("tr", null, ...shown.map((at, place) => element("td", { class: first(at, place) ? "first" : null })));
    marks = shown.map((at) => Object.fromEntries(Object.entries(VERDICTS).map(([digit, verdict]) => [
      digit, element("a", { class: `verdict ${verdict}`, title: `${terms[at].label}${say("colon")}${say(verdict)}`, tabindex: -1 })])));
  }

  /* A case's row: an old one with other marks, where its columns are the same, since most cells are empty. */
  function row([id, name, , , , digits], old) {
    const made = old && like.get(old) === pattern ? old : pattern.cloneNode(true);
    like.set(made, pattern);
    if (made === old) for (const gone of old.querySelectorAll("th, td > a")) gone.remove();
    const address = `${base}cases/${id}.html`;
    made.prepend(element("th", { scope: "row", "data-basket-id": id, "data-basket-short": true }, element("a", { href: address }, name)));
    shown.forEach((at, place) => {
      if (digits[at] === "0") return;
      const mark = marks[place][digits[at]].cloneNode();
      mark.href = `${address}#m-${terms[at].id}`;
      made.children[place + 1].append(mark);
    });
    return made;
  }

  // --- the arrow keys ---

  function rest(on) {
    if (stop) stop.tabIndex = -1;
    stop = on || null;
    if (stop) stop.tabIndex = 0;
  }

  const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

  function key(event) {
    const from = event.target.closest("td > a, td > button, [data-head] th > a");
    if (!from || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === " " && from.matches("a.verdict")) { event.preventDefault(); from.click(); }
    if (!(event.key in STEPS)) return;
    event.preventDefault();
    const [down, right] = STEPS[event.key];
    const rows = [termRow, countRow, ...part("rows").rows];
    let line = rows.indexOf(from.closest("tr"));
    let place = columns(rows[line]).indexOf(from.parentElement);
    for (;;) {
      line += down;
      place += right;
      const cell = rows[line] && columns(rows[line])[place];
      if (!cell) return;
      const next = cell.querySelector("a, button:enabled");
      if (next) { rest(next); next.focus(); return; }
    }
  }

  // --- evidence ---

  async function show(mark, byKey) {
    const id = mark.pathname.split("/").pop().replace(/\.html$/, "");
    const { label, id: term } = terms.find(({ id: each }) => mark.hash === `#m-${each}`);
    const column = await window.casebookBasket.column(id);
    const cell = column && (column.cells[`mechanism-${term}`] || [])[0];
    if (!cell) { location.href = mark.href; return; }
    const phrases = (cell.evidence || []).map((at) => {
      const [source, place, phrase] = column.evidence[at];
      return element("p", null, element("q", null, phrase), " ",
        element("span", { class: "where" }, element("a", { href: `${base}sources/${source}.html` }, column.sources[source]), ` · ${place}`));
    });
    window.casebookCard.toggle(mark, [
      element("p", null, element("strong", null, column.name), " · ", element("a", { href: `${base}mechanisms/${term}.html` }, label)),
      element("p", null, element("span", { class: `verdict ${cell.verdict}` }), ` ${say(cell.verdict)}${say("colon")}${cell.text}`),
      ...phrases,
      element("p", null, element("a", { href: mark.href }, say("section"))),
    ], byKey);
  }

  function click(event) {
    const mark = event.target.closest("a.verdict");
    const button = event.target.closest("button[data-column]");
    if (mark && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      rest(mark);
      show(mark, event.detail === 0);
    } else if (button) {
      rest(button);
      choose(facet, terms[button.dataset.column].value, button.getAttribute("aria-pressed") !== "true");
    }
  }

  const table = part("head").parentElement;
  table.addEventListener("click", click);
  table.addEventListener("keydown", key);
  table.parentElement.addEventListener("scroll", () => window.casebookCard.close());
  root.addEventListener("change", ({ target }) => {
    if (target === part("group")) { own.group = target.value; update(); }
    if (target === part("used")) { own.used = target.checked; update(); }
  });

  return {
    start, redraw, row,
    read(given) { own = { group: terms.some(({ group }) => group === given.get("group")) ? given.get("group") : "", used: given.get("columns") === "used" }; },
    write(given) {
      if (own.group) given.set("group", own.group);
      if (own.used) given.set("columns", "used");
    },
  };
};
