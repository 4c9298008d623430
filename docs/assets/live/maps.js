// All maps of one convolutional layer as small pictures, with one colour scale or one for each.

import { Choice, make } from "./dom.js";
import { paint } from "./paint.js";
import { number } from "./words.js";

export class Maps {
  constructor(words, layer, index, images, pick) {
    Object.assign(this, { words, layer, images });
    const { filters, height, width } = layer;
    this.canvases = Array.from({ length: filters }, () => make("canvas", { width, height }));
    const tiles = this.canvases.map((canvas) => make("div", { className: "cnn-live__tile" }, canvas));
    const title = words.layer(index, filters, height, width);
    this.choice = new Choice(title, `cnn-live__tiles cnn-live__tiles--${filters}`, tiles, (map, event) => {
      pick(map, event && this.pixel(this.canvases[map], event));
    });
    this.largest = make("span", {});
    this.note = make("p", { className: "cnn-live__hint" });
    const legend = make(
      "p",
      { className: "cnn-live__legend" },
      make("span", {}, "0"),
      make("span", { className: "cnn-live__ramp" }),
      this.largest,
    );
    const head = make("div", { className: "cnn-live__head" }, make("p", { className: "cnn-live__name" }, title), legend);
    this.node = make("div", {}, head, this.choice.node, this.note);
  }

  pixel(canvas, event) {
    const box = canvas.getBoundingClientRect();
    const { height, width } = this.layer;
    const y = Math.floor(((event.clientY - box.top) / box.height) * height);
    const x = Math.floor(((event.clientX - box.left) / box.width) * width);
    return [Math.max(0, Math.min(height - 1, y)), Math.max(0, Math.min(width - 1, x))];
  }

  /** The value that the brightest colour stands for in one map. */
  top(map) {
    return this.own ? this.peaks[map] : Math.max(...this.peaks);
  }

  draw(own) {
    const { words, layer, images } = this;
    this.own = own;
    this.peaks = layer.peaks();
    this.canvases.forEach((canvas, map) => {
      paint(canvas, layer.output, "active", 0, this.top(map), map, layer.filters);
      this.describe(map);
    });
    this.largest.textContent = own ? words.most : number(this.top(0));
    const zero = this.peaks.filter((peak) => peak === 0).length;
    this.note.textContent = zero ? words.quiet(zero, layer.silent.size, images) : "\u00a0";
  }

  describe(map) {
    const { words, layer, images } = this;
    const dead = this.peaks[map] === 0;
    const silent = layer.silent.has(map) ? words.silent(images) : words.zero;
    const text = `${words.map(map)}: ${dead ? silent : words.peak(number(this.peaks[map]))}`;
    const tile = this.choice.items[map];
    if (tile.title === text) return;
    tile.classList.toggle("cnn-live__tile--zero", dead);
    tile.setAttribute("aria-label", text);
    tile.title = text;
  }
}
