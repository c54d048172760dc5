/* The file that comes of it: window.casebookFile(model, part, {repo, host, edit}) gives
 *     show(data, id, known)   shows it, and the way to the repository's host; `known`: a case that is there already
 *     copy()                  promises whether the browser let it be copied; if not, it is selected
 *     download()              saves it
 * Only GitHub's address for a new file is known; it is followed by nobody but the reader.
 */
(() => {
  "use strict";
  const ADDRESS = 8000; // characters of an address that hosts and browsers take

  window.casebookFile = (model, part, { repo, host, edit }) => {
    const hosted = /^github/i.test(host) && edit.startsWith("edit/");
    let name = "";

    function show(data, id, known) {
      const text = window.casebookYaml.write(model, data);
      name = `${id || "case"}.yml`;
      part("yaml").value = text;
      if (!hosted) return;
      const start = `${repo.replace(/\/$/, "")}/${known ? edit : edit.replace("edit/", "new/")}cases`;
      const file = `${start}?filename=${encodeURIComponent(name)}`;
      const whole = `${file}&value=${encodeURIComponent(text)}`;
      const way = known ? "edit" : whole.length > ADDRESS ? "long" : "new";
      const link = part("host");
      link.href = { edit: `${start}/${name}`, long: file, new: whole }[way];
      link.textContent = model.words[`open-${way}`];
      link.dataset.copy = way === "new" ? "" : "first";
      part("host-note").textContent = model.words[`note-${way}`];
      part("host-part").hidden = false;
      part("local").hidden = true;
    }

    async function copy() {
      try {
        await navigator.clipboard.writeText(part("yaml").value);
        return true;
      } catch {
        part("yaml").focus();
        part("yaml").select();
        return false;
      }
    }

    function download() {
      const url = URL.createObjectURL(new Blob([part("yaml").value], { type: "application/yaml;charset=utf-8" }));
      const link = Object.assign(document.createElement("a"), { href: url, download: name, hidden: true });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
    }

    return { show, copy, download };
  };
})();
