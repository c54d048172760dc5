/* What `build.py check` would say of a case, as far as it can be known without it: casebookCheck(model, id, data)
 * gives [{rule, path, values}]. The rules bear the names of casebook/messages; nothing is told that check would not
 * tell. Where a phrase's number cannot be read for certain, nothing is told of it.
 */
(() => {
  "use strict";
  const DATE = /^([01]\d|20)\d{2}(-\d{2}){0,2}$/;
  const LOCATOR = /^L([1-9]\d*)(?:-L([1-9]\d*))?$/;
  const count = (text) => [...text].length;
  const half = (text) => text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll("\u3000", " ");

  // --- formats ---

  function day(text) {
    const [year, month = 1, date = 1] = text.split("-").map(Number);
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return DATE.test(text) && year > 0 && month > 0 && month < 13 && date > 0 && date <= [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  }

  function period(text) {
    const ends = text.split("/");
    const [first, last] = ends;
    if (ends.length > 2 || !ends.every((end) => end === ".." || day(end)) || !text.replace(/[./]/g, "")) return false;
    return ends.includes("..") || !last || last >= first.slice(0, last.length);
  }

  function lines(text) {
    const found = LOCATOR.exec(text || "");
    const [first, last] = found ? [Number(found[1]), Number(found[2] || found[1])] : [1, 0];
    return first <= last ? [first, last] : null;
  }

  function rising(text) {
    const [low, high] = text.split(/[^\d.]/).map(Number);
    return high === undefined || text.includes("/") || low < high;
  }

  // --- numbers inside a phrase ---

  /* The numbers that a phrase may say, or null where that takes more than reading digits. */
  function numbersIn(phrase, { digits, scales }) {
    const text = half(phrase);
    const [signs, powers] = [digits, scales].map((map) => Object.keys(map).join(""));
    if (!new RegExp(`[\\d*${signs}${powers}]`).test(text)) return new Set();
    if (new RegExp(`[*${signs}]|[-~\u301c\u2010-\u2015/\u81f3\u5230]|to|thousand|million|billion`, "i").test(text)) return null;
    const found = new Set();
    const rest = [];
    let end = -1;
    for (const match of text.matchAll(new RegExp(`(\\d[\\d,]*(?:\\.\\d+)?)\\s?([${powers}]*)`, "g"))) {
      if (match.index === end) return null; // two in a row are one number
      rest.push(text.slice(Math.max(end, 0), match.index));
      end = match.index + match[0].length;
      for (const part of [match[1].replaceAll(",", ""), ...match[1].split(",")]) {
        let value = Number(part);
        // A hundred or a thousand may belong to the unit; what is more never does.
        [...match[2], ""].forEach((scale) => {
          if (!(scales[scale] > 1000)) found.add(value);
          value = Number((value * (scales[scale] || 1)).toPrecision(15));
        });
      }
    }
    rest.push(text.slice(Math.max(end, 0)));
    return new RegExp(`[${powers}]`).test(rest.join()) ? null : found;
  }

  /* The whole numbers that a part of a slogan says, or null. */
  function wholes(text, { words, numeral, digits, scales }) {
    const found = new Set(Object.keys(words).filter((word) => (/[a-z]/.test(word) ? (text.toLowerCase().match(/[a-z]+/g) || []).includes(word) : text.includes(word))).map((word) => words[word]));
    const [ten] = Object.keys(scales).filter((sign) => scales[sign] === 10);
    for (const [said] of half(text).matchAll(numeral)) {
      const [left, right, more] = said.split(ten);
      const one = (sign) => (sign ? digits[sign] || NaN : 0);
      const value = /^\d+$/.test(said) ? Number(said) : more !== undefined ? NaN : right === undefined ? one(left) : (left ? one(left) : 1) * 10 + one(right);
      if (Number.isNaN(value)) return null;
      found.add(value);
    }
    return found;
  }

  function dateDisagrees(coded, phrase, { dates }, isDate) {
    const ends = coded.split("/").filter((end) => end !== "..").map((end) => end.split("-").map(Number));
    return Object.values(dates).some((pattern, at) => {
      const western = at === 0 && isDate && !/[\u4e00-\u9fff]/.test(phrase);
      const said = new Set([...phrase.matchAll(western ? /\b((?:18|19|20)\d\d)\b/g : new RegExp(pattern, "g"))].map(([, value]) => Number(value)));
      const typed = new Set(ends.filter((end) => end.length > at).map((end) => end[at]));
      const within = (one, other) => [...one].every((value) => other.has(value));
      return said.size && typed.size && !within(said, typed) && !within(typed, said);
    });
  }

  // --- the walk through a case ---

  window.casebookCheck = (model, id, data) => {
    const found = [];
    const tell = (rule, path, values = {}) => found.push({ rule, path, values });
    const known = Object.fromEntries(Object.entries(model.terms).map(([name, groups]) => [name, new Set(groups.flatMap(([, terms]) => terms.map(([term]) => term)))]));
    const sources = new Map(model.sources.map(([source, , length]) => [source, length]));
    const cases = new Map(model.cases.map(([other, name, kind, parent]) => [other, { name, kind, parent }]));
    Object.assign(known, { sources, cases, units: new Set(model.units.map(([symbol]) => symbol)) });
    const numerals = { ...model.numerals, numeral: new RegExp(model.numerals.pattern.replaceAll("\\d", "\\p{Nd}"), "gu") };
    const number = new RegExp(model.numerals.number);
    const unitOf = new Map(Object.entries(model.unitOf));
    const formats = { "not-a-date": day, "not-a-period": period, "not-a-locator": lines, "not-a-number": (value) => number.test(value) && rising(value) };
    const ids = []; // what of all that is no defect of form
    const claims = []; // [path, source, locator, phrase]

    function text(field, value, path) {
      for (const sign of new Set(value)) {
        const code = sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
        const [rule, name, ordinary] = model.unwanted[code] || (/[\p{Co}\p{Cs}]/u.test(sign) ? ["text-private-use", "", ""] : []);
        if (rule) tell(rule, path, { character: sign, code: `U+${code}`, name, ordinary, text: value });
      }
      if (formats[field.rule] && !formats[field.rule](value)) tell(field.rule, path, { key: path.at(-1), text: value });
      else if (field.kind === "choice" && !field.choices.some(([choice]) => choice === value)) {
        tell("wrong-choice", path, { key: path.at(-1), text: value, choices: field.choices.map(([choice]) => choice).join(", ") });
      } else if (field.kind === "whole" && !/^-?\d+$/.test(value)) tell("not-a-whole-number", path, { key: path.at(-1), text: value });
      else if (field.kind === "whole" && Number(value) < field.least) tell("too-small", path, { key: path.at(-1), text: value, least: String(field.least) });
      else if (field.kind === "refers") refers(field.to, value, path);
    }

    function refers(kind, value, path) {
      const where = kind === "cases" || kind === "sources" ? `${kind}/` : `vocabulary/${kind}.yml`;
      const gone = kind === "cases" && model.gone.includes(value);
      if (known[kind].has(value) || (kind === "cases" && value === id && !gone)) return;
      ids.push(tell(gone ? "points-at-tombstone" : kind === "units" ? "unknown-unit" : "unknown-id", path, { text: value, where }));
    }

    function noun(name, value, path, above) {
      const { fields, rule } = model.nouns[name];
      const before = found.length - ids.length;
      const claim = { source: value.source || above.source, locator: value.locator || above.locator };
      if (value.as_stated && claim.locator) claims.push([path, claim.source, claim.locator, value.as_stated]);
      for (const field of fields) {
        const inner = value[field.key];
        if (inner === undefined) { if (field.required) tell("missing-key", [...path, field.key], { key: field.key }); } else walk(field, inner, [...path, field.key], claim);
      }
      const key = path.findLast((step) => typeof step === "string");
      const cited = [value.locator, value.as_stated].filter(Boolean).length;
      if (before !== found.length - ids.length) return;
      if (rule === "stated-or-inferred" && (cited === 1 || (cited === 2) === Boolean(value.inferred))) tell(rule, path, { key });
      if (rule === "value-or-absent" && Boolean(value.value) === Boolean(value.absent)) tell(rule, path, { key });
    }

    function walk(field, value, path, above) {
      if (field.kind === "list") value.forEach((each, at) => walk(field.item, each, field.item.kind === "group" ? [...path, at] : path, above));
      else if (field.kind === "keyed") for (const key of Object.keys(value)) walk(field.item, value[key], [...path, key], above);
      else if (field.kind === "group") { if (value !== field.word) noun(field.of, value, path, above); } else if (field.kind !== "flag") text(field, value, path);
    }

    function evidence() {
      const passages = (data.sources || []).map(({ source, locator }, at) => ({ source, named: lines(locator), locator, path: ["sources", at] }));
      const cited = claims.map(([path, source, locator, phrase]) => ({ path, source: source || (data.sources || [{}])[0].source, locator, named: lines(locator), phrase }));
      for (const { path, phrase } of cited) {
        if (count(phrase) > model.limits.phrase) tell("phrase-too-long", [...path, "as_stated"], { length: String(count(phrase)), most: String(model.limits.phrase) });
      }
      const beyond = ({ source, named }) => sources.has(source) && named[1] > sources.get(source);
      for (const each of [...passages, ...cited].filter(({ named }) => named)) {
        if (beyond(each)) tell("locator-beyond-source", [...each.path, "locator"], { text: each.locator, source: each.source, lines: String(sources.get(each.source)) });
      }
      if (!passages.length || !passages.every(({ source, named }) => named && sources.has(source))) return;
      for (const each of cited.filter((one) => one.named && sources.has(one.source) && !beyond(one))) {
        const holds = ({ source, named }) => source === each.source && named[0] <= each.named[0] && each.named[1] <= named[1];
        if (!passages.some(holds)) tell("locator-outside-passages", [...each.path, "locator"], { text: each.locator, source: each.source });
      }
    }

    function whole() {
      const { parent, kind, name } = data;
      const [widest] = model.ranks;
      if (data.place && !data.place[widest]) tell("widest-rank-missing", ["place"], { key: widest });
      if (["subcase", "mention"].includes(kind) && !parent) tell("parent-missing", ["kind"], { text: kind });
      if (parent && cases.has(parent) && cases.get(parent).kind === "mention") tell("parent-cannot-have-children", ["parent"], { text: parent });
      if (parent && parent === id) tell("self-reference", ["parent"], { text: id });
      if ((data.related || []).includes(id)) tell("self-reference", ["related"], { text: id });
      const seen = [id];
      let at = parent;
      while (at && cases.has(at) && !seen.includes(at)) { seen.push(at); at = cases.get(at).parent; }
      if (id && at === id && seen.length > 1) tell("cyclic-parent", ["parent"], { chain: [...seen, id].join(" → ") });
      const other = [...cases].find(([each, known]) => each !== id && known.name === name);
      if (name && other) tell("name-taken", ["name"], { text: name, other: other[0] });
      const { summary_least, summary_most, mention_least } = model.limits;
      const least = kind === "mention" ? mention_least : summary_least;
      const length = count(data.summary || "");
      if (length && (length < least || length > summary_most)) tell("summary-length", ["summary"], { length: String(length), least: String(least), most: String(summary_most) });
      if (id && !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) tell("file-name-not-an-id", ["id"], { text: id });
    }

    function numbers() {
      const mechanisms = (data.findings || []).map(({ mechanism }) => mechanism);
      mechanisms.forEach((each, at) => { if (each && mechanisms.indexOf(each) < at) tell("finding-twice", ["findings", at, "mechanism"], { text: each }); });
      const counted = (data.observations || []).map((seen) => seen.counted).filter(Boolean);
      (data.observations || []).forEach((seen, at) => {
        const path = ["observations", at];
        const { value, unit, as_stated: phrase, part_of: part } = seen;
        const said = value && phrase && /^[1-9]\d*(\.\d+)?$/.test(value) && (!unit || known.units.has(unit)) ? numbersIn(phrase, numerals) : null;
        if (said && !said.has(Number(value))) tell("value-disagrees", [...path, "value"], { value, unit: unit || "", phrase });
        if (value && !unit && unitOf.has(seen.indicator)) tell("unit-missing", path, { indicator: seen.indicator, unit: unitOf.get(seen.indicator) });
        if (part && (!counted.includes(part) || part === seen.counted)) tell("part-of-unknown", [...path, "part_of"], { text: part });
      });
      const dated = [["started", data.started, "date"], ...["milestones", "honours"].flatMap((key) => (data[key] || []).map((each, at) => [[key, at], each, "date"])), ...(data.observations || []).map((each, at) => [["observations", at], each, "as_of"])];
      for (const [path, each, key] of dated) {
        const date = each && each[key];
        if (date && period(date) && each.as_stated && dateDisagrees(date, each.as_stated, numerals, key === "date")) tell("date-disagrees", [path, key].flat(), { date, phrase: each.as_stated });
      }
    }

    function formulas() {
      const numeralsOf = (phrase) => (half(phrase).match(numerals.numeral) || []).join("");
      (data.formulas || []).forEach(({ slogan = "", as_stated: phrase, decoded, parts = [] }, at) => {
        const path = ["formulas", at];
        if (slogan && phrase && !numeralsOf(phrase).includes(numeralsOf(slogan))) tell("slogan-disagrees", [...path, "slogan"], { slogan, phrase });
        const told = parts.map(({ meaning, items }) => Boolean(meaning || items));
        if (decoded && ((decoded !== "none" && !told.some(Boolean)) || (decoded === "full" && !told.every(Boolean)))) tell("formula-not-decoded", [...path, "decoded"], { text: slogan, decoded });
        parts.forEach(({ part, number: given }, index) => {
          const said = part && /^\d+$/.test(given || "") ? wholes(part, numerals) : null;
          if (said && !said.has(Number(given))) tell("number-disagrees", [...path, "parts", index, "number"], { number: given, text: part });
          if (part && slogan && !slogan.includes(part)) tell("part-outside-slogan", [...path, "parts", index, "part"], { text: part, slogan });
        });
      });
    }

    noun("Case", data, [], {});
    whole();
    evidence();
    numbers();
    formulas();
    return found;
  };
})();
