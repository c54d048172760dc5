// A number's mark opens its evidence in place. Without this script the mark is a link to the note at the page's foot.
// A mark that leads elsewhere names its note: data-note.
(() => {
  "use strict";
  const card = document.querySelector("[data-card]");
  if (!card) return;
  let opener = null;

  const close = (back) => {
    if (!opener) return;
    card.hidden = true;
    opener.removeAttribute("aria-expanded");
    if (back) opener.focus();
    opener = null;
  };

  const open = (mark, note) => {
    close(false);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.setAttribute("aria-label", card.dataset.close);
    button.textContent = "×";
    button.addEventListener("click", () => close(true));
    card.replaceChildren(...[...note.childNodes].map((node) => node.cloneNode(true)), button);
    if (mark.hash === `#${note.id}`) { // the mark's number is the address of this piece of evidence
      const here = document.createElement("a");
      here.href = mark.hash;
      here.textContent = mark.hash;
      card.querySelector(".where").append(" · ", here);
    }
    card.hidden = false;
    opener = mark;
    mark.setAttribute("aria-expanded", "true");
    const at = mark.getBoundingClientRect();
    const width = card.offsetWidth;
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${at.bottom + scrollY + 6}px`;
  };

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("a.ev");
    if (!mark) {
      if (!event.target.closest("[data-card]")) close(false);
      return;
    }
    const note = document.getElementById(mark.dataset.note || mark.hash.slice(1));
    if (!note || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (opener === mark) close(true);
    else open(mark, note);
    // By keyboard the card comes next, though it stands at the page's end; Escape goes back to the mark.
    if (opener && event.detail === 0) card.querySelector("a, button").focus();
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(true); });
})();
