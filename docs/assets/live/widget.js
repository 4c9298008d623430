// The live network: pictures to choose from, the input, the probabilities, the maps, one traced pixel.

import { Choice, make, switcher } from "./dom.js";
import { Maps } from "./maps.js";
import { Pad } from "./pad.js";
import { paint } from "./paint.js";
import { Trace } from "./trace.js";
import { language, percent, words as inLanguage } from "./words.js";

const PAUSE = 500;

export class Widget {
  constructor(network) {
    this.words = inLanguage();
    this.network = network;
    this.names = network.classNames[language()];
    this.scale = "shared";
    this.saying = {};
    this.pixel = { layer: 0, map: 0, y: 14, x: 14 };
    this.layers = network.convolutions;
    this.status = make("p", { className: "cnn-live__status", role: "status" });
    this.facts = make("p", { className: "cnn-live__hint cnn-live__facts" });
    this.build();
    this.pick(0);
    this.strongest(0, this.layers[0].peaks().reduce((best, peak, map, all) => (peak > all[best] ? map : best), 0));
  }

  build() {
    const { words, network } = this;
    this.pad = new Pad(words, {
      changed: () => this.later(),
      moved: (text) => this.say("place", text),
      restore: () => this.pick(this.picture),
    });
    this.pictures = new Choice(words.pictures, "cnn-live__pictures", this.thumbnails(), (index) => this.pick(index));
    this.maps = this.layers.map(
      (layer, index) =>
        new Maps(words, layer, index, network.manifest.test_images.toLocaleString("en"), (map, at) => {
          at ? this.trace({ layer: index, map, y: at[0], x: at[1] }) : this.strongest(index, map);
        }),
    );
    this.tracer = new Trace(words, this.layers, {
      choose: (y, x) => this.trace({ ...this.pixel, y, x }),
    });
    const { shared, own } = words;
    const scale = switcher(words.scale, { shared, own }, this.scale, (value) => {
      this.scale = value;
      this.later();
    });
    const titled = (name, area, node) =>
      make("div", { className: `cnn-live__${area}` }, make("p", { className: "cnn-live__name" }, name), node);
    this.node = make(
      "section",
      { className: "cnn-live__widget", "aria-label": words.widget },
      make(
        "div",
        { className: "cnn-live__columns cnn-live__part" },
        titled(words.pictures, "choose", this.pictures.node),
        titled(words.input, "input", this.pad.node),
        this.makeProbabilities(),
      ),
      make("div", { className: "cnn-live__part" }, scale, ...this.maps.map((maps) => maps.node)),
      make("div", { className: "cnn-live__part" }, this.tracer.node),
      this.facts,
      this.status,
    );
  }

  thumbnails() {
    const { network, names, words } = this;
    // Stored class after class; drawn one class in each column.
    const each = network.labels.filter((label) => label === network.labels[0]).length;
    this.order = network.labels.map((_, i) => (i % names.length) * each + Math.floor(i / names.length));
    return this.order.map((index) => {
      const canvas = make("canvas", { width: 28, height: 28 });
      paint(canvas, network.picture(index), "grey", 0, 255);
      const label = words.picture(names[network.labels[index]], network.manifest.images.index[index]);
      return make("div", { className: "cnn-live__picture", "aria-label": label, title: label }, canvas);
    });
  }

  makeProbabilities() {
    this.prediction = make("p", { className: "cnn-live__prediction" });
    this.truth = make("p", { className: "cnn-live__hint" });
    this.rows = this.names.map((name) => {
      const row = {
        mark: make("span", { className: "cnn-live__mark", "aria-hidden": "true" }),
        fill: make("span", { className: "cnn-live__fill" }),
        before: make("span", { className: "cnn-live__before" }),
        value: make("span", { className: "cnn-live__percent" }),
      };
      const bar = make("span", { className: "cnn-live__track" }, row.fill, row.before);
      row.node = make("li", {}, make("span", { className: "cnn-live__class" }, row.mark, name), bar, row.value);
      return row;
    });
    const list = make("ul", { "aria-label": this.words.probabilities }, ...this.rows.map((row) => row.node));
    return make("div", { className: "cnn-live__probabilities" }, this.prediction, this.truth, list);
  }

