// What a page says of itself: the address of each of its sections, and how to cite it.
(() => {
  "use strict";
  const words = document.currentScript.dataset;

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
