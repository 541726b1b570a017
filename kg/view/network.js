"use strict";
// What the reader does: the legend, the filters, the path, the keys; and the state in the address.
// ``kg.reach`` fetches what a network lacks that comes piece by piece; a page that holds all of it has none.
(() => {
  const { $, graph, make, button, drawing, marks, panel, search } = kg;
  const { nodes, things } = graph;
  let state = graph.starting();
  let shown = graph.view(state);
  let started = false;
  const options = { table: false };
  const census = () => drawing.census?.() || graph;  // of what is drawn, where that is more than was fetched

  // ---- the state in the address ------------------------------------------------------------------------------------

  const iris = (ids) => [...ids].map((id) => things[id].iri).join("|");
  const known = (text) => (text || "").split("|").map((iri) => graph.numberOf.get(iri)).filter((id) => id !== undefined);
  const apart = (set, from) => [...from].filter((key) => set.has(key) !== from.has(key)).concat([...set].filter((key) => !from.has(key)));
  const here = (id) => Promise.resolve(id);
  const reach = kg.reach || { known: () => here(), around: () => here(false), way: () => here(), thing: here, find: search.find };

  function write() {
    if (!started) return;
    const [sort, id] = state.selected || [];
    kg.setFragment({
      lang: kg.lang === "zh" || kg.data.language ? "" : kg.lang,
      theme: document.documentElement.dataset.theme || "",
      types: apart(state.types, graph.resting).map((type) => type || "other").join("|"),
      kinds: apart(state.kinds, graph.everyKind).map((kind) => kind || "other").join("|"),
      doc: state.doc,
      agency: state.agency >= 0 ? things[state.agency].iri : "",
      role: state.role,
      from: state.from,
      to: state.to,
      root: iris(state.roots || []),
      expand: iris(state.expanded),
      collapse: iris(state.collapsed),
      focus: state.focus >= 0 ? things[state.focus].iri : "",
      path: state.path ? iris(state.path) : "",
      labels: state.labels ? "1" : "",
      table: options.table ? "1" : "",
      node: sort === "node" ? things[id].iri : "",
      fact: sort === "edge" ? graph.edges[id].iri : "",
    });
  }

  function readState(fragment) {
    state = graph.starting();
    const toggle = (set, text) => (text || "").split("|").filter(Boolean).map((key) => (key === "other" ? "" : key)).forEach((key) => (set.has(key) ? set.delete(key) : set.add(key)));
    toggle(state.types, fragment.get("types"));
    toggle(state.kinds, fragment.get("kinds"));
    const doc = fragment.get("doc") || "";
    state.doc = graph.docs.some((d) => d.key === doc) ? doc : "";
    state.agency = known(fragment.get("agency"))[0] ?? -1;
    state.role = graph.roles.some(([role]) => role === fragment.get("role")) ? fragment.get("role") : "";
    for (const name of ["from", "to"]) state[name] = /^\d{4}-\d\d-\d\d$/.test(fragment.get(name) || "") ? fragment.get(name) : "";
    if (state.roots) state.roots = new Set(known(fragment.get("root")));
    state.expanded = new Set(known(fragment.get("expand")));
    state.collapsed = new Set(known(fragment.get("collapse")));
    state.focus = known(fragment.get("focus"))[0] ?? -1;
    const ends = known(fragment.get("path"));
    state.path = ends.length === 2 ? ends : null;
    state.labels = fragment.get("labels") === "1";
    options.table = Boolean(kg.blind) || fragment.get("table") === "1";
    const node = known(fragment.get("node"))[0];
    const edge = graph.edges.find((e) => e.iri === fragment.get("fact"));
    state.selected = node !== undefined ? ["node", node] : edge ? ["edge", edge.id] : null;
  }

  // ---- what is shown -----------------------------------------------------------------------------------------------

  function refresh() {
    shown = graph.view(state);
    drawing.show(shown);
    highlight();
    $("counts").textContent = kg.say("counts", { nodes: shown.nodes.filter(Boolean).length, edges: shown.facts.size });
    const none = !shown.nodes.some(Boolean);
    $("nothing").hidden = !none || options.table;
    $("nothing").textContent = kg.say(nodes.length ? "nothingShown" : "nothing");
    if (options.table) kg.table.draw(shown);
    if (state.selected) panel.show(state.selected[0], state.selected[1], state, shown);
    write();
    kg.changed();
  }

  function highlight() {
    const steps = state.path && graph.way(shown.lines, ...state.path);
    route(steps);
    if (steps) return drawing.light(null, steps.nodes, steps.lines);
    if (!state.selected) return drawing.light(null, null, null);
    const [sort, id] = state.selected;
    const lit = shown.lines.filter((line) => (sort === "node" ? line.from === id || line.to === id : sort === "line" ? line.id === id.id : line.edges.includes(id)));
    const near = new Set(lit.flatMap((line) => [line.from, line.to]));
    if (sort === "node") near.add(id);
    return drawing.light(sort === "node" ? id : null, near, lit.map((line) => line.id));
  }

  function select(sort, id) {
    state.selected = [sort, id];
    state.path = null;
    $("legend").classList.remove("open");
    panel.show(sort, id, state, shown);
    highlight();
    write();
    if (sort === "node") reach.around(id).then((more) => { if (more && state.selected && state.selected[1] === id) { legend(); refresh(); } });
  }

  // Selects a thing or a fact, shows it if it was not, and brings it into view.
  kg.visit = (sort, id) => {
    if (sort === "node" && state.roots && !shown.nodes[id]) {
      state.roots.add(id);
      legend();
      refresh();
    }
    if (sort === "node" && !shown.nodes[id]) {
      if (graph.view({ ...state, expanded: new Set([...state.expanded, id]) }).nodes[id]) state.expanded.add(id);
      else state = { ...graph.starting(), roots: state.roots, labels: state.labels, expanded: new Set([id]) };
      legend();
      refresh();
    }
    picture(true);
    select(sort, id);
    const line = sort === "edge" ? shown.lines.find((l) => l.edges.includes(id)) : null;
    drawing.bring(sort === "node" ? [id] : line ? [line.from, line.to] : [graph.edges[id].from].filter((n) => shown.nodes[n]));
  };
  kg.expand = async (id) => {
    await reach.around(id);
    toggle(state.expanded, id);
    if (state.roots) legend();
    state.collapsed.delete(id);
    refresh();
    if (state.expanded.has(id)) drawing.bring([id, ...shown.lines.flatMap((line) => (line.from === id ? [line.to] : line.to === id ? [line.from] : []))]);
  };
  kg.collapse = (id) => { toggle(state.collapsed, id); state.expanded.delete(id); refresh(); };
  kg.focus = (id) => { state.focus = state.focus === id ? -1 : id; refresh(); drawing.fit(); };
  const toggle = (set, key) => (set.has(key) ? set.delete(key) : set.add(key));

  // Everything that was fetched and shown goes from the picture; what is known stays known.
  kg.clear = () => {
    state = { ...graph.starting(), labels: state.labels };
    panel.hide();
    legend();
    refresh();
  };

  function close() {
    state.selected = null;
    state.path = null;
    panel.hide();
    highlight();
    write();
  }

  // ---- the path ----------------------------------------------------------------------------------------------------

  function route(steps) {
    $("steps").replaceChildren();
    $("path-clear").hidden = !state.path;
    $("path-said").textContent = state.path ? (steps ? kg.say("pathSteps", { n: steps.lines.length }) : kg.say("pathNone")) : "";
    if (!steps) return;
    steps.nodes.forEach((id, i) => {
      const item = make("li");
      item.append(button(kg.short(things[id].label, 24), () => kg.visit("node", id)));
      const line = steps.lines[i] !== undefined ? shown.lines[steps.lines[i]] : null;
      if (line) item.append(` ${line.from === id ? "→" : "←"} ${kg.lineName(line)}`);
      $("steps").append(item);
    });
  }
  const ends = [-1, -1];
  async function findPath() {
    for (const [i, name] of ["path-from", "path-to"].entries()) {
      const known = ends[i] >= 0 && things[ends[i]].label === $(name).value;
      const id = known ? ends[i] : await reach.thing((await reach.find($(name).value))[0]);
      if (id === undefined) {
        $("path-said").textContent = kg.say("pathUnknown") + $(name).value;
        return;
      }
      ends[i] = id;
    }
    const steps = await reach.way(...ends);
    if (state.roots) for (const id of steps || ends) state.roots.add(id);
    state.selected = null;
    panel.hide();
    state.path = [...ends];
    if (!state.roots) for (const id of ends) if (!shown.nodes[id]) state.expanded.add(id);
    legend();
    refresh();
    const found = graph.way(shown.lines, ...state.path);
    if (found) drawing.bring(found.nodes);
  }
  kg.pathFrom = (id) => {
    ends[0] = id;
    $("path-from").value = things[id].label;
    $("legend").classList.add("open");
    $("path-to").focus();
  };

  // ---- the legend and the filters ----------------------------------------------------------------------------------

  function choices(list, names, counts, chosen, mark, name, allButton) {
    const label = () => { allButton.textContent = kg.say(names.every((n) => chosen.has(n)) ? "none" : "all"); };
    list.replaceChildren(...names.map((key) => {
      const item = make("li");
      const caption = make("label");
      const box = make("input");
      box.type = "checkbox";
      box.checked = chosen.has(key);
      box.dataset.key = key;
      box.addEventListener("change", () => { toggle(chosen, key); label(); refresh(); });
      caption.append(box, mark(key), make("span", name(key), "name"), make("span", counts.get(key), "number"));
      item.append(caption);
      return item;
    }));
    label();
    allButton.onclick = () => {
      const every = names.every((n) => chosen.has(n));
      for (const key of names) every ? chosen.delete(key) : chosen.add(key);
      legend();
      refresh();
    };
  }

  function menu(id, entries, value) {
    $(id).replaceChildren(...entries.map(([key, text]) => {
      const option = make("option", text);
      option.value = key;
      return option;
    }));
    $(id).value = value;
  }

  function legend() {
    const { types, kinds, typeCounts, kindCounts } = census();
    choices($("types"), types, typeCounts, state.types, marks.swatch, marks.typeName, $("types-all"));
    choices($("kinds"), kinds, kindCounts, state.kinds, marks.stroke, marks.kindName, $("kinds-all"));
    const title = (doc) => (doc.title && doc.title !== doc.key && doc.key !== "issue" ? ` ${doc.title}` : "");
    menu("document", [["", kg.say("allDocuments")], ...graph.docs.filter((doc) => doc.key).map((doc) => [doc.key, kg.short(graph.docName(doc.key) + title(doc), 60)])], state.doc);
    menu("agency", [["-1", kg.say("allAgencies")], ...graph.parties.map((id) => [String(id), kg.short(things[id].label, 30)])], String(state.agency));
    menu("role", [["", kg.say("allRoles")], ...graph.roles.map(([role, count]) => [role, `${kg.short(role, 20)}  ${count}`])], state.role);
    const { days } = graph;
    $("times").hidden = days.length < 2;
    for (const name of ["from", "to"]) {
      const last = name === "to";
      $(`time-${name}`).min = $(`range-${name}`).min = 0;
      $(`range-${name}`).max = Math.max(0, days.length - 1);
      const at = last ? days.findLastIndex((day) => !state.to || day <= state.to) : days.findIndex((day) => !state.from || day >= state.from);
      $(`range-${name}`).value = at < 0 ? (last ? 0 : days.length - 1) : at;
      $(`time-${name}`).min = days[0] || "";
      $(`time-${name}`).max = days[days.length - 1] || "";
      $(`time-${name}`).value = state[name] || (last ? days[days.length - 1] : days[0]) || "";
      $(`range-${name}`).setAttribute("aria-valuetext", $(`time-${name}`).value);
    }
    $("edge-labels").setAttribute("aria-pressed", String(state.labels));
  }

  function timed(name, day) {
    const { days } = graph;
    const all = name === "to" ? day >= days[days.length - 1] : day <= days[0];
    state[name] = all ? "" : day;
    if (state.from && state.to && state.from > state.to) state[name === "to" ? "from" : "to"] = state[name];
    legend();
    refresh();
  }

  // ---- picture or table --------------------------------------------------------------------------------------------

  function picture(asked) {
    const wanted = asked && !kg.blind;
    options.table = !wanted;
    $("table").hidden = wanted;
    $("network").hidden = !wanted;
    $("zoom").hidden = !wanted;
    $("as-table").textContent = kg.say(wanted ? "table" : "picture");
    if (!wanted) { kg.table.reset(); kg.table.draw(shown); }
    $("nothing").hidden = !wanted || shown.nodes.some(Boolean);
    write();
    kg.changed();
  }

  function save(url, name) {
    const anchor = make("a");
    anchor.href = url;
    anchor.download = name;
    anchor.click();
    kg.saved = url;
  }

  // ---- keys --------------------------------------------------------------------------------------------------------

  // The nearest thing in a direction, what lies straight ahead before what lies aside.
  function step(dx, dy) {
    const visible = nodes.map((n) => n.id).filter((id) => shown.nodes[id]);
    if (!visible.length) return;
    const at = state.selected && state.selected[0] === "node" && shown.nodes[state.selected[1]] ? state.selected[1] : null;
    if (at === null) {
      select("node", visible.reduce((a, b) => (nodes[b].weight > nodes[a].weight ? b : a)));
      return;
    }
    const here = drawing.place(at);
    let best = null;
    for (const id of visible) {
      const there = drawing.place(id);
      const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
      const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
      if (id === at || ahead <= 2 || aside > 3 * ahead) continue;
      const far = ahead + 2 * aside;
      if (!best || far < best[0]) best = [far, id];
    }
    if (best) { select("node", best[1]); drawing.bring([best[1]]); }
  }

  const chosen = () => (state.selected && state.selected[0] === "node" ? state.selected[1] : null);
  const press = (id) => $(id).click();
  const KEYS = {
    "/": () => { $("search").focus(); $("search").select(); },
    "0": () => drawing.fit(),
    "+": () => drawing.zoom(1.4),
    "=": () => drawing.zoom(1.4),
    "-": () => drawing.zoom(1 / 1.4),
    l: () => press("edge-labels"),
    t: () => press("as-table"),
    d: () => press("theme"),
    f: () => { if (chosen() !== null || state.focus >= 0) kg.focus(chosen() ?? state.focus); },
    p: () => { if (chosen() !== null) kg.pathFrom(chosen()); else { $("legend").classList.add("open"); $("path-from").focus(); } },
    "?": () => press("keys"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const active = document.activeElement;
    if (event.key === "Escape") {
      for (const list of ["found", "found-from", "found-to", "save-list"]) $(list).hidden = true;
      $("save-menu").setAttribute("aria-expanded", "false");
      $("legend").classList.remove("open");
      $("keys-text").hidden = true;
      close();
      active.blur();
      return;
    }
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(active.tagName) && active.type !== "checkbox") return;
    const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (arrow && (active === $("network") || active === document.body)) { event.preventDefault(); step(...arrow); return; }
    if (event.key === "Enter" && (active === $("network") || active === document.body)) {
      if (chosen() !== null) kg.expand(chosen());
      return;
    }
    const action = KEYS[event.key.toLowerCase()];
    if (action) { event.preventDefault(); action(); }
  });

  // ---- the rest of the controls ------------------------------------------------------------------------------------

  const on = (id, event, action) => $(id).addEventListener(event, action);
  const seeking = [reach.find, reach.show];
  search.complete($("search"), $("found"), (hit) => reach.thing(hit).then((id) => kg.visit("node", id)), (count, at, asked) => {
    $("hits").textContent = !asked ? "" : !count ? kg.say("noHit") : at < 0 ? String(count) : `${at + 1}/${count}`;
  }, ...seeking);
  ["from", "to"].forEach((name, i) => {
    search.complete($(`path-${name}`), $(`found-${name}`), (hit) => reach.thing(hit).then((id) => { ends[i] = id; $(`path-${name}`).value = things[id].label; }), undefined, ...seeking);
    on(`range-${name}`, "input", () => timed(name, graph.days[Number($(`range-${name}`).value)]));
    on(`time-${name}`, "change", () => { if ($(`time-${name}`).value) timed(name, $(`time-${name}`).value); });
  });
  on("document", "change", () => { state.doc = $("document").value; refresh(); drawing.fit(); });
  on("agency", "change", () => { state.agency = Number($("agency").value); refresh(); drawing.fit(); });
  on("role", "change", () => { state.role = $("role").value; refresh(); drawing.fit(); });
  on("path-find", "click", findPath);
  on("path-clear", "click", () => { state.path = null; refresh(); });
  on("filters", "click", () => $("filters").setAttribute("aria-expanded", String($("legend").classList.toggle("open"))));
  on("reset", "click", () => { const { labels } = state; const { roots, expanded } = state; state = { ...graph.starting(), labels, ...(roots ? { roots, expanded } : {}) }; panel.hide(); legend(); refresh(); drawing.open(); });
  on("fit", "click", () => drawing.fit());
  on("zoom-in", "click", () => drawing.zoom(1.4));
  on("zoom-out", "click", () => drawing.zoom(1 / 1.4));
  on("edge-labels", "click", () => { state.labels = !state.labels; drawing.setLabels(state.labels); legend(); write(); });
  on("as-table", "click", () => picture(options.table));
  on("to-table", "click", (event) => { event.preventDefault(); picture(false); $("table").focus(); });
  on("save-menu", "click", () => { $("save-list").hidden = !$("save-list").hidden; $("save-menu").setAttribute("aria-expanded", String(!$("save-list").hidden)); });
  on("png", "click", () => save(drawing.asPng(), "network.png"));
  on("svg", "click", () => save(`data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawing.asSvg())}`, "network.svg"));
  on("keys", "click", () => { $("keys-text").hidden = !$("keys-text").hidden; $("legend").classList.add("open"); });
  on("close", "click", close);
  window.addEventListener("hashchange", async () => {
    await reach.known(kg.fragment());
    readState(kg.fragment());
    legend();
    refresh();
    picture(!options.table);
  });

  kg.on("language", () => { legend(); if (started) { refresh(); picture(!options.table); drawing.repaint(); } notice(); });
  kg.on("theme", () => { if (started) { drawing.repaint(); legend(); refresh(); } });

  function notice() {
    $("notice").hidden = !(kg.data.whole > kg.data.most);
    if (!$("notice").hidden) $("notice").textContent = kg.say("tooMany", { whole: kg.data.whole, most: kg.data.most });
  }

  if (kg.data.links.report) { $("report").href = kg.data.links.report; $("report").hidden = false; }
  function open(fragment) {
    readState(fragment);
    kg.start(fragment);
    drawing.setLabels(state.labels);
    drawing.start({
      node: (id) => select("node", id),
      twice: (id) => kg.expand(id),
      line: (id) => select("line", shown.lines[id]),
      nothing: close,
      moved: () => {},
    });
    started = true;
    legend();
    refresh();
    picture(!options.table);
    drawing.open();
    if (state.selected) { panel.show(state.selected[0], state.selected[1], state, shown); kg.visit(...state.selected); }
    else if (state.path) {
      const steps = graph.way(shown.lines, ...state.path);
      if (steps) drawing.bring(steps.nodes);
    }
  }
  if (kg.reach) reach.known(kg.fragment()).then(() => open(kg.fragment()));
  else open(kg.fragment());
  // For whoever opens the console, and for the tests.
  window.kgView = Object.defineProperties(kg, {
    state: { get: () => state },
    shown: { get: () => shown },
    network: { get: () => drawing.network },
    select: { value: select },
    legend: { value: legend },
  });
})();
