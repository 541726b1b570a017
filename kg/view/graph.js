"use strict";
// The graph behind the picture: what the filters leave, what stands for what is not shown, which way leads from one to another.
(() => {
  const { nodes, edges, facts, things, docs, words } = kg.data;
  const ties = nodes.map(() => []);
  for (const edge of edges) {
    ties[edge.from].push(edge.id);
    if (edge.to !== edge.from) ties[edge.to].push(edge.id);
  }
  const groupOf = (id) => nodes[id].group;
  // Funds and deadlines are facts, and go with their kind; documents are more than the fact that describes them.
  const ownKind = (id) => (words.types[groupOf(id)] || {}).kind;
  const headOf = new Map(docs.filter((doc) => doc.node !== undefined).map((doc) => [doc.node, doc.key]));
  const tally = (values) => {
    const counts = new Map();
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    return counts;
  };
  const used = facts.map(() => []);
  for (const edge of edges) used[edge.fact].push(edge.id);
  const typeCounts = tally(nodes.map((node) => node.group));
  const kindsOfFacts = new Map();
  edges.forEach((edge) => kindsOfFacts.set(edge.fact, edge.kind));
  things.forEach((thing, id) => { if (thing.fact !== undefined && ownKind(id)) kindsOfFacts.set(thing.fact, ownKind(id)); });
  const kindCounts = tally(kindsOfFacts.values());
  const types = Object.keys(words.types).filter((type) => typeCounts.has(type));
  const kinds = Object.keys(words.kinds).filter((kind) => kindCounts.has(kind));
  const roleOf = (fact) => fact.fields.role || fact.fields.modality || fact.fields.action || "";
  const roles = [...tally(facts.map(roleOf).filter(Boolean))].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const days = [...new Set(facts.map((fact) => fact.day).filter(Boolean))].sort();
  const PARTIES = ["Agency", "AgencyGroup", "CoordinatingBody", "Official", "OfficeHolder"];
  const parties = nodes.map((n) => n.id).filter((id) => PARTIES.includes(groupOf(id)));
  parties.sort((a, b) => PARTIES.indexOf(groupOf(a)) - PARTIES.indexOf(groupOf(b)) || (things[a].label < things[b].label ? -1 : 1));
  const numberOf = new Map(things.map((thing, id) => [thing.iri, id]));

  const resting = new Set(types.filter((type) => !(kg.data.resting && words.types[type].rests)));
  const starting = () => ({
    types: new Set(resting), kinds: new Set(kinds), doc: "", agency: -1, role: "", from: "", to: "",
    expanded: new Set(), collapsed: new Set(), focus: -1, selected: null, path: null, labels: false,
  });

  // The facts that speak of a party: those with an edge to it, and what they are tied to as facts.
  function touching(party) {
    const found = new Set();
    const take = (id) => {
      if (things[id].fact !== undefined) found.add(things[id].fact);
      for (const tie of ties[id]) found.add(edges[tie].fact);
    };
    take(party);
    for (const tie of ties[party]) for (const end of [edges[tie].from, edges[tie].to]) if (ownKind(end)) take(end);
    return found;
  }

  function passing(state) {
    const wanted = state.agency >= 0 ? touching(state.agency) : null;
    const factPasses = facts.map((fact, number) =>
      (!state.doc || fact.doc === state.doc)
      && (!state.role || roleOf(fact) === state.role)
      && (!wanted || wanted.has(number))
      && (!fact.day || ((!state.from || fact.day >= state.from) && (!state.to || fact.day <= state.to))));
    const narrowed = Boolean(state.role || wanted || state.from || state.to);
    const passes = edges.map((edge) => state.kinds.has(edge.kind) && factPasses[edge.fact] && !(narrowed && edge.kind === "section"));
    if (narrowed && state.kinds.has("section")) {
      // A section is shown where something in it is.
      const inside = new Set();
      edges.forEach((edge, id) => { if (passes[id]) { inside.add(edge.from); inside.add(edge.to); } });
      for (let more = true; more;) {
        more = false;
        for (const edge of edges) {
          if (edge.kind === "section" && !passes[edge.id] && inside.has(edge.from)) {
            passes[edge.id] = more = true;
            inside.add(edge.to);
          }
        }
      }
    }
    return { passes, narrowed };
  }

  // What the state shows: nodes, the edges that pass, and lines, each of which stands for all edges of a kind between two.
  function view(state) {
    const { passes, narrowed } = passing(state);
    const revealed = new Set(state.expanded);
    for (const id of state.expanded) for (const tie of ties[id]) if (passes[tie]) { revealed.add(edges[tie].from); revealed.add(edges[tie].to); }
    const tied = (id) => {
      if (ties[id].some((tie) => passes[tie])) return true;
      if (narrowed) return id === state.agency;
      if (state.doc) return headOf.get(id) === state.doc || (!ties[id].length && things[id].docs.includes(state.doc));
      return !ties[id].length;
    };
    let shown = nodes.map((node) => {
      const own = ownKind(node.id);
      return (state.types.has(node.group) || revealed.has(node.id)) && !(own && !state.kinds.has(own)) && tied(node.id);
    });
    let lines = linesOf(shown, passes);
    const around = (id) => new Set(lines.flatMap((line) => (line.from === id ? [line.to] : line.to === id ? [line.from] : [])));
    if (state.focus >= 0 && shown[state.focus]) {
      const near = around(state.focus);
      shown = shown.map((is, id) => is && (id === state.focus || near.has(id)));
      lines = lines.filter((line) => shown[line.from] && shown[line.to]);
    }
    for (const id of state.collapsed) {
      if (!shown[id]) continue;
      for (const other of around(id)) if (other !== id && [...around(other)].every((n) => n === id || n === other)) shown[other] = false;
    }
    if (state.collapsed.size) lines = lines.filter((line) => shown[line.from] && shown[line.to]);
    const inLines = new Set(lines.flatMap((line) => line.edges));
    return { nodes: shown, passes, lines, facts: new Set([...inLines].map((id) => edges[id].fact)) };
  }

  function linesOf(shown, passes) {
    const stand = (id) => {
      for (let at = id, steps = 0; at !== undefined && steps < 12; at = things[at].up, steps += 1) if (shown[at]) return at;
      return -1;
    };
    const lines = new Map();
    for (const edge of edges) {
      if (!passes[edge.id]) continue;
      const from = stand(edge.from);
      const to = stand(edge.to);
      if (from < 0 || to < 0 || (from === to && edge.from !== edge.to)) continue;
      const key = `${from} ${to} ${edge.kind}`;
      if (!lines.has(key)) lines.set(key, { from, to, kind: edge.kind, edges: [] });
      lines.get(key).edges.push(edge.id);
    }
    return [...lines.values()].map((line, id) => ({ id, ...line }));
  }

  // The shortest way between two things along the lines; a way through a document says less than one between parties.
  function way(lines, start, end) {
    const near = new Map();
    for (const line of lines) {
      for (const [a, b] of [[line.from, line.to], [line.to, line.from]]) {
        if (!near.has(a)) near.set(a, []);
        near.get(a).push([b, line.id]);
      }
    }
    const cost = (id) => ({ GazetteIssue: 4, OfficialDocument: 1.5 }[groupOf(id)] || 1);
    const far = new Map([[start, 0]]);
    const came = new Map();
    const open = new Set([start]);
    while (open.size) {
      let at = -1;
      for (const id of open) if (at < 0 || far.get(id) < far.get(at)) at = id;
      if (at === end) break;
      open.delete(at);
      for (const [next, line] of near.get(at) || []) {
        const length = far.get(at) + cost(next);
        if (!far.has(next) || length < far.get(next) - 1e-9) {
          far.set(next, length);
          came.set(next, [at, line]);
          open.add(next);
        }
      }
    }
    if (start !== end && !came.has(end)) return null;
    const found = { nodes: [end], lines: [] };
    for (let at = end; at !== start;) {
      const [before, line] = came.get(at);
      found.nodes.unshift(before);
      found.lines.unshift(line);
      at = before;
    }
    return found;
  }

  kg.graph = {
    nodes, edges, facts, things, docs, ties, types, kinds, typeCounts, kindCounts, roles, days, parties, resting, headOf, numberOf,
    groupOf, roleOf, starting, view, way,
    docName: (key) => (key === "issue" ? kg.say("ownData") : key),
    // The evidence page of a fact at its first place, or nothing.
    evidence(fact) {
      const place = (fact.spans || "").split(" ")[0];
      return kg.data.links.evidence && fact.page && /^\d+-\d+$/.test(place) ? `${kg.data.links.evidence}/${fact.page}#s${place}` : "";
    },
  };
})();
