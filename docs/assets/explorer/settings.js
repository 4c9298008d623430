/**
 * The controls. They show a state, and ask for the next one through `change`.
 *
 * @typedef {import("./state.js").State} State
 */
import { paddingAmounts, shapeOf } from "./operations.js";
import { INPUTS, KERNELS, LIMITS, MODES, inMode, presetOf, resized, slidingOf } from "./state.js";
import { choice, element, select } from "./dom.js";

const range = ([least, most]) =>
  Array.from({ length: most - least + 1 }, (_, index) => [String(least + index), String(least + index)]);

const labelled = (labels) => Object.entries(labels);

/** Two selects for rows and columns. */
function sizeField(legend, limits, change, text) {
  const selects = [text.rows, text.columns].map((axis, index) =>
    select(`${legend}: ${axis}`, range(limits), (value) => change(index, Number(value))),
  );
  const legendNode = element("legend", {}, legend);
  const node = element("fieldset", { class: "cx-field" }, legendNode, selects[0], " × ", selects[1]);
  const show = (shape, name) => {
    legendNode.textContent = name ?? legend;
    selects.forEach((field, axis) => (field.value = shape[axis]));
  };
  return { node, show };
}

/** A select over ready-made numbers; "custom" stands for all others and cannot be picked. */
function presetField(legend, options, change, text) {
  const field = select(legend, [["custom", text.custom], ...options], change);
  field.options[0].disabled = true;
  const node = element("label", { class: "cx-field" }, element("span", {}, legend), field);
  return { node, show: (name) => (field.value = name ?? "custom") };
}

/**
 * @param {typeof import("./text.js").TEXT.ko} text
 * @param {Record<string, {label: string, values: number[][]}>} patches
 * @param {(next: (state: State) => State) => void} change
 * @returns {{node: HTMLElement, show: (state: State) => void}}
 */
export function settings(text, patches, change) {
  const patchFills = Object.entries(patches).map(([key, { values }]) => [
    key,
    (shape) => resized(values, shape, {}),
  ]);
  const inputs = { ...INPUTS, ...Object.fromEntries(patchFills) };
  const patchOptions = Object.entries(patches).map(([key, { label }]) => [key, label]);

  const withSize = (name, presets) => (axis, size) =>
    change((state) => {
      const shape = shapeOf(state[name]).with(axis, size);
      return { ...state, [name]: resized(state[name], shape, presets) };
    });
  const withInput = (key) =>
    change((state) => ({ ...state, input: patches[key]?.values ?? INPUTS[key](shapeOf(state.input)) }));
  const withKernel = (key) =>
    change((state) => ({ ...state, kernel: KERNELS[key](shapeOf(state.kernel)) }));
  // Explicit amounts start from those that were in force, so nothing moves until one is changed.
  const withPadding = (padding) =>
    change((state) => {
      const inForce = paddingAmounts(shapeOf(state.input), slidingOf(state));
      const limited = inForce.map((sides) => sides.map((side) => Math.min(side, LIMITS.side[1])));
      return { ...state, padding: padding === "explicit" ? limited : padding };
    });
  const withSide = (axis, side, amount) =>
    change((state) => ({
      ...state,
      padding: state.padding.with(axis, state.padding[axis].with(side, amount)),
    }));

  const mode = choice(
    text.mode,
    MODES.map((key) => [key, text.modes[key]]),
    (key) => change((state) => inMode(state, key)),
    { "data-field": "mode" },
  );
  const inputSize = sizeField(text.input, LIMITS.input, withSize("input", inputs), text);
  const inputPreset = presetField(
    text.inputFill,
    [...labelled(text.inputs), ...(patchOptions.length ? [[text.patches, patchOptions]] : [])],
    withInput,
    text,
  );
  const kernelSize = sizeField(text.kernel, LIMITS.kernel, withSize("kernel", KERNELS), text);
  const kernelPreset = presetField(text.kernelFill, labelled(text.kernels), withKernel, text);
  const counts = ["stride", "dilation"].map((name) =>
    choice(text[name], range(LIMITS[name]), (value) =>
      change((state) => ({ ...state, [name]: Number(value) })),
    ),
  );
  const padding = choice(text.padding, labelled(text.paddings), withPadding, { "data-field": "padding" });
  const sides = text.sides.map((side, index) =>
    select(`${text.padding}: ${side}`, range(LIMITS.side), (value) =>
      withSide(Math.floor(index / 2), index % 2, Number(value)),
    ),
  );
  const sidesNode = element(
    "div",
    { class: "cx-field cx-sides" },
    ...sides.map((field, index) => element("label", {}, element("span", {}, text.sides[index]), field)),
  );

  const [stride, dilation] = counts;
  const fields = [mode, inputSize, inputPreset, kernelSize, kernelPreset, stride, dilation, padding];
  const node = element(
    "div",
    { class: "cx-settings" },
    ...fields.map((field) => field.node),
    sidesNode,
  );

  const show = (state) => {
    const pooling = state.mode !== "convolution";
    const explicit = typeof state.padding !== "string";
    mode.show(state.mode);
    inputSize.show(shapeOf(state.input));
    inputPreset.show(presetOf(state.input, inputs));
    kernelSize.show(shapeOf(state.kernel), pooling ? text.poolSize : text.kernel);
    kernelPreset.show(presetOf(state.kernel, KERNELS));
    kernelPreset.node.hidden = pooling;
    stride.show(state.stride);
    dilation.show(state.dilation);
    dilation.node.hidden = pooling;
    padding.show(explicit ? "explicit" : state.padding, pooling ? ["valid", "same"] : undefined);
    sidesNode.hidden = !explicit;
    if (explicit) state.padding.flat().forEach((amount, index) => (sides[index].value = amount));
  };
  return { node, show };
}
