/** Small helpers that build the explorer's elements. */

/**
 * An element with attributes and children. Attributes that are undefined or false are left out.
 * @param {string} tag
 * @param {Record<string, string | number | boolean | undefined>} attributes
 * @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** A button that calls `act` when pressed. */
export function button(label, act, attributes = {}) {
  const made = element("button", { type: "button", class: "cx-button", ...attributes }, label);
  made.addEventListener("click", act);
  return made;
}

/**
 * A select over `options`, [value, label] pairs or [group label, pairs] groups.
 * `change` gets the value chosen.
 */
export function select(label, options, change, attributes = {}) {
  const made = element("select", { class: "cx-select", "aria-label": label, ...attributes });
  for (const [value, content] of options) {
    if (typeof content === "string") made.append(element("option", { value }, content));
    else {
      const inner = content.map(([key, text]) => element("option", { value: key }, text));
      made.append(element("optgroup", { label: value }, ...inner));
    }
  }
  made.addEventListener("change", () => change(made.value));
  return made;
}

let groups = 0;

/**
 * One choice of a few, all of them in view: radio buttons in a row, under one legend.
 * @returns {{node: HTMLElement, show: (value: string, allowed?: string[]) => void}}
 */
export function choice(legend, options, change, attributes = {}) {
  const name = `cx-choice-${(groups += 1)}`;
  const radios = options.map(([value]) => element("input", { type: "radio", name, value }));
  const node = element(
    "fieldset",
    { class: "cx-field", ...attributes },
    element("legend", {}, legend),
    element(
      "div",
      { class: "cx-choice" },
      ...options.map(([, label], index) => element("label", {}, radios[index], element("span", {}, label))),
    ),
  );
  node.addEventListener("change", (event) => change(event.target.value));
  const show = (value, allowed) => {
    for (const radio of radios) {
      radio.checked = radio.value === String(value);
      radio.disabled = allowed !== undefined && !allowed.includes(radio.value);
    }
  };
  return { node, show };
}

/** A number as it fits a cell: at most two decimals, a real minus sign. */
export function short(value) {
  return String(rounded(value)).replace("-", "−");
}

/** `value` to two decimals, or to two digits where it lies below 1. */
export function rounded(value) {
  const clean = Number(value.toFixed(9));
  return Number(Math.abs(clean) >= 1 ? clean.toFixed(2) : clean.toPrecision(2));
}

/** Whether `short` leaves out digits of one of `values`. */
export const isRounded = (...values) => values.some((value) => Math.abs(rounded(value) - value) > 1e-9);
