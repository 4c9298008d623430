/**
 * The arithmetic in writing: how one output cell comes about, and how large the output is.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./operations.js").Reading} Reading
 */
import { outputSize, paddingAmounts, shapeOf, windowAt } from "./operations.js";
import { extents, slidingOf } from "./state.js";
import { element, isRounded, short } from "./dom.js";

/** A number inside a sum or a product. */
const inside = (value) => (short(value).startsWith("−") ? `(${short(value)})` : short(value));

/**
 * The computation of one output as one line, such as "3 × 1 + 1 × 0 = 3".
 * @param {State} state
 * @param {Reading[]} readings  the window, row by row
 * @param {number} result
 */
function terms({ mode, kernel }, readings, result) {
  const weights = kernel.flat();
  const real = readings.filter(({ real }) => real).map(({ value }) => value);
  if (mode === "max") return `max(${real.map(short).join(", ")}) = ${short(result)}`;
  const average = mode === "average";
  const sum = average
    ? `(${real.map(inside).join(" + ")}) ÷ ${real.length}`
    : readings.map(({ value }, index) => `${inside(value)}\u00a0×\u00a0${inside(weights[index])}`).join(" + ");
  const inexact = isRounded(result, ...real, ...(average ? [] : weights));
  return `${sum} ${inexact ? "≈" : "="} ${short(result)}`;
}

/** What one pixel of the window adds to the output. */
function tile({ mode }, { value, real }, weight, result) {
  if (mode === "convolution") {
    const factors = [
      element("b", { class: "cx-in-input" }, short(value)),
      " × ",
      element("b", { class: "cx-in-kernel" }, short(weight)),
    ];
    const product = element("span", {}, short(value * weight));
    const look = `cx-tile ${real ? "" : "padding"}`;
    return element("div", { class: look }, element("small", {}, ...factors), product);
  }
  const winner = mode === "max" && real && value === result;
  const look = `cx-tile ${real ? "" : "padding"} ${winner ? "winner" : ""}`;
  return element("div", { class: look }, element("span", {}, real ? short(value) : "–"));
}

/**
 * The computation of the chosen output cell: the tiles of its window and the line that adds up.
 * @param {State} state
 * @param {number[][]} output
 */
export function calculation(state, output, text) {
  const [row, column] = state.cell;
  const result = output[row][column];
  const window = windowAt(state.input, slidingOf(state), row, column);
  const tiles = window.map((readings, y) =>
    readings.map((reading, x) => tile(state, reading, state.kernel[y][x], result)),
  );
  return {
    title: text.calculation(text.place(state.cell)),
    tiles: tiles.flat(),
    columns: shapeOf(state.kernel)[1],
    name: text.result[state.mode],
    result: short(result),
    line: text.calculationLine(text.place(state.cell), terms(state, window.flat(), result)),
  };
}

/** A number in the colour of what it measures: "input", "kernel" or "output". */
const coloured = (hue, number) => element("span", { class: `cx-in-${hue}` }, short(number));

/**
 * The output size in paragraphs: each rule, then the rule with this state's numbers, once for
 * the rows and once for the columns.
 * @param {State} state
 * @returns {HTMLElement[]}
 */
export function sizeLines(state, text) {
  const shape = shapeOf(state.input);
  const sliding = slidingOf(state);
  const { kernel, stride, dilation } = sliding;
  const amounts = paddingAmounts(shape, sliding);
  const outputs = outputSize(shape, sliding);
  const { window } = extents(state);
  const input = shape.map((size) => coloured("input", size));

  const rule = (sentence) => element("p", {}, sentence);
  const bothAxes = (line) =>
    [text.rows, text.columns].map((name, axis) =>
      element("p", { class: "cx-axis" }, element("span", {}, name), element("span", {}, ...line(axis))),
    );
  const same = () => [
    rule(text.sameRule),
    ...bothAxes((axis) => [
      "⌈", input[axis].cloneNode(true), ` ÷ ${stride}⌉ = `, coloured("output", outputs[axis]),
    ]),
    rule(text.amounts(amounts)),
  ];
  const spread = () => [
    rule(text.spreadRule),
    ...bothAxes((axis) => [`${dilation} × (${kernel[axis]} − 1) + 1 = `, coloured("kernel", window[axis])]),
  ];
  const windowName = state.mode === "convolution" ? text.kernel : text.poolSize;
  const size = () => [
    rule(text.sizeRule(dilation > 1 ? text.spread : windowName.toLowerCase())),
    ...bothAxes((axis) => [
      "⌊(", input[axis], ` + ${amounts[axis].join(" + ")} − `, coloured("kernel", window[axis]),
      `) ÷ ${stride}⌋ + 1 = `, coloured("output", outputs[axis]),
    ]),
  ];
  return [
    ...(state.padding === "same" ? same() : []),
    ...(dilation > 1 ? spread() : []),
    ...size(),
  ];
}
