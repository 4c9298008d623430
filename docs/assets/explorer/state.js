/**
 * What the explorer shows, as one plain object: its limits, its starts, its ready-made numbers,
 * and how it is written into the address.
 *
 * @typedef {import("./operations.js").Matrix} Matrix
 * @typedef {import("./operations.js").Pair} Pair
 * @typedef {import("./operations.js").Padding} Padding
 * @typedef {import("./operations.js").Sliding} Sliding
 *
 * `kernel` holds the weights; in pooling only its shape counts.
 * `cell` is the output cell whose computation is shown.
 * `use` shows how often each pixel is read, in place of the pixels.
 * @typedef {{mode: "convolution" | "max" | "average", input: Matrix, kernel: Matrix,
 *   stride: number, dilation: number, padding: Padding, cell: Pair, use: boolean}} State
 */
import * as operations from "./operations.js";

const { matrixOf, outputSize, paddingAmounts, reach, shapeOf } = operations;

export const MODES = ["convolution", "max", "average"];

/** Smallest and largest value of each control. */
export const LIMITS = { input: [3, 10], kernel: [1, 5], stride: [1, 3], dilation: [1, 3], side: [0, 4] };

const EXAMPLE = [[3, 1, 0, 7], [6, 4, 8, 2], [4, 5, 1, 1], [3, 2, 5, 8]];
const middle = (size) => Math.floor((size - 1) / 2);

/** Ready-made numbers: shape -> matrix. */
export const INPUTS = {
  example: (shape) => matrixOf(shape, (row, column) => EXAMPLE[row % 4][column % 4]),
  edge: ([rows, columns]) => matrixOf([rows, columns], (_, column) => (column < columns / 2 ? 9 : 0)),
  spot: ([rows, columns]) =>
    matrixOf([rows, columns], (row, column) => Number(row === middle(rows) && column === middle(columns))),
};

/** Weights that depend on the steps away from the middle of the kernel. */
const around = (weight) => ([rows, columns]) =>
  matrixOf([rows, columns], (row, column) =>
    weight(Math.abs(row - middle(rows)) + Math.abs(column - middle(columns))),
  );

export const KERNELS = {
  identity: around((steps) => Number(steps === 0)),
  blur: ([rows, columns]) => matrixOf([rows, columns], () => 1 / (rows * columns)),
  vertical: ([rows, columns]) =>
    matrixOf([rows, columns], (_, column) => Number(column === 0) - Number(column === columns - 1)),
  horizontal: ([rows, columns]) =>
    matrixOf([rows, columns], (row) => Number(row === 0) - Number(row === rows - 1)),
  sharpen: around((steps) => [5, -1][steps] ?? 0),
  laplacian: around((steps) => [-4, 1][steps] ?? 0),
};

const sameNumbers = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Name of the ready-made numbers that `matrix` holds, or undefined. */
export function presetOf(matrix, presets) {
  return Object.keys(presets).find((name) => sameNumbers(presets[name](shapeOf(matrix)), matrix));
}

/** `matrix` in another shape: ready-made numbers stay so, others are cut or filled up with 0. */
export function resized(matrix, shape, presets) {
  const name = presetOf(matrix, presets);
  return name ? presets[name](shape) : matrixOf(shape, (row, column) => matrix[row]?.[column] ?? 0);
}

/** @type {Record<string, State>} the state that each lesson's question starts from */
const STARTS = {
  convolution: { kernel: [[1, 2, 1], [2, 4, 2], [1, 2, 1]] },
  padding: { padding: "same" },
  stride: { input: INPUTS.example([6, 6]), stride: 2 },
  pooling: { mode: "max", kernel: KERNELS.blur([2, 2]), stride: 2 },
};

export const QUESTIONS = Object.keys(STARTS);

/** @returns {State} a fresh start for one of the QUESTIONS */
export function startOf(question) {
  const common = {
    mode: "convolution",
    input: INPUTS.example([4, 4]),
    kernel: KERNELS.vertical([3, 3]),
    stride: 1,
    dilation: 1,
    padding: "valid",
    cell: [0, 0],
    use: false,
  };
  return structuredClone({ ...common, ...STARTS[question] });
}

/** `state` in another mode. Each kind starts at its usual window: 3 x 3 by 1, or 2 x 2 by 2. */
export function inMode(state, mode) {
  if ((state.mode === "convolution") === (mode === "convolution")) return { ...state, mode };
  if (mode === "convolution") return { ...state, mode, kernel: KERNELS.vertical([3, 3]), stride: 1 };
  const padding = state.padding === "same" ? "same" : "valid";
  return { ...state, mode, kernel: KERNELS.blur([2, 2]), stride: 2, dilation: 1, padding };
}

