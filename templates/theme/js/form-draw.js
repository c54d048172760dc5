/* Draws fields as the model declares them: window.casebookDraw(model) gives
 *     field(field, path, value)   an element for one key and all below it; what is folded is drawn when it is opened
 *     draw(details), open(details)   draws what stands in a folded part; opens it, too
 *     told(field, value)          what a value says, in a few words
 *     label(path)                 what people call a place
 * Every element that stands for a place bears it as JSON in data-at, every control in data-path. Texts are only ever text.
 */
(() => {
  "use strict";
  let serial = 0;

  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) if (value !== null && value !== false && value !== undefined) made.setAttribute(name, value === true ? "" : value);
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }

  window.casebookDraw = (model) => {
    const { words } = model;
    const terms = Object.fromEntries(Object.entries(model.terms).map(([name, groups]) => [name, new Map(groups.flatMap(([, all]) => all.map((term) => [term[0], term])))]));
    const names = new Map([...model.cases, ...model.sources].map(([id, name]) => [id, name]));
    const bodies = new WeakMap(); // folded parts → what draws them
    const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (as, name) => (name in values ? values[name] : as));

    // --- what a value says ---

    function told(field, value) {
      if (value === undefined || value === "" || value === field.word) return value ? field.says : "";
      if (field.kind === "flag") return field.title;
      if (field.kind === "choice") return (field.choices.find(([id]) => id === value) || ["", value])[1];
      if (field.kind === "refers") return field.to in terms ? (terms[field.to].get(value) || ["", value])[1] : names.get(value) || value;
      if (field.kind === "list") return field.item.kind === "group" ? "" : value.join(model.separator);
      if (field.kind === "keyed") return Object.values(value).map((each) => told(field.item, each).split(" · ")[0]).join(" · ");
      if (field.kind !== "group") return value;
      const said = (fields) => fields.map((each) => told(each, value[each.key])).filter(Boolean).slice(0, 4).join(" · ");
      const { fields } = model.nouns[field.of];
      return said(fields.filter((each) => !["source", "locator"].includes(each.key))) || said(fields);
    }

    function fieldAt(path) {
      let at = { kind: "group", of: "Case" };
      return path.map((step) => {
        at = at.kind === "group" ? model.nouns[at.of].fields.find(({ key }) => key === step) : at.kind === "keyed" ? { ...at.item, title: (at.keys.find(([key]) => key === step) || [])[1] } : { ...at.item, title: String(step + 1) };
        return at;
      });
    }
    const label = (path) => (path[0] === "id" ? words.id : fieldAt(path).map(({ title }) => title).join(" › "));

    // --- controls ---

    function options(field) {
      const blank = field.default ? say("default", { value: told(field, field.default) }) : field.required ? words.choose : words.none;
      const one = (value, shown) => element("option", { value }, shown);
      const grouped = (groups) => groups.flatMap(([name, all]) => { const made = all.map(([id, shown]) => one(id, shown)); return name ? [element("optgroup", { label: name }, ...made)] : made; });
      const all = field.kind === "choice" ? field.choices.map(([id, shown]) => one(id, `${shown} ${id}`))
        : field.to === "units" ? model.units.map(([id, shown]) => one(id, shown ? `${id} ${shown}` : id))
          : field.to === "sources" ? model.sources.map(([id, shown]) => one(id, `${shown} ${id}`)) : grouped(model.terms[field.to]);
      return [one("", blank), ...all];
    }

    function control(field, path, value) {
      const common = { "data-path": JSON.stringify(path), autocomplete: "off" };
      if (field.kind === "flag") return element("input", { ...common, type: "checkbox", checked: value === true });
      if (field.kind === "choice" || (field.kind === "refers" && field.to !== "cases")) {
        const select = element("select", common, ...options(field));
        if (value && ![...select.options].some((each) => each.value === value)) select.append(element("option", { value }, value));
        select.value = value || "";
        return select;
      }
      if (field.kind === "refers" || field.rule || field.kind === "whole") {
        const made = element("input", { ...common, type: "text", spellcheck: "false", list: field.kind === "refers" ? "form-cases" : null, inputmode: field.kind === "whole" ? "numeric" : null });
        made.value = value || "";
        return made;
      }
      const lines = field.kind === "list";
      const text = lines ? (value || []).join("\n") : value || "";
      const made = element("textarea", { ...common, rows: lines ? Math.max(2, (value || []).length) : Math.min(6, 1 + Math.floor(text.length / 36)), "data-lines": lines });
      made.value = text;
      return made;
    }

    function explained(field, value) {
      const term = field.kind === "refers" && terms[field.to] && terms[field.to].get(value);
      if (!term) return field.kind === "refers" && field.to === "cases" ? names.get(value) || "" : "";
      return [term[2], say("term-use") + model.colon + term[3], term[4] ? say("term-avoid") + model.colon + term[4] : ""].join(" ").trim();
    }

    function single(field, path, value) {
      const made = control(field, path, value);
      const id = `f${(serial += 1)}`;
      Object.assign(made, { id });
      made.setAttribute("aria-describedby", `${id}h ${id}t ${id}e`);
      if (field.required) made.setAttribute("aria-required", "true");
      const help = [field.help, field.kind === "list" ? words.lines : ""].filter(Boolean).join(model.separator);
      const title = element("label", { for: id }, field.title, " ", element("code", {}, field.key || ""), field.required ? element("b", { class: "required" }, words.required) : "");
      const notes = [element("small", { id: `${id}h` }, help), element("small", { id: `${id}t`, class: "about", "data-about": true }, explained(field, value)), element("p", { id: `${id}e`, class: "err", "data-err": true })];
      return element("div", { class: `f ${field.kind}${made.matches("textarea") ? "" : " short"}`, "data-at": JSON.stringify(path) }, ...(field.kind === "flag" ? [made, title] : [title, made]), ...notes);
    }

    // --- parts that fold ---

    function folded(kind, path, heading, body) {
      const made = element("details", { class: kind, "data-at": path && JSON.stringify(path) }, element("summary", {}, ...heading, element("span", { class: "told", "data-says": true }), element("b", { class: "bad", "data-bad": true })));
      bodies.set(made, body);
      return made;
    }

    function open(details) {
      draw(details);
      details.open = true;
    }

    function draw(details) {
      const body = bodies.get(details);
      if (!body) return;
      bodies.delete(details);
      details.append(element("div", { class: "body grid" }, element("p", { class: "err", "data-err": true }), ...body()));
    }

    function heading(field) {
      return [element("span", { class: "name" }, field.title), " ", element("code", {}, field.key), field.required ? element("b", { class: "required" }, words.required) : "", " "];
    }

    /* What stands inside a noun; keys that are seldom used are behind a fold of their own. */
    function inside(field, path, value) {
      const given = value && typeof value === "object" ? value : {};
      const shown = (each) => !each.folded || given[each.key] !== undefined;
      const { fields } = model.nouns[field.of];
      const rest = fields.filter((each) => !shown(each));
      const one = (each) => draws(each, [...path, each.key], given[each.key]);
      const made = fields.filter(shown).map(one);
      if (rest.length) made.push(folded("more", null, [words.more, " ", element("small", {}, rest.map(({ title }) => title).join(model.separator))], () => rest.map(one)));
      if (!field.word) return made;
      const box = element("input", { type: "checkbox", id: `f${(serial += 1)}`, "data-word": JSON.stringify(path), checked: value === field.word });
      return [element("div", { class: "f flag" }, box, element("label", { for: box.id }, field.says, " ", element("code", {}, field.word))), element("div", { class: "unless grid", hidden: value === field.word }, ...made)];
    }

    function tool(act, path, name, sign) {
      return element("button", { type: "button", "data-act": act, "data-of": JSON.stringify(path), "aria-label": say(act, { name }), title: say(act, { name }) }, sign);
    }

    function item(field, path, value) {
      const name = `${field.title} ${path.at(-1) + 1}`;
      const tools = element("span", { class: "tools" }, tool("up", path, name, "↑"), tool("down", path, name, "↓"), tool("remove", path, name, "×"));
      if (field.item.kind !== "group") return element("li", {}, single({ ...field.item, title: name, help: "" }, path, value), tools);
      return element("li", {}, folded("item", path, [element("span", { class: "n" }, String(path.at(-1) + 1)), " "], () => inside(field.item, path, value)), tools);
    }

    function list(field, path, value) {
      const items = (value || []).map((each, at) => item(field, [...path, at], each));
      const add = element("button", { type: "button", "data-act": "add", "data-of": JSON.stringify(path) }, say("add", { name: field.title }));
      return [element("p", { class: "help" }, field.help), element("ol", { class: "items" }, ...items), add];
    }

    function draws(field, path, value) {
      if (field.kind === "keyed") {
        const ranks = () => field.keys.map(([key, title]) => draws({ ...field.item, key, title, help: "" }, [...path, key], (value || {})[key]));
        return part(field, path, value, () => [element("p", { class: "help" }, field.help), ...ranks()]);
      }
      if (field.kind === "group") return part(field, path, value, () => [element("p", { class: "help" }, field.help), ...inside(field, path, value)]);
      if (field.kind === "list" && field.item.kind !== "text") return part(field, path, value, () => list(field, path, value));
      return single(field, path, value);
    }

    function part(field, path, value, body) {
      const made = folded("part", path, heading(field), body);
      if (field.required && value === undefined) open(made);
      return made;
    }

    return { element, say, told, label, explained, field: draws, fieldAt, draw, open };
  };
})();
