"use strict";
// The facts of the picture as a table: for those who cannot see it, and for whoever reads rows faster than lines.
(() => {
  const { $, graph, make, button, marks } = kg;
  const { edges, facts, things } = graph;
  const STEP = 200;
  const COLUMNS = {
    columnFrom: (edge) => things[edge.from].label,
    columnTie: (edge) => edge.label,
    columnTo: (edge) => things[edge.to].label,
    columnKind: (edge) => marks.kindName(edge.kind),
    columnDocument: (edge) => graph.docName(facts[edge.fact].doc || ""),
    columnDay: (edge) => facts[edge.fact].day || "",
    columnQuote: (edge) => facts[edge.fact].quote || "",
  };
  let order = ["columnFrom", 1];
  let most = STEP;

  function rowsOf(shown) {
    const [column, direction] = order;
    const keyed = shown.lines.flatMap((line) => line.edges).map((id) => [COLUMNS[column](edges[id]), id]);
    keyed.sort((a, b) => direction * a[0].localeCompare(b[0], "zh") || a[1] - b[1]);
    return keyed.map(([, id]) => id);
  }

  function cells(id) {
    const edge = edges[id];
    const row = make("tr");
    for (const [name, say] of Object.entries(COLUMNS)) {
      const cell = make("td");
      if (name === "columnFrom" || name === "columnTo") {
        const thing = name === "columnFrom" ? edge.from : edge.to;
        cell.append(button(kg.short(things[thing].label, 60), () => kg.visit("node", thing)));
      } else if (name === "columnQuote") {
        const shows = graph.evidence(facts[edge.fact]);
        cell.append(shows ? kg.link(kg.short(say(edge), 120), shows) : kg.short(say(edge), 120));
      } else cell.textContent = kg.short(say(edge), 80);
      if (name === "columnDay") cell.className = "day";
      row.append(cell);
    }
    return row;
  }

  function draw(shown) {
    const ids = rowsOf(shown);
    const table = make("table");
    table.append(make("caption", kg.say("caption", { n: ids.length })));
    const head = make("tr");
    for (const name of Object.keys(COLUMNS)) {
      const cell = make("th");
      cell.scope = "col";
      cell.setAttribute("aria-sort", order[0] !== name ? "none" : order[1] > 0 ? "ascending" : "descending");
      cell.append(button(kg.say(name), () => { order = [name, order[0] === name ? -order[1] : 1]; draw(shown); }));
      head.append(cell);
    }
    const top = make("thead");
    top.append(head);
    const body = make("tbody");
    body.append(...ids.slice(0, most).map(cells));
    table.append(top, body);
    $("table").replaceChildren(table);
    if (ids.length > most) {
      const next = Math.min(STEP, ids.length - most);
      $("table").append(button(kg.say("more", { n: next }), () => { most += STEP; draw(shown); }));
    }
  }

  kg.table = { draw, reset: () => { most = STEP; } };
})();
