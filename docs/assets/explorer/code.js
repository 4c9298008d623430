/**
 * The Python code that computes what the explorer shows, with cnn_guide and with Keras. It runs
 * as it is printed.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./operations.js").Matrix} Matrix
 */
import { shapeOf } from "./operations.js";
import { extents } from "./state.js";

const tuple = (numbers) => `(${numbers.join(", ")})`;

/** @param {Matrix} matrix @returns {string} a float32 array */
function array(matrix) {
  const count = matrix.flat().length;
  const mean = matrix.flat().every((value) => value === 1 / count);
  if (mean && count > 5) return `np.full(${tuple(shapeOf(matrix))}, 1 / ${count}, dtype="float32")`;
  const rows = matrix.map((row) => `    [${row.join(", ")}],\n`).join("");
  return `np.array([\n${rows}], dtype="float32")`;
}

/** @param {State} state */
function arrays(state) {
  const lines = [`image = ${array(state.input)}`];
  if (state.mode === "convolution") lines.push(`kernel = ${array(state.kernel)}`);
  return lines;
}

/** @param {State} state */
function paddingText({ padding }) {
  return typeof padding === "string" ? `"${padding}"` : tuple(padding.map(tuple));
}

/** @param {State} state @returns {string} */
export function cnnGuideCode(state) {
  const name = { convolution: "conv2d", max: "max_pool2d", average: "avg_pool2d" }[state.mode];
  const window = state.mode === "convolution" ? "kernel" : `pool_size=${tuple(shapeOf(state.kernel))}`;
  const dilation = state.dilation > 1 ? `, dilation=${state.dilation}` : "";
  const options = `stride=${state.stride}, padding=${paddingText(state)}${dilation}`;
  return [
    "import numpy as np",
    `from cnn_guide import ${name}`,
    "",
    ...arrays(state),
    `output = ${name}(image, ${window}, ${options})`,
    "print(output)",
  ].join("\n");
}

/** @param {State} state @returns {string[]} */
function kerasPooling(state, padding) {
  const name = state.mode === "max" ? "MaxPooling2D" : "AveragePooling2D";
  const pool = tuple(shapeOf(state.kernel));
  return [`layer = keras.layers.${name}(${pool}, strides=${state.stride}, padding="${padding}")`];
}

/** @param {State} state @param {string} refusal a comment: why the zeros @returns {string[]} */
function kerasConvolution(state, padding, refusal) {
  const { dilation, stride } = state;
  // Conv2D refuses this pair, and a kernel with zeros between its weights is what dilation means.
  const refused = dilation > 1 && stride > 1;
  const { window } = extents(state);
  const size = tuple(refused ? window : shapeOf(state.kernel));
  const options = [`strides=${stride}`, `padding="${padding}"`];
  if (dilation > 1 && !refused) options.push(`dilation_rate=${dilation}`);
  const spread = [
    `# ${refusal}`,
    `spread = np.zeros(${size}, dtype="float32")`,
    `spread[::${dilation}, ::${dilation}] = kernel`,
  ];
  return [
    ...(refused ? spread : []),
    `layer = keras.layers.Conv2D(1, ${size}, ${options.join(", ")}, use_bias=False)`,
    "layer.build(batch.shape)",
    `layer.set_weights([${refused ? "spread" : "kernel"}[:, :, None, None]])`,
  ];
}

/** @param {State} state @param {string} refusal @returns {string} */
export function kerasCode(state, refusal) {
  const explicit = typeof state.padding !== "string";
  const padding = explicit ? "valid" : state.padding;
  const layer =
    state.mode === "convolution" ? kerasConvolution(state, padding, refusal) : kerasPooling(state, padding);
  return [
    "import keras",
    "import numpy as np",
    "",
    ...arrays(state),
    "batch = image[None, :, :, None]",
    ...(explicit ? [`batch = keras.layers.ZeroPadding2D(${paddingText(state)})(batch)`] : []),
    ...layer,
    "output = keras.ops.convert_to_numpy(layer(batch))[0, :, :, 0]",
    "print(output)",
  ].join("\n");
}

const TOKENS = new RegExp(
  [
    /(?<c1>#.*)/,
    /(?<s2>"[^"]*")/,
    /(?<kn>\b(?:import|from|as)\b)/,
    /(?<kc>\b(?:None|False)\b)/,
    /(?<mi>(?<![\w.])\d[\d.e+-]*)/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "g",
);

/** `code` as nodes that carry the classes of the site's highlighter. @returns {Node[]} */
export function highlighted(code) {
  const nodes = [];
  let end = 0;
  for (const match of code.matchAll(TOKENS)) {
    const [kind, text] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    const span = document.createElement("span");
    span.className = kind;
    span.textContent = text;
    nodes.push(document.createTextNode(code.slice(end, match.index)), span);
    end = match.index + text.length;
  }
  return [...nodes, document.createTextNode(code.slice(end))];
}
