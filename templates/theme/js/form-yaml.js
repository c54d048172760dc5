/* A case as data and as YAML, in the house style: window.casebookYaml
 *     fit(nouns, field, value)   what of a value belongs there: known keys in house order, texts on one line, no blanks
 *     write(model, data)         the text of a file that casebook/yamlfile.py reads back as the same
 * A text is left plain unless YAML or its strict reader would take it for something else; no escape is ever needed.
 */
(() => {
  "use strict";
  const SIGNS = /^[-?:,[\]{}#&*!|>'"%@`=<.~\uff01-\uff5e]|[:#"'\\?{}[\]\u3000]/;
  const BENDS = /^(?:[-+]?\.?\d[\d_]*(?:[.:eE+-][\d_:.eE+-]*)?|0[xob][\da-f_]+|null|true|false|yes|no|on|off|y|n|\d{4}-\d\d?-\d\d?.*)$/i;
  const NUMBER = /^(?:0|[1-9]\d*)(?:\.\d+)?$/;
  const LONG = 1000; // a line that nobody reads to its end

  const clean = (text) => text.normalize("NFC").replace(/([^\x00-\x7f])\s*[\r\n]+\s*(?=[^\x00-\x7f])/g, "$1").replace(/[\t\r\n]+/g, " ").replace(/\p{Cs}/gu, "\ufffd").trim();
  const own = (value, key) => (Object.hasOwn(value, key) ? value[key] : undefined);
  const isObject = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  function fit(nouns, field, value) {
    const pick = (pairs) => Object.fromEntries(pairs.filter(([, inner]) => inner !== undefined));
    const some = (made) => (Object.keys(made).length ? made : undefined);
    if (field.kind === "group") {
      if (field.word && value === field.word) return value;
      return isObject(value) ? some(pick(nouns[field.of].fields.map((each) => [each.key, fit(nouns, each, own(value, each.key))]))) : undefined;
    }
    if (field.kind === "keyed") return isObject(value) ? some(pick(field.keys.map(([key]) => [key, fit(nouns, field.item, own(value, key))]))) : undefined;
    if (field.kind === "list") {
      if (!Array.isArray(value)) return undefined;
      const items = value.map((each) => fit(nouns, field.item, each) ?? (field.item.kind === "group" ? {} : undefined)).filter((each) => each !== undefined);
      return items.length ? items : undefined;
    }
    if (field.kind === "flag") return value === true || value === "true" || undefined;
    return typeof value === "string" && clean(value) ? clean(value) : undefined;
  }

  function scalar(field, value, inside) {
    if (value === true) return "true";
    if ((field.rule === "not-a-number" || field.kind === "whole") && NUMBER.test(value)) return value;
    const apart = inside === "[" ? /[,\uff0c]/ : inside ? /,|\uff0c\s*[\w\uff3f\uff21-\uff5a]/ : /(?!)/;
    if (!SIGNS.test(value) && !BENDS.test(value) && !apart.test(value)) return value;
    return /["\\]/.test(value) ? `'${value.replaceAll("'", "''")}'` : `"${value}"`;
  }

  function write(model, data) {
    const fieldsOf = (field, value) => (field.kind === "keyed" ? field.keys.map(([key]) => ({ ...field.item, key })) : model.nouns[field.of].fields).filter(({ key }) => value[key] !== undefined);

    function flow(field, value, inside) {
      if (field.kind === "list") return `[${value.map((each) => flow(field.item, each, "[")).join(", ")}]`;
      if (!isObject(value)) return scalar(field, value, inside);
      return `{${fieldsOf(field, value).map((each) => `${each.key}: ${flow(each, value[each.key], "{")}`).join(", ")}}`;
    }

    function lines(field, value, indent) {
      return fieldsOf(field, value).flatMap((each) => entry(each, value[each.key], indent));
    }

    function entry(field, value, indent) {
      const head = `${indent}${field.key}:`;
      const inner = `${indent}  `;
      if (field.kind === "keyed") return [head, ...lines(field, value, inner)];
      if (field.kind === "list" && field.item.kind === "group") return [head, ...value.flatMap((each) => item(field.item, each, inner))];
      const line = `${head} ${flow(field, value, "")}`;
      return line.length > LONG && isObject(value) ? [head, ...lines(field, value, inner)] : [line];
    }

    function item(field, value, indent) {
      const line = `${indent}- ${flow(field, value, "")}`;
      if (!Object.keys(value).length || !(model.nouns[field.of].block || line.length > LONG)) return [line];
      return lines(field, value, `${indent}  `).map((each, at) => (at ? each : `${indent}- ${each.trimStart()}`));
    }

    return [model.head, ...lines({ of: "Case" }, data, ""), ""].join("\n");
  }

  window.casebookYaml = { fit, write };
})();
