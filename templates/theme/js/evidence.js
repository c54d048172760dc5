/* A number's mark opens its evidence in place. Without this script the mark is a link to the note at the page's foot.
 * A mark that leads elsewhere names its note: data-note.
 *
 * window.casebookCard
 *     toggle(mark, nodes, byKey)   shows `nodes` beside a mark, or closes what it shows
 *     close()                      closes whatever is shown
 */
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

  const open = (mark, nodes) => {
    close(false);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "close";
    button.setAttribute("aria-label", card.dataset.close);
    button.textContent = "×";
    button.addEventListener("click", () => close(true));
    card.replaceChildren(...nodes, button);
    card.hidden = false;
    opener = mark;
    mark.setAttribute("aria-expanded", "true");
    const at = mark.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const left = Math.max(8, Math.min(at.left, clientWidth - card.offsetWidth - 8));
    const below = at.bottom + 6 + card.offsetHeight <= clientHeight || at.top < card.offsetHeight + 6;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(below ? at.bottom + 6 : at.top - card.offsetHeight - 6) + scrollY}px`;
  };

  const toggle = (mark, nodes, byKey) => {
    if (opener === mark) { close(true); return; }
    open(mark, nodes);
    // By keyboard the card comes next, though it stands at the page's end; Escape goes back to the mark.
    if (byKey) card.querySelector("a, button").focus({ preventScroll: true });
  };

  function told(mark, note) {
    const nodes = [...note.childNodes].map((node) => node.cloneNode(true));
    if (mark.hash === `#${note.id}`) { // the mark's number is the address of this piece of evidence
      const here = document.createElement("a");
      here.href = mark.hash;
      here.textContent = mark.hash;
      nodes.find((node) => node.className === "where").append(" · ", here);
    }
    return nodes;
  }

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented) return; // somebody else's mark
    const mark = event.target.closest("a.ev");
    if (!mark) {
      if (!event.target.closest("[data-card]")) close(false);
      return;
    }
    const note = document.getElementById(mark.dataset.note || mark.hash.slice(1));
    if (!note || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    toggle(mark, told(mark, note), event.detail === 0);
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(true); });
  window.casebookCard = { toggle, close: () => close(false) };
})();
