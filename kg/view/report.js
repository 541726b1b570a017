"use strict";
// The reader's own day decides what is past and what is ahead: the page itself knows no clock.
(() => {
  const { $ } = kg;
  const rows = [...document.querySelectorAll("tr[data-due]")];
  const now = new Date();
  const today = [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-");
  const SOON = 30;
  const far = (day) => Math.round((Date.parse(day) - Date.parse(today)) / 86400000);
  const stands = (row) => (!row.dataset.due ? "open" : far(row.dataset.due) < 0 ? "past" : far(row.dataset.due) <= SOON ? "soon" : "later");
  let shown = "all";

  function tell() {
    const counts = { all: rows.length, past: 0, soon: 0, later: 0, open: 0 };
    for (const row of rows) {
      const state = stands(row);
      counts[state] += 1;
      row.dataset.stands = state;
      row.hidden = shown !== "all" && shown !== state;
      const note = row.querySelector(".left-days");
      if (note && row.dataset.due) {
        const days = far(row.dataset.due);
        note.textContent = days < 0 ? kg.say("daysPast", { n: -days }) : days === 0 ? kg.say("dueToday") : kg.say("daysLeft", { n: days });
      }
    }
    for (const control of document.querySelectorAll("#ahead button")) {
      control.textContent = `${kg.say(`due_${control.dataset.state}`)} ${counts[control.dataset.state]}`;
      control.setAttribute("aria-pressed", String(control.dataset.state === shown));
    }
    if ($("today")) $("today").textContent = kg.say("today", { day: today });
  }

  for (const control of document.querySelectorAll("#ahead button")) {
    control.addEventListener("click", () => { shown = control.dataset.state; tell(); });
  }
  if ($("ahead")) $("ahead").hidden = false;
  for (const id of ["theme", "language"]) $(id).hidden = false;
  kg.on("language", tell);
  kg.start(new URLSearchParams());
})();
