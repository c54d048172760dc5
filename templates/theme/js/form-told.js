/* Shows what is wrong in the words of `build.py check`: window.casebookTold(model, draw, form, list) gives
 *     show(problems)         beside its field, counted on every fold above it, and in the list
 *     at(path)               the element that stands for a place, if it is drawn
 *     nearest(path)          the same, or the nearest one above it
 *     begins(path, start)    whether a place is inside another
 */
(() => {
  "use strict";
  const CHOICES = 1000; // they are of our own making: a list cut short would help nobody
  const LONG = 120;

  const code = (sign) => `<U+${sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}>`;

  /* A text on one line, what cannot be seen spelled by code point. */
  function printable(text, limit) {
    const signs = [...String(text).replace(/[^ \P{C}]|[^ \P{Z}]/gu, code)];
    return signs.length > limit ? `${signs.slice(0, limit - 1).join("")}\u2026` : signs.join("");
  }

  window.casebookTold = (model, draw, form, list) => {
    const fill = (text, values) => text.replace(/\{(\w+)\}/g, (as, name) => (name in values ? printable(values[name], name === "choices" ? CHOICES : LONG) : as));
    const said = ({ rule, values, text }) => (rule ? [fill(model.says[rule].message, values), fill(model.says[rule].remedy, values)] : [text, ""]);
    const at = (path) => form.querySelector(`[data-at="${CSS.escape(JSON.stringify(path))}"]`);
    const begins = (path, start) => start.every((step, index) => path[index] === step);

    function nearest(path) {
      for (let depth = path.length; depth > 0; depth--) {
        const found = at(path.slice(0, depth));
        if (found) return found;
      }
      return null;
    }

    function beside(problem) {
      const place = nearest(problem.path);
      const err = place.querySelector("[data-err]");
      if (err) err.append(draw.element("span", {}, said(problem).join(" ")));
      if (place.matches(".f")) place.querySelector("[data-path]").setAttribute("aria-invalid", "true");
    }

    function count(details, problems) {
      const inside = problems.filter(({ path }) => begins(path, JSON.parse(details.dataset.at))).length;
      const mark = details.querySelector(":scope > summary > [data-bad]");
      mark.textContent = inside ? String(inside) : "";
      mark.title = inside ? draw.say("wrong", { n: inside }) : "";
    }

    function line(problem) {
      const [message, remedy] = said(problem);
      const way = draw.element("button", { type: "button", "data-go": JSON.stringify(problem.path) }, draw.label(problem.path));
      return draw.element("li", {}, way, " ", message, draw.element("small", {}, remedy));
    }

    function show(problems) {
      form.querySelectorAll("[data-err]").forEach((each) => each.replaceChildren());
      form.querySelectorAll("[aria-invalid]").forEach((each) => each.removeAttribute("aria-invalid"));
      problems.forEach(beside);
      form.querySelectorAll("details[data-at]").forEach((each) => count(each, problems));
      list.replaceChildren(...problems.map(line));
    }

    return { show, at, nearest, begins };
  };
})();
