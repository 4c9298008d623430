// One value of a map rebuilt by hand: patch, kernel, products, sum, bias, ReLU.

import { Choice, make, onArrows } from "./dom.js";
import { cellColours, outline, paint } from "./paint.js";
import { number } from "./words.js";

const SIDE = 560;

export class Trace {
  constructor(words, layers, { choose }) {
    Object.assign(this, { words, layers, choose });
    this.title = make("p", { className: "cnn-live__name" });
    this.small = make("canvas");
    this.canvas = make("canvas", { width: SIDE, height: SIDE, "aria-hidden": "true" });
    const help = make("p", { className: "cnn-live__hint", id: "cnn-live-trace-help" }, words.traceHelp);
    this.sheet = make(
      "div",
      { className: "cnn-live__sheet", tabIndex: 0, role: "application", "aria-describedby": help.id },
      this.canvas,
    );
    this.place = make("p", { className: "cnn-live__place" });
    this.channels = this.makeChannels(layers[1].channels);
    this.numbers = make("div", { className: "cnn-live__numbers" });
    this.equation = make("p", { className: "cnn-live__equation" });
    const steps = make("div", { className: "cnn-live__steps" }, this.place, this.channels, this.numbers, this.equation);
    this.node = make(
      "div",
      {},
      this.title,
      make("div", { className: "cnn-live__columns" }, make("div", {}, this.sheet, help), steps),
    );
    this.listen();
  }

  makeChannels(count) {
    this.channelName = make("p", { className: "cnn-live__place" });
    this.bars = Array.from({ length: count }, () => make("div", { className: "cnn-live__bar" }, make("span")));
    const label = this.words.channelSums(count);
    this.channelChoice = new Choice(label, "cnn-live__bars", this.bars, (channel) => {
      this.channel = channel;
      this.drawSteps();
    });
    return make("div", {}, make("p", { className: "cnn-live__label" }, label), this.channelChoice.node, this.channelName);
  }

  listen() {
    const pick = (event) => {
      const { height, width } = this.layer;
      const box = this.canvas.getBoundingClientRect();
      const y = Math.floor(((event.clientY - box.top) / box.height) * height);
      const x = Math.floor(((event.clientX - box.left) / box.width) * width);
      this.move(y, x);
    };
    this.sheet.addEventListener("pointerdown", pick);
    onArrows(this.sheet, (rows, columns) => this.move(this.y + rows, this.x + columns));
  }

  move(y, x) {
    const { height, width } = this.layer;
    this.choose(Math.max(0, Math.min(height - 1, y)), Math.max(0, Math.min(width - 1, x)));
  }

  /** Show one pixel. The channel that counts most is shown first, then the one the reader chose. */
  show(index, map, y, x, top) {
    const layer = this.layers[index];
    if (layer !== this.layer || map !== this.map || y !== this.y || x !== this.x) this.channel = null;
    Object.assign(this, { layer, index, map, y, x });
    this.result = layer.trace(map, y, x);
    this.title.textContent = this.words.trace(index, map);
    this.sheet.setAttribute("aria-label", this.words.mapPixels(index, map));
    this.drawMap(top);
    this.drawSteps();
  }

