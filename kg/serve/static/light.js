"use strict";
// Light or dark, as the reader chose last; the language of a page's twin keeps what stands behind the # of the address.
(() => {
  const root = document.documentElement;
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  const kept = (value) => {
    try {
      if (value) localStorage.setItem("kg-theme", value);
      return localStorage.getItem("kg-theme");
    } catch { return null; }  // a browser may remember nothing
  };
  const chosen = kept();
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  addEventListener("DOMContentLoaded", () => {
    const twin = document.querySelector("a.language");
    twin.addEventListener("click", () => { twin.hash = location.hash; });
    if (typeof kg !== "undefined") return;  // the explorer has its own, which paints its picture anew
    document.getElementById("theme").addEventListener("click", () => {
      const dark = root.dataset.theme ? root.dataset.theme === "dark" : darkness.matches;
      root.dataset.theme = dark ? "light" : "dark";
      kept(root.dataset.theme);
    });
  });
})();
