// What a page says of itself: the address of each of its sections, and how to cite it.
(() => {
  "use strict";
  const words = document.currentScript.dataset;

  // The narrower the screen, the less of the navigation is seen: where one is, is.
  const at = document.querySelector(".top nav [aria-current]");
  if (at) at.closest("nav").scrollLeft = at.offsetLeft - innerWidth / 2;

  // Where the hash says what is chosen, it cannot name a section.
  if (!document.querySelector("[data-compare], [data-search-page], main [data-explore]")) {
    for (const heading of document.querySelectorAll("article :is(h2, h3)[id]")) {
      const link = document.createElement("a");
      link.className = "here";
      link.href = `#${heading.id}`;
      link.setAttribute("aria-label", words.tHere.replace("{name}", heading.textContent.trim()));
      heading.append(link);
    }
  }

  const cite = document.querySelector("[data-cite]");
  if (!cite) return;
  const part = (name) => cite.querySelector(`[data-cite-${name}]`);
  // Opened from disk, the page has no address that others can follow: then its place in the site stands there.
  if (location.protocol.startsWith("http")) part("address").textContent = location.origin + location.pathname;
  part("copy").hidden = false;
  part("copy").addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(part("text").textContent.trim());
      part("said").textContent = words.tCopied;
    } catch {
      getSelection().selectAllChildren(part("text"));
      part("said").textContent = words.tByHand;
    }
  });
})();

// What a mark of a figure stands for, at the mark: on hover, on focus, and gone with Escape. The browser's own titles come
// late and never on focus, so that they give way; screen readers have the same words as the link's name.
(() => {
  "use strict";
  const marks = [...document.querySelectorAll(".figure svg g > title")].map((title) => title.parentNode);
  if (!marks.length) return;
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  for (const mark of marks) {
    const title = mark.querySelector(":scope > title");
    mark.dataset.tip = title.textContent;
    title.remove();
  }

  const hide = () => { tip.hidden = true; };
  const show = (event) => {
    const mark = event.target.closest?.("[data-tip]");
    if (!mark) {
      if (event.target !== tip) hide();
      return;
    }
    tip.textContent = mark.dataset.tip;
    tip.hidden = false;
    const at = mark.getBoundingClientRect();
    const left = Math.min(at.left + at.width / 2 - tip.offsetWidth / 2, document.documentElement.clientWidth - tip.offsetWidth - 8);
    const above = at.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(8, left) + scrollX}px`;
    tip.style.top = `${(above < 0 ? at.bottom + 6 : above) + scrollY}px`;
  };
  document.addEventListener("pointerover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
})();
