"use strict";
// The text and its facts: each shows the other, by hover, by click and by the address.
(() => {
  const { $, make } = kg;
  const { facts, boxes, pictures, pages, words } = kg.data;
  const pieces = new Map(facts.map((_, number) => [number, []]));
  const marked = [...document.querySelectorAll("#text [data-s]")];
  for (const piece of marked) for (const number of (piece.dataset.f || "").split(" ").filter(Boolean)) pieces.get(Number(number)).push(piece);
  const byAnchor = new Map();
  facts.forEach((fact, number) => fact.spans.forEach((span) => {
    const name = `s${span[0]}-${span[1]}`;
    if (!byAnchor.has(name)) byAnchor.set(name, []);
    byAnchor.get(name).push(number);
  }));
  const kindOf = (fact) => words.kinds[fact.kind] || words.kinds[""];
  const classOf = (fact) => `k-${words.kinds[fact.kind] ? fact.kind : "other"}`;
  const fieldName = (kind, name) => (words.fields[`${kind}.${name}`] || words.fields[name] || { zh: name, en: name })[kg.lang];
  const docName = (doc) => (doc === "issue" ? kg.say("ownData") : doc);
  const smooth = () => (kg.still.matches ? "auto" : "smooth");
  let chosen = -1;
  let cards = new Map();

  // ---- the list ----------------------------------------------------------------------------------------------------

  const groups = new Map();
  facts.forEach((fact, number) => {
    if (!groups.has(fact.doc)) groups.set(fact.doc, []);
    groups.get(fact.doc).push(number);
  });

  function card(number) {
    const fact = facts[number];
    const element = make("button", undefined, `fact ${classOf(fact)}`);
    element.type = "button";
    element.append(make("b", kindOf(fact)[kg.lang]), ` ${kg.short(fact.said, 90)}`);
    const list = make("dl");
    for (const [name, value] of Object.entries(fact.fields)) list.append(make("dt", fieldName(fact.kind, name)), make("dd", value));
    for (const name of ["section", "rule"]) if (fact[name]) list.append(make("dt", fieldName("", name)), make("dd", fact[name]));
    list.append(make("dt", fieldName("", "spans")), make("dd", fact.spans.map((span) => span.join("–")).join("、")));
    // A button holds phrases only: the list stands in it as such.
    list.setAttribute("role", "presentation");
    element.append(list);
    element.addEventListener("click", () => choose(number, "list"));
    element.addEventListener("mouseenter", () => near([number], true));
    element.addEventListener("mouseleave", () => near([number], false));
    cards.set(number, element);
    return element;
  }

  function open(details, numbers) {
    if (details.children.length === 1) details.append(...numbers.map(card));
  }

  function list() {
    cards = new Map();
    const kinds = [...new Set(facts.map((fact) => fact.kind))].sort();
    $("key").replaceChildren(...kinds.map((kind) => make("span", kindOf({ kind })[kg.lang], classOf({ kind }))), make("u", kg.say("uncovered"), "gap"));
    $("list").replaceChildren(...[...groups].map(([doc, numbers], place) => {
      const details = make("details");
      details.dataset.doc = doc;
      const summary = make("summary", kg.short(docName(doc), 60));
      summary.append(make("small", `  ${numbers.length}`));
      details.append(summary);
      details.addEventListener("toggle", () => { if (details.open) open(details, numbers); });
      if (place === 0) { details.open = true; open(details, numbers); }
      return details;
    }));
    if (chosen >= 0) reveal(chosen);
  }

  function reveal(number) {
    const details = [...$("list").children].find((each) => each.dataset.doc === facts[number].doc);
    open(details, groups.get(facts[number].doc));
    details.open = true;
    for (const [other, element] of cards) element.toggleAttribute("aria-current", other === number);
    cards.get(number).setAttribute("aria-current", "true");
    return cards.get(number);
  }

  // ---- both ways ---------------------------------------------------------------------------------------------------

  function near(numbers, on) {
    for (const number of numbers) {
      pieces.get(number).forEach((piece) => piece.classList.toggle("near", on));
      if (cards.has(number)) cards.get(number).classList.toggle("near", on);
    }
  }

  function mark(parts) {
    for (const piece of document.querySelectorAll("#text .chosen")) piece.classList.remove("chosen");
    parts.forEach((piece) => piece.classList.add("chosen"));
  }

  function choose(number, from) {
    chosen = number;
    const fact = facts[number];
    mark(pieces.get(number));
    const element = reveal(number);
    if (from !== "text" && pieces.get(number)[0]) pieces.get(number)[0].scrollIntoView({ block: "center", behavior: smooth() });
    if (from !== "list") element.scrollIntoView({ block: "nearest", behavior: smooth() });
    if (from !== "address") kg.setPlace(`s${fact.spans[0][0]}-${fact.spans[0][1]}`);
    picture(fact.spans, classOf(fact));
  }

  $("text").addEventListener("click", (event) => {
    const piece = event.target.closest(".q");
    if (!piece || String(getSelection())) return;
    const numbers = piece.dataset.f.split(" ").map(Number);
    // A second click on the same words goes on to the next fact that was read from them.
    choose(numbers[(numbers.indexOf(chosen) + 1) % numbers.length], "text");
    $("facts").classList.add("open");
  });
  let hovered = [];
  $("text").addEventListener("mouseover", (event) => {
    const piece = event.target.closest(".q");
    near(hovered, false);
    hovered = piece ? piece.dataset.f.split(" ").map(Number) : [];
    near(hovered, true);
  });

  // Any place in the text, whether it is that of a fact or not.
  function goTo(start, end) {
    const name = `s${start}-${end}`;
    if (byAnchor.has(name)) return choose(byAnchor.get(name)[0], "address");
    const parts = marked.filter((piece) => Number(piece.dataset.s) < end && Number(piece.dataset.e) > start);
    mark(parts);
    const target = parts[0] || document.getElementById(name);
    if (target) target.scrollIntoView({ block: "center" });
    picture([[start, end]], "");
    return undefined;
  }

  kg.setPlace = (name) => history.replaceState(null, "", `#${name}`);
  function follow() {
    const span = /^#s(\d+)-(\d+)$/.exec(location.hash);
    if (span) goTo(Number(span[1]), Number(span[2]));
    const page = /^#p(\w+)$/.exec(location.hash);
    if (page) sheet(page[1], [], "");
  }

  // ---- the page as a picture ---------------------------------------------------------------------------------------

  const shown = Object.keys(pictures);
  let at = "";

  // Where a stretch stands on its pages: of a line that it shares, as much as its characters take.
  function placesOf(spans) {
    const found = [];
    for (const [start, end] of spans) {
      for (const [from, to, page, left, top, right, bottom] of boxes) {
        if (from >= end || to <= start) continue;
        const share = (offset) => left + ((right - left) * Math.min(Math.max(offset - from, 0), to - from)) / (to - from);
        found.push([page, share(start), top, share(end), bottom]);
      }
    }
    return found;
  }

  function sheet(page, places, name) {
    if (!pictures[page]) return;
    const [width, height, data] = pictures[page];
    if (at !== page) {
      at = page;
      $("image").src = data;
      $("image").width = width;
      $("image").height = height;
    }
    $("image").alt = kg.say("pageOf", { n: page });
    $("page-number").textContent = kg.say("pageOf", { n: page });
    const lay = ([, left, top, right, bottom], className) => {
      const box = make("div", undefined, className);
      Object.assign(box.style, { left: `${left / 10 - 0.3}%`, top: `${top / 10 - 0.2}%`, width: `${(right - left) / 10 + 0.6}%`, height: `${(bottom - top) / 10 + 0.4}%` });
      return box;
    };
    const resting = facts.flatMap((fact) => placesOf(fact.spans).filter((place) => place[0] === page).map((place) => lay(place, `rest ${classOf(fact)}`)));
    const bright = places.filter((place) => place[0] === page).map((place) => lay(place, name));
    $("boxes").replaceChildren(...(places.length ? bright : resting));
    if (bright[0]) bright[0].scrollIntoView({ block: "nearest" });
  }

  function picture(spans, name) {
    if (!shown.length) return;
    const places = placesOf(spans);
    if (places[0]) sheet(places[0][0], places, name);
    else {
      const before = pages.filter(([start]) => start <= spans[0][0]).pop();
      if (before) sheet(before[1], [], "");
    }
  }

  // ---- the rest ----------------------------------------------------------------------------------------------------

  const press = (id, action) => { if ($(id)) $(id).addEventListener("click", action); };
  const turn = (step) => { const next = shown[shown.indexOf(at) + step]; if (next) { sheet(next, [], ""); const mark = $(`p${next}`); if (mark) mark.scrollIntoView(); } };
  press("page-before", () => turn(-1));
  press("page-after", () => turn(1));
  press("larger", () => { $("larger").setAttribute("aria-pressed", String($("picture").classList.toggle("larger"))); });
  press("plain", () => { $("plain").setAttribute("aria-pressed", String($("text").classList.toggle("plain"))); });
  for (const [id, target] of [["show-contents", "contents"], ["show-facts", "facts"]]) {
    press(id, () => $(id).setAttribute("aria-expanded", String($(target).classList.toggle("open"))));
  }
  $("contents").addEventListener("click", (event) => { if (event.target.tagName === "A") $("contents").classList.remove("open"); });
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      chosen = -1;
      mark([]);
      for (const element of cards.values()) element.removeAttribute("aria-current");
      for (const id of ["contents", "facts"]) $(id).classList.remove("open");
    } else if (event.key === "n" || event.key === "p") {
      const next = chosen + (event.key === "n" ? 1 : -1);
      if (facts[next]) choose(next, "key");
    }
  });
  window.addEventListener("hashchange", follow);
  kg.on("language", list);
  kg.start(new URLSearchParams());
  if (shown.length) sheet(shown[0], [], "");
  follow();
  window.kgView = Object.defineProperties(kg, { chosen: { get: () => chosen }, choose: { value: choose } });
})();
