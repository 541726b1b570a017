"use strict";
// The picture of the explorer, by sigma.js in WebGL; names stand on a canvas above it, as far as there is room for them.
(() => {
  const { $, graph, marks, shapes } = kg;
  const { Graph, Sigma, EdgeArrowProgram, EdgeLineProgram, createEdgeCurveProgram, forceAtlas2, animateNodes } = sigmaKit;
  const FACE = getComputedStyle(document.body).fontFamily;
  const NAMES = 260;
  let picture = new Graph({ multi: true, type: "directed" });
  let renderer = null;
  let events = {};
  let shown = { nodes: [], lines: [] };
  let lit = { any: false, nodes: new Set(), lines: new Set(), chosen: null };
  let hovered = null;
  let labels = false;
  let ranking = [];
  let map = null;
  const words = document.createElement("canvas");
  words.className = "words";
  words.setAttribute("aria-hidden", "true");

  const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  let paint = {};
  function repaint() {
    paint = { paper: style("paper"), ink: style("ink"), mark: style("mark"), ground: style("ground"), line: style("line") };
    shapes.ground = paint.paper;
    if (renderer) dress();
  }

  // ---- where things stand ------------------------------------------------------------------------------------------

  // New things stand around what they are tied to; then all of them find their places. The same steps give the same picture.
  function settle(fresh, former) {
    const around = new Map();
    fresh.forEach((id, place) => {
      const anchor = picture.neighbors(id).find((other) => former.has(other) || (around.has(other) && other !== id));
      const [x, y] = anchor ? [picture.getNodeAttribute(anchor, "x"), picture.getNodeAttribute(anchor, "y")] : [0, 0];
      const turn = (around.get(anchor) || 0) + 1;
      around.set(anchor, turn);
      const angle = 2.399963 * (turn + place * 0.13);
      const far = 12 + 6 * Math.sqrt(turn);
      picture.mergeNodeAttributes(id, { x: x + far * Math.cos(angle), y: y + far * Math.sin(angle) });
      around.set(id, around.get(id) || 0);
    });
    const { order } = picture;
    if (order < 2) return null;
    const iterations = order < 120 ? 400 : order < 400 ? 220 : order < 1500 ? 90 : 30;
    return forceAtlas2(picture, {
      iterations,
      getEdgeWeight: null,
      settings: { gravity: 0.6, scalingRatio: 14, slowDown: 3, linLogMode: false, outboundAttractionDistribution: false, barnesHutOptimize: order > 600, barnesHutTheta: 0.7, adjustSizes: false },
    });
  }

  const sizeOf = (id) => 4.5 + Math.min(9, 1.5 * Math.sqrt(Math.max(0, graph.nodes[id].weight - 2)));

  // Puts a view of the graph on the stage.
  function show(view) {
    shown = view;
    if (map) { dressMap(); return; }
    if (!renderer) return;
    const wanted = new Set(graph.nodes.map((node) => node.id).filter((id) => view.nodes[id]).map(String));
    const former = new Set(picture.nodes().filter((id) => wanted.has(id)));
    picture.clearEdges();
    for (const id of picture.nodes()) if (!wanted.has(id)) picture.dropNode(id);
    const fresh = [...wanted].filter((id) => !former.has(id));
    for (const id of fresh) picture.addNode(id, { x: 0, y: 0, size: 5, shape: shapes.code(graph.groupOf(Number(id))), type: "mark" });
    const between = new Map();
    for (const line of view.lines) {
      const pair = line.from < line.to ? `${line.from} ${line.to}` : `${line.to} ${line.from}`;
      const number = between.get(pair) || 0;
      between.set(pair, number + 1);
      const bend = (line.from < line.to ? 1 : -1) * Math.ceil(number / 2) * (number % 2 ? 0.22 : -0.22);
      picture.addEdgeWithKey(String(line.id), String(line.from), String(line.to), { type: number ? "curved" : "straight", curvature: bend, size: 1 + Math.log2(line.edges.length) * 0.6 });
    }
    ranking = [...wanted].map(Number).sort((a, b) => graph.nodes[b].weight - graph.nodes[a].weight || a - b);
    if (fresh.length) {
      const places = settle(fresh, former);
      if (places) move(places, former.size > 0);
    }
    dress();
  }

  function move(places, animated) {
    if (!animated || kg.still.matches) {
      picture.forEachNode((id) => picture.mergeNodeAttributes(id, places[id]));
    } else animateNodes(picture, places, { duration: 450, easing: "quadraticInOut" });
  }

  // Colours and sizes by what is lit and by the light of the page.
  function dress() {
    if (map) return dressMap();
    picture.forEachNode((id) => {
      const number = Number(id);
      const back = lit.any && !lit.nodes.has(number);
      const colour = marks.typeColour(graph.groupOf(number));
      picture.mergeNodeAttributes(id, { size: sizeOf(number) + (lit.chosen === number ? 2 : 0), color: back ? shapes.faded(colour, 0.22) : colour });
    });
    picture.forEachEdge((id) => {
      const line = shown.lines[Number(id)];
      const bright = lit.lines.has(line.id);
      picture.mergeEdgeAttributes(id, { color: shapes.faded(marks.kindColour(line.kind), lit.any ? (bright ? 0.95 : 0.1) : 0.42) });
    });
    renderer.refresh();
    return undefined;
  }

  function light(chosen, nodes, lines) {
    lit = { any: nodes !== null, nodes: new Set(nodes || []), lines: new Set(lines || []), chosen };
    if (renderer) dress();
  }

  // ---- names -------------------------------------------------------------------------------------------------------

  // Of a document, whose it is stands beside it in the picture: its name begins with what it is about.
  const SUBJECT = /^.{2,40}?关于(?=.{4})/u;
  const nameOf = (id) => {
    if (map) return map.nodes[id].label || marks.typeName(map.nodes[id].type);
    return graph.things[id].label;
  };
  const shortOf = (id) => (typeOf(id) === "OfficialDocument" ? nameOf(id).replace(SUBJECT, "") : nameOf(id));
  const typeOf = (id) => (map ? map.nodes[id].type : graph.groupOf(id));
  const at = (id) => { const { x, y } = picture.getNodeAttributes(String(id)); return renderer.graphToViewport({ x, y }); };
  const radius = (id) => renderer.scaleSize(picture.getNodeAttribute(String(id), "size"));
  const drawnIds = () => (map ? picture.nodes().map(Number) : ranking);

  // The names that have room, what is chosen first, then what has most ties; gives their boxes.
  function placeNames(context, width, height, moving) {
    const named = map ? ranking.filter((id) => map.nodes[id].label) : ranking;
    const first = map ? [map.chosen, hovered] : [hovered, lit.chosen, ...(lit.any ? ranking.filter((id) => lit.nodes.has(id)) : [])];
    const order = moving ? first : [...first, ...(lit.any && !map ? [] : named)];
    const taken = [];
    const done = new Set();
    const all = [];
    for (const id of order) {
      if (id === null || id === undefined || done.has(id) || !picture.hasNode(String(id))) continue;
      done.add(id);
      const { x, y } = at(id);
      if (x < -20 || y < -10 || x > width || y > height + 10) continue;
      const important = id === hovered || id === lit.chosen || (map && id === map.chosen);
      context.font = `${important ? "600 " : ""}12px ${FACE}`;
      const text = important ? kg.short(nameOf(id), 40) : kg.short(shortOf(id), 16);
      const left = x + radius(id) + 4;
      const box = [left - 2, y - 8, left + context.measureText(text).width + 2, y + 8];
      if (!important && taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      all.push({ id, text, left, y, important });
      if (all.length >= NAMES) break;
    }
    return { all, taken };
  }

  function write(context, { text, left, y, important }) {
    context.font = `${important ? "600 " : ""}12px ${FACE}`;
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = paint.paper;
    context.strokeText(text, left, y);
    context.fillStyle = paint.ink;
    context.fillText(text, left, y);
  }

  function writeLines(context, taken) {
    if (map || !(labels || (lit.any && lit.lines.size <= 24))) return;
    context.font = `10px ${FACE}`;
    for (const line of shown.lines) {
      if (lit.any ? !lit.lines.has(line.id) : !labels) continue;
      const [a, b] = [at(line.from), at(line.to)];
      const text = kg.lineName(line);
      const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
      const wide = context.measureText(text).width;
      const box = [x - wide / 2 - 2, y - 7, x + wide / 2 + 2, y + 7];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      context.textBaseline = "middle";
      context.textAlign = "center";
      context.lineJoin = "round";
      context.lineWidth = 3;
      context.strokeStyle = paint.paper;
      context.strokeText(text, x, y);
      context.fillStyle = marks.kindColour(line.kind);
      context.fillText(text, x, y);
    }
  }

  let still = 0;
  let boxes = [];
  function names(moving) {
    const { width, height } = renderer.getDimensions();
    const ratio = window.devicePixelRatio || 1;
    if (words.width !== width * ratio || words.height !== height * ratio) {
      [words.width, words.height] = [width * ratio, height * ratio];
      [words.style.width, words.style.height] = [`${width}px`, `${height}px`];
    }
    const context = words.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    const { all, taken } = placeNames(context, width, height, moving);
    if (!moving) writeLines(context, taken);
    for (const name of all) write(context, name);
    for (const id of [hovered, map ? map.chosen : lit.chosen]) {
      if (id === null || id === undefined || !picture.hasNode(String(id))) continue;
      const { x, y } = at(id);
      context.beginPath();
      context.arc(x, y, radius(id) * 1.3 + 3, 0, 2 * Math.PI);
      context.lineWidth = 2;
      context.strokeStyle = paint.mark;
      context.stroke();
    }
    boxes = all;
  }
  // While a large picture moves its names wait: they would cost more than the picture.
  function afterRender() {
    if (!map) { names(false); return; }
    names(true);
    clearTimeout(still);
    still = setTimeout(() => names(false), 160);
  }

  // ---- the view ----------------------------------------------------------------------------------------------------

  const motion = { duration: 350 };
  function go(state) {
    if (!renderer) return;
    const camera = renderer.getCamera();
    if (kg.still.matches) { camera.setState(state); renderer.scheduleRefresh(); }
    else camera.animate(state, motion);
  }
  const fit = () => go({ x: 0.5, y: 0.5, ratio: 1.08, angle: 0 });

  function bring(ids) {
    if (!renderer) return;
    const boxes = ids.filter((id) => picture.hasNode(String(id))).map((id) => renderer.getNodeDisplayData(String(id)));
    if (!boxes.length) return;
    const [x0, x1, y0, y1] = [Math.min(...boxes.map((b) => b.x)), Math.max(...boxes.map((b) => b.x)), Math.min(...boxes.map((b) => b.y)), Math.max(...boxes.map((b) => b.y))];
    const stage = $("stage").getBoundingClientRect();
    const panel = $("panel").getBoundingClientRect();
    const open = !$("panel").hidden;
    const below = open && panel.left <= stage.left + 1 ? panel.height : 0;
    const aside = open && !below ? panel.width : 0;
    const { ratio } = renderer.getCamera().getState();
    const wanted = Math.max(1.5 * (x1 - x0), 1.5 * (y1 - y0), map ? 0.06 : 0.35);
    const next = ids.length === 1 ? Math.min(ratio, Math.max(wanted, map ? 0.06 : ratio)) : Math.min(1.3, wanted);
    const unit = Math.min(stage.width, stage.height);
    go({ x: (x0 + x1) / 2 + (aside / 2 / unit) * next, y: (y0 + y1) / 2 - (below / 2 / unit) * next, ratio: next, angle: 0 });
  }

  // ---- the stage ---------------------------------------------------------------------------------------------------

  function raise(options) {
    if (renderer) renderer.kill();
    renderer = new Sigma(picture, $("network"), {
      allowInvalidContainer: true,
      renderLabels: false,
      renderEdgeLabels: false,
      defaultNodeType: "mark",
      nodeProgramClasses: { mark: shapes.Program },
      nodeHoverProgramClasses: { mark: shapes.Program },
      edgeProgramClasses: { straight: EdgeArrowProgram, curved: createEdgeCurveProgram({ arrowHead: { extremity: "target", lengthToThicknessRatio: 2.5, widenessToThicknessRatio: 2 } }), thin: EdgeLineProgram },
      defaultEdgeType: "straight",
      defaultDrawNodeHover: () => {},
      stagePadding: 46,
      minCameraRatio: 0.002,
      maxCameraRatio: 4,
      zIndex: false,
      ...options,
    });
    $("network").append(words);
    if (map) kg.gliding(renderer, () => [...Object.entries(renderer.getCanvases()).filter(([name]) => name !== "mouse").map(([, layer]) => layer), words]);
    renderer.on("afterRender", afterRender);
    renderer.on("clickNode", ({ node }) => events.node(Number(node)));
    renderer.on("doubleClickNode", (event) => { event.preventSigmaDefault(); events.twice(Number(event.node)); });
    renderer.on("clickEdge", ({ edge }) => events.line(Number(edge)));
    renderer.on("clickStage", () => events.nothing());
    const over = (id) => { hovered = id; $("network").style.cursor = id === null ? "" : "pointer"; renderer.scheduleRender(); };
    renderer.on("enterNode", ({ node }) => over(Number(node)));
    renderer.on("leaveNode", () => over(null));
  }

  // Without WebGL there is the table.
  kg.blind = !["webgl2", "webgl"].some((name) => document.createElement("canvas").getContext(name));
  function start(given) {
    events = given;
    if (kg.blind) return;
    repaint();
    raise({ enableEdgeEvents: true });
    show(shown);
    renderer.once("afterRender", () => performance.mark("drawn"));
  }

  // ---- the whole as a map ------------------------------------------------------------------------------------------

  // ``data`` has nodes with place, type and name, and lines as from, to, kind.
  function openMap(data, given) {
    const [typeCounts, kindCounts] = [new Map(), new Map()];
    const count = (counts, key) => counts.set(key, (counts.get(key) || 0) + 1);
    for (const { type } of data.nodes) count(typeCounts, type);
    for (const [, , kind] of data.lines) count(kindCounts, kind);
    const census = { types: [...typeCounts.keys()].sort(), kinds: [...kindCounts.keys()].sort(), typeCounts, kindCounts };
    map = { ...data, census, chosen: null };
    hovered = null;
    const kept = { picture, events };
    map.back = () => { map = null; hovered = null; ({ picture, events } = kept); raise({ enableEdgeEvents: true }); show(shown); fit(); };
    picture = new Graph({ multi: true, type: "directed" });
    picture.import({
      nodes: data.nodes.map((node, id) => ({ key: String(id), attributes: { x: node.x, y: node.y, size: node.size, shape: shapes.code(node.type), color: marks.typeColour(node.type), type: "mark", hidden: false } })),
      edges: data.lines.map(([from, to, kind], id) => ({ key: String(id), source: String(from), target: String(to), attributes: { type: "thin", size: 1, color: shapes.faded(marks.kindColour(kind), 0.3), hidden: false } })),
    });
    ranking = data.nodes.map((_, id) => id).sort((a, b) => data.nodes[b].ties - data.nodes[a].ties || a - b);
    events = given;
    raise({ enableEdgeEvents: false, hideEdgesOnMove: data.lines.length > 4000 });
    renderer.once("afterRender", () => performance.mark("map"));
    renderer.scheduleRender();
  }

  function dressMap() {
    const { types, kinds } = kg.state;
    const hidden = (id) => !types.has(map.nodes[id].type);
    picture.updateEachNodeAttributes((id, now) => ({ ...now, color: marks.typeColour(map.nodes[id].type), hidden: hidden(id) }), { attributes: ["color", "hidden"] });
    picture.updateEachEdgeAttributes((id, now, from, to) => {
      const kind = map.lines[id][2];
      return { ...now, color: shapes.faded(marks.kindColour(kind), 0.3), hidden: !kinds.has(kind) || hidden(from) || hidden(to) };
    }, { attributes: ["color", "hidden"] });
    ranking = map.nodes.map((_, id) => id).filter((id) => !hidden(id)).sort((a, b) => map.nodes[b].ties - map.nodes[a].ties || a - b);
    renderer.refresh();
  }

  // ---- on paper ----------------------------------------------------------------------------------------------------

  function drawn(context, width, height) {
    context.fillStyle = paint.paper;
    context.fillRect(0, 0, width, height);
    picture.forEachEdge((id, { color, hidden }, from, to) => {
      if (hidden) return;
      const [a, b] = [at(from), at(to)];
      context.beginPath();
      context.moveTo(a.x, a.y);
      context.lineTo(b.x, b.y);
      context.lineWidth = 1;
      context.strokeStyle = color;
      context.stroke();
    });
    for (const id of drawnIds()) {
      const { x, y } = at(id);
      if (x < 0 || y < 0 || x > width || y > height || picture.getNodeAttribute(String(id), "hidden")) continue;
      marks.draw(context, typeOf(id), x, y, radius(id), paint.paper);
    }
    for (const name of boxes) write(context, name);
  }
  function asSvg() {
    const { width, height } = renderer.getDimensions();
    const context = new kg.SvgCanvas(width, height, 1, document.createElement("canvas").getContext("2d"));
    drawn(context, width, height);
    return context.toString();
  }
  function asPng() {
    const { width, height } = renderer.getDimensions();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    const context = canvas.getContext("2d");
    context.scale(2, 2);
    drawn(context, width, height);
    return canvas.toDataURL("image/png");
  }

  kg.drawing = {
    start, show, light, fit, open: fit, bring, asSvg, asPng, repaint, openMap,
    zoom(factor) { if (!renderer) return; const camera = renderer.getCamera(); go({ ...camera.getState(), ratio: Math.min(4, Math.max(0.002, camera.getState().ratio / factor)) }); },
    setLabels(on) { labels = on; if (renderer) renderer.refresh(); },
    place(id) { const { x, y } = picture.getNodeAttributes(String(id)); return { x, y: -y }; },
    point: (id) => at(id),
    choose(id) { map.chosen = id; renderer.scheduleRender(); if (id !== null) bring([id]); },
    census: () => map && map.census,
    get network() { return renderer; },
    get map() { return map; },
    get picture() { return picture; },
    get names() { return boxes; },
  };
})();
