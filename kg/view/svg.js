"use strict";
// A canvas that writes SVG: what is drawn on it with the calls of CanvasRenderingContext2D becomes elements.
(() => {
  const number = (value) => String(Math.round(value * 100) / 100);
  const escaped = (text) => String(text).replace(/[&<>"]/g, (char) => `&#${char.codePointAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");

  class SvgCanvas {
    constructor(width, height, scale, measuring) {
      Object.assign(this, {
        width, height, out: [], stack: [], path: "", measuring,
        fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, globalAlpha: 1, font: "10px sans-serif",
        textAlign: "start", textBaseline: "alphabetic", lineJoin: "miter", lineCap: "butt", dash: [], matrix: [1, 0, 0, 1, 0, 0],
      });
      this.scale(scale, scale);
    }
    save() { this.stack.push({ ...this, matrix: [...this.matrix] }); }
    restore() {
      const kept = this.stack.pop();
      for (const key of ["fillStyle", "strokeStyle", "lineWidth", "globalAlpha", "font", "textAlign", "textBaseline", "lineJoin", "lineCap", "dash", "matrix"]) if (kept) this[key] = kept[key];
    }
    transform(a, b, c, d, e, f) {
      const [p, q, r, s, t, u] = this.matrix;
      this.matrix = [p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d, p * e + r * f + t, q * e + s * f + u];
    }
    translate(x, y) { this.transform(1, 0, 0, 1, x, y); }
    scale(x, y) { this.transform(x, 0, 0, y, 0, 0); }
    rotate(angle) { this.transform(Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0); }
    setLineDash(dash) { this.dash = dash; }
    getLineDash() { return this.dash; }
    measureText(text) { this.measuring.font = this.font; return this.measuring.measureText(text); }
    beginPath() { this.path = ""; }
    add(command, ...values) { this.path += command + values.map(number).join(" "); }
    moveTo(x, y) { this.add("M", x, y); }
    lineTo(x, y) { this.add(this.path ? "L" : "M", x, y); }
    quadraticCurveTo(...at) { this.add("Q", ...at); }
    bezierCurveTo(...at) { this.add("C", ...at); }
    closePath() { this.path += "Z"; }
    rect(x, y, width, height) { this.path += `M${number(x)} ${number(y)}h${number(width)}v${number(height)}h${number(-width)}Z`; }
    arc(x, y, radius, start, end, backwards) { this.ellipse(x, y, radius, radius, 0, start, end, backwards); }
    ellipse(x, y, wide, high, turn, start, end, backwards) {
      const point = (angle) => [x + wide * Math.cos(angle), y + high * Math.sin(angle)];
      const whole = Math.abs(end - start) >= 2 * Math.PI - 1e-6;
      const stops = whole ? [start + Math.PI, start + 2 * Math.PI] : [end];
      this.add(this.path ? "L" : "M", ...point(start));
      let at = start;
      for (const stop of stops) {
        const spread = backwards ? at - stop : stop - at;
        const large = ((spread % (2 * Math.PI)) + 2 * Math.PI) % (2 * Math.PI) > Math.PI && !whole;
        this.path += `A${number(wide)} ${number(high)} 0 ${large ? 1 : 0} ${backwards ? 0 : 1} ${point(stop).map(number).join(" ")}`;
        at = stop;
      }
    }
    placed() {
      const [a, b, c, d, e, f] = this.matrix;
      return a === 1 && !b && !c && d === 1 && !e && !f ? "" : ` transform="matrix(${[a, b, c, d, e, f].map((n) => Math.round(n * 1e4) / 1e4).join(" ")})"`;
    }
    opacity() { return this.globalAlpha < 1 ? ` opacity="${number(this.globalAlpha)}"` : ""; }
    fill() { if (this.path) this.out.push(`<path d="${this.path}" fill="${escaped(this.fillStyle)}"${this.opacity()}${this.placed()}/>`); }
    stroke() {
      const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(number).join(" ")}"` : "";
      if (this.path) this.out.push(`<path d="${this.path}" fill="none" stroke="${escaped(this.strokeStyle)}" stroke-width="${number(this.lineWidth)}" stroke-linejoin="${this.lineJoin}"${dash}${this.opacity()}${this.placed()}/>`);
    }
    fillRect(...at) { const path = this.path; this.path = ""; this.rect(...at); this.fill(); this.path = path; }
    strokeRect(...at) { const path = this.path; this.path = ""; this.rect(...at); this.stroke(); this.path = path; }
    clearRect() {}
    clip() {}
    text(words, x, y, widest, paint) {
      const [, style, size, family] = /^(.*?)([\d.]+)px (.*)$/.exec(this.font) || ["", "", "10", "sans-serif"];
      const anchor = { center: "middle", right: "end", end: "end" }[this.textAlign] || "start";
      const lift = { middle: 0.35, top: 0.85, hanging: 0.85, bottom: -0.15 }[this.textBaseline] || 0;
      const wide = widest && this.measureText(words).width > widest ? ` textLength="${number(widest)}" lengthAdjust="spacingAndGlyphs"` : "";
      const bold = /bold|[6-9]00/.test(style) ? ' font-weight="600"' : "";
      this.out.push(`<text x="${number(x)}" y="${number(y + lift * Number(size))}" font-size="${number(Number(size))}" font-family="${escaped(family)}" text-anchor="${anchor}"${bold}${wide}${paint}${this.opacity()}${this.placed()}>${escaped(words)}</text>`);
    }
    fillText(words, x, y, widest) { this.text(words, x, y, widest, ` fill="${escaped(this.fillStyle)}"`); }
    strokeText(words, x, y, widest) { this.text(words, x, y, widest, ` fill="none" stroke="${escaped(this.strokeStyle)}" stroke-width="${number(this.lineWidth)}" stroke-linejoin="round"`); }
    toString() {
      return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${number(this.width)} ${number(this.height)}" width="${number(this.width)}" height="${number(this.height)}">${this.out.join("\n")}</svg>\n`;
    }
  }
  kg.SvgCanvas = SvgCanvas;
})();
