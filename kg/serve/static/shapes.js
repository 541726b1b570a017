"use strict";
// The marks of things in WebGL: a point a thing, its shape cut out of it, the same shapes as on paper and in the legend.
(() => {
  const { NodeProgram, floatColor } = sigmaKit;
  const SHAPES = ["dot", "square", "diamond", "triangle", "triangleDown", "hexagon", "star", "cross", "plus", "card"];
  const looks = kg.data.words.types;
  const code = (type) => { const look = looks[type] || looks[""]; return SHAPES.indexOf(look.shape) * 2 + (look.hollow ? 1 : 0); };

  const VERTEX = `
    attribute vec4 a_id;
    attribute vec4 a_color;
    attribute vec2 a_position;
    attribute float a_size;
    attribute float a_shape;
    uniform float u_sizeRatio;
    uniform float u_pixelRatio;
    uniform mat3 u_matrix;
    varying vec4 v_color;
    varying float v_shape;
    varying float v_scale;
    varying float v_pixel;
    const float bias = 255.0 / 254.0;
    void main() {
      gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
      float radius = max(1.0, a_size / u_sizeRatio * u_pixelRatio);
      // So small a mark has no shape that could be told, and a third of the places to paint.
      gl_PointSize = radius < 2.0 ? 2.0 * radius + 1.0 : 2.4 * radius + 3.0;
      v_scale = gl_PointSize / radius;
      v_pixel = 1.0 / radius;
      v_shape = a_shape;
      #ifdef PICKING_MODE
      v_color = a_id;
      #else
      v_color = a_color;
      #endif
      v_color.a *= bias;
    }`;
  // How far a place is from the rim, in radii; below zero inside.
  const FRAGMENT = `
    precision highp float;
    varying vec4 v_color;
    varying float v_shape;
    varying float v_scale;
    varying float v_pixel;
    uniform vec3 u_ground;
    float box(vec2 p, float x, float y) { return max(abs(p.x) - x, abs(p.y) - y); }
    float triangle(vec2 p) { return max(p.y - 0.85, (1.9 * abs(p.x) - 1.05 * (p.y + 1.05)) / 2.171); }
    float plus(vec2 p, float x, float y) { return min(box(p, x, y), box(p, y, x)); }
    float star(vec2 p) {
      float turn = mod(atan(p.x, -p.y) + 0.6283185, 1.2566371) - 0.6283185;
      vec2 q = length(p) * vec2(cos(turn), abs(sin(turn)));
      return dot(q - vec2(1.15, 0.0), vec2(0.357, 0.934));
    }
    float rim(vec2 p, float shape) {
      if (shape < 0.5) return length(p) - 0.95;
      if (shape < 1.5) return box(p, 0.88, 0.88);
      if (shape < 2.5) return (abs(p.x) + abs(p.y) - 1.1) * 0.7071;
      if (shape < 3.5) return triangle(p);
      if (shape < 4.5) return triangle(vec2(p.x, -p.y));
      if (shape < 5.5) return max(abs(p.y) - 0.95, (0.95 * abs(p.x) + 0.55 * abs(p.y) - 1.045) / 1.098);
      if (shape < 6.5) return star(p);
      if (shape < 7.5) return plus(vec2(p.x + p.y, p.x - p.y) * 0.7071, 0.21, 1.06);
      if (shape < 8.5) return plus(p, 0.25, 1.0);
      return box(p, 1.1, 0.8);
    }
    void main(void) {
      float shape = floor(v_shape / 2.0 + 0.01);
      bool hollow = v_shape - 2.0 * shape > 0.5;
      float far = rim((gl_PointCoord - 0.5) * v_scale, shape);
      #ifdef PICKING_MODE
      if (far > 2.0 * v_pixel) discard;
      gl_FragColor = v_color;
      #else
      if (far > 1.5 * v_pixel) discard;
      vec3 paint = v_color.rgb;
      if (hollow) paint = mix(u_ground, paint, smoothstep(-max(0.3, 1.6 * v_pixel) - 0.5 * v_pixel, -max(0.3, 1.6 * v_pixel) + 0.5 * v_pixel, far));
      paint = mix(paint, u_ground, smoothstep(-0.5 * v_pixel, 0.5 * v_pixel, far));
      float cover = 1.0 - smoothstep(0.5 * v_pixel, 1.5 * v_pixel, far);
      gl_FragColor = vec4(paint, 1.0) * cover;
      #endif
    }`;

  const channel = (hex, at) => parseInt(hex.slice(at, at + 2), 16);
  const rgb = (hex) => [1, 3, 5].map((at) => channel(hex, at));

  class Shapes extends NodeProgram {
    getDefinition() {
      const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext;
      return {
        VERTICES: 1,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: POINTS,
        UNIFORMS: ["u_sizeRatio", "u_pixelRatio", "u_matrix", "u_ground"],
        ATTRIBUTES: [
          { name: "a_position", size: 2, type: FLOAT },
          { name: "a_size", size: 1, type: FLOAT },
          { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_id", size: 4, type: UNSIGNED_BYTE, normalized: true },
          { name: "a_shape", size: 1, type: FLOAT },
        ],
      };
    }
    processVisibleItem(id, start, data) {
      const { array } = this;
      array[start] = data.x;
      array[start + 1] = data.y;
      array[start + 2] = data.size;
      array[start + 3] = floatColor(data.color);
      array[start + 4] = id;
      array[start + 5] = data.shape;
    }
    setUniforms({ sizeRatio, pixelRatio, matrix }, { gl, uniformLocations: at }) {
      gl.uniform1f(at.u_sizeRatio, sizeRatio);
      gl.uniform1f(at.u_pixelRatio, pixelRatio);
      gl.uniformMatrix3fv(at.u_matrix, false, matrix);
      gl.uniform3f(at.u_ground, ...rgb(kg.shapes.ground).map((value) => value / 255));
    }
  }

  kg.shapes = {
    Program: Shapes,
    code,
    ground: "#ffffff",
    // A colour as much nearer to the ground as it shall step back; WebGL lets nothing shine through cheaply.
    faded(hex, share) {
      const ground = rgb(kg.shapes.ground);
      return `#${rgb(hex).map((value, i) => Math.round(value * share + ground[i] * (1 - share)).toString(16).padStart(2, "0")).join("")}`;
    },
  };
})();
