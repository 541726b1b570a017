// What is selected in the text becomes the quote of a form, a kind that is chosen shows its fields, a form goes once.
// All of it works without.
"use strict";
(() => {
  for (const form of document.querySelectorAll("form[method=post]")) {
    form.addEventListener("submit", () => {
      const button = form.querySelector("button");
      button.setAttribute("aria-busy", "true");
      setTimeout(() => { button.disabled = true; }); // once is enough; all that follows is brought in line first
    });
  }
  const kind = document.getElementById("kind");
  if (kind) {
    document.getElementById("choose").hidden = true;
    kind.addEventListener("change", () => kind.form.submit());
  }
  const text = document.getElementById("text");
  if (!text) return;
  const bar = document.getElementById("chosen");
  const link = bar.querySelector("a");
  document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const inside = range && !range.collapsed && text.contains(range.commonAncestorContainer);
    let quote = "";
    let near = "";
    if (inside) {
      for (const sentence of text.querySelectorAll(".sentence")) {
        if (!range.intersectsNode(sentence)) continue;
        const part = document.createRange();
        part.selectNodeContents(sentence);
        if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
        if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
        if (part.toString() && !near) near = sentence.id.slice(1);
        quote += part.toString();
      }
    }
    quote = quote.replace(/\s+/g, "");
    bar.hidden = !quote;
    if (!quote) return;
    const { source, back, lang } = text.dataset;
    link.href = `/edit/fact?${new URLSearchParams({ source, quote, near, back, lang })}`;
  });
})();