/** @param {State} state @returns {Sliding} */
export const slidingOf = ({ kernel, stride, dilation, padding }) => ({
  kernel: shapeOf(kernel),
  stride,
  dilation,
  padding,
});

/** @param {State} state @returns {Matrix} */
export function outputOf(state) {
  const sliding = slidingOf(state);
  if (state.mode === "convolution") return operations.conv2d(state.input, state.kernel, sliding);
  const pool = state.mode === "max" ? operations.maxPool2d : operations.avgPool2d;
  return pool(state.input, sliding);
}

/** Rows and columns that the window spans, and those of the padded input that it moves over. */
export function extents(state) {
  const shape = shapeOf(state.input);
  const amounts = paddingAmounts(shape, slidingOf(state));
  return {
    window: shapeOf(state.kernel).map((size) => reach(size, state.dilation)),
    padded: shape.map((size, axis) => size + amounts[axis][0] + amounts[axis][1]),
  };
}

/** Whether the window has at least one place on the padded input. */
export const fits = (state) => Math.min(...outputSize(shapeOf(state.input), slidingOf(state))) >= 1;

/** `state` with its output cell inside the output. */
export function withCellInside(state) {
  const size = outputSize(shapeOf(state.input), slidingOf(state));
  return { ...state, cell: state.cell.map((at, axis) => Math.max(0, Math.min(at, size[axis] - 1))) };
}

// The address: ?explorer=mode:convolution;input:3,1,0/6,4,8;kernel:1,0,-1;stride:1;... Rows and
// columns of the cell count from 1, as on the page; explicit padding is top,bottom,left,right.

const formatMatrix = (matrix) => matrix.map((row) => row.join(",")).join("/");

/** @param {State} state @returns {string} the state as the value of the address' `explorer` */
export function formatState(state) {
  const pooling = state.mode !== "convolution";
  const fields = {
    mode: state.mode,
    input: formatMatrix(state.input),
    ...(pooling
      ? { pool: shapeOf(state.kernel).join(",") }
      : { kernel: formatMatrix(state.kernel), dilation: state.dilation }),
    stride: state.stride,
    padding: typeof state.padding === "string" ? state.padding : state.padding.flat().join(","),
    cell: state.cell.map((at) => at + 1).join(","),
    use: Number(state.use),
  };
  return Object.entries(fields).map(([name, value]) => `${name}:${value}`).join(";");
}

function check(condition) {
  if (!condition) throw new RangeError("the address does not hold a state of the explorer");
}

function parseNumbers(text, [least, most] = [-Infinity, Infinity]) {
  const numbers = text.split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  check(numbers.every((number) => Number.isFinite(number) && number >= least && number <= most));
  return numbers;
}

function parseIntegers(text, limits, length) {
  const numbers = parseNumbers(text, limits);
  check(numbers.length === length && numbers.every(Number.isInteger));
  return numbers;
}

function parseMatrix(text, [least, most]) {
  const matrix = text.split("/").map((row) => parseNumbers(row));
  const [rows, columns] = shapeOf(matrix);
  check(matrix.every((row) => row.length === columns));
  check(Math.min(rows, columns) >= least && Math.max(rows, columns) <= most);
  return matrix;
}

function parsePadding(text, pooling) {
  if (text === "valid" || text === "same") return text;
  check(!pooling);
  const [top, bottom, left, right] = parseIntegers(text, LIMITS.side, 4);
  return [[top, bottom], [left, right]];
}

/**
 * @param {string} text
 * @returns {State}
 * @throws {RangeError} where a field is missing, malformed or outside LIMITS
 */
export function parseState(text) {
  const fields = Object.fromEntries(text.split(";").map((field) => field.split(":")));
  const field = (name) => {
    check(fields[name] !== undefined);
    return fields[name];
  };
  const mode = field("mode");
  check(MODES.includes(mode));
  const pooling = mode !== "convolution";
  return withCellInside({
    mode,
    input: parseMatrix(field("input"), LIMITS.input),
    kernel: pooling
      ? KERNELS.blur(parseIntegers(field("pool"), LIMITS.kernel, 2))
      : parseMatrix(field("kernel"), LIMITS.kernel),
    stride: parseIntegers(field("stride"), LIMITS.stride, 1)[0],
    dilation: pooling ? 1 : parseIntegers(field("dilation"), LIMITS.dilation, 1)[0],
    padding: parsePadding(field("padding"), pooling),
    cell: parseIntegers(field("cell"), [1, Infinity], 2).map((at) => at - 1),
    use: parseIntegers(field("use"), [0, 1], 1)[0] === 1,
  });
}
