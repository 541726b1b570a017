"use strict";
// Finding a name, in full or in a short form, and completing it.
(() => {
  const { graph, plain, make } = kg;
  const { things, nodes, ties } = graph;
  const names = new Map();
  const namesOf = (id) => {
    if (!names.has(id)) names.set(id, [things[id].label, ...things[id].names].map(plain));
    return names.get(id);
  };

  // What bears the words: whole names first, then beginnings, then what has most ties.
  function find(words) {
    const wanted = plain(words);
    if (!wanted) return [];
    const rank = (id) => Math.min(...namesOf(id).map((name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : name.includes(wanted) ? 2 : 9)));
    return nodes.map((n) => [rank(n.id), n.id]).filter(([r]) => r < 9).sort((a, b) => a[0] - b[0] || ties[b[1]].length - ties[a[1]].length || a[1] - b[1]).map(([, id]) => id);
  }

  // How a thing that was found stands in a list: its mark, its name, and the other name by which it was found.
  function shown(id, words) {
    const wanted = plain(words);
    const other = plain(things[id].label).includes(wanted) ? "" : things[id].names.find((name) => plain(name).includes(wanted)) || "";
    const parts = [kg.marks.swatch(nodes[id].group), make("span", kg.short(things[id].label, 60))];
    if (other) parts.push(make("small", `  ${kg.short(other, 30)}`));
    return parts;
  }

  // A field that completes names; ``chosen`` is told of what was found. What finds may answer later.
  function complete(input, list, chosen, told = () => {}, seek = find, show = shown) {
    let hits = [];
    let at = -1;
    let turn = 0;
    let found = Promise.resolve();
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
    const put = (answer, words) => {
      hits = answer;
      at = -1;
      list.replaceChildren(...hits.slice(0, 40).map((hit, place) => {
        const item = make("li");
        item.id = `${list.id}-${place}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.append(...show(hit, words));
        item.addEventListener("mousedown", (event) => { event.preventDefault(); go(place); open(false); });
        return item;
      }));
      open(document.activeElement === input);
      say();
    };
    const look = () => {
      const mine = ++turn;
      const words = input.value;
      const answer = seek(words);
      if (!answer.then) { put(answer, words); return; }
      found = answer.then((later) => { if (mine === turn) put(later, words); });
    };
    input.addEventListener("input", look);
    input.addEventListener("focus", () => open(true));
    input.addEventListener("blur", () => open(false));
    input.addEventListener("keydown", (event) => {
      // While an input method composes, Enter belongs to it.
      if (event.isComposing) return;
      const step = (place, stay = true) => found.then(() => { go(place()); open(stay); });
      if (event.key === "Enter") step(() => at + (event.shiftKey ? -1 : 1), false);
      else if (event.key === "ArrowDown") step(() => at + 1);
      else if (event.key === "ArrowUp") step(() => (at < 0 ? hits.length - 1 : at - 1));
      else return;
      event.preventDefault();
    });
    kg.on("language", () => say());
  }

  kg.search = { find, complete };
})();
