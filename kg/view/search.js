"use strict";
// Finding a name, in full or in a short form, and completing it.
(() => {
  const { $, graph, plain, make } = kg;
  const { things, nodes, ties } = graph;
  const names = things.map((thing) => [thing.label, ...thing.names].map(plain));

  // What bears the words: whole names first, then beginnings, then what has most ties.
  function find(words) {
    const wanted = plain(words);
    if (!wanted) return [];
    const rank = (id) => Math.min(...names[id].map((name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 9)));
    return nodes.map((n) => [rank(n.id), n.id]).filter(([r]) => r < 9).sort((a, b) => a[0] - b[0] || ties[b[1]].length - ties[a[1]].length || a[1] - b[1]).map(([, id]) => id);
  }

  // A field that completes names; ``chosen`` is told of the thing.
  function complete(input, list, chosen, told = () => {}) {
    let hits = [];
    let at = -1;
    const say = () => told(hits.length, at, Boolean(input.value.trim()));
    const mark = () => {
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      const item = list.children[at];
      if (item) { item.scrollIntoView({ block: "nearest" }); input.setAttribute("aria-activedescendant", item.id); }
      else input.removeAttribute("aria-activedescendant");
    };
    const open = (wanted) => {
      list.hidden = !(wanted && hits.length);
      input.setAttribute("aria-expanded", String(!list.hidden));
    };
    const go = (place) => {
      if (!hits.length) return;
      at = (place + hits.length) % hits.length;
      mark();
      say();
      chosen(hits[at]);
    };
    const seek = () => {
      hits = find(input.value);
      at = -1;
      list.replaceChildren(...hits.slice(0, 40).map((id, place) => {
        const item = make("li");
        item.id = `${list.id}-${place}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const wanted = plain(input.value);
        const other = plain(things[id].label).includes(wanted) ? "" : things[id].names.find((name) => plain(name).includes(wanted)) || "";
        item.append(kg.marks.swatch(nodes[id].group), make("span", kg.short(things[id].label, 60)));
        if (other) item.append(make("small", `  ${kg.short(other, 30)}`));
        item.addEventListener("mousedown", (event) => { event.preventDefault(); go(place); open(false); });
        return item;
      }));
      open(true);
      say();
    };
    input.addEventListener("input", seek);
    input.addEventListener("focus", () => open(true));
    input.addEventListener("blur", () => open(false));
    input.addEventListener("keydown", (event) => {
      // While an input method composes, Enter belongs to it.
      if (event.isComposing) return;
      if (event.key === "Enter" || event.key === "ArrowDown") go(at + (event.shiftKey ? -1 : 1));
      else if (event.key === "ArrowUp") go(at < 0 ? hits.length - 1 : at - 1);
      else return;
      event.preventDefault();
    });
    kg.on("language", () => say());
    return { seek };
  }

  kg.search = { find, complete };
})();
