"use strict";
// The graph behind the picture: what the filters leave, what stands for what is not shown, which way leads from one to another.
(() => {
  const { words } = kg.data;
  const [nodes, edges, facts, things, docs, ties] = [[], [], [], [], [], []];
  const [types, kinds, roles, days, parties] = [[], [], [], [], []];
  const [numberOf, headOf, edgeOf] = [new Map(), new Map(), new Map()];
  const [typeCounts, kindCounts] = [new Map(), new Map()];
  const groupOf = (id) => nodes[id].group;
  // Funds and deadlines are facts, and go with their kind; documents are more than the fact that describes them.
  const ownKind = (id) => (words.types[groupOf(id)] || {}).kind;
  const roleOf = (fact) => fact.fields.role || fact.fields.modality || fact.fields.action || "";
  const PARTIES = ["Agency", "AgencyGroup", "CoordinatingBody", "Official", "OfficeHolder"];

  // Takes in a piece of the network; what is known already keeps its number. Gives the numbers of the piece's things.
  function add(piece) {
    const ids = piece.things.map((thing, place) => {
      const known = numberOf.get(thing.iri);
      if (known !== undefined) {
        things[known].docs = [...new Set([...things[known].docs, ...thing.docs])];
        return known;
      }
      const id = things.push({ ...thing, up: undefined, fact: undefined }) - 1;
      nodes.push({ ...piece.nodes[place], id });
      ties.push([]);
      numberOf.set(thing.iri, id);
      return id;
    });
    const name = (edge) => `${edge.iri} ${ids[edge.from]} ${ids[edge.to]}`;
    const taken = [];
    for (const edge of piece.edges) if (edgeOf.has(name(edge))) taken[edge.fact] = edges[edgeOf.get(name(edge))].fact;
    const factOf = (number) => (taken[number] ??= facts.push(piece.facts[number]) - 1);
    for (const edge of piece.edges) {
      if (edgeOf.has(name(edge))) continue;
      const [from, to] = [ids[edge.from], ids[edge.to]];
      const id = edges.push({ ...edge, from, to, fact: factOf(edge.fact) }) - 1;
      edges[id].id = id;
      edgeOf.set(name(edge), id);
      ties[from].push(id);
      if (to !== from) ties[to].push(id);
    }
    piece.things.forEach((thing, place) => {
      const own = things[ids[place]];
      if (thing.up !== undefined) own.up ??= ids[thing.up];
      if (thing.fact !== undefined) own.fact ??= factOf(thing.fact);
    });
    for (const doc of piece.docs) {
      const node = doc.node === undefined ? undefined : ids[doc.node];
      if (node !== undefined) headOf.set(node, doc.key);
      const known = docs.find((one) => one.key === doc.key);
      if (!known) docs.push({ ...doc, node });
      else if (node !== undefined) Object.assign(known, { ...doc, node });
    }
    count();
    return ids;
  }

  const tally = (counts, values) => {
    for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
    return counts;
  };
  const refill = (list, values) => list.splice(0, list.length, ...values);
  function count() {
    typeCounts.clear();
    tally(typeCounts, nodes.map((node) => node.group));
    const kindsOfFacts = new Map();
    edges.forEach((edge) => kindsOfFacts.set(edge.fact, edge.kind));
    things.forEach((thing, id) => { if (thing.fact !== undefined && ownKind(id)) kindsOfFacts.set(thing.fact, ownKind(id)); });
    kindCounts.clear();
    tally(kindCounts, kindsOfFacts.values());
    refill(types, Object.keys(words.types).filter((type) => typeCounts.has(type)));
    refill(kinds, Object.keys(words.kinds).filter((kind) => kindCounts.has(kind)));
    refill(roles, [...tally(new Map(), facts.map(roleOf).filter(Boolean))].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
    refill(days, [...new Set(facts.map((fact) => fact.day).filter(Boolean))].sort());
    refill(parties, nodes.map((n) => n.id).filter((id) => PARTIES.includes(groupOf(id))));
    parties.sort((a, b) => PARTIES.indexOf(groupOf(a)) - PARTIES.indexOf(groupOf(b)) || (things[a].label < things[b].label ? -1 : 1));
  }

  const resting = new Set(Object.keys(words.types).filter((type) => !kg.data.resting.includes(type)));
  const everyKind = new Set(Object.keys(words.kinds));
  const starting = () => ({
    types: new Set(resting), kinds: new Set(everyKind), doc: "", agency: -1, role: "", from: "", to: "",
    expanded: new Set(), collapsed: new Set(), focus: -1, selected: null, path: null, labels: false,
    roots: kg.data.remote ? new Set() : null,
  });

  // Of a network that is fetched piece by piece that is there which was asked for, and what surrounds what was expanded.
  function present(state) {
    if (!state.roots) return null;
    const here = new Set();
    const above = function* (id) { for (let at = id, steps = 0; at !== undefined && steps < 12; at = things[at].up, steps += 1) yield at; };
    const take = (id) => { for (const one of above(id)) here.add(one); };
    const takeEnds = (id) => { for (const tie of ties[id]) { take(edges[tie].from); take(edges[tie].to); } };
    for (const id of state.roots) take(id);
    const hubs = nodes.map((node) => node.id).filter((id) => [...above(id)].some((one) => state.expanded.has(one)));
    for (const id of hubs) {
      takeEnds(id);
      for (const tie of ties[id]) for (const end of [edges[tie].from, edges[tie].to]) if (ownKind(end)) takeEnds(end);
    }
    return here;
  }

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
    const here = present(state);
    const revealed = new Set(state.expanded);
    if (!here) for (const id of state.expanded) for (const tie of ties[id]) if (passes[tie]) { revealed.add(edges[tie].from); revealed.add(edges[tie].to); }
    const tied = (id) => {
      if (here && state.roots.has(id)) return true;
      if (ties[id].some((tie) => passes[tie])) return true;
      if (narrowed) return id === state.agency;
      if (state.doc) return headOf.get(id) === state.doc || (!ties[id].length && things[id].docs.includes(state.doc));
      return !ties[id].length;
    };
    let shown = nodes.map((node) => {
      const own = ownKind(node.id);
      return (!here || here.has(node.id)) && (state.types.has(node.group) || revealed.has(node.id)) && !(own && !state.kinds.has(own)) && tied(node.id);
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
    lines = lines.filter((line) => shown[line.from] && shown[line.to]).map((line, id) => ({ ...line, id }));
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
    return [...lines.values()];
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
    nodes, edges, facts, things, docs, ties, types, kinds, typeCounts, kindCounts, roles, days, parties, resting, everyKind, headOf, numberOf,
    add, groupOf, roleOf, starting, view, way,
    docName: (key) => (key === "issue" ? kg.say("ownData") : key),
    // The evidence page of a fact at its first place, or nothing.
    evidence(fact) {
      const place = (fact.spans || "").split(" ")[0];
      return kg.data.links.evidence && fact.page && /^\d+-\d+$/.test(place) ? `${kg.data.links.evidence}/${fact.page}#s${place}` : "";
    },
  };
  if (!kg.data.remote) add(kg.data);
})();
