/* Full-text search over the index that casebook/search/index.py writes.
 *
 * Needs nothing but script tags, so that it runs from a folder on disk as it does over HTTP:
 *
 *     <html data-base="../" data-search="search-1a2b3c4d/">
 *
 * A query becomes a plan: matchers, each with an estimate of where it matches (from the postings) and a pattern that
 * says where it really does (on the text). Four plans are tried; the first that finds anything is the answer:
 *
 *     exact    every term occurs
 *     pinyin   Latin letters spell a Chinese word, in full or by initials
 *     similar  one of three to eight characters is another
 *     partial  pairs of characters, words and numbers occur that make up at least half of the query
 *
 * window.casebookSearch
 *     query(text, limit)   Promise of {stage, hits: [{url, anchor, title, kind, heading, score, …}]}, best first;
 *                          all hits unless a limit is given
 *     open(text)           Promise of Results, from which hits are taken a few at a time
 *     normalise(text)      Promise of the text as it is compared
 *     add(…)               called by the files of the index
 */
(function () {
  "use strict";

  const LONGEST_QUERY = 100; // characters
  const FIRST_SHARDS = 4; // of text, read before the first hits are shown; twice as many each time that is not enough
  const MOST_GUESSES = 100; // documents looked through for a hit that is not exact
  const MOST_WORDS = 6; // that one pinyin spelling may stand for
  const BEAM = 400; // spellings followed at a time

  const TIERS = /[!#$&@]?[\w-]+/g; // of the postings of a gram; the first has no mark
  const MARKS = "!#$&@";
  const FREQUENCY = [0, 1, 2, 3.4, 6.2, 12]; // that a tier of the postings stands for
  const IN_TITLE = 8; // a bit beside the tier
  const TIER = 7;
  const SUBJECT = 3; // how much more a page weighs that is what the site is about
  const K1 = 1.2;
  const B = 0.75;

  const BREAK = " ";
  const LATIN = /^[a-z]+$/;
  const RUN = /^[0-9a-z+×%.]+$/;
  const PART = /[0-9a-z+×%.]+|[^0-9a-z+×%. ]+/g; // of a term: a word, a number, or Chinese characters
  // The same two classes stand in casebook/search/normalise.py.
  const IGNORED =
    /[\t-\r\x1c-\x20\x85\u1680\u2028\u2029\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"'`\xab\xbb\u2018-\u201f\u2039\u203a\u300c-\u300f\u301d-\u301f\xb7\u2022\u2027\u2219\u22c5\u30fb*_]/u;
  const KEPT = /[0-9a-z+×%.\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]/u;
  const HAN = /^[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{323af}]$/u;

  // ---------------------------------------------------------------- the files of the index

  const arrived = new Map();
  const requested = new Map();

  function fileName(kind, number) {
    return number === null ? kind : `${kind}-${String(number).padStart(3, "0")}`;
  }

  function add(kind, number, data) {
    arrived.set(fileName(kind, number), data);
  }

  function load(kind, number = null) {
    const name = fileName(kind, number);
    if (!requested.has(name)) requested.set(name, request(name));
    return requested.get(name);
  }

  function request(name) {
    const { base = "", search } = document.documentElement.dataset;
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      const settle = () => {
        script.remove();
        if (arrived.has(name)) resolve(arrived.get(name));
        else {
          requested.delete(name); // so that it can be tried again
          reject(new Error(`The search index has no ${name}.js.`));
        }
      };
      script.onload = settle;
      script.onerror = settle;
      script.src = `${base}${search}${name}.js`;
      document.head.append(script);
    });
  }

  // ---------------------------------------------------------------- reading them

  const VALUE = new Int8Array(128);
  Array.from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_").forEach((sign, value) => {
    VALUE[sign.charCodeAt(0)] = value;
  });

  function numbers(text) {
    const found = [];
    let number = 0;
    for (let i = 0; i < text.length; i += 1) {
      const value = VALUE[text.charCodeAt(i)];
      number = number * 32 + (value & 31);
      if (value < 32) {
        found.push(number);
        number = 0;
      }
    }
    return found;
  }

  const sum = (list) => list.reduce((total, number) => total + number, 0);

  let opening = null;

  function openIndex() {
    if (!opening) {
      opening = load("meta").then(readMeta);
      opening.catch(() => (opening = null));
    }
    return opening;
  }

  function readMeta(meta) {
    const lengths = numbers(meta.lengths);
    const [old, simplified] = meta.variants.map((characters) => Array.from(characters));
    const shards = [];
    numbers(meta.texts).forEach((size, shard) => {
      for (let place = 0; place < size; place += 1) shards.push([shard, place]);
    });
    return {
      count: meta.count,
      kinds: numbers(meta.kind).map((kind) => meta.kinds[kind]),
      lengths,
      subject: meta.subject,
      meanLength: sum(lengths) / Math.max(meta.count, 1) || 1,
      titleLengths: numbers(meta.titles),
      firsts: { grams: meta.grams, chars: meta.chars },
      shards,
      questions: meta.questions,
      variants: new Map(old.map((character, i) => [character, simplified[i]])),
      postings: new Map(),
      documents: new Map(),
    };
  }

  /* Where a character or a pair of characters occurs: for each document its tier of frequency and IN_TITLE. */
  function postings(index, gram) {
    if (!index.postings.has(gram)) index.postings.set(gram, readPostings(index, gram));
    return index.postings.get(gram);
  }

  async function readPostings(index, gram) {
    const found = new Uint8Array(index.count);
    const kind = Array.from(gram).length === 1 ? "chars" : "grams";
    const shard = lastNotAfter(index.firsts[kind], gram);
    const encoded = shard < 0 ? undefined : (await load(kind, shard))[gram];
    for (const [list] of (encoded || "").matchAll(TIERS)) {
      const tier = MARKS.indexOf(list[0]);
      let number = 0;
      for (const gap of numbers(tier < 0 ? list : list.slice(1))) {
        number += gap;
        found[number] |= list[0] === "@" ? IN_TITLE : tier + 2;
      }
    }
    return found;
  }

  function lastNotAfter(firsts, gram) {
    let low = -1;
    let high = firsts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= gram) low = middle;
      else high = middle;
    }
    return low;
  }

  function openDocument(index, number) {
    if (!index.documents.has(number)) index.documents.set(number, readDocument(index, number));
    return index.documents.get(number);
  }

  async function readDocument(index, number) {
    const [shard, place] = index.shards[number];
    const [url, title, sections] = (await load("text", shard))[place];
    return {
      url,
      title: normalise(title, index.variants),
      sections: sections.map(([heading, anchor, text]) => ({
        anchor,
        heading: normalise(heading, index.variants),
        text: normalise(text, index.variants),
      })),
    };
  }

  // ---------------------------------------------------------------- normalising

  const folds = new Map();

  /* {raw, text, starts, ends}: the text as it is compared, and for each of its places the place in the raw text. */
  function normalise(raw, variants) {
    const starts = [];
    const ends = [];
    let text = "";
    let position = 0;
    let broken = false;
    for (const cluster of raw.match(/\P{M}\p{M}*|\p{M}+/gu) || []) {
      for (const character of fold(cluster, variants)) {
        if (character === BREAK) {
          broken = text !== "";
          continue;
        }
        const kept = broken ? BREAK + character : character;
        for (let i = 0; i < kept.length; i += 1) {
          starts.push(position);
          ends.push(position + cluster.length);
        }
        text += kept;
        broken = false;
      }
      position += cluster.length;
    }
    return { raw, text, starts, ends };
  }

  function fold(cluster, variants) {
    let folded = folds.get(cluster);
    if (folded === undefined) {
      folded = Array.from(cluster.normalize("NFKC").toLowerCase(), (character) => {
        const one = variants.get(character) || character;
        if (IGNORED.test(one)) return "";
        return KEPT.test(one) ? one : BREAK;
      }).join("");
      folds.set(cluster, folded);
    }
    return folded;
  }

  // ---------------------------------------------------------------- matchers

  const every = (lists) => merge(lists, (a, b) => (a & b & IN_TITLE) | Math.min(a & TIER, b & TIER));
  const some = (lists) => merge(lists, (a, b) => ((a | b) & IN_TITLE) | Math.max(a & TIER, b & TIER));

  function merge(lists, join) {
    const merged = lists[0].slice();
    for (const list of lists.slice(1)) {
      for (let i = 0; i < merged.length; i += 1) merged[i] = join(merged[i], list[i]);
    }
    return merged;
  }

  const digitTriples = (text) => Array.from(text.matchAll(/(?=([0-9]{3}))/g), (match) => match[1]);
  const pairs = (characters) => characters.slice(1).map((character, i) => characters[i] + character);
  const escaped = (text) => text.replace(/[+.]/g, "\\$&");

  /* `patterns`: what to look for in the text; `certain`: whether the estimate already says in which documents it is. */
  function matcher(index, text, patterns, estimate, certain) {
    let documents = 0;
    for (const value of estimate) documents += value ? 1 : 0;
    return {
      text,
      length: Array.from(text).length,
      pattern: new RegExp(patterns.join("|"), "gu"),
      estimate,
      certain,
      documents,
      rarity: Math.log(1 + (index.count - documents + 0.5) / (documents + 0.5)),
    };
  }

  async function literalEstimate(index, text) {
    const characters = Array.from(text);
    const grams = characters.length === 1 ? characters : [...pairs(characters), ...digitTriples(text)];
    return every(await Promise.all(grams.map((gram) => postings(index, gram))));
  }

  async function literal(index, text) {
    const certain = Array.from(text).length < 3;
    return matcher(index, text, [escaped(text)], await literalEstimate(index, text), certain);
  }

  async function anyOf(index, texts) {
    const estimates = await Promise.all(texts.map((text) => literalEstimate(index, text)));
    return matcher(index, texts[0], texts.map(escaped), some(estimates), false);
  }

  /* `text` with any one character replaced by another. */
  async function substituted(index, text) {
    const characters = Array.from(text);
    const estimates = characters.map(async (_, changed) => {
      const grams = pairs(characters).filter((_pair, i) => i !== changed && i + 1 !== changed);
      if (changed === 1) grams.push(characters[0]);
      if (changed === characters.length - 2) grams.push(characters[characters.length - 1]);
      return every(await Promise.all(grams.map((gram) => postings(index, gram))));
    });
    const patterns = characters.map((_, changed) =>
      characters.map((character, i) => (i === changed ? `[^${BREAK}]` : character)).join(""),
    );
    return matcher(index, text, patterns, some(await Promise.all(estimates)), false);
  }

  // ---------------------------------------------------------------- plans

  function termsOf(index, text) {
    const words = text.slice(0, LONGEST_QUERY).split(/\s+/);
    const terms = words.flatMap((word) => normalise(word, index.variants).text.split(BREAK));
    return [...new Set(terms)].filter((term) => term !== "");
  }

  /* `covers` says which places of the query a matcher accounts for; a hit accounts for `required` of them. */
  function together(stage, matchers) {
    matchers.forEach((each, place) => (each.covers = [place]));
    return { stage, matchers, required: matchers.length };
  }

  function enough(plan, found) {
    return found.length > 0 && new Set(found.flatMap((each) => each.covers)).size >= plan.required;
  }

  async function exactPlan(index, terms) {
    const matchers = await Promise.all(terms.map((term) => literal(index, term)));
    return together("exact", matchers);
  }

  async function pinyinPlan(index, terms) {
    if (!terms.every((term) => LATIN.test(term))) return null;
    const spelling = await load("pinyin");
    for (const spelled of [[terms.join("")], terms]) {
      const words = spelled.map((letters) => wordsFor(spelling, letters));
      if (words.every((list) => list.length > 0)) {
        const matchers = await Promise.all(words.map((list) => anyOf(index, list)));
        return together("pinyin", matchers);
      }
    }
    return null;
  }

  async function similarPlan(index, terms) {
    const characters = Array.from(terms[0]);
    if (terms.length !== 1 || characters.length < 3 || characters.length > 8) return null;
    if (!characters.every((character) => HAN.test(character))) return null;
    return together("similar", [await substituted(index, terms[0])]);
  }

  async function partialPlan(index, terms) {
    const { features, length } = featuresOf(index, terms);
    const matchers = await Promise.all([...features.keys()].map((text) => literal(index, text)));
    for (const each of matchers) {
      each.covers = features.get(each.text);
      each.rarity *= Math.max(1, each.length - 1); // as much as the pairs it is made of
    }
    return { stage: "partial", matchers, required: Math.ceil(length / 2) };
  }

  /* The pairs of characters, words and numbers of a query, each with the places where it stands, and how many places
   * there are; without what only makes it a question. */
  function featuresOf(index, terms) {
    const features = new Map();
    let length = 0;
    const note = (text, at) => {
      const places = Array.from(Array.from(text), (_, i) => at + i);
      features.set(text, [...(features.get(text) || []), ...places]);
    };
    for (const part of terms.flatMap((term) => withoutQuestions(index, term).match(PART) || [])) {
      const characters = Array.from(part);
      if (RUN.test(part)) note(part, length);
      else pairs(characters).forEach((pair, i) => note(pair, length + i));
      length += characters.length;
    }
    return { features, length };
  }

  function withoutQuestions(index, term) {
    if (index.questions.includes(term)) return "";
    const asked = index.questions.filter((word) => !LATIN.test(word));
    return asked.reduce((rest, word) => rest.split(word).join(BREAK), term);
  }

  // ---------------------------------------------------------------- pinyin

  /* The words that `letters` can stand for, likeliest first: in full, by initials, or with the last syllable begun. */
  function wordsFor(spelling, letters) {
    if (!spelling.steps) prepare(spelling);
    for (const steps of [spelling.steps.full, spelling.steps.initial, spelling.steps.begun]) {
      const words = walk(spelling, letters, steps);
      if (words.length > 0) return words;
    }
    return [];
  }

  function prepare(spelling) {
    const { sounds } = spelling;
    const joined = (test) => {
      const characters = new Set();
      for (const sound of Object.keys(sounds)) if (test(sound)) Array.from(sounds[sound], (c) => characters.add(c));
      return characters;
    };
    const remembered = (find) => {
      const known = new Map();
      return (letters) => {
        if (!known.has(letters)) known.set(letters, find(letters));
        return known.get(letters);
      };
    };
    const whole = remembered((letters) => joined((sound) => sound === letters));
    const begun = remembered((letters) => joined((sound) => sound.startsWith(letters)));
    const syllables = (letters) => [1, 2, 3, 4, 5, 6].slice(0, letters.length).map((n) => letters.slice(0, n));
    spelling.steps = {
      full: (letters) => syllables(letters).map((syllable) => [syllable.length, whole(syllable)]),
      initial: (letters) => [[1, begun(letters[0])]],
      begun: (letters) =>
        syllables(letters).map((syllable) => [
          syllable.length,
          syllable.length === letters.length ? begun(syllable) : whole(syllable),
        ]),
    };
    spelling.following = remembered((character) => followers(spelling.pairs[character] || ""));
  }

  /* "9格8络上" → 格 with rank 9, 络 and 上 with rank 8. */
  function followers(ranked) {
    const found = new Map();
    let rank = 0;
    for (const sign of ranked) {
      if (/[0-9a-z]/.test(sign)) rank = parseInt(sign, 36);
      else found.set(sign, rank);
    }
    return found;
  }

  /* From character to character, each pair of which stands side by side in the corpus. */
  function walk(spelling, letters, steps) {
    const waiting = Array.from({ length: letters.length + 1 }, () => []);
    waiting[0].push({ word: "", last: "", length: 0, prominent: 1, rank: 99 });
    for (let at = 0; at < letters.length; at += 1) {
      const best = waiting[at].sort(likelier).slice(0, BEAM);
      for (const [taken, characters] of steps(letters.slice(at))) {
        for (const path of best) extend(spelling, path, characters, waiting[at + taken]);
      }
    }
    const words = waiting[letters.length].filter((path) => path.length > 1).sort(likelier);
    return words
      .filter((path) => path.prominent === words[0].prominent && path.rank >= words[0].rank - 2)
      .slice(0, MOST_WORDS)
      .map((path) => path.word);
  }

  function extend(spelling, path, characters, onto) {
    if (path.word === "") {
      for (const character of characters) onto.push({ ...path, word: character, last: character, length: 1 });
      return;
    }
    for (const [character, rank] of spelling.following(path.last)) {
      if (!characters.has(character)) continue;
      onto.push({
        word: path.word + character,
        last: character,
        length: path.length + 1,
        prominent: Math.min(path.prominent, rank % 2),
        rank: Math.min(path.rank, rank >> 1),
      });
    }
  }

  function likelier(a, b) {
    return b.prominent - a.prominent || b.rank - a.rank || (a.word < b.word ? -1 : 1);
  }

  // ---------------------------------------------------------------- results

  /* What a plan finds: candidates by the postings, verified on the text a few at a time. */
  class Results {
    constructor(index, plan) {
      this.index = index;
      this.plan = plan;
      this.stage = plan.stage;
      this.words = plan.matchers.map((each) => each.text);
      this.verified = new Map(); // document → its hit, or null if it is none after all
      this.candidates = this.rank();
      this.queues = new Map();
    }

    rank() {
      const { index, plan } = this;
      const scored = [];
      for (let number = 0; number < index.count; number += 1) {
        const found = plan.matchers.filter((each) => each.estimate[number]);
        if (!enough(plan, found)) continue;
        const frequency = (each) => FREQUENCY[each.estimate[number] & TIER];
        const inTitle = (each) => (each.estimate[number] & IN_TITLE) !== 0;
        scored.push({ number, score: score(index, number, found, inTitle, frequency) });
      }
      scored.sort((a, b) => b.score - a.score || a.number - b.number);
      const ranked = scored.map((each) => each.number);
      return this.stage === "exact" ? ranked : ranked.slice(0, MOST_GUESSES);
    }

    /* How many documents there are of one kind, or of all. Exact as soon as `certain`. */
    count(kind = null) {
      return this.of(kind).length;
    }

    get certain() {
      return this.plan.matchers.every((each) => each.certain) || this.candidates.every((n) => this.verified.has(n));
    }

    /* [kind, number of documents], most first. */
    kinds() {
      const counts = new Map();
      for (const number of this.of(null)) {
        const kind = this.index.kinds[number];
        counts.set(kind, (counts.get(kind) || 0) + 1);
      }
      return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    }

    of(kind) {
      return this.candidates.filter(
        (number) => this.verified.get(number) !== null && (kind === null || this.index.kinds[number] === kind),
      );
    }

    /* The first `wanted` hits, or as many as there are. Those that were given once keep their places. */
    async take(wanted, kind = null) {
      if (!this.queues.has(kind)) this.queues.set(kind, { hits: [], waiting: this.of(kind), shards: FIRST_SHARDS });
      const queue = this.queues.get(kind);
      while (queue.hits.length < wanted && queue.waiting.length > 0) {
        const batch = this.nextBatch(queue);
        const hits = await Promise.all(batch.map((number) => this.verify(number)));
        queue.hits.push(...hits.filter((hit) => hit !== null).sort((a, b) => b.score - a.score || a.number - b.number));
        queue.shards *= 2;
      }
      return queue.hits.slice(0, wanted);
    }

    nextBatch(queue) {
      const shards = new Set();
      let size = 0;
      for (const number of queue.waiting) {
        shards.add(this.index.shards[number][0]);
        if (shards.size > queue.shards) break;
        size += 1;
      }
      return queue.waiting.splice(0, size);
    }

    async verify(number) {
      if (!this.verified.has(number)) this.verified.set(number, await this.look(number));
      return this.verified.get(number);
    }

    async look(number) {
      const { index, plan } = this;
      const page = await openDocument(index, number);
      const counts = new Map();
      const titled = new Set();
      for (const each of plan.matchers) {
        if (places(each, page.title).length > 0) titled.add(each);
        const count = sum(page.sections.map((section) => inSection(each, section)));
        if (count > 0 || titled.has(each)) counts.set(each, count);
      }
      if (!enough(plan, [...counts.keys()])) return null;
      const section = bestSection(page, [...counts.keys()], titled);
      return {
        number,
        url: page.url,
        anchor: section.anchor,
        title: page.title.raw,
        kind: index.kinds[number],
        heading: section.heading.raw,
        score: score(index, number, [...counts.keys()], (each) => titled.has(each), (each) => counts.get(each)),
        page,
        section,
        matchers: plan.matchers,
      };
    }
  }

  function score(index, number, matchers, inTitle, frequency) {
    const length = 1 - B + (B * index.lengths[number]) / index.meanLength;
    let total = 0;
    for (const each of matchers) {
      const tf = frequency(each);
      if (inTitle(each)) total += each.rarity * (3 + (2 * each.length) / index.titleLengths[number]);
      total += (each.rarity * tf * (K1 + 1)) / (tf + K1 * length);
    }
    return index.kinds[number] === index.subject ? total * SUBJECT : total;
  }

  function places(each, normalised) {
    return Array.from(normalised.text.matchAll(each.pattern), (match) => [match.index, match.index + match[0].length]);
  }

  const inSection = (each, section) => places(each, section.heading).length + places(each, section.text).length;

  /* Where a hit opens: at the top if the title says it all, else where most of the terms stand. */
  function bestSection(page, matchers, titled) {
    if (matchers.every((each) => titled.has(each))) return page.sections[0];
    let best = page.sections[0];
    let most = 0;
    for (const section of page.sections) {
      const worth = sum(
        matchers.map((each) => {
          const count = inSection(each, section);
          return count === 0 ? 0 : each.rarity * (4 + Math.min(count, 4) + 2 * places(each, section.heading).length);
        }),
      );
      if (worth > most) {
        most = worth;
        best = section;
      }
    }
    return best;
  }

  // ---------------------------------------------------------------- quoting

  /* [{text, marked}]: about `width` characters of a hit's section, from a little before the first match. */
  function snippet(hit, width) {
    const found = [hit.section, ...hit.page.sections].find((each) => marksIn(each.text, hit.matchers).length > 0);
    const quoted = (found || hit.section).text;
    const marks = marksIn(quoted, hit.matchers);
    const first = densest(marks, width);
    const from = Math.max(0, Math.min(first - Math.round(width / 4), quoted.raw.length - width));
    return cut(quoted.raw, marks, from, from + width);
  }

  function markedTitle(hit) {
    return cut(hit.page.title.raw, marksIn(hit.page.title, hit.matchers), 0, Infinity);
  }

  /* Places in the raw text, in order and apart. */
  function marksIn(normalised, matchers) {
    const marks = matchers
      .flatMap((each) => places(each, normalised))
      .map(([start, end]) => [normalised.starts[start], normalised.ends[end - 1]])
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const apart = [];
    for (const mark of marks) {
      const last = apart[apart.length - 1];
      if (last && mark[0] <= last[1]) last[1] = Math.max(last[1], mark[1]);
      else apart.push(mark);
    }
    return apart;
  }

  /* The start of the stretch of `width` characters that holds most of the marks. */
  function densest(marks, width) {
    let best = 0;
    let most = 0;
    for (const [start] of marks) {
      const near = marks.filter((mark) => mark[0] >= start && mark[1] <= start + width * 0.7);
      const held = sum(near.map((mark) => mark[1] - mark[0]));
      if (held > most) {
        most = held;
        best = start;
      }
    }
    return best;
  }

  function cut(raw, marks, from, to) {
    const [start, end] = [whole(raw, from), whole(raw, Math.min(to, raw.length))];
    const parts = [];
    const push = (text, marked) => text && parts.push({ text, marked });
    let at = start;
    push(start > 0 ? "…" : "", false);
    for (const [first, last] of marks) {
      if (last <= at || first >= end) continue;
      push(raw.slice(at, Math.max(first, at)), false);
      push(raw.slice(Math.max(first, at), Math.min(last, end)), true);
      at = Math.min(last, end);
    }
    push(raw.slice(at, end), false);
    push(end < raw.length ? "…" : "", false);
    return parts;
  }

  // Never between the two halves of a character outside the basic plane.
  const whole = (raw, at) => (/[\udc00-\udfff]/.test(raw[at] || "") ? at - 1 : at);

  // ---------------------------------------------------------------- queries

  /* Results of the first plan that finds anything; `stage` is "none" if none does. */
  async function open(text) {
    const index = await openIndex();
    const terms = termsOf(index, text);
    if (terms.length === 0) return nothing(index, []);
    for (const make of [exactPlan, pinyinPlan, similarPlan, partialPlan]) {
      const plan = await make(index, terms);
      if (plan === null) continue;
      const results = new Results(index, plan);
      if ((await results.take(1)).length > 0) return results;
    }
    return nothing(index, await partsThatOccur(index, terms));
  }

  function nothing(index, parts) {
    const results = new Results(index, { stage: "none", matchers: [], required: 1 });
    results.parts = parts;
    return results;
  }

  /* What of a query without hits would have hits by itself. */
  async function partsThatOccur(index, terms) {
    const parts = [...new Set([...(terms.length > 1 ? terms : []), ...featuresOf(index, terms).features.keys()])];
    const matchers = await Promise.all(parts.map((part) => literal(index, part)));
    return matchers.filter((each) => each.documents > 0).map((each) => each.text);
  }

  async function query(text, limit = Infinity) {
    const results = await open(text);
    return { stage: results.stage, hits: await results.take(limit) };
  }

  window.casebookSearch = {
    add,
    open,
    openIndex,
    query,
    snippet,
    markedTitle,
    normalise: async (text) => normalise(text, (await openIndex()).variants).text,
  };
})();
