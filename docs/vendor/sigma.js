// What the explorer takes of sigma.js and graphology, under one name.
export { default as Graph } from "graphology";
export { default as forceAtlas2 } from "graphology-layout-forceatlas2";
export { default as Sigma } from "sigma";
export { EdgeArrowProgram, EdgeLineProgram, NodeProgram } from "sigma/rendering";
export { animateNodes, floatColor } from "sigma/utils";
export { createEdgeCurveProgram, indexParallelEdgesIndex } from "@sigma/edge-curve";
