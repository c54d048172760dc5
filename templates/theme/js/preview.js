// Only in the live preview: once after each save of a single case, its page opens.
(() => {
  "use strict";
  const { saved, saves } = document.currentScript.dataset;
  const base = document.documentElement.dataset.base;
  const here = new URL(base + saved, location.href);
  const before = sessionStorage.getItem("saves");
  sessionStorage.setItem("saves", saves);
  if (saved && before !== null && before !== saves && location.pathname !== here.pathname) location.assign(here);
})();