  /** Put one of the test images on the sheet. */
  pick(item) {
    this.picture = item;
    this.pictures.show(item);
    this.pad.fill(this.network.picture(this.order[item]));
    this.compute();
  }

  /** Compute before the next frame, once, however many changes come before it. */
  later() {
    this.frame ??= requestAnimationFrame(() => this.compute());
  }

  compute() {
    cancelAnimationFrame(this.frame);
    this.frame = undefined;
    const { network, pad } = this;
    this.before = pad.covering ? network.forward(pad.pixels) : null;
    const start = performance.now();
    this.probabilities = network.forward(pad.visible());
    this.milliseconds = performance.now() - start;
    this.drawProbabilities();
    this.maps.forEach((maps) => maps.draw(this.scale === "own"));
    this.trace(this.pixel);
    this.say("prediction", this.summary());
  }

  get best() {
    return this.probabilities.indexOf(Math.max(...this.probabilities));
  }

  /** The class of the image on the sheet; undefined when it was drawn or changed. */
  get label() {
    const index = this.order[this.picture];
    const original = this.network.picture(index);
    return original.every((value, i) => value === this.pad.pixels[i]) ? this.network.labels[index] : undefined;
  }

  summary() {
    const { words, names, best, before, probabilities } = this;
    if (!before) return words.prediction(names[best], percent(probabilities[best]));
    const was = before.indexOf(Math.max(...before));
    const change = words.covered(names[was], percent(before[was]), percent(probabilities[was]));
    return best === was ? change : `${change} · ${words.prediction(names[best], percent(probabilities[best]))}`;
  }

  drawProbabilities() {
    const { words, names, best, before, probabilities, label } = this;
    this.prediction.textContent = this.summary();
    this.truth.textContent = label === undefined ? words.drawn : `✓ ${words.truth}: ${names[label]}`;
    this.rows.forEach((row, i) => {
      row.node.classList.toggle("cnn-live__best", i === best);
      row.mark.textContent = i === label ? "✓" : "";
      row.fill.style.width = `${100 * probabilities[i]}%`;
      row.before.hidden = !before;
      if (before) row.before.style.insetInlineStart = `${100 * before[i]}%`;
      row.value.textContent = percent(probabilities[i]);
    });
    const { run, accuracy, quantised_accuracy: after } = this.network.manifest;
    const exact = (share) => `${(100 * share).toFixed(2)}%`;
    this.facts.textContent = words.facts(run.slice(0, 12), exact(accuracy), exact(after), this.milliseconds.toFixed(1));
  }

  strongest(layer, map) {
    const [y, x] = this.layers[layer].strongest(map);
    this.trace({ layer, map, y, x });
  }

  /** Rebuild one value of one map; the input shows what it has seen. */
  trace(pixel) {
    const moved = pixel !== this.pixel;
    this.pixel = pixel;
    this.maps.forEach((maps, index) => maps.choice.show(index === pixel.layer ? pixel.map : null));
    this.tracer.show(pixel.layer, pixel.map, pixel.y, pixel.x, this.maps[pixel.layer].top(pixel.map));
    this.pad.field = this.tracer.field();
    this.pad.draw();
    if (moved) this.say("pixel", this.tracer.reading());
  }

  /**
   * Announce, one text of each kind, once things have been still for a moment: a screen reader would
   * stumble over every step of a drag.
   */
  say(kind, text) {
    this.saying[kind] = text;
    clearTimeout(this.pending);
    this.pending = setTimeout(() => {
      this.status.textContent = Object.values(this.saying).join(". ");
      this.saying = {};
    }, PAUSE);
  }
}
