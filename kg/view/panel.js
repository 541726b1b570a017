"use strict";
// What is said of a thing, of a line, of a fact: its fields, its quote, where it stands, and what leads on.
(() => {
  const { $, graph, make, button, short, marks } = kg;
  const { edges, facts, things, docs, ties } = graph;
  const COMPARATORS = { "=": "＝", ">=": "≥", "<=": "≤", "<": "＜", ">": "＞", "~": "≈" };
  const visit = (sort, id) => kg.visit(sort, id);
  const link = (id) => button(short(things[id].label, 40), () => visit("node", id));

  function badge(text, colour) {
    const element = make("span", text, "badge");
    element.style.color = colour;
    return element;
  }

  function account(fact, first) {
    const part = make("div", undefined, "account");
    const list = make("dl");
    for (const [name, value] of Object.entries(fact.fields)) {
      list.append(make("dt", marks.fieldName(fact.kind, name)), make("dd", name === "comparator" ? COMPARATORS[value] || value : value));
    }
    if (list.children.length) part.append(list);
    if (fact.quote) {
      part.append(make("h3", marks.fieldName("", "quote")));
      const quote = make("blockquote", fact.quote);
      quote.tabIndex = 0;
      if (first) quote.id = "quote";
      part.append(quote);
    }
    const shows = graph.evidence(fact);
    if (shows) {
      const way = kg.link(kg.say("evidence"), shows, "button evidence");
      part.append(way);
    }
    const where = make("dl");
    for (const name of ["doc", "source", "spans", "rule"]) {
      if (!fact[name]) continue;
      const doc = name === "doc" ? docs.find((d) => d.key === fact.doc) : null;
      const value = make("dd", name === "doc" ? graph.docName(fact.doc) : fact[name]);
      if (doc && doc.node !== undefined) value.append(make("br"), link(doc.node));
      where.append(make("dt", marks.fieldName("", name)), value);
    }
    part.append(where);
    return part;
  }

  function between(from, word, to) {
    const way = make("p", undefined, "way");
    way.append(link(from), " ── ", make("b", word), " → ", link(to));
    return way;
  }

  kg.lineName = (line) => {
    const names = new Set(line.edges.map((id) => edges[id].label).filter(Boolean));
    const name = names.size === 1 ? short([...names][0], 12) : marks.kindName(line.kind);
    return line.edges.length > 1 ? name + kg.say("together", { n: line.edges.length }) : name;
  };

  function aboutEdge(id) {
    const edge = edges[id];
    const parts = [heading(edge.label || marks.kindName(edge.kind), badge(marks.kindName(edge.kind), marks.kindColour(edge.kind))), between(edge.from, edge.label || marks.kindName(edge.kind), edge.to), account(facts[edge.fact], true)];
    const page = kg.pageOf && kg.pageOf(edge.iri.replace(/#\d+$/, "")); // of the statement, where it can be corrected
    if (page) {
      const way = make("p", undefined, "row");
      way.append(kg.link(kg.say("page"), page, "button statement"));
      parts.push(way);
    }
    return parts;
  }

  function heading(text, mark) {
    const part = make("div");
    part.append(make("h2", text), mark);
    return part;
  }

  function aboutLine(line) {
    if (line.edges.length === 1) return aboutEdge(line.edges[0]);
    const parts = [heading(kg.lineName(line), badge(marks.kindName(line.kind), marks.kindColour(line.kind))), between(line.from, marks.kindName(line.kind), line.to)];
    parts.push(make("h3", kg.say("several", { n: line.edges.length })), factList(line.edges, line.from));
    return parts;
  }

  function factList(ids, from) {
    const list = make("ul", undefined, "facts");
    for (const id of ids) {
      const edge = edges[id];
      const fact = facts[edge.fact];
      const out = edge.from === from;
      const other = short(things[out ? edge.to : edge.from].label, 30);
      const matter = fact.fields.matter || fact.fields.task || fact.fields.purpose;
      const word = edge.label || marks.kindName(edge.kind);
      // What a duty is about says more than the document it stands in, which is the same for many of them.
      const [first, second] = matter
        ? [`${word}：${short(matter, 60)}`, `${out ? "→" : "←"} ${other}`]
        : [out ? `${word} → ${other}` : `← ${word} · ${other}`, fact.quote || ""];
      const open = button("", () => visit("edge", id));
      open.append(marks.stroke(edge.kind), ` ${first}`, make("small", second));
      const item = make("li");
      item.append(open);
      list.append(item);
    }
    return list;
  }

  function aboutNode(id, state, shown) {
    const thing = things[id];
    const type = graph.groupOf(id);
    const parts = [heading(thing.label, badge(marks.typeName(type), marks.typeColour(type)))];
    const list = make("dl");
    if (thing.names.length) list.append(make("dt", marks.fieldName("", "names")), make("dd", thing.names.join("、")));
    list.append(make("dt", kg.say("iri")), make("dd", thing.iri));
    const actions = make("p", undefined, "row");
    const act = (name, word, pressed, action) => {
      const control = button(kg.say(word), action);
      control.id = name;
      if (pressed !== undefined) control.setAttribute("aria-pressed", String(pressed));
      actions.append(control);
    };
    act("do-expand", "expand", state.expanded.has(id), () => kg.expand(id));
    act("do-collapse", "collapse", state.collapsed.has(id), () => kg.collapse(id));
    act("do-focus", state.focus === id ? "unfocus" : "focus", state.focus === id, () => kg.focus(id));
    act("do-path", "pathFromHere", undefined, () => kg.pathFrom(id));
    if (kg.pageOf && kg.pageOf(thing.iri)) {
      const page = kg.link(kg.say("page"), kg.pageOf(thing.iri), "button");
      page.id = "do-page";
      actions.append(page);
    }
    parts.push(actions, list);
    if (thing.fact !== undefined) parts.push(account(facts[thing.fact], true));
    const own = ties[id].filter((tie) => shown.passes[tie]);
    own.sort((a, b) => graph.kinds.indexOf(edges[a].kind) - graph.kinds.indexOf(edges[b].kind) || a - b);
    parts.push(make("h3", `${kg.say("facts")} ${own.length}`));
    parts.push(own.length ? factList(own, id) : make("p", kg.say("noFacts")));
    if (thing.left) parts.push(make("p", kg.say("left", { n: thing.left }), "faint"));
    return parts;
  }

  kg.panel = {
    show(sort, id, state, shown) {
      const parts = sort === "node" ? aboutNode(id, state, shown) : sort === "line" ? aboutLine(id) : aboutEdge(id);
      $("said").replaceChildren(...parts);
      $("panel").dataset.shows = sort;
      $("panel").hidden = false;
      $("panel").scrollTop = 0;
    },
    hide() { $("panel").hidden = true; },
  };
})();
