"use strict";
// What every page shares: words in two languages, light and dark, the state in the address, elements made of text alone.
// Text out of a source reaches a page by textContent and by the canvas, never as markup.
const kg = {};
(() => {
  const root = document.documentElement;
  const darkness = matchMedia("(prefers-color-scheme: dark)");
  kg.$ = (id) => document.getElementById(id);
  kg.still = matchMedia("(prefers-reduced-motion: reduce)");
  const held = kg.$("data");
  kg.data = held ? JSON.parse(held.textContent) : {};
  kg.lang = "zh";

  // A page opened from a disk may be refused its store: then nothing is remembered.
  const remember = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(`kg-${name}`);
      localStorage.setItem(`kg-${name}`, value);
    } catch { /* nothing is lost but a preference */ }
    return null;
  };

  // ---- words and light ---------------------------------------------------------------------------------------------

  kg.say = (name, values = {}) => {
    const text = kg.data.words.ui[name][kg.lang];
    return text.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? String(values[key]) : whole));
  };

  const listeners = { language: [], theme: [], change: [] };
  kg.on = (what, action) => listeners[what].push(action);
  kg.changed = () => listeners.change.forEach((action) => action());

  kg.speak = (language) => {
    kg.lang = language === "en" ? "en" : "zh";
    remember("lang", kg.lang);
    root.lang = kg.lang;
    root.dataset.lang = kg.lang;
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = kg.say(element.dataset.text);
    for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = kg.say(element.dataset.placeholder);
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", kg.say(element.dataset.label));
      if (element.tagName === "BUTTON") element.title = kg.say(element.dataset.label);
    }
    listeners.language.forEach((action) => action());
  };

  kg.isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : darkness.matches);
  kg.light = (theme) => {
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    else delete root.dataset.theme;
    remember("theme", root.dataset.theme || "");
    listeners.theme.forEach((action) => action());
  };
  darkness.addEventListener("change", () => { if (!root.dataset.theme) listeners.theme.forEach((action) => action()); });

  // The page's own two buttons, where it has them.
  kg.start = (fragment = kg.fragment()) => {
    kg.light(fragment.get("theme") || remember("theme"));
    kg.speak(kg.data.language || fragment.get("lang") || remember("lang"));  // a server speaks one of them
    const press = (id, action) => { if (kg.$(id)) kg.$(id).addEventListener("click", action); };
    press("language", () => kg.speak(kg.lang === "zh" ? "en" : "zh"));
    press("theme", () => kg.light(kg.isDark() ? "light" : "dark"));
  };

  // ---- the address -------------------------------------------------------------------------------------------------

  kg.fragment = () => new URLSearchParams(location.hash.slice(1));
  kg.setFragment = (values) => {
    const text = new URLSearchParams(Object.entries(values).filter(([, value]) => value !== "" && value !== undefined && value !== null)).toString();
    if (text !== location.hash.slice(1)) history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  };

  // ---- elements ----------------------------------------------------------------------------------------------------

  kg.make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  kg.button = (text, action, className) => {
    const element = kg.make("button", text, className);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  };
  kg.link = (text, href, className) => {
    const element = kg.make("a", text, className);
    element.href = href;
    return element;
  };
  kg.svg = (name, attributes) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  kg.short = (text, length) => {
    const chars = [...text];
    return chars.length > length ? `${chars.slice(0, length).join("")}…` : text;
  };
  // Compares names as a person does: without blanks, in one form of brackets, width and case.
  kg.plain = (text) => text.normalize("NFKC").replace(/[〔［【\[{]/g, "(").replace(/[〕］】\]}]/g, ")").replace(/\s/g, "").toLowerCase();
})();
