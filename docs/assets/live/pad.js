// The input: a sheet of 28 x 28 pixels to draw on, and a grey square to cover a part of it.

import { make, onArrows, slider, switcher } from "./dom.js";
import { outline, paint } from "./paint.js";

const SIZE = 28;
const CELL = 20;
const GREY = 128;
const WINDOW = "#D55E00";

const within = (value, size) => Math.max(0, Math.min(SIZE - size, value));

export class Pad {
  constructor(words, { changed, moved, restore }) {
    Object.assign(this, { words, changed, moved });
    this.pixels = new Uint8Array(SIZE * SIZE);
    this.pen = { y: 14, x: 14, thickness: 2, shade: 230 };
    this.square = { y: 10, x: 10, size: 8 };
    this.field = null;
    this.small = make("canvas", { width: SIZE, height: SIZE });
    this.canvas = make("canvas", { width: SIZE * CELL, height: SIZE * CELL, "aria-hidden": "true" });
    this.help = make("p", { className: "cnn-live__hint", id: "cnn-live-input-help" });
    this.sheet = make(
      "div",
      {
        className: "cnn-live__sheet",
        tabIndex: 0,
        role: "application",
        "aria-label": words.pad,
        "aria-describedby": this.help.id,
      },
      this.canvas,
    );
    const { draw, erase, cover } = words;
    const tools = switcher(words.tools, { draw, erase, cover }, "draw", (tool) => this.use(tool));
    this.options = {
      thickness: slider(words.thickness, [1, 6, this.pen.thickness], (value) => this.set("thickness", value)),
      shade: slider(words.shade, [25, 255, this.pen.shade], (value) => this.set("shade", value)),
      size: slider(words.size, [3, 16, this.square.size], (value) => this.resize(value)),
    };
    const options = make("div", { className: "cnn-live__options" }, ...Object.values(this.options));
    const blank = make("button", { type: "button", className: "cnn-live__button" }, words.blank);
    blank.addEventListener("click", () => this.fill(new Uint8Array(SIZE * SIZE)));
    const back = make("button", { type: "button", className: "cnn-live__button" }, words.restore);
    back.addEventListener("click", restore);
    const buttons = make("div", { className: "cnn-live__buttons" }, blank, back);
    this.node = make("div", { className: "cnn-live__pad" }, this.sheet, this.help, tools, options, buttons);
    this.listen();
    this.use("draw");
  }

  use(tool) {
    this.tool = tool;
    this.help.textContent = this.words.inputHelp[tool];
    this.options.thickness.hidden = tool === "cover";
    this.options.shade.hidden = tool !== "draw";
    this.options.size.hidden = tool !== "cover";
    this.changed();
  }

  set(property, value) {
    this.pen[property] = value;
    this.draw();
  }

  resize(size) {
    this.square = { y: within(this.square.y, size), x: within(this.square.x, size), size };
    this.changed();
  }

  fill(pixels) {
    this.pixels = pixels;
    this.changed();
  }

  get covering() {
    return this.tool === "cover";
  }

  /** The image that the network sees: with the square on it when a part is covered. */
  visible() {
    if (!this.covering) return this.pixels;
    const { y, x, size } = this.square;
    const pixels = this.pixels.slice();
    for (let row = y; row < y + size; row++) pixels.fill(GREY, row * SIZE + x, row * SIZE + x + size);
    return pixels;
  }

  /** The pen's block of pixels: [top, left, height, width]. */
  block() {
    const { y, x, thickness } = this.pen;
    const middle = (thickness - 1) >> 1;
    return [within(y - middle, thickness), within(x - middle, thickness), thickness, thickness];
  }

  stamp() {
    const [top, left, height, width] = this.block();
    const ink = this.tool === "erase" ? 0 : this.pen.shade;
    for (let row = top; row < top + height; row++) {
      this.pixels.fill(ink, row * SIZE + left, row * SIZE + left + width);
    }
  }

  /** Paint from where the pen is to (y, x), leaving no gap however fast it moved. */
  line(y, x) {
    const from = { ...this.pen };
    const steps = Math.max(1, Math.abs(y - from.y), Math.abs(x - from.x));
    for (let step = 1; step <= steps; step++) {
      this.pen.y = Math.round(from.y + ((y - from.y) * step) / steps);
      this.pen.x = Math.round(from.x + ((x - from.x) * step) / steps);
      this.stamp();
    }
    this.changed();
  }

  drag(y, x) {
    const { size } = this.square;
    this.square.y = within(y - (size >> 1), size);
    this.square.x = within(x - (size >> 1), size);
    this.changed();
  }

  listen() {
    const place = (event) => {
      const box = this.canvas.getBoundingClientRect();
      const y = Math.floor(((event.clientY - box.top) / box.height) * SIZE);
      const x = Math.floor(((event.clientX - box.left) / box.width) * SIZE);
      return [within(y, 1), within(x, 1)];
    };
    this.sheet.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.sheet.setPointerCapture(event.pointerId);
      const [y, x] = place(event);
      Object.assign(this.pen, { y, x });
      this.covering ? this.drag(y, x) : this.line(y, x);
    });
    this.sheet.addEventListener("pointermove", (event) => {
      if (!this.sheet.hasPointerCapture(event.pointerId)) return;
      this.covering ? this.drag(...place(event)) : this.line(...place(event));
    });
    onArrows(this.sheet, (rows, columns) => this.step(rows, columns));
    this.sheet.addEventListener("keydown", (event) => {
      if ((event.key !== " " && event.key !== "Enter") || this.covering) return;
      event.preventDefault();
      this.line(this.pen.y, this.pen.x);
      this.moved(this.where());
    });
    this.sheet.addEventListener("focus", () => this.draw());
    this.sheet.addEventListener("blur", () => this.draw());
  }

  step(rows, columns) {
    if (this.covering) {
      this.square.y = within(this.square.y + rows, this.square.size);
      this.square.x = within(this.square.x + columns, this.square.size);
      this.changed();
    } else {
      this.pen.y = within(this.pen.y + rows, 1);
      this.pen.x = within(this.pen.x + columns, 1);
      this.draw();
    }
    this.moved(this.where());
  }

  where() {
    const { pen, square, words } = this;
    if (this.covering) return words.square(square.y, square.x, square.size);
    return words.pen(pen.y, pen.x, this.pixels[pen.y * SIZE + pen.x]);
  }

  draw() {
    paint(this.small, this.visible(), "grey", 0, 255);
    const context = this.canvas.getContext("2d");
    context.imageSmoothingEnabled = false;
    context.drawImage(this.small, 0, 0, SIZE * CELL, SIZE * CELL);
    if (this.field) outline(context, this.field, CELL, WINDOW);
    if (this.covering) {
      const { y, x, size } = this.square;
      outline(context, [y, x, size, size], CELL, "#000", [10, 6]);
    } else if (document.activeElement === this.sheet) {
      outline(context, this.block(), CELL, "#0072B2");
    }
  }
}
