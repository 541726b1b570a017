"use strict";
// The picture: vis-network moves and hits, the marks are drawn here, so that they are the same on paper.
(() => {
  const { $, graph, marks, data } = kg;
  const { nodes: nodeOf, ties } = graph;
  const LEAST = 5.2;
  const MARGIN = 26;
  let network = null;
  let shown = { nodes: [], lines: [] };
  let lit = { nodes: new Set(), lines: new Set(), any: false };
  let hovered = null;
  let labels = false;
  let upright = false;

  const nodes = new vis.DataSet(nodeOf.map((node) => ({ id: node.id, x: node.x, y: node.y, hidden: true })));
  const lines = new vis.DataSet([]);

  function theme() {
    const style = getComputedStyle(document.documentElement);
    const colour = (name) => style.getPropertyValue(`--${name}`).trim();
    return { paper: colour("paper"), ground: colour("ground"), ink: colour("ink"), faint: colour("faint"), line: colour("line"), mark: colour("mark"), soft: colour("soft"), face: getComputedStyle(document.body).fontFamily };
  }
  let paint = theme();

  // ---- things ------------------------------------------------------------------------------------------------------

  const zoneOf = (id) => ({ GazetteIssue: -1, OfficialDocument: -1, Section: -2, Deadline: 1, Fund: 1, Event: 1, ContactPoint: 1, Target: 1 }[graph.groupOf(id)] || 0);
  const isCard = (node) => node.size === 0;

  function drawThing(context, id, x, y, scale) {
    const node = nodeOf[id];
    const [width, height] = node.room;
    const left = x - width / 2;
    const back = lit.any && !lit.nodes.has(id);
    const chosen = lit.chosen === id;
    context.save();
    context.globalAlpha = back ? 0.2 : 1;
    const card = isCard(node);
    if (card) {
      context.beginPath();
      context.rect(left, y - height / 2, width, height);
      context.fillStyle = paint.ground;
      context.fill();
      context.lineWidth = chosen ? 2.5 : 1.2;
      context.strokeStyle = chosen ? paint.mark : marks.typeColour(node.group);
      context.setLineDash([]);
      context.stroke();
      context.fillStyle = marks.typeColour(node.group);
      context.fillRect(left, y - height / 2, 4, height);
    } else {
      marks.draw(context, node.group, left + node.size + 1, y, node.size, paint.paper);
      if (chosen || hovered === id) {
        context.beginPath();
        context.rect(left - 3, y - height / 2 - 1, width + 4, height + 2);
        context.lineWidth = 1.6;
        context.strokeStyle = paint.mark;
        context.stroke();
      }
    }
    if (node.letter * scale >= LEAST) {
      const leading = node.letter * 1.3;
      const at = card ? left + 11 : left + 2 * node.size + 5;
      const room = card ? width - 16 : width - 2 * node.size - 6;
      context.textAlign = "left";
      context.textBaseline = "middle";
      context.lineJoin = "round";
      node.lines.forEach((line, i) => {
        const strong = card ? i === 0 && node.lines.length > 1 : node.weight > 12 || chosen;
        context.font = `${strong ? "600 " : ""}${node.letter}px ${paint.face}`;
        const middle = y + (i - (node.lines.length - 1) / 2) * leading;
        if (!card) {
          context.lineWidth = 3;
          context.strokeStyle = paint.paper;
          context.strokeText(line, at, middle, room);
        }
        context.fillStyle = paint.ink;
        context.fillText(line, at, middle, room);
      });
    }
    context.restore();
  }

  const renderer = ({ ctx, id, x, y }) => ({
    drawNode: () => drawThing(ctx, id, x, y, network ? network.getScale() : 1),
    nodeDimensions: { width: nodeOf[id].room[0], height: nodeOf[id].room[1] },
  });

  // ---- lines -------------------------------------------------------------------------------------------------------

  function bend(line, number) {
    const [a, b] = [zoneOf(line.from), zoneOf(line.to)];
    if (!upright && a !== b) return { enabled: true, type: "cubicBezier", forceDirection: "horizontal", roundness: Math.min(0.9, 0.45 + 0.12 * number) };
    const side = line.from < line.to ? "curvedCW" : "curvedCCW";
    return { enabled: true, type: side, roundness: 0.12 + 0.09 * number };
  }

  // Between neighbours there is no room for a label: it would stand on theirs.
  function far(line) {
    const [[a, b], [c, d]] = [placeOf(nodeOf[line.from]), placeOf(nodeOf[line.to])];
    return line.from === line.to || Math.hypot(a - c, b - d) > 70;
  }

  function lineLooks() {
    const rest = Math.min(0.5, Math.max(upright ? 0.07 : 0.12, (upright ? 35 : 70) / Math.max(1, shown.lines.length)));
    const named = lit.any && lit.lines.size <= 16;
    return shown.lines.map((line) => {
      const bright = lit.lines.has(line.id);
      const shade = marks.kindColour(line.kind);
      return {
        id: line.id,
        label: far(line) && ((bright && named) || (labels && (!lit.any || bright))) ? kg.lineName(line) : undefined,
        width: 0.9 + 0.55 * Math.log2(line.edges.length) + (bright ? 0.7 : 0),
        color: { color: shade, highlight: shade, hover: shade, opacity: lit.any ? (bright ? 0.95 : 0.03) : rest },
        font: { color: paint.ink, strokeColor: paint.paper, strokeWidth: 3, face: paint.face, size: 10 },
      };
    });
  }

  // Puts a view of the graph on the stage.
  function show(view) {
    shown = view;
    nodes.update(nodeOf.map((node) => ({ id: node.id, hidden: !view.nodes[node.id] })));
    const between = new Map();
    const looks = lineLooks();
    lines.clear();
    lines.add(view.lines.map((line, i) => {
      const pair = `${Math.min(line.from, line.to)} ${Math.max(line.from, line.to)}`;
      const number = between.get(pair) || 0;
      between.set(pair, number + 1);
      const loop = line.from === line.to ? { selfReference: { size: 14 + 8 * number, angle: 0.7854 } } : {};
      return { from: line.from, to: line.to, dashes: marks.dashes(line.kind), smooth: bend(line, number), ...loop, ...looks[i] };
    }));
  }

  // Lights some things and lines up; the others step back.
  function light(chosen, litNodes, litLines) {
    lit = { any: litNodes !== null, nodes: new Set(litNodes || []), lines: new Set(litLines || []), chosen };
    lines.update(lineLooks());
    if (network) network.redraw();
  }

  // ---- captions ----------------------------------------------------------------------------------------------------

  const regions = () => data.regions[upright ? 1 : 0];
  const filled = new Map();
  function fillRegions() {
    filled.clear();
    for (const region of regions()) {
      const [key, x, y, width, height] = region;
      const inside = nodeOf.filter((n) => { const [a, b] = placeOf(n); return a >= x && a <= x + width && b >= y && b <= y + height; });
      filled.set(key, inside.map((n) => n.id));
    }
  }
  const placeOf = (node) => (upright ? node.upright : [node.x, node.y]);
  const isOpen = (key) => (filled.get(key) || []).some((id) => shown.nodes[id]);

  function captions(context, scale) {
    context.save();
    context.textAlign = "left";
    context.textBaseline = "alphabetic";
    for (const [key, x, y, width] of regions()) {
      if (!isOpen(key)) continue;
      const size = Math.max(13, 10.5 / scale);
      context.font = `600 ${size}px ${paint.face}`;
      const name = `${data.words.zones[key][kg.lang]}  ${filled.get(key).filter((id) => shown.nodes[id]).length}`;
      context.fillStyle = paint.faint;
      context.fillText(name, x, y + 14);
      context.beginPath();
      context.moveTo(x, y + 20);
      context.lineTo(x + Math.max(width, context.measureText(name).width), y + 20);
      context.lineWidth = 1;
      context.strokeStyle = paint.line;
      context.setLineDash([]);
      context.stroke();
    }
    context.restore();
  }

  // From far away the names of the best connected stand at a size that can be read, as far as there is room, as on a map.
  const ranking = nodeOf.map((n) => n.id).sort((a, b) => graph.headOf.has(b) - graph.headOf.has(a) || ties[b].length - ties[a].length || a - b);
  function landmarks(context) {
    const scale = network.getScale();
    const from = network.DOMtoCanvas({ x: 0, y: 0 });
    const to = network.DOMtoCanvas({ x: $("network").clientWidth, y: $("network").clientHeight });
    const taken = [];
    const free = (x0, y0, x1, y1) => taken.every((t) => x1 < t[0] || x0 > t[2] || y1 < t[1] || y0 > t[3]);
    for (const node of nodeOf) {
      if (!shown.nodes[node.id] || node.letter * scale < LEAST) continue;
      const { x, y } = network.body.nodes[node.id];
      const [width, height] = node.room;
      taken.push([x - width / 2, y - height / 2, x + width / 2, y + height / 2]);
    }
    let room = 60;
    context.save();
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.font = `${11 / scale}px ${paint.face}`;
    for (const id of ranking) {
      const node = nodeOf[id];
      if (!shown.nodes[id] || node.letter * scale >= LEAST || (lit.any && !lit.nodes.has(id))) continue;
      const { x, y } = network.body.nodes[id];
      if (x < from.x || x > to.x || y < from.y || y > to.y) continue;
      const text = kg.short(node.lines.join(""), 10);
      const left = x - node.room[0] / 2 + 2 * node.size + 3 / scale;
      const wide = context.measureText(text).width;
      const box = [left, y - 8 / scale, left + wide + 4 / scale, y + 8 / scale];
      if (!free(...box)) continue;
      taken.push(box);
      context.lineWidth = 3 / scale;
      context.strokeStyle = paint.paper;
      context.strokeText(text, left, y);
      context.fillStyle = paint.ink;
      context.fillText(text, left, y);
      if (--room === 0) break;
    }
    context.restore();
  }

  // ---- the view ----------------------------------------------------------------------------------------------------

  function bounds(ids) {
    const boxes = ids.map((id) => {
      const { x, y } = network ? network.body.nodes[id] : nodeOf[id];
      const [width, height] = nodeOf[id].room;
      return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
    });
    return boxes.length ? [0, 1, 2, 3].map((i) => Math[i < 2 ? "min" : "max"](...boxes.map((box) => box[i]))) : [0, 0, 1, 1];
  }
  const visible = () => nodeOf.map((n) => n.id).filter((id) => shown.nodes[id]);
  const motion = (wanted) => (wanted && !kg.still.matches ? { duration: 350, easingFunction: "easeInOutQuad" } : false);

  function fit(animated = true, whole = true) {
    const [x0, y0, x1, y1] = bounds(visible());
    const stage = $("stage").getBoundingClientRect();
    const [width, height] = [x1 - x0 + 2 * MARGIN, y1 - y0 + 2 * MARGIN + 20];
    const wide = stage.width / width;
    const scale = Math.min(1.6, whole ? Math.min(wide, stage.height / height) : wide);
    const y = whole ? (y0 + y1) / 2 - 10 : Math.min((y0 + y1) / 2 - 10, y0 - MARGIN - 20 + stage.height / scale / 2);
    network.moveTo({ position: { x: (x0 + x1) / 2, y }, scale: Math.max(scale, 0.01), animation: motion(animated) });
  }

  // On an upright screen the whole is too small to be read: it opens at its full width, from the top.
  const open = () => fit(false, !upright);

  function bring(ids) {
    if (!ids.length) return;
    const stage = $("stage").getBoundingClientRect();
    const panel = $("panel").getBoundingClientRect();
    // The panel lies over the stage: at its right, or at its foot where the screen is narrow.
    const open = !$("panel").hidden;
    const below = open && panel.left <= stage.left + 1 ? panel.height : 0;
    const aside = open && !below ? panel.width : 0;
    const [x0, y0, x1, y1] = bounds(ids);
    const most = Math.min(((stage.width - aside) * 0.85) / (x1 - x0), ((stage.height - below) * 0.8) / (y1 - y0));
    const scale = Math.min(Math.max(network.getScale(), ids.length === 1 ? 1 : 0.6), most);
    network.moveTo({ position: { x: (x0 + x1) / 2, y: (y0 + y1) / 2 }, scale, offset: { x: -aside / 2, y: -below / 2 }, animation: motion(true) });
  }

  function stand() {
    const stage = $("stage").getBoundingClientRect();
    upright = stage.width < stage.height * 0.85;
    fillRegions();
    nodes.update(nodeOf.map((node) => { const [x, y] = placeOf(node); return { id: node.id, x, y }; }));
  }

  function start(events) {
    paint = theme();
    stand();
    network = new vis.Network($("network"), { nodes, edges: lines }, {
      ...data.options,
      nodes: { ...data.options.nodes, shape: "custom", ctxRenderer: renderer },
    });
    network.on("beforeDrawing", (context) => captions(context, network.getScale()));
    network.on("afterDrawing", landmarks);
    network.once("afterDrawing", () => performance.mark("drawn"));
    let last = { time: 0, node: null };
    network.on("click", (event) => {
      const node = event.nodes[0];
      // vis-network waits with a click for a second one; counting here answers at once.
      const twice = node !== undefined && node === last.node && Date.now() - last.time < 450;
      last = { time: Date.now(), node };
      if (twice) events.twice(node);
      else if (node !== undefined) events.node(node);
      else if (event.edges.length) events.line(event.edges[0]);
      else events.nothing();
    });
    network.on("hoverNode", ({ node }) => { hovered = node; $("network").style.cursor = "pointer"; network.redraw(); });
    network.on("blurNode", () => { hovered = null; $("network").style.cursor = ""; network.redraw(); });
    network.on("hoverEdge", () => { $("network").style.cursor = "pointer"; });
    network.on("blurEdge", () => { $("network").style.cursor = ""; });
    network.on("dragEnd", events.moved);
    network.on("zoom", events.moved);
    network.redraw();  // the first drawing tells vis-network how large the things are
  }

  // ---- on paper ----------------------------------------------------------------------------------------------------

  function drawn(context, x0, y0, width, height) {
    context.fillStyle = paint.paper;
    context.fillRect(0, 0, width, height);
    context.save();
    context.translate(-x0, -y0);
    captions(context, 1);
    for (const id of network.body.edgeIndices) if (network.body.edges[id].connected) network.body.edges[id].draw(context);
    for (const id of visible()) drawThing(context, id, network.body.nodes[id].x, network.body.nodes[id].y, 1);
    context.restore();
  }
  function sheet() {
    const [x0, y0, x1, y1] = bounds(visible());
    return [x0 - MARGIN, y0 - MARGIN - 20, x1 - x0 + 2 * MARGIN, y1 - y0 + 2 * MARGIN + 20];
  }
  function asSvg() {
    const [x0, y0, width, height] = sheet();
    const context = new kg.SvgCanvas(width, height, 1, document.createElement("canvas").getContext("2d"));
    drawn(context, x0, y0, width, height);
    return context.toString();
  }
  function asPng() {
    const [x0, y0, width, height] = sheet();
    const scale = Math.min(2, 12000 / Math.max(width, height), Math.sqrt(6e7 / (width * height)));
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(width * scale);
    canvas.height = Math.ceil(height * scale);
    const context = canvas.getContext("2d");
    context.scale(scale, scale);
    drawn(context, x0, y0, width, height);
    return canvas.toDataURL("image/png");
  }

  kg.drawing = {
    get network() { return network; },
    nodes, lines, start, show, light, fit, open, bring, asSvg, asPng, theme,
    get shown() { return shown; },
    zoom: (factor) => network.moveTo({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)), animation: motion(true) }),
    setLabels(on) { labels = on; lines.update(lineLooks()); },
    repaint() { paint = theme(); lines.update(lineLooks()); if (network) network.redraw(); },
    place: (id) => ({ x: network.body.nodes[id].x, y: network.body.nodes[id].y }),
    // The boxes that the things shown take with their labels: none overlaps another.
    boxes: () => visible().map((id) => bounds([id])),
  };
})();
