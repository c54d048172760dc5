// Before anything is painted: light or dark (without a choice the system's is followed), and that there are scripts.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");
  const stored = () => { try { return localStorage.getItem("casebook-theme"); } catch { return null; } };
  const store = (value) => { try { localStorage.setItem("casebook-theme", value); } catch { /* it then lasts for this page */ } };
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const chosen = stored();
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-theme-toggle]")) return;
    root.dataset.theme = dark() ? "light" : "dark";
    store(root.dataset.theme);
  });
})();
