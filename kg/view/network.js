"use strict";
// The page's own script. Text out of a source reaches the page by textContent and by the canvas alone, never as markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const { words, things, facts, docs } = data;
  const $ = (id) => document.getElementById(id);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const state = { lang: "zh", types: new Set(), kinds: new Set(), doc: "", selected: null, hit: -1, hits: [], physics: false };
  let network = null;

  // ---- words -------------------------------------------------------------------------------------------------------

  const say = (name) => words.ui[name][state.lang];
  const typeName = (type) => words.types[type][state.lang];
  const kindName = (kind) => (words.kinds[kind] || words.kinds[""])[state.lang];
  const fieldName = (kind, name) => {
    const word = words.fields[`${kind}.${name}`] || words.fields[name];
    return word ? word[state.lang] : name;
  };
  const docName = (key) => (key === "issue" ? say("ownData") : key);

  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  function button(text, action, className) {
    const element = make("button", text, className);
    element.type = "button";
    element.addEventListener("click", action);
    return element;
  }

  // ---- marks of the legend -----------------------------------------------------------------------------------------

  const OUTLINES = {
    square: "2,2 14,2 14,14 2,14",
    box: "1,4 15,4 15,12 1,12",
    diamond: "8,1 15,8 8,15 1,8",
    triangle: "8,1.5 15,14 1,14",
    triangleDown: "1,2 15,2 8,14.5",
    hexagon: "4.5,2 11.5,2 15,8 11.5,14 4.5,14 1,8",
    star: "8,1 9.9,6 15,6 11,9.4 12.4,14.6 8,11.5 3.6,14.6 5,9.4 1,6 6.1,6",
  };

  function svg(name, attributes) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  function swatch(type) {
    const look = words.types[type];
    const paint = {
      fill: look.hollow ? "none" : look.color,
      stroke: look.color,
      "stroke-width": 1.5,
      "stroke-dasharray": look.hollow ? "3 2" : "none",
    };
    const mark = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
    if (OUTLINES[look.shape]) mark.append(svg("polygon", { points: OUTLINES[look.shape], ...paint }));
    else mark.append(svg("circle", { cx: 8, cy: 8, r: 6.5, ...paint }));
    return mark;
  }

  function stroke(kind) {
    const look = words.kinds[kind] || words.kinds[""];
    const mark = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
    const line = { stroke: look.color, "stroke-width": 2, "stroke-dasharray": look.dashes ? "3 2" : "none" };
    mark.append(svg("line", { x1: 0, y1: 8, x2: 11, y2: 8, ...line }));
    mark.append(svg("polygon", { points: "10,4.5 16,8 10,11.5", fill: look.color }));
    return mark;
  }

  // ---- the graph ---------------------------------------------------------------------------------------------------

  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const nodeOf = data.nodes;
  const edgeOf = data.edges;
  const ties = nodeOf.map(() => []);
  for (const edge of edgeOf) {
    ties[edge.from].push(edge.id);
    if (edge.to !== edge.from) ties[edge.to].push(edge.id);
  }
  const docOf = (edge) => facts[edge.fact].doc || "";
  // Funds and deadlines are facts, and go with their kind; documents are more than the fact that describes them.
  const ownKind = (id) => words.types[nodeOf[id].group].kind;
  const headOf = new Map(docs.filter((doc) => doc.node !== undefined).map((doc) => [doc.node, doc.key]));
  const FLAT = data.flat;
  const islands = docs.filter((doc) => doc.island).map((doc) => {
    const [x, y, radius] = doc.island;
    const inside = nodeOf.filter((n) => Math.hypot(n.x - x, (n.y - y) / FLAT) <= radius).map((n) => n.id);
    return { key: doc.key, x, y, radius, inside };
  });
  const homeOf = nodeOf.map(() => -1);
  islands.forEach((island, number) => island.inside.forEach((id) => { homeOf[id] = number; }));
  const inIsland = new Set(islands.flatMap((island) => island.inside));
  const middle = { key: null, x: 0, y: 0, radius: data.shared, inside: nodeOf.map((n) => n.id).filter((id) => !inIsland.has(id)) };

  // On a screen that is higher than wide, the islands stand in rows below one another.
  function upright() {
    const stage = $("stage").getBoundingClientRect();
    if (stage.width > stage.height * 0.85) return;
    const lands = [middle, ...islands].filter((land) => land.radius && land.inside.length);
    const area = lands.reduce((sum, land) => sum + 4 * land.radius * land.radius * FLAT, 0);
    const wide = Math.max(...lands.map((land) => 2 * land.radius), Math.sqrt((area * stage.width) / stage.height));
    const rows = [];
    const half = Math.ceil(islands.length / 2);
    for (const land of [...islands.slice(0, half), middle, ...islands.slice(half)].filter((each) => lands.includes(each))) {
      const row = rows.find((each) => each.width + 2 * land.radius <= wide * 1.05);
      if (row) row.lands.push(land);
      else rows.push({ lands: [land], width: 0 });
      const own = row || rows[rows.length - 1];
      own.width += 2 * land.radius;
    }
    let top = 0;
    for (const row of rows) {
      const high = Math.max(...row.lands.map((land) => land.radius)) * FLAT;
      let left = -row.width / 2;
      for (const land of row.lands) {
        const [x, y] = [left + land.radius, top + high];
        for (const id of land.inside) {
          nodeOf[id].x += x - land.x;
          nodeOf[id].y += y - land.y;
        }
        Object.assign(land, { x, y });
        left += 2 * land.radius;
      }
      top += 2 * high + 30;
    }
    nodes.update(nodeOf.map((node) => ({ id: node.id, x: node.x, y: node.y })));
  }

  const shown = { nodes: nodeOf.map(() => true), edges: edgeOf.map(() => true) };

  function theme() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    return { paper: colour("paper"), ground: colour("ground"), ink: colour("ink"), faint: colour("faint"), line: colour("line"), mark: colour("mark") };
  }

  function options(paint) {
    const face = getComputedStyle(document.body).fontFamily;
    const groups = {};
    for (const [type, look] of Object.entries(words.types)) {
      const fill = look.hollow ? paint.ground : look.color;
      const edge = look.hollow ? look.color : paint.ground;
      groups[type] = {
        ...data.options.groups[type],
        color: {
          background: fill,
          border: edge,
          highlight: { background: fill, border: paint.mark },
          hover: { background: fill, border: paint.mark },
        },
        ...(look.shape === "box" ? { font: { color: "#ffffff", strokeWidth: 0 } } : {}),
      };
    }
    return {
      ...data.options,
      groups,
      nodes: { ...data.options.nodes, font: { ...data.options.nodes.font, face, color: paint.ink, strokeWidth: 3, strokeColor: paint.ground } },
      edges: { ...data.options.edges, font: { ...data.options.edges.font, face, color: paint.faint, strokeWidth: 3, strokeColor: paint.ground } },
    };
  }

  let paint = theme();
  const colourOf = (edge) => (words.kinds[edge.kind] || words.kinds[""]).color;

  // What is not tied to the selected thing steps back.
  const near = new Set();
  function looks() {
    near.clear();
    const lit = new Set();
    if (state.selected !== null) {
      const [sort, id] = state.selected;
      if (sort === "node") {
        near.add(id);
        for (const tie of ties[id]) {
          lit.add(tie);
          near.add(edgeOf[tie].from);
          near.add(edgeOf[tie].to);
        }
      } else {
        lit.add(id);
        near.add(edgeOf[id].from);
        near.add(edgeOf[id].to);
      }
    }
    const any = state.selected !== null;
    nodes.update(nodeOf.map((node) => {
      const back = any && !near.has(node.id);
      const box = words.types[node.group].shape === "box";
      const ink = box ? "#ffffff" : paint.ink;
      return {
        id: node.id,
        hidden: !shown.nodes[node.id],
        opacity: back ? 0.18 : 1,
        font: { ...node.font, color: back ? paint.line : ink, strokeWidth: back || box ? 0 : 3, strokeColor: paint.ground },
      };
    }));
    edges.update(edgeOf.map((edge) => {
      const back = any && !lit.has(edge.id);
      const colour = colourOf(edge);
      return {
        id: edge.id,
        hidden: !shown.edges[edge.id],
        label: back ? "" : edge.label,
        color: { color: colour, highlight: colour, hover: colour, opacity: back ? 0.06 : any ? 0.95 : homeOf[edge.from] === homeOf[edge.to] ? 0.6 : 0.28 },
      };
    }));
  }

  // The ground of each document, with its name on the shore.
  function grounds(context) {
    if (state.physics) return;
    const scale = network.getScale();
    context.save();
    context.textAlign = "center";
    for (const island of islands) {
      if (!island.key || !island.inside.some((id) => shown.nodes[id])) continue;
      context.beginPath();
      context.ellipse(island.x, island.y, island.radius, island.radius * FLAT, 0, 0, 2 * Math.PI);
      context.fillStyle = paint.ground;
      context.fill();
      context.lineWidth = 1 / scale;
      context.strokeStyle = paint.line;
      context.stroke();
    }
    context.restore();
  }

  // Names at a size that can be read whatever the zoom, as on a map: documents first, then what has most ties, as far as
  // there is room. From near by the network's own labels take over.
  const ranking = nodeOf.map((n) => n.id).sort((a, b) => headOf.has(b) - headOf.has(a) || ties[b].length - ties[a].length || a - b);
  const OWN = data.options.nodes.scaling.label.drawThreshold;

  function captions(context) {
    if (state.physics) return;
    const scale = network.getScale();
    const family = getComputedStyle(document.body).fontFamily;
    const taken = [];
    // Writes the first of the texts that fits into the width and stands on no other.
    const write = (texts, x, y, size, bold, ink, ground, width) => {
      context.font = `${bold ? 600 : 400} ${size / scale}px ${family}`;
      context.lineWidth = 3.5 / scale;
      context.strokeStyle = ground;
      context.fillStyle = ink;
      for (const text of texts) {
        const half = context.measureText(text).width / 2 + 2 / scale;
        const high = (size * 0.62) / scale;
        if (half > width || taken.some((t) => Math.abs(t.x - x) < t.half + half && Math.abs(t.y - y) < t.high + high)) continue;
        taken.push({ x, y, half, high });
        context.strokeText(text, x, y);
        context.fillText(text, x, y);
        return;
      }
    };
    context.save();
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    const back = state.selected !== null;
    for (const land of [...islands, middle]) {
      if (land.key === "" || !land.radius || !land.inside.some((id) => shown.nodes[id])) continue;
      const name = land.key === null ? say("shared") : docName(land.key);
      const tail = /[^〕\])）]*号$/.exec(name);
      const top = land.y - land.radius * FLAT;
      write([short(name, 24), ...(tail ? [tail[0]] : [])], land.x, top, 12, true, paint.faint, paint.paper, land.radius * 1.3);
    }
    const box = $("network").getBoundingClientRect();
    const from = network.DOMtoCanvas({ x: 0, y: 0 });
    const to = network.DOMtoCanvas({ x: box.width, y: box.height });
    // The network's own labels, and the large marks, keep their place.
    for (const node of nodeOf) {
      if (!shown.nodes[node.id]) continue;
      const place = network.body.nodes[node.id];
      if (node.size >= 14) taken.push({ x: place.x, y: place.y, half: node.size * 0.8, high: node.size * 0.8 });
      if (node.font.size * scale < OWN) continue;
      const lines = node.label.split("\n");
      const half = (Math.max(...lines.map((line) => line.length)) * node.font.size) / 2;
      const high = (lines.length * node.font.size * 1.2) / 2;
      const below = words.types[node.group].shape === "box" ? 0 : node.size + high;
      taken.push({ x: place.x, y: place.y + below, half, high });
    }
    let room = 80;
    for (const id of ranking) {
      const node = nodeOf[id];
      if (!shown.nodes[id] || (back && !near.has(id)) || node.font.size * scale >= OWN) continue;
      const place = network.body.nodes[id];
      if (place.x < from.x || place.x > to.x || place.y < from.y || place.y > to.y) continue;
      if (!back && !headOf.has(id) && ties[id].length < 3) break;
      const lines = node.label.split("\n");
      const text = headOf.has(id) ? lines.join("").replace(/^关于/, "") : lines.join("");
      const chosen = back && state.selected[0] === "node" && state.selected[1] === id;
      const y = place.y + node.size + 8 / scale;
      write([short(text, 14), short(text, 8)], place.x, y, 11, chosen || headOf.has(id), paint.ink, paint.ground, Infinity);
      if (--room === 0) break;
    }
    context.restore();
  }

  function draw() {
    paint = theme();
    const view = network ? { position: network.getViewPosition(), scale: network.getScale() } : null;
    if (network) network.destroy();
    looks();
    network = new vis.Network($("network"), { nodes, edges }, options(paint));
    network.on("beforeDrawing", grounds);
    network.on("afterDrawing", captions);
    network.on("click", (event) => {
      if (event.nodes.length) select("node", event.nodes[0]);
      else if (event.edges.length) select("edge", event.edges[0]);
      else close();
    });
    network.on("hoverNode", () => { $("network").style.cursor = "pointer"; });
    network.on("blurNode", () => { $("network").style.cursor = ""; });
    if (view) network.moveTo({ ...view, animation: false });
    else network.once("afterDrawing", () => fit(false));
    if (state.selected !== null) highlight();
  }

  const motion = (wanted) => (wanted && !still.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false);

  function fit(animated = true) {
    const visible = nodeOf.filter((node) => shown.nodes[node.id]).map((node) => node.id);
    if (visible.length) network.fit({ nodes: visible, animation: motion(animated), maxZoomLevel: 1.6, minZoomLevel: 0.01 });
  }

  function highlight() {
    const [sort, id] = state.selected;
    if (sort === "node") network.selectNodes([id], false);
    else network.setSelection({ nodes: [], edges: [id] }, { highlightEdges: false });
  }

  // ---- filters -----------------------------------------------------------------------------------------------------

  function filter() {
    const passes = edgeOf.map((edge) => state.kinds.has(edge.kind) && (!state.doc || docOf(edge) === state.doc));
    shown.nodes = nodeOf.map((node) => {
      if (!state.types.has(node.group)) return false;
      const own = ownKind(node.id);
      if (own && !state.kinds.has(own)) return false;
      if (ties[node.id].some((tie) => passes[tie])) return true;
      if (state.doc) return headOf.get(node.id) === state.doc || (!ties[node.id].length && things[node.id].docs.includes(state.doc));
      return !ties[node.id].length;
    });
    shown.edges = edgeOf.map((edge) => passes[edge.id] && shown.nodes[edge.from] && shown.nodes[edge.to]);
    looks();
    const count = (list) => list.filter(Boolean).length;
    $("counts").textContent = say("counts").replace("{nodes}", count(shown.nodes)).replace("{edges}", count(shown.edges));
    $("nothing").hidden = shown.nodes.some(Boolean);
    $("nothing").textContent = say(nodeOf.length ? "nothingShown" : "nothing");
    seek(false);
  }

  function choices(list, names, counts, chosen, mark, name, allButton) {
    list.replaceChildren();
    for (const key of names) {
      const item = make("li");
      const label = make("label");
      const box = make("input");
      box.type = "checkbox";
      box.checked = chosen.has(key);
      box.dataset.key = key;
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(key);
        else chosen.delete(key);
        allButton.textContent = say(names.every((n) => chosen.has(n)) ? "none" : "all");
        filter();
      });
      label.append(box, mark(key), make("span", name(key), "name"), make("span", counts.get(key), "number"));
      item.append(label);
      list.append(item);
    }
    allButton.textContent = say(names.every((n) => chosen.has(n)) ? "none" : "all");
    allButton.onclick = () => {
      const every = names.every((n) => chosen.has(n));
      for (const key of names) every ? chosen.delete(key) : chosen.add(key);
      legend();
      filter();
    };
  }

  function tally(values) {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    return counts;
  }
  const typeCounts = tally(nodeOf.map((node) => node.group));
  const kindCounts = tally(edgeOf.map((edge) => edge.kind));
  // A fact that is a thing and has no tie is counted where it stands.
  nodeOf.forEach((node) => {
    const kind = ownKind(node.id);
    if (kind && !kindCounts.has(kind)) kindCounts.set(kind, 1);
  });
  const types = Object.keys(words.types).filter((type) => typeCounts.has(type));
  const kinds = Object.keys(words.kinds).filter((kind) => kindCounts.has(kind));
  types.forEach((type) => state.types.add(type));
  kinds.forEach((kind) => state.kinds.add(kind));

  function legend() {
    choices($("types"), types, typeCounts, state.types, swatch, typeName, $("types-all"));
    choices($("kinds"), kinds, kindCounts, state.kinds, stroke, kindName, $("kinds-all"));
    const menu = $("document");
    menu.replaceChildren();
    const entry = (value, text) => {
      const option = make("option", text);
      option.value = value;
      menu.append(option);
    };
    entry("", say("allDocuments"));
    for (const doc of docs) {
      const title = doc.title && doc.title !== doc.key && doc.key !== "issue" ? ` ${doc.title}` : "";
      if (doc.key) entry(doc.key, [...(docName(doc.key) + title)].slice(0, 60).join(""));
    }
    menu.value = state.doc;
  }

  // ---- search ------------------------------------------------------------------------------------------------------

  const plain = (text) => text.normalize("NFKC").replace(/[〔［【\[{]/g, "(").replace(/[〕］】\]}]/g, ")").replace(/\s/g, "").toLowerCase();
  const haystack = things.map((thing) => [thing.label, ...thing.names].map(plain).join("\n"));

  function seek(open = true) {
    const wanted = plain($("search").value);
    state.hits = wanted ? nodeOf.map((n) => n.id).filter((id) => shown.nodes[id] && haystack[id].includes(wanted)) : [];
    // Whole names first, then beginnings, then what has most ties.
    const rank = (id) => (plain(things[id].label) === wanted ? 0 : plain(things[id].label).startsWith(wanted) ? 1 : 2);
    state.hits.sort((a, b) => rank(a) - rank(b) || ties[b].length - ties[a].length || a - b);
    state.hit = -1;
    $("hits").textContent = wanted ? (state.hits.length ? `${state.hits.length}` : say("noHit")) : "";
    const list = $("found");
    list.replaceChildren();
    state.hits.slice(0, 40).forEach((id, place) => {
      const item = make("li");
      item.setAttribute("role", "option");
      item.append(swatch(nodeOf[id].group), make("span", short(things[id].label, 60)));
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        go(place);
        list.hidden = true;
      });
      list.append(item);
    });
    list.hidden = !open || !state.hits.length;
  }

  function go(place) {
    if (!state.hits.length) return;
    state.hit = (place + state.hits.length) % state.hits.length;
    $("hits").textContent = `${state.hit + 1}/${state.hits.length}`;
    [...$("found").children].forEach((item, i) => item.setAttribute("aria-selected", String(i === state.hit)));
    visit("node", state.hits[state.hit]);
  }

  // ---- panel -------------------------------------------------------------------------------------------------------

  const short = (text, length) => {
    const chars = [...text];
    return chars.length > length ? `${chars.slice(0, length).join("")}…` : text;
  };

  function badge(text, colour) {
    const element = make("span", text, "badge");
    element.style.backgroundColor = colour;
    return element;
  }

  function link(id) {
    return button(short(things[id].label, 40), () => visit("node", id));
  }

  const COMPARATORS = { "=": "＝", ">=": "≥", "<=": "≤", "<": "＜", ">": "＞", "~": "≈" };

  // The fields of a fact, the words it was read from, and where these stand.
  function account(fact) {
    const parts = [];
    const list = make("dl");
    const row = (name, value) => list.append(make("dt", name), make("dd", value));
    for (const [name, value] of Object.entries(fact.fields)) {
      row(fieldName(fact.kind, name), name === "comparator" ? COMPARATORS[value] || value : value);
    }
    if (list.children.length) parts.push(list);
    if (fact.quote) {
      parts.push(make("h4", fieldName("", "quote")));
      const quote = make("blockquote", fact.quote);
      quote.id = "quote";
      parts.push(quote);
    }
    const where = make("dl");
    for (const name of ["doc", "source", "spans", "rule"]) {
      if (!fact[name]) continue;
      const doc = name === "doc" ? docs.find((d) => d.key === fact.doc) : null;
      const value = make("dd", name === "doc" ? docName(fact.doc) : fact[name]);
      if (doc && doc.node !== undefined) value.append(make("br"), link(doc.node));
      where.append(make("dt", fieldName("", name)), value);
    }
    parts.push(where);
    return parts;
  }

  function aboutEdge(id) {
    const edge = edgeOf[id];
    const fact = facts[edge.fact];
    const way = make("p", undefined, "way");
    way.append(link(edge.from), " ── ", make("b", edge.label || kindName(edge.kind)), " → ", link(edge.to));
    return [badge(kindName(edge.kind), colourOf(edge)), way, ...account(fact)];
  }

  function aboutNode(id) {
    const thing = things[id];
    const parts = [make("h3", thing.label), badge(typeName(nodeOf[id].group), words.types[nodeOf[id].group].color)];
    if (thing.names.length) {
      const list = make("dl");
      list.append(make("dt", fieldName("", "names")), make("dd", thing.names.join("、")));
      parts.push(list);
    }
    if (thing.fact !== undefined) parts.push(...account(facts[thing.fact]));
    const own = ties[id].filter((tie) => shown.edges[tie]);
    parts.push(make("h4", `${say("facts")} ${own.length}`));
    if (!own.length) parts.push(make("p", say("noFacts")));
    const list = make("ul", undefined, "facts");
    own.sort((a, b) => kinds.indexOf(edgeOf[a].kind) - kinds.indexOf(edgeOf[b].kind) || a - b);
    for (const tie of own) {
      const edge = edgeOf[tie];
      const out = edge.from === id;
      const other = short(things[out ? edge.to : edge.from].label, 30);
      const item = make("li");
      const open = button("", () => visit("edge", tie));
      const fact = facts[edge.fact];
      const matter = fact.fields.matter || fact.fields.task;
      const word = edge.label || kindName(edge.kind);
      // What a duty is about says more than the document it stands in, which is the same for many of them.
      const [first, second] = matter
        ? [`${word}：${short(matter, 60)}`, `${out ? "→" : "←"} ${other}`]
        : [out ? `${word} → ${other}` : `← ${word} · ${other}`, fact.quote || ""];
      open.append(stroke(edge.kind), ` ${first}`, make("small", second));
      item.append(open);
      list.append(item);
    }
    parts.push(list);
    return parts;
  }

  function select(sort, id) {
    state.selected = [sort, id];
    looks();
    highlight();
    panel();
  }

  function panel() {
    const [sort, id] = state.selected;
    $("said").replaceChildren(...(sort === "node" ? aboutNode(id) : aboutEdge(id)));
    $("panel").dataset.shows = sort;
    $("panel").hidden = false;
    $("panel").scrollTop = 0;
    $("legend").classList.remove("open");
  }

  // Selects a thing or a tie and brings it into view.
  function visit(sort, id) {
    select(sort, id);
    network.redraw();
    const ends = sort === "node" ? [id] : [edgeOf[id].from, edgeOf[id].to];
    const points = Object.values(network.getPositions(ends));
    const middleOf = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
    // The panel has only now taken its room: the canvas must know its size before it is moved.
    requestAnimationFrame(() => {
      const stage = $("stage").getBoundingClientRect();
      const over = Math.max(0, stage.bottom - $("panel").getBoundingClientRect().top);
      const covered = $("panel").getBoundingClientRect().left < stage.right ? Math.min(over, stage.height * 0.6) : 0;
      const room = { x: stage.width * 0.75, y: (stage.height - covered) * 0.7 };
      const apart = (axis) => Math.max(...points.map((p) => p[axis])) - Math.min(...points.map((p) => p[axis])) || 1;
      const most = Math.min(room.x / apart("x"), room.y / apart("y"));
      const scale = Math.min(Math.max(network.getScale(), 0.9), most);
      const position = { x: middleOf("x"), y: middleOf("y") };
      network.moveTo({ position, scale, offset: { x: 0, y: -covered / 2 }, animation: motion(true) });
    });
  }

  function close() {
    state.selected = null;
    $("panel").hidden = true;
    network.unselectAll();
    looks();
  }

  // ---- language ----------------------------------------------------------------------------------------------------

  function translate() {
    document.documentElement.lang = state.lang;
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = say(element.dataset.text);
    for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = say(element.dataset.placeholder);
    for (const element of document.querySelectorAll("[data-label]")) {
      element.setAttribute("aria-label", say(element.dataset.label));
      if (element.tagName === "BUTTON") element.title = say(element.dataset.label);
    }
    legend();
    filter();
    if (state.selected !== null) panel();
    if (network) network.redraw();
  }

  // ---- what the reader does ----------------------------------------------------------------------------------------

  function save() {
    const from = $("network").querySelector("canvas");
    const to = make("canvas");
    to.width = from.width;
    to.height = from.height;
    const context = to.getContext("2d");
    context.fillStyle = paint.paper;
    context.fillRect(0, 0, to.width, to.height);
    context.drawImage(from, 0, 0);
    const anchor = make("a");
    anchor.href = to.toDataURL("image/png");
    anchor.download = "network.png";
    anchor.click();
  }

  $("search").addEventListener("input", () => seek());
  $("search").addEventListener("focus", () => { if (state.hits.length) $("found").hidden = false; });
  $("search").addEventListener("blur", () => { $("found").hidden = true; });
  $("search").addEventListener("keydown", (event) => {
    // While an input method composes, Enter belongs to it.
    if (event.isComposing) return;
    if (event.key === "Enter" || event.key === "ArrowDown") go(state.hit + (event.shiftKey ? -1 : 1));
    else if (event.key === "ArrowUp") go(state.hit - 1);
    else return;
    event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement.tagName) && document.activeElement.type !== "checkbox";
    if (event.key === "/" && !typing) {
      event.preventDefault();
      $("search").focus();
      $("search").select();
    } else if (event.key === "Escape") {
      $("found").hidden = true;
      $("legend").classList.remove("open");
      close();
      document.activeElement.blur();
    }
  });
  $("document").addEventListener("change", () => {
    state.doc = $("document").value;
    filter();
    fit();
  });
  $("filters").addEventListener("click", () => {
    $("filters").setAttribute("aria-expanded", String($("legend").classList.toggle("open")));
  });
  $("fit").addEventListener("click", () => fit());
  $("zoom-in").addEventListener("click", () => network.moveTo({ scale: network.getScale() * 1.4, animation: motion(true) }));
  $("zoom-out").addEventListener("click", () => network.moveTo({ scale: network.getScale() / 1.4, animation: motion(true) }));
  $("physics").addEventListener("click", () => {
    state.physics = !state.physics;
    $("physics").setAttribute("aria-pressed", String(state.physics));
    network.setOptions({ physics: { enabled: state.physics } });
    // Without physics everything goes back to where it was laid.
    if (!state.physics) nodes.update(nodeOf.map((node) => ({ id: node.id, x: node.x, y: node.y })));
  });
  $("image").addEventListener("click", save);
  $("language").addEventListener("click", () => {
    state.lang = state.lang === "zh" ? "en" : "zh";
    translate();
  });
  $("close").addEventListener("click", close);
  dark.addEventListener("change", draw);

  translate();
  upright();
  draw();
  // For whoever opens the console, and for the tests.
  window.kgView = { data, nodes, edges, state, get network() { return network; }, select, visit, fit };
})();
