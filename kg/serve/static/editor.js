// The query editor: what is written goes to the endpoint it stands beside; what comes back is shown as text, never as markup.
"use strict";
(() => {
  const given = JSON.parse(document.getElementById("given").textContent);
  const t = (zh, en) => (given.language === "zh" ? zh : en);
  const element = (id) => document.getElementById(id);
  const START = `SELECT ?agent ?matter ?quote\nWHERE {\n  ?fact a gz:Responsibility ; gz:agentName ?agent ; gz:matter ?matter ; gz:quote ?quote .\n}\nLIMIT 100\n`;

  // Completion knows the terms of the ontology, and asks nobody.
  Yasqe.defaults.autocompleters = [];
  Yasqe.registerAutocompleter({
    name: "terms",
    bulk: true,
    autoShow: true,
    persistenceId: null,
    isValidCompletionPosition: (yasqe) => /^(gz:|[a-z]+:)?\w*$/i.test(yasqe.getCompleteToken().string.trim()),
    get: async () => [...given.terms.map((term) => term.name), ...Object.keys(given.prefixes).map((prefix) => `${prefix}:`)],
    postprocessHints: (_, hints) => hints.map((hint) => {
      const term = given.terms.find((one) => one.name === hint.text);
      return term ? { ...hint, displayText: `${term.name}  ${term.zh} ${term.en}` } : hint;
    }),
  });
  const editor = new Yasqe(element("editor"), {
    value: hash("query") || START,
    autocompleters: ["terms"],
    persistenceId: null,
    showQueryButton: false,
    resizeable: true,
    createShareableLink: null,
    createShortLink: null,
    syntaxErrorCheck: false,
    extraKeys: { "Ctrl-Enter": run, "Cmd-Enter": run },
  });
  editor.getInputField().setAttribute("aria-label", t("查询", "The query"));

  function hash(name) {
    return new URLSearchParams(location.hash.slice(1)).get(name) || "";
  }

  async function load() {
    const answer = await fetch("/questions?format=json");
    const questions = await answer.json();
    for (const question of questions) {
      const option = document.createElement("option");
      option.value = question.name;
      option.textContent = t(question.zh, question.en);
      element("questions").append(option);
    }
    element("questions").addEventListener("change", (event) => {
      const question = questions.find((one) => one.name === event.target.value);
      if (question) editor.setValue(question.query);
    });
  }

  let running = null;
  async function run() {
    if (running) running.abort();
    running = new AbortController();
    const query = editor.getValue();
    history.replaceState(null, "", `#${new URLSearchParams({ query })}`);
    element("told").textContent = t("正在查询……", "Asking …");
    element("trouble").hidden = element("answer").hidden = element("saved").hidden = true;
    const begun = performance.now();
    try {
      const answer = await fetch("/sparql", {
        method: "POST",
        headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
        body: query,
        signal: running.signal,
      });
      const graph = answer.headers.get("Content-Type").startsWith("text/turtle");
      const took = () => `${Math.round(performance.now() - begun)} ms`;
      if (!answer.ok) return fail(await answer.text());
      if (graph) {
        show([pre(await answer.text())]);
        element("told").textContent = took();
      } else {
        const found = await answer.json();
        const rows = found.results ? found.results.bindings : [{ answer: { type: "literal", value: String(found.boolean) } }];
        show([table(found.results ? found.head.vars : ["answer"], rows)]);
        element("told").textContent = `${rows.length} ${t("行", "rows")} · ${took()}`;
      }
      element("saved").hidden = false;
      element("saved").replaceChildren(...(graph ? ["turtle", "ntriples", "jsonld"] : ["csv", "json", "xml"]).map((format) => {
        const link = document.createElement("a");
        link.href = `/sparql?${new URLSearchParams({ query, format })}`;
        link.textContent = format;
        return link;
      }));
    } catch (error) {
      if (error.name !== "AbortError") fail(String(error));
    }
  }

  function fail(text) {
    element("told").textContent = "";
    element("trouble").textContent = text;
    element("trouble").hidden = false;
  }

  function show(nodes) {
    element("answer").replaceChildren(...nodes);
    element("answer").hidden = false;
  }

  function pre(text) {
    const shown = document.createElement("pre");
    shown.textContent = text;
    return shown;
  }

  const MOST = 2000;
  function table(columns, rows) {
    const shown = document.createElement("table");
    const head = shown.createTHead().insertRow();
    for (const column of columns) {
      const cell = document.createElement("th");
      cell.scope = "col";
      cell.textContent = column;
      head.append(cell);
    }
    const body = shown.createTBody();
    for (const row of rows.slice(0, MOST)) {
      const line = body.insertRow();
      for (const column of columns) line.insertCell().append(...value(row[column]));
    }
    return shown;
  }

  function value(term) {
    if (!term) return [];
    if (term.type !== "uri") return [term.value];
    const link = document.createElement("a");
    link.href = `/describe?${new URLSearchParams({ iri: term.value, lang: given.language })}`;
    link.textContent = short(term.value);
    link.title = term.value;
    return [link];
  }

  function short(iri) {
    for (const [prefix, space] of Object.entries(given.prefixes)) {
      if (iri.startsWith(space)) return `${prefix}:${iri.slice(space.length)}`;
    }
    return iri.startsWith(given.base) ? iri.slice(given.base.length) : iri;
  }

  element("run").addEventListener("click", run);
  load();
  if (hash("query")) run();
})();
