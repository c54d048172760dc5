/* Columns of cases → rows side by side, and those rows as Markdown and CSV. Text in, text out: compare.js draws.
 *
 * window.casebookTable
 *     align(sections, columns, differences)   sections with their rows, the notes they point to, how many rows are alike
 *     markdown(view, words, link), csv(view, words)   `words` as compare.js reads them, `link` the page's address or ""
 */
(() => {
  "use strict";

  const told = (items) => items.filter((item) => !item.absent);
  const token = (item) => item.same || [item.text, ...(item.lines || [])].join("\n");
  const tokens = (items) => items.map(token).sort().join("\n\n");

  /* Whether all cases state the same. Nothing stated is never the same as nothing stated. */
  const alike = (cells) => cells.every((items) => told(items).length === items.length && tokens(items) === tokens(cells[0]));

  const stating = (row) => row.cells.filter((items) => told(items).length).length;

  /* May the figures of one row be compared? Those of one group may (render/column.py), all others not. */
  function verdict(cells) {
    const stated = cells.map(told).filter((items) => items.length);
    if (stated.length < 2) return { fit: "one" };
    const shared = stated[0].map((item) => item.group).find((group) => group && stated.every((items) => items.some((item) => item.group === group)));
    const all = stated.flat();
    if (!shared) return { fit: all.every((item) => item.group) ? "scopes" : "no" };
    if (all.some((item) => item.group !== shared)) return { fit: "some", shared };
    return { fit: all.every((item) => item.firm) ? "yes" : "care", shared };
  }

  /* What a figure itself says where the row does not say it all. Comparable with others only, it had better be silent. */
  function why(item, { fit, shared }) {
    return ["care", "some", "no"].includes(fit) && (!item.group || item.group === shared) ? item.comparable : "";
  }

  function align(sections, columns, differences) {
    const numbers = new Map();
    const view = { names: columns.map(({ name }) => name), ids: columns.map(({ id }) => id), sections: [], notes: [], rows: 0, hidden: 0 };

    function number([source, place, stated], column) {
      const key = JSON.stringify([source, place, stated]);
      if (!numbers.has(key)) {
        view.notes.push({ source, place, stated, title: column.sources[source] });
        numbers.set(key, view.notes.length);
      }
      return numbers.get(key);
    }

    for (const section of sections) {
      const rows = [];
      const unsaid = [];
      for (const [key, label, address] of section.rows) {
        if (section.open && !columns.some((column) => column.cells[key])) { unsaid.push(label); continue; }
        const nothing = [{ text: section.absent, absent: true, verdict: section.mark }];
        const cells = columns.map((column) => column.cells[key] || nothing);
        if (differences && alike(cells)) { view.hidden += 1; continue; }
        view.rows += 1;
        rows.push({ key, label, address, cells, ...(section.id === "figures" ? verdict(cells) : {}) });
      }
      // What more cases state comes first: that is where there is something to compare.
      if (section.id === "figures") rows.sort((one, other) => stating(other) - stating(one));
      for (const row of rows) {
        row.cells = row.cells.map((items, at) => items.map((item) => ({
          ...item, why: why(item, row), notes: (item.evidence || []).map((each) => number(columns[at].evidence[each], columns[at])),
        })));
      }
      if (rows.length || unsaid.length) view.sections.push({ ...section, rows, unsaid });
    }
    return view;
  }

  // --- as text ---

  function itemText(item, words) {
    const verdict = item.verdict && item.verdict !== "silent" ? words[item.verdict] : "";
    return [verdict, item.text, ...(item.more || []), ...(item.lines || []), item.why].filter(Boolean).join(" · ");
  }

  const fitText = (row, words) => (row.fit ? words.fits[row.fit] : "");

  function markdown(view, words, link) {
    const safe = (text) => text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>|~$]/g, "\\$&");
    const line = (cells) => `| ${cells.join(" | ")} |`;
    const cell = (items) => items.map((item) => safe(itemText(item, words)) + item.notes.map((each) => `[^${each}]`).join("")).join("<br>");
    const out = [`# ${safe(words.title)} — ${view.names.map(safe).join(" / ")}`, ""];
    if (link) out.push(`<${link}>`, "");
    for (const section of view.sections) {
      out.push(`## ${safe(section.title)}`, "");
      if (section.rows.length) out.push(line([words.item, ...view.names].map(safe)), line(["---", ...view.names.map(() => "---")]));
      for (const row of section.rows) {
        const label = [row.label, fitText(row, words)].filter(Boolean).join(" · ");
        out.push(line([safe(label), ...row.cells.map(cell)]));
      }
      if (section.rows.length) out.push("");
      if (section.unsaid.length) out.push(safe(section.none + words.colon + section.unsaid.join(words.separator)), "");
    }
    view.notes.forEach((note, at) => out.push(`[^${at + 1}]: ${safe(note.stated)} — ${safe(note.title)} · ${safe(note.place)}`));
    return out.join("\n") + "\n";
  }

  /* With a byte-order mark and CRLF; what a spreadsheet would run as a formula is defused, as in data/*.csv. */
  function csv(view, words) {
    const FORMULA = /(^|[;\t\r\n])(?=[\s"]*[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b\u207c\u207a\u208c\u208a])/g;
    const quoted = (text) => `"${text.replace(FORMULA, "$1'").replace(/"/g, '""')}"`;
    const cell = (items) => items.map((item) => itemText(item, words)).join("\n");
    const source = (items) => items.flatMap((item) => item.notes).map((each) => {
      const { stated, title, place } = view.notes[each - 1];
      return `${stated} — ${title} · ${place}`;
    }).join("\n");
    const heads = view.names.flatMap((name) => [name, words.evidence.replace("{name}", name)]);
    const lines = [[words.section, words.item, words.comparable, ...heads]];
    for (const section of view.sections) {
      for (const row of section.rows) {
        lines.push([section.title, row.label, fitText(row, words), ...row.cells.flatMap((items) => [cell(items), source(items)])]);
      }
      for (const label of section.unsaid) lines.push([section.title, label, "", ...view.names.flatMap(() => [section.absent, ""])]);
    }
    return "\ufeff" + lines.map((line) => line.map(quoted).join(",") + "\r\n").join("");
  }

  window.casebookTable = { align, markdown, csv };
})();
