"use strict";
// The marks of things and the strokes of ties, the same on a canvas, in a legend and in print: each type has a shape of its
// own, so that neither colour-blindness nor grey paper takes it away.
(() => {
  const { words } = kg.data;
  const OUTLINES = words.outlines;
  const lookOf = (type) => words.types[type] || words.types[""];
  const strokeOf = (kind) => words.kinds[kind] || words.kinds[""];
  const colour = (look) => (kg.isDark() ? look.dark : look.color);

  kg.marks = {
    typeColour: (type) => colour(lookOf(type)),
    kindColour: (kind) => colour(strokeOf(kind)),
    dashes: (kind) => strokeOf(kind).dashes || false,
    typeName: (type) => lookOf(type)[kg.lang],
    kindName: (kind) => strokeOf(kind)[kg.lang],
    fieldName: (kind, name) => {
      const word = words.fields[`${kind}.${name}`] || words.fields[name];
      return word ? word[kg.lang] : name;
    },

    // Draws the mark of a type about a point of a canvas.
    draw(context, type, x, y, radius, ground) {
      const look = lookOf(type);
      const outline = OUTLINES[look.shape];
      context.beginPath();
      if (outline) outline.forEach(([dx, dy], i) => context[i ? "lineTo" : "moveTo"](x + dx * radius, y + dy * radius));
      else context.arc(x, y, radius, 0, 2 * Math.PI);
      context.closePath();
      context.fillStyle = look.hollow ? ground : colour(look);
      context.fill();
      context.lineWidth = look.hollow ? Math.max(1.4, radius * 0.26) : 1;
      context.strokeStyle = look.hollow ? colour(look) : ground;
      context.setLineDash([]);
      context.stroke();
    },

    // The same for a legend.
    swatch(type) {
      const look = lookOf(type);
      const paint = { fill: look.hollow ? "none" : colour(look), stroke: colour(look), "stroke-width": look.hollow ? 0.3 : 0.1 };
      const mark = kg.svg("svg", { viewBox: "-1.4 -1.4 2.8 2.8", "aria-hidden": "true" });
      const outline = OUTLINES[look.shape];
      mark.append(outline ? kg.svg("polygon", { points: outline.map((point) => point.join(",")).join(" "), ...paint }) : kg.svg("circle", { cx: 0, cy: 0, r: 0.95, ...paint }));
      return mark;
    },
    stroke(kind) {
      const shade = kg.marks.kindColour(kind);
      const mark = kg.svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
      const dashes = kg.marks.dashes(kind);
      mark.append(kg.svg("line", { x1: 0, y1: 8, x2: 11, y2: 8, stroke: shade, "stroke-width": 2, "stroke-dasharray": dashes ? dashes.map((n) => n / 2).join(" ") : "none" }));
      mark.append(kg.svg("polygon", { points: "10,4.5 16,8 10,11.5", fill: shade }));
      return mark;
    },
  };
})();
