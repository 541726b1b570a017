"use strict";
// The explorer fetches the network piece by piece: what was searched, what surrounds it, the way between two, the whole as a map.
(() => {
  const { $, graph, make, button, drawing, marks } = kg;
  const { things, nodes } = graph;
  const asked = new Map();

  let pending = 0;
  const busy = (more) => { pending += more; $("stage").setAttribute("aria-busy", String(pending > 0)); };
  async function get(address) {
    busy(1);
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(await answer.text());
      told("");
      return await answer.json();
    } catch (error) {
      told(kg.say("failed") + error.message);
      return null;
    } finally {
      busy(-1);
    }
  }
  function told(text) {
    $("notice").textContent = text;
    $("notice").hidden = !text;
  }
  const local = (type) => type.split("#").pop();
  const query = (values) => new URLSearchParams(values).toString();

  // ---- pieces of the network ---------------------------------------------------------------------------------------

  function take(piece) {
    const ids = graph.add(piece);
    for (const [place, number] of Object.entries(piece.left)) things[ids[place]].left = number;
    return piece.roots.map((place) => ids[place]);
  }

  // What surrounds a thing, asked for once; gives the things it is, several for a statement that ties them.
  function load(iri) {
    if (!asked.has(iri)) {
      asked.set(iri, get(`/network?${query({ iri })}`).then((piece) => {
        if (!piece) { asked.delete(iri); return []; }
        return take(piece);
      }));
    }
    return asked.get(iri);
  }

  const isName = (iri) => iri.startsWith("urn:");
  const named = (fragment) => ["root", "expand", "path", "node", "agency", "focus", "collapse"].flatMap((name) => (fragment.get(name) || "").split("|")).filter((iri) => iri && iri !== "-1");

  // Those who act before the documents, and these before what they say; each text of a document once.
  const FIRST = ["Agency", "CoordinatingBody", "Official", "AgencyGroup", "OfficeHolder", "OfficialDocument"];
  async function search(words) {
    if (!words.trim()) return [];
    const ask = (kinds) => get(`/search?${query({ q: words, format: "json", class: kinds })}`);
    const hits = (await Promise.all([ask(FIRST.join(",")), ask("")])).flatMap((answer) => answer || []);
    const rank = ({ class: type, text }) => { const place = FIRST.indexOf(local(type)); return place < 0 ? 9 : kg.plain(text) === kg.plain(words) ? 0 : place < 5 ? 1 : 2; };
    const once = new Map();
    for (const hit of hits) if (!once.has(`${hit.text} ${hit.document} ${rank(hit)}`)) once.set(`${hit.text} ${hit.document} ${rank(hit)}`, hit);
    return [...once.values()].sort((a, b) => rank(a) - rank(b));
  }
  // Of letters typed one behind the other only the last word is asked.
  let waiting = null;
  const find = (words) => new Promise((found) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(words).then(found), 120);
  });

  // What kg.view.inline.visible does to the text of a page: what would mislead the eye is written as its code point.
  const visible = (text) => text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu, (char) => `[U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);

  function show(hit) {
    const part = make("span");
    const piece = (...ends) => visible([...hit.text].slice(...ends).join(""));
    part.append(kg.short(piece(0, hit.start), 40), make("mark", piece(hit.start, hit.end)), kg.short(piece(hit.end), 40));
    const type = local(hit.class);
    const mark = kg.data.words.types[type] ? marks.swatch(type) : marks.stroke(kg.data.classes[type] || "");
    return [mark, part, make("small", `  ${hit.document}`)];
  }

  kg.reach = {
    // Everything that the address speaks of.
    async known(fragment) {
      await Promise.all([...new Set(named(fragment))].filter((iri) => !isName(iri)).map(load));
      const ends = (fragment.get("path") || "").split("|");
      if (ends.length === 2) await kg.reach.between(...ends);
    },
    // Whether something came of what surrounds a thing that was not known before.
    async around(id) {
      const { iri } = things[id];
      if (isName(iri) || asked.has(iri)) { await asked.get(iri); return false; }
      await load(iri);
      return true;
    },
    async between(from, to) {
      const piece = await get(`/network?${query({ iri: from, to })}`);
      return piece && piece.things.length ? graph.add(piece) : null;
    },
    way: (from, to) => kg.reach.between(things[from].iri, things[to].iri),
    async thing(hit) {
      if (hit === undefined || typeof hit === "number") return hit;
      const found = await load(hit.iri);
      // What is found first is shown with what surrounds it; of a statement all that it ties is shown.
      if (!kg.state.roots.size && found.length === 1) kg.state.expanded.add(found[0]);
      if (found.length > 1) for (const id of found) kg.state.roots.add(id);
      return found[0];
    },
    find,
    show,
  };
  kg.pageOf = (iri) => (isName(iri) ? "" : `/describe?${query({ iri, lang: kg.lang })}`);

  // ---- before anything was searched --------------------------------------------------------------------------------

  function begin() {
    const empty = !kg.state || (!kg.state.roots.size && !drawing.map);
    $("begin").hidden = !empty || !$("table").hidden;
    if (empty || drawing.map) $("nothing").hidden = true;
  }
  function starters() {
    const list = make("ul");
    for (const { iri, label } of kg.data.newest) {
      const item = make("li");
      item.append(button(kg.short(label, 60), async () => { const id = await kg.reach.thing({ iri }); if (id !== undefined) kg.visit("node", id); }));
      list.append(item);
    }
    $("begin").replaceChildren(make("h2", kg.say("beginTitle")), make("p", kg.say("beginHint")), list);
  }
  const start = make("div");
  start.id = "begin";
  $("stage").append(start);
  kg.on("language", starters);
  kg.on("change", begin);

  // ---- the whole as a map ------------------------------------------------------------------------------------------

  async function openMap() {
    told(kg.say("mapping"));
    const answer = await get(`/network/whole?${query({ limit: kg.data.most })}`);
    if (!answer) return;
    const { types, kinds } = answer;
    const data = {
      nodes: answer.nodes.map(([iri, label, type, ties, x, y]) => ({ iri, label, type: types[type], ties, x, y, size: 1.6 + Math.min(9, Math.sqrt(ties) * 0.55) })),
      lines: answer.lines.map(([from, to, kind]) => [from, to, kinds[kind]]),
      types: new Set(types),
      kinds: new Set(kinds),
    };
    $("begin").hidden = true;
    drawing.openMap(data, {
      node: (id) => { drawing.choose(id); visit(data.nodes[id].iri); },
      twice: async (id) => { closeMap(); const [found] = await load(data.nodes[id].iri); if (found !== undefined) { kg.visit("node", found); kg.expand(found); } },
      line: () => {},
      nothing: () => drawing.choose(null),
    });
    $("whole").setAttribute("aria-pressed", "true");
    told(kg.say("mapped", { shown: data.nodes.length, whole: answer.whole }));
    kg.legend();
  }
  // What the panel says of a thing on the map; the picture stays the map.
  async function visit(iri) {
    const [found] = await load(iri);
    if (found !== undefined) kg.select("node", found);
  }
  function closeMap() {
    if (!drawing.map) return;
    drawing.map.back();
    $("whole").setAttribute("aria-pressed", "false");
    told("");
    kg.legend();
    begin();
  }
  $("whole").addEventListener("click", () => (drawing.map ? closeMap() : openMap()));
  $("clear").addEventListener("click", () => { closeMap(); kg.clear(); begin(); });
})();
