/**
 * Padding, convolution and pooling on plain arrays: the same rules, names and numbers as the
 * Python package cnn_guide. Nothing here knows the page.
 *
 * @typedef {number[][]} Matrix                       rows of equal length
 * @typedef {[number, number]} Pair                   (rows, columns), or (before, after)
 * @typedef {"valid" | "same" | [Pair, Pair]} Padding explicit: [[top, bottom], [left, right]]
 * @typedef {{kernel: Pair, stride: number, dilation: number, padding: Padding}} Sliding
 *
 * One pixel as a window reads it. A padded position has `real: false`.
 * @typedef {{row: number, column: number, value: number, real: boolean}} Reading
 */

/** @param {Matrix} matrix @returns {Pair} */
export const shapeOf = (matrix) => [matrix.length, matrix[0].length];

/**
 * A matrix whose entry at (row, column) is `fill(row, column)`.
 * @template T
 * @param {Pair} shape
 * @param {(row: number, column: number) => T} fill
 * @returns {T[][]}
 */
export function matrixOf([rows, columns], fill) {
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => fill(row, column)),
  );
}

/** How many pixels a kernel of `kernel` weights spans when `dilation` - 1 are left out between. */
export const reach = (kernel, dilation) => dilation * (kernel - 1) + 1;

/**
 * How many zeros go before and after one axis. TensorFlow's rule for "same": the output has
 * ceil(size / stride) entries, and an odd zero goes after, that is below and to the right.
 * @returns {Pair}
 */
function axisPadding(size, kernel, stride, dilation) {
  const outputs = Math.ceil(size / stride);
  const total = Math.max((outputs - 1) * stride + reach(kernel, dilation) - size, 0);
  const before = Math.floor(total / 2);
  return [before, total - before];
}

/**
 * How many rows and columns of padding go on each side.
 * @param {Pair} shape
 * @param {Sliding} sliding
 * @returns {[Pair, Pair]} [[top, bottom], [left, right]]
 */
export function paddingAmounts(shape, { kernel, stride, dilation, padding }) {
  if (padding === "valid") return [[0, 0], [0, 0]];
  if (padding !== "same") return padding;
  return [0, 1].map((axis) => axisPadding(shape[axis], kernel[axis], stride, dilation));
}

/**
 * Rows and columns of the output: floor((size + padding - reach) / stride) + 1 along each axis,
 * which is below 1 where the kernel does not fit.
 * @param {Pair} shape
 * @param {Sliding} sliding
 * @returns {Pair}
 */
export function outputSize(shape, sliding) {
  const amounts = paddingAmounts(shape, sliding);
  return [0, 1].map((axis) => {
    const padded = shape[axis] + amounts[axis][0] + amounts[axis][1];
    const room = padded - reach(sliding.kernel[axis], sliding.dilation);
    return Math.floor(room / sliding.stride) + 1;
  });
}

/**
 * The pixels that the window of one output cell reads, in the shape of the kernel. Rows and
 * columns count from the first real pixel, so padding above and to the left is negative.
 * @param {Matrix} image
 * @param {Sliding} sliding
 * @param {number} row     of the output
 * @param {number} column  of the output
 * @returns {Reading[][]}
 */
export function windowAt(image, sliding, row, column) {
  const [[top], [left]] = paddingAmounts(shapeOf(image), sliding);
  return matrixOf(sliding.kernel, (kernelRow, kernelColumn) => {
    const y = row * sliding.stride + kernelRow * sliding.dilation - top;
    const x = column * sliding.stride + kernelColumn * sliding.dilation - left;
    const value = image[y]?.[x];
    return { row: y, column: x, value: value ?? 0, real: value !== undefined };
  });
}

/** One output per window: `combine` turns the pixels a window reads into one number. */
function slide(image, sliding, combine) {
  return matrixOf(outputSize(shapeOf(image), sliding), (row, column) =>
    combine(windowAt(image, sliding, row, column).flat()),
  );
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

/** The readings that are pixels of the image, not padding. */
const realValues = (readings) => readings.filter(({ real }) => real).map(({ value }) => value);

/** Weighted sum of each window, the kernel not flipped. @returns {Matrix} */
export function conv2d(image, kernel, sliding) {
  const weights = kernel.flat();
  return slide(image, sliding, (readings) =>
    sum(readings.map(({ value }, index) => value * weights[index])),
  );
}

/** Largest pixel of each window; padding never wins. @returns {Matrix} */
export function maxPool2d(image, sliding) {
  return slide(image, sliding, (readings) => Math.max(...realValues(readings)));
}

/** Mean pixel of each window; padding is not counted. @returns {Matrix} */
export function avgPool2d(image, sliding) {
  return slide(image, sliding, (readings) => {
    const values = realValues(readings);
    return sum(values) / values.length;
  });
}

/** How many windows read each pixel. @param {Pair} shape @returns {Matrix} */
export function pixelUse(shape, sliding) {
  const use = matrixOf(shape, () => 0);
  slide(use, sliding, (readings) => {
    for (const { row, column, real } of readings) if (real) use[row][column] += 1;
  });
  return use;
}
