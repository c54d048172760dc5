/* form.html: a case is filled in, checked and given back as YAML. The address says which (#edit=<id>; nothing: a new one).
 * What a case may say, and each case as its file says it, come as scripts (render/form.py), so that it works from disk.
 * Nothing leaves the page but by the reader's own click. A draft is kept in localStorage, one for each case. Drawing:
 * form-draw.js; the messages of `build.py check`: form-check.js and form-told.js; the file: form-yaml.js and form-file.js.
 */
(() => {
  "use strict";
  const root = document.querySelector("[data-form]");
  const { dataset } = document.currentScript;
  const base = document.documentElement.dataset.base + root.dataset.folder;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const { fit } = window.casebookYaml;
  const KEY = `casebook-form ${new URL(document.documentElement.dataset.base, location.href).href} `;
  const CASE = { kind: "group", of: "Case" };
  let model = null;
  let draw = null;
  let told = null;
  let file = null;
  let now = { id: "", data: {} };
  let pristine = { id: "", data: {}, remarks: 0 };
  let asked = false;
  let touched = new Set();
  let before = null; // what "undo" brings back
  let problems = [];

  // --- data that comes as scripts ---

  const given = new Map();
  window.casebookForm = { begin(value) { model = value; }, add(id, data, remarks) { given.set(id, { id, data, remarks }); } };

  function load(name) {
    return new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = `${base}${name}.js`;
      script.onload = script.onerror = resolve;
      document.head.append(script);
    });
  }

  // --- the draft ---

  let refused = false;
  const attempt = (act) => { try { return act(localStorage); } catch { refused = true; return null; } };
  const changed = () => JSON.stringify([now.id, fit(model.nouns, CASE, now.data) || {}]) !== JSON.stringify([pristine.id, pristine.data]);

  function keep() {
    const key = KEY + pristine.id;
    attempt((storage) => (changed() ? storage.setItem(key, JSON.stringify({ ...now, from: pristine.data })) : storage.removeItem(key)));
    part("discard").hidden = !changed();
  }

  function recall(id) {
    try {
      const kept = JSON.parse(attempt((storage) => storage.getItem(KEY + id)));
      return kept && { id: String(kept.id), data: fit(model.nouns, CASE, kept.data) || {}, from: kept.from };
    } catch { return null; }
  }

  // --- places in the data ---

  const get = (path) => path.reduce((at, step) => (at && typeof at === "object" && Object.hasOwn(at, step) ? at[step] : undefined), now.data);

  function set(path, value) {
    if (path[0] === "id") { now.id = value.trim(); return; }
    let at = now.data;
    path.slice(0, -1).forEach((step, depth) => {
      if (!at[step] || typeof at[step] !== "object") at[step] = typeof path[depth + 1] === "number" ? [] : {};
      at = at[step];
    });
    at[path.at(-1)] = value;
  }

  // --- drawing ---

  function drawAll() {
    part("fields").replaceChildren(...model.nouns.Case.fields.map((field) => draw.field(field, [field.key], now.data[field.key])));
    part("id").value = now.id;
    update();
  }

  /* Draws a list anew; what was open stays open. */
  function again(path, open) {
    const fresh = draw.field(draw.fieldAt(path).at(-1), path, get(path));
    told.at(path).replaceWith(fresh);
    draw.open(fresh);
    for (const each of fresh.querySelectorAll("details.item")) if (open.has(get(JSON.parse(each.dataset.at)))) draw.open(each);
    update();
    return fresh;
  }

  function update() {
    const data = fit(model.nouns, CASE, now.data) || {};
    const taken = now.id !== pristine.id && model.cases.some(([id]) => id === now.id);
    problems = window.casebookCheck(model, now.id, data);
    if (taken || !now.id) problems.unshift({ path: ["id"], text: draw.say(taken ? "id-taken" : "id-missing", { id: now.id }) });
    keep();
    for (const details of part("fields").querySelectorAll("details[data-at]")) {
      const path = JSON.parse(details.dataset.at);
      const value = path.reduce((inner, step) => inner && inner[step], data);
      const field = draw.fieldAt(path).at(-1);
      details.querySelector("[data-says]").textContent = field.kind === "list" ? String((value || []).length || "") : draw.told(field, value) || (details.matches(".item") ? model.words.unfilled : "");
    }
    tell();
    file.show(data, now.id, Boolean(now.id) && now.id === pristine.id);
  }

  /* Before somebody asks, only what was filled in is looked at. */
  function tell() {
    const { words } = model;
    told.show(problems.filter(({ path }) => asked || [...touched].some((each) => told.begins(JSON.parse(each), path))));
    part("told").textContent = !asked ? words["told-later"] : problems.length ? draw.say("told", { n: problems.length }) : words["told-none"];
  }

  // --- acts ---

  function go(path) {
    for (let depth = 1; depth <= path.length; depth++) {
      const place = told.at(path.slice(0, depth));
      if (place && place.matches("details")) draw.open(place);
      if (!place && path.length > 1) told.nearest(path).querySelectorAll("details.more").forEach(draw.open);
    }
    const place = path[0] === "id" ? part("id") : told.nearest(path);
    focus(place);
  }

  function focus(place) {
    const target = place.matches("input") ? place : place.querySelector(place.matches("details") ? "summary, [data-path]" : "[data-path]");
    target.focus();
    target.scrollIntoView({ block: "center" });
  }

  function status(text) { part("status").textContent = text; }

  function remember() {
    before = JSON.stringify(now);
    part("undo").hidden = false;
  }

  function change(act, path) {
    const holder = act === "add" ? path : path.slice(0, -1);
    const list = (get(holder) || []).slice();
    const index = path.at(-1);
    const open = new Set([...told.at(holder).querySelectorAll("details.item[open]")].map((each) => get(JSON.parse(each.dataset.at))));
    const to = act === "up" ? index - 1 : index + 1;
    if (act === "remove") { remember(); list.splice(index, 1); } else if (act === "add") {
      list.push(draw.fieldAt(path).at(-1).item.kind === "group" ? {} : "");
      open.add(list.at(-1));
    } else {
      if (to < 0 || to >= list.length) return;
      [list[index], list[to]] = [list[to], list[index]];
    }
    set(holder, list);
    touched = new Set([...touched].filter((each) => !each.startsWith(JSON.stringify(holder).slice(0, -1))));
    const fresh = again(holder, open);
    const items = [...fresh.querySelectorAll(":scope > .body > .items > li")];
    status(draw.say({ remove: "removed", add: "added" }[act] || "moved", { n: list.length }));
    if (act === "add") items.at(-1).querySelector("[data-path]").focus();
    else if (act === "remove") (items[Math.min(index, items.length - 1)] || fresh).querySelector("summary, [data-path]").focus();
    else items[to].querySelector(`[data-act="${act}"]`).focus();
  }

  function type(control) {
    if (control.dataset.word) {
      const path = JSON.parse(control.dataset.word);
      control.kept = control.checked ? get(path) : control.kept;
      set(path, control.checked ? draw.fieldAt(path).at(-1).word : typeof control.kept === "object" ? control.kept : {});
      control.closest(".body").querySelector(".unless").hidden = control.checked;
      return;
    }
    const path = JSON.parse(control.dataset.path);
    const named = control.list && model.cases.find(([, called]) => called === control.value.trim());
    if (named) [control.value] = named;
    set(path, control.type === "checkbox" ? control.checked : "lines" in control.dataset ? control.value.split("\n") : control.value);
    const about = control.closest(".f").querySelector("[data-about]");
    if (about) about.textContent = draw.explained(draw.fieldAt(path).at(-1), control.value);
  }

  function restore(state) {
    now = state;
    asked = false;
    touched = new Set();
    drawAll();
  }

  async function follow() {
    const id = new URLSearchParams(location.hash.slice(1)).get("edit") || "";
    const known = id && model.cases.some(([each]) => each === id);
    if (known && !given.has(id)) await load(id);
    const found = given.get(id) || { id: "", data: {}, remarks: 0 };
    pristine = { ...found, data: fit(model.nouns, CASE, found.data) || {} };
    const draft = recall(pristine.id);
    before = null;
    part("undo").hidden = true;
    restore({ id: draft ? draft.id : pristine.id, data: structuredClone(draft ? draft.data : pristine.data) });
    const { words } = model;
    const old = draft && JSON.stringify(draft.from) !== JSON.stringify(pristine.data);
    const messages = [id && !found.id ? draw.say(known ? "failed" : "unknown-case", { id }) : found.id ? draw.say("editing", { id }) : "",
      draft ? words[old ? "draft-old" : "draft"] : "", refused ? words["not-kept"] : "", found.remarks ? draw.say("comments", { n: found.remarks }) : ""];
    status(messages.filter(Boolean).join(" "));
    root.dataset.ready = found.id || "new";
  }

  // --- listening ---

  let waiting = 0;
  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(update, 200);
  }

  const ACTS = {
    check() {
      clearTimeout(waiting);
      asked = true;
      update();
      part("told").focus();
    },
    copy() { file.copy().then((done) => status(model.words[done ? "copied" : "by-hand"])); },
    download() { file.download(); },
    undo() {
      restore(JSON.parse(before));
      part("undo").hidden = true;
      status(model.words.undone);
      part("status").focus();
    },
    discard() {
      remember();
      restore({ id: pristine.id, data: structuredClone(pristine.data) });
      status(model.words.reset);
      part("status").focus();
    },
    pick() {
      const wanted = part("wanted").value.trim();
      const [id] = model.cases.find((each) => each.includes(wanted)) || [wanted];
      if (id) location.hash = `edit=${encodeURIComponent(id)}`;
    },
    fresh() { location.hash = ""; },
  };

  function unfold(details) {
    draw.draw(details);
    tell();
  }

  function start() {
    draw = window.casebookDraw(model);
    told = window.casebookTold(model, draw, part("fields").parentElement, part("problems"));
    file = window.casebookFile(model, part, dataset);
    part("cases").append(...model.cases.map(([id, called]) => draw.element("option", { value: id }, called)));
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) {
        // Before a fold opens, what stands in it is drawn.
        const summary = event.target.closest("summary");
        if (summary) unfold(summary.parentElement);
        if (event.target.matches("[data-copy=first]")) ACTS.copy();
        return;
      }
      if (button.dataset.act) change(button.dataset.act, JSON.parse(button.dataset.of));
      else if (button.dataset.go) go(JSON.parse(button.dataset.go));
      else if (ACTS[button.dataset.do]) ACTS[button.dataset.do]();
    });
    root.addEventListener("toggle", (event) => { if (event.target.open) unfold(event.target); }, true);
    root.addEventListener("input", (event) => {
      if (!event.target.dataset.path && !event.target.dataset.word) return;
      type(event.target);
      later();
    });
    root.addEventListener("change", (event) => {
      if (!event.target.dataset.path) return;
      touched.add(event.target.dataset.path);
      clearTimeout(waiting);
      update();
    });
    root.addEventListener("submit", (event) => { event.preventDefault(); ACTS.pick(); });
    addEventListener("hashchange", follow);
    addEventListener("pagehide", keep);
    addEventListener("beforeunload", (event) => { if (refused && changed()) event.preventDefault(); });
    part("work").hidden = false;
    follow();
  }

  load("_model").then(() => { if (model) start(); else part("status").textContent = root.dataset.tFailed; });
})();
