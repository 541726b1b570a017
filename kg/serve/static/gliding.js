"use strict";
// While the view of a picture moves that takes long to draw, what was drawn last is moved along, as maps do; it is drawn anew
// when the view comes to rest. A picture that is drawn fast enough is drawn in every frame.
kg.gliding = (renderer, layers) => {
  const QUICK = 40; // milliseconds from the beginning of a drawing to the frame after it
  const REST = 160;
  const camera = renderer.getCamera();
  const draw = renderer.scheduleRender.bind(renderer);
  let drawn = camera.getState();
  let cost = 0;
  let begun = 0;
  let rest = null;

  renderer.on("beforeRender", () => { begun = performance.now(); });
  renderer.on("afterRender", () => {
    const since = begun;
    drawn = camera.getState();
    clearTimeout(rest);
    for (const layer of layers()) layer.style.transform = "";
    requestAnimationFrame(() => requestAnimationFrame(() => { cost = performance.now() - since; }));
  });

  renderer.scheduleRender = () => {
    const now = camera.getState();
    const moved = now.x !== drawn.x || now.y !== drawn.y || now.ratio !== drawn.ratio;
    if (!moved || cost < QUICK || now.angle !== drawn.angle) return draw();
    const { width, height } = renderer.getDimensions();
    const scale = drawn.ratio / now.ratio;
    const middle = renderer.framedGraphToViewport({ x: now.x, y: now.y }, { cameraState: drawn });
    for (const layer of layers()) {
      layer.style.transformOrigin = "0 0";
      layer.style.transform = `translate(${width / 2 - scale * middle.x}px, ${height / 2 - scale * middle.y}px) scale(${scale})`;
    }
    clearTimeout(rest);
    rest = setTimeout(draw, REST);
    return renderer;
  };
};
