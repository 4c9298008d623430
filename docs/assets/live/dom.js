// Making elements, and the two ways of moving with arrow keys that the widget needs.

/** Make an element: properties, `data-` and `aria-` attributes, children. */
export function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key in node && !key.startsWith("aria")) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children);
  return node;
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Call `move(rows, columns, event)` when an arrow key is pressed in the node. */
export function onArrows(node, move) {
  node.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    move(...step, event);
  });
}

/** A list of which one item is chosen: one tab stop, arrows move, as wide as it is drawn. */
export class Choice {
  constructor(label, className, items, choose) {
    this.items = items;
    this.choose = choose;
    this.node = make("div", { className, role: "listbox", "aria-label": label }, ...items);
    items.forEach((item, index) => {
      item.setAttribute("role", "option");
      item.addEventListener("click", (event) => choose(index, event));
    });
    onArrows(this.node, (rows, columns) => {
      const target = this.focused + rows * this.columns() + columns;
      if (target >= 0 && target < items.length) this.press(target);
    });
    this.node.addEventListener("keydown", (event) => {
      const target = { Home: 0, End: items.length - 1, " ": this.focused, Enter: this.focused }[event.key];
      if (target === undefined) return;
      event.preventDefault();
      this.press(target);
    });
    this.show(null);
  }

  press(index) {
    this.choose(index, null);
    this.items[index].focus();
  }

  columns() {
    const top = this.items[0].offsetTop;
    const next = this.items.findIndex((item) => item.offsetTop > top);
    return next < 0 ? this.items.length : next;
  }

  /** Mark one item as chosen, or none. */
  show(index) {
    if (index === this.shown) return;
    this.shown = index;
    this.focused = index ?? 0;
    this.items.forEach((item, i) => {
      item.setAttribute("aria-selected", i === index);
      item.tabIndex = i === this.focused ? 0 : -1;
    });
  }
}

/** A few named values of which one is chosen: radio buttons drawn as one bar. */
export function switcher(label, options, chosen, choose) {
  const name = `cnn-live-${Math.random().toString(36).slice(2)}`;
  const choices = Object.entries(options).map(([value, text]) => {
    const radio = make("input", { type: "radio", name, value, checked: value === chosen });
    radio.addEventListener("change", () => choose(value));
    return make("label", {}, radio, make("span", {}, text));
  });
  const legend = make("legend", {}, label);
  return make("fieldset", { className: "cnn-live__switch" }, legend, ...choices);
}

export function slider(label, [min, max, value], change) {
  const input = make("input", { type: "range", min, max, value });
  const node = make("label", { className: "cnn-live__slider" }, make("span", {}, label), input);
  input.addEventListener("input", () => change(Number(input.value)));
  return node;
}
