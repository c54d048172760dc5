/* The search fields and the page of results, on top of search-engine.js.
 *
 * Every page:
 *     <form class="site-search" role="search" action="…/search.html">
 *       <input type="search" name="q" data-search-input> <div class="suggest" data-suggest hidden></div>
 *     </form>
 * search.html, whose query stands in its address as #q=… (and &kind=…):
 *     <div data-search-page>
 *       <input type="search" data-search-field> <p data-status role="status"></p> <div data-kinds></div>
 *       <ol data-results></ol> <div data-none hidden>ways on, when nothing is found</div>
 *     </div>
 * Words for people are attributes of [data-suggest] and [data-search-page], where {n} is a number and {words} what was
 * searched for instead:
 *     data-t-count  data-t-count-about  data-t-none  data-t-loading  data-t-failed  data-t-more  data-t-all
 *     data-t-instead  data-t-kind-<kind>  data-t-approx  data-t-approx-pinyin  data-t-approx-similar
 *     data-t-approx-partial
 */
(function () {
  "use strict";

  const engine = window.casebookSearch;
  const SUGGESTIONS = 8;
  const AT_FIRST = 4; // hits shown before all of a portion have been verified
  const PORTION = 50;
  const QUOTED = 110; // characters
  const PAUSE = 80; // milliseconds of silence before a search while somebody types
  const PATIENCE = 150; // before it is said that something is still loading
  const SETTLED = 1200; // after which a query that stays as it is can be gone back to

  // ---------------------------------------------------------------- small things

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /* The words of `owner` under `key`, or "" if the page has none. */
  function say(owner, key, values = {}) {
    const words = owner.getAttribute(`data-t-${key}`) || "";
    return words.replace(/\{(\w+)\}/g, (placeholder, name) => (name in values ? String(values[name]) : placeholder));
  }

  const kindName = (owner, kind) => say(owner, `kind-${kind}`);

  function approximation(owner, results) {
    if (results.stage === "exact" || results.stage === "none") return "";
    const values = { words: results.words.join(" ") };
    return say(owner, `approx-${results.stage}`, values) || say(owner, "approx", values);
  }

  /* Text nodes and marks only: nothing of the index is ever read as markup. */
  const marked = (parts) => parts.map((part) => (part.marked ? element("mark", {}, part.text) : part.text));

  /* What kind of page a hit is on, and in which section. */
  function about(owner, hit) {
    const words = { "hit-kind": kindName(owner, hit.kind), "hit-section": hit.heading };
    const spoken = Object.entries(words).filter(([, text]) => text);
    return spoken.flatMap(([name, text]) => [" ", element("span", { class: name }, text)]);
  }

  function address(hit) {
    const { base = "" } = document.documentElement.dataset;
    return base + hit.url + (hit.anchor ? `#${hit.anchor}` : "");
  }

  /* Calls `react` with the field's text whenever it changes, but never while a syllable is still being composed. */
  function whenTyped(field, react) {
    let waiting = 0;
    const later = () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => react(field.value.trim()), PAUSE);
    };
    field.addEventListener("input", (event) => {
      if (!event.isComposing) later();
    });
    field.addEventListener("compositionend", later);
    return () => clearTimeout(waiting);
  }

  // While a syllable is composed, Enter, Escape and the arrows belong to the input method (229 in Safari).
  const composing = (event) => event.isComposing || event.keyCode === 229;

  // ---------------------------------------------------------------- suggestions

  function suggestions(field, number) {
    const form = field.form;
    const box = form.querySelector("[data-suggest]");
    const note = element("p", { class: "suggest-note", role: "status" });
    const list = element("div", { id: `suggest-${number}`, role: "listbox" });
    let active = -1;
    let turn = 0;

    box.replaceChildren(note, list);
    list.setAttribute("aria-label", field.getAttribute("aria-label") || field.placeholder);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("autocomplete", "off");
    close();

    const forget = whenTyped(field, suggest);
    const wake = () => engine.openIndex().catch(() => {});
    field.addEventListener("focus", wake, { once: true });
    field.addEventListener("keydown", steer);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      leave();
      const query = field.value.trim();
      if (query) location.href = `${form.action.split(/[?#]/)[0]}#q=${encodeURIComponent(query)}`;
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) leave();
    });
    // A click on a hit must not first take the focus, and with it the list, away.
    box.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", leave);

    function leave() {
      forget();
      turn += 1;
      close();
    }

    function close() {
      active = -1;
      box.hidden = true;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
      options().forEach((each) => each.setAttribute("aria-selected", "false"));
    }

    function open() {
      box.hidden = false;
      field.setAttribute("aria-expanded", String(options().length > 0));
    }

    async function suggest(query) {
      const mine = (turn += 1);
      if (query === "") {
        close();
        return;
      }
      let hits = [];
      let words = "";
      try {
        const results = await engine.open(query);
        hits = await results.take(SUGGESTIONS);
        words = hits.length > 0 ? approximation(box, results) : say(box, "none");
      } catch {
        words = say(box, "failed");
      }
      if (mine !== turn) return;
      close();
      list.replaceChildren(...hits.map(option));
      note.textContent = words;
      note.hidden = words === "";
      if (hits.length > 0 || words) open();
    }

    function option(hit, place) {
      const attributes = { id: `${list.id}-${place}`, role: "option", "aria-selected": "false", tabindex: "-1" };
      const made = element("a", { ...attributes, class: "suggest-hit", href: address(hit) });
      made.append(element("span", { class: "hit-title" }, ...marked(engine.markedTitle(hit))), ...about(box, hit));
      return made;
    }

    function options() {
      return Array.from(list.querySelectorAll("[role=option]"));
    }

    function steer(event) {
      if (composing(event)) return;
      const all = options();
      if (event.key === "Escape" && !box.hidden) {
        event.preventDefault(); // else the browser would empty the field as well
        leave();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && all.length > 0) {
        event.preventDefault();
        if (box.hidden) open();
        else move(all, event.key === "ArrowDown" ? 1 : -1);
      } else if (event.key === "Enter" && active >= 0 && !box.hidden) {
        event.preventDefault();
        all[active].click();
      }
    }

    /* Round and round, with the field itself as a stop of its own. */
    function move(all, step) {
      const stops = all.length + 1;
      active = ((active + 1 + step + stops) % stops) - 1;
      all.forEach((each, place) => each.setAttribute("aria-selected", String(place === active)));
      if (active < 0) field.removeAttribute("aria-activedescendant");
      else {
        field.setAttribute("aria-activedescendant", all[active].id);
        all[active].scrollIntoView({ block: "nearest" });
      }
    }
  }

  // ---------------------------------------------------------------- the page of results

  function resultsPage(page) {
    const part = (name) => page.querySelector(`[data-${name}]`);
    const [field, status, kinds, list, ways] = ["search-field", "status", "kinds", "results", "none"].map(part);
    const more = element("button", { type: "button", class: "more" }, say(page, "more"));
    const instead = element("p", { class: "instead" });
    let turn = 0;
    let settled = true; // whether the next change of the query deserves an entry of its own in the history
    let settling = 0;

    list.after(more, instead);
    whenTyped(field, (query) => {
      remember(query);
      show();
    });
    field.addEventListener("change", () => (settled = true));
    field.addEventListener("focus", () => engine.openIndex().catch(() => {}), { once: true });
    window.addEventListener("hashchange", follow);
    follow();

    /* The query in the address: #q=…&kind=…, or ?q=… as a form without scripts sends it. */
    function asked() {
      const given = new URLSearchParams(location.hash.slice(1).replace(/\+/g, "%2B"));
      if (!given.has("q")) given.set("q", new URLSearchParams(location.search).get("q") || "");
      return { query: given.get("q").trim(), kind: given.get("kind") || null };
    }

    function hash(query, kind = null) {
      return `#q=${encodeURIComponent(query)}${kind ? `&kind=${encodeURIComponent(kind)}` : ""}`;
    }

    function remember(query) {
      const before = asked().query;
      if (query === before) return;
      history[settled && before !== "" ? "pushState" : "replaceState"](null, "", hash(query));
      settled = false;
      clearTimeout(settling);
      settling = setTimeout(() => (settled = true), SETTLED);
    }

    function follow() {
      settled = true;
      field.value = asked().query;
      show();
    }

    async function show() {
      const mine = (turn += 1);
      const current = () => mine === turn;
      const { query, kind } = asked();
      page.setAttribute("aria-busy", "true");
      const slow = setTimeout(() => current() && announce(say(page, "loading")), PATIENCE);
      try {
        if (query === "") clear();
        else await fill(await engine.open(query), query, kind, current);
      } catch {
        if (!current()) return;
        clear();
        announce(say(page, "failed"));
      } finally {
        clearTimeout(slow);
        if (current()) page.setAttribute("aria-busy", "false");
      }
    }

    /* A screen reader reads the status out whenever it changes: not when it is said again. */
    function announce(content) {
      const made = element("span", {}, content);
      if (made.textContent !== status.textContent) status.replaceChildren(made);
    }

    function clear() {
      for (const emptied of [kinds, list, instead]) emptied.replaceChildren();
      announce("");
      if (ways) ways.hidden = true;
      more.hidden = true;
      instead.hidden = true;
    }

    /* A first few hits as soon as they are verified, then the whole portion. */
    async function fill(results, query, kind, current) {
      let wanted = PORTION;
      const grow = async (count) => {
        const hits = await results.take(count, kind);
        if (!current()) return;
        list.append(...hits.slice(list.children.length).map(item));
        announce(summary(results, kind));
        kinds.replaceChildren(...choices(results, query, kind));
        more.hidden = hits.length < wanted || results.count(kind) <= hits.length;
      };
      const first = await results.take(Math.min(AT_FIRST, wanted), kind);
      if (!current()) return;
      clear();
      if (first.length === 0) {
        nothing(results, query, kind);
        return;
      }
      await grow(AT_FIRST);
      await grow(wanted);
      more.onclick = async () => {
        const place = list.children.length;
        wanted += PORTION;
        more.disabled = true;
        await grow(wanted);
        more.disabled = false;
        const next = list.children[place];
        if (next) next.querySelector("a").focus();
      };
    }

    function summary(results, kind) {
      const n = results.count(kind);
      const about = results.certain ? "" : say(page, "count-about", { n });
      const count = about || say(page, "count", { n });
      const approximate = approximation(page, results);
      if (!approximate) return count;
      return element("span", {}, element("strong", { class: "approx" }, approximate), " ", count);
    }

    function nothing(results, query, kind) {
      announce(say(page, "none"));
      if (ways) ways.hidden = false;
      kinds.replaceChildren(...choices(results, query, kind));
      const parts = (results.parts || []).slice(0, SUGGESTIONS);
      if (parts.length === 0) return;
      instead.append(say(page, "instead"), " ");
      for (const text of parts) instead.append(element("a", { href: hash(text) }, text), " ");
      instead.hidden = false;
    }

    /* One button for each kind that has hits, and one for all; the pressed one lets all kinds in again. */
    function choices(results, query, kind) {
      const counted = results.kinds();
      if (counted.length < 2 && kind === null) return [];
      const choice = (each, name, count) => {
        const attributes = { type: "button", "aria-pressed": String(each === kind), "data-kind": each || "" };
        const button = element("button", attributes, name, " ", element("span", { class: "count" }, String(count)));
        button.addEventListener("click", () => {
          location.hash = hash(query, each === kind ? null : each);
        });
        return button;
      };
      const all = say(page, "all") ? [choice(null, say(page, "all"), results.count())] : [];
      return [...all, ...counted.map(([each, count]) => choice(each, kindName(page, each) || each, count))];
    }

    function item(hit) {
      const link = element("a", { class: "hit-title", href: address(hit) }, ...marked(engine.markedTitle(hit)));
      const quotation = element("p", { class: "hit-snippet" }, ...marked(engine.snippet(hit, QUOTED)));
      const choose = hit.kind === "case" ? { "data-basket-id": hit.url.replace(/^cases\/|\.html$/g, "") } : {};
      return element("li", choose, link, ...about(page, hit), quotation);
    }
  }

  document.querySelectorAll("[data-search-input]").forEach(suggestions);
  document.querySelectorAll("[data-search-page]").forEach(resultsPage);
})();