  drawMap(top) {
    const { layer, canvas, small, map } = this;
    const [cell, context] = [SIDE / layer.width, canvas.getContext("2d")];
    Object.assign(small, { width: layer.width, height: layer.height });
    paint(small, layer.output, "active", 0, top, map, layer.filters);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, SIDE, SIDE);
    outline(context, [this.y, this.x, 1, 1], cell, "#D55E00");
  }

  drawSteps() {
    const { words, result, layer } = this;
    const sums = result.parts.map((part) => part.sum);
    const strength = sums.map(Math.abs);
    const shown = this.channel ?? strength.indexOf(Math.max(...strength));
    this.place.textContent = words.pixel(this.y, this.x);
    this.channelName.textContent = words.channelSource(shown);
    this.channels.hidden = layer.channels === 1;
    if (layer.channels > 1) this.drawBars(sums, shown);
    const part = result.parts[shown];
    // One scale for all channels, so that a bright patch means the same whichever is shown.
    const input = this.index ? ["active", 0, Math.max(...this.layers[0].peaks())] : ["grey", 0, 1];
    const weight = largest(result.parts.flatMap((each) => each.kernel));
    const product = largest(result.parts.flatMap((each) => each.products));
    this.numbers.replaceChildren(
      grid(words.patch, part.patch, input, part.outside),
      after("×", grid(words.kernel, part.kernel, ["signed", -weight, weight])),
      after("=", grid(words.products, part.products, ["signed", -product, product])),
    );
    if (part.outside.includes(true)) {
      this.numbers.append(make("p", { className: "cnn-live__hint" }, words.outside));
    }
    const ofAll = words.sumOfChannels(layer.channels);
    const sum = term(number(result.sum), layer.channels > 1 ? ofAll : words.sumOfProducts);
    const one = term(number(part.sum), `${words.channelName(shown)}: ${words.sumOfProducts}`);
    const terms = layer.channels > 1 ? [one, after("⋯", sum)] : [sum];
    terms.push(after("+", term(number(result.bias), words.bias)));
    terms.push(after("=", term(number(result.total), words.total)));
    terms.push(after("→", term(number(result.value), words.relu)));
    this.equation.replaceChildren(...terms);
  }

  drawBars(sums, shown) {
    const most = largest(sums);
    this.bars.forEach((bar, channel) => {
      const height = (50 * Math.abs(sums[channel])) / most;
      const edge = sums[channel] < 0 ? "top" : "bottom";
      bar.firstChild.className = sums[channel] < 0 ? "cnn-live__minus" : "cnn-live__plus";
      bar.firstChild.style.cssText = `height: ${height}%; ${edge}: 50%`;
      const text = this.words.channel(channel, number(sums[channel]));
      bar.setAttribute("aria-label", text);
      bar.title = text;
    });
    this.channelChoice.show(shown);
  }

  /** The pixels of the input, [top, left, height, width], that can change this value. */
  field() {
    // A 3x3 window of the first layer; for the second 3x3 pooled pixels, each of 2x2 such windows.
    const [side, top, left] = this.index ? [8, 2 * this.y - 3, 2 * this.x - 3] : [3, this.y - 1, this.x - 1];
    const [y, x] = [Math.max(top, 0), Math.max(left, 0)];
    return [y, x, Math.min(top + side, 28) - y, Math.min(left + side, 28) - x];
  }

  reading() {
    const { words, result } = this;
    const [sum, bias, value] = [result.sum, result.bias, result.value].map(number);
    return words.reading(this.map, this.y, this.x, sum, bias, value);
  }
}

const largest = (values) => Math.max(...values.map(Math.abs), Number.MIN_VALUE);

function grid(caption, values, [colours, low, high], outside = []) {
  const rows = [0, 1, 2].map((i) =>
    make(
      "tr",
      {},
      ...values.slice(3 * i, 3 * i + 3).map((value, j) => {
        const cell = make("td", {}, number(value));
        if (outside[3 * i + j]) {
          cell.className = "cnn-live__outside";
        } else {
          const { background, ink } = cellColours(value, colours, low, high);
          cell.style.cssText = `background: ${background}; color: ${ink}`;
        }
        return cell;
      }),
    ),
  );
  return make("table", { className: "cnn-live__grid" }, make("caption", {}, caption), make("tbody", {}, ...rows));
}

/** A node and the sign before it, which stay together where a line breaks. */
const after = (sign, node) =>
  make("span", { className: "cnn-live__after" }, make("span", { className: "cnn-live__sign" }, sign), node);
const term = (value, label) =>
  make("span", { className: "cnn-live__term" }, make("b", {}, value), make("span", {}, label));
