/**
 * The explorer itself: it builds its parts once, and shows its state after every change.
 *
 * @typedef {import("./state.js").State} State
 * @typedef {import("./operations.js").Matrix} Matrix
 * @typedef {import("./grid.js").Cell} Cell
 */
import { matrixOf, paddingAmounts, pixelUse, shapeOf, windowAt } from "./operations.js";
import { extents, fits, formatState, outputOf, parseState, slidingOf } from "./state.js";
import { startOf, withCellInside } from "./state.js";
import { cnnGuideCode, highlighted, kerasCode } from "./code.js";
import { button, choice, element, short } from "./dom.js";
import { calculation, sizeLines } from "./explain.js";
import { Grid } from "./grid.js";
import { settings } from "./settings.js";
import { TEXT } from "./text.js";

const STEP_MILLISECONDS = 900;
const PARAMETER = "explorer";

/** What a number field shows: all digits while they fit. */
const fieldText = (value) => (String(value).length <= 5 ? String(value) : short(value));

/** Tint and sign of a cell's number, on a scale shared by all of `matrix`. */
function look(value, matrix) {
  const largest = Math.max(...matrix.flat().map(Math.abs));
  return { tint: largest ? Math.abs(value) / largest : 0, negative: value < 0 };
}

export class Explorer {
  /** @param {HTMLElement} host  @param {boolean} ownsAddress  only one explorer of a page may */
  constructor(host, ownsAddress) {
    const language = document.documentElement.lang.startsWith("ko") ? "ko" : "en";
    this.host = host;
    this.text = TEXT[language];
    this.ownsAddress = ownsAddress;
    this.question = host.dataset.question;
    const patches = JSON.parse(host.dataset.patches ?? "[]");
    this.patches = Object.fromEntries(
      patches.map(({ name, values }, index) => [`patch-${index}`, { label: name[language], values }]),
    );
    this.library = "cnn_guide";
    this.#build();
    this.#open();
  }

  // Building: once.

  #build() {
    const { text } = this;
    this.settings = settings(text, this.patches, (next) => this.#change(next));
    this.inputGrid = new Grid("input", { edit: (...place) => this.#edit("input", ...place) });
    this.kernelGrid = new Grid("kernel", { edit: (...place) => this.#edit("kernel", ...place) });
    this.outputGrid = new Grid("output", { select: (...cell) => this.#choose(cell) });
    this.message = element("p", { class: "cx-message", role: "alert", hidden: true });
    this.status = element("p", { class: "cx-status", role: "status" });
    this.host.setAttribute("role", "region");
    this.host.setAttribute("aria-label", text.title);
    this.host.replaceChildren(
      element("p", { class: "cx-question" }, text.questions[this.question]),
      this.settings.node,
      this.#buildStage(),
      this.message,
      this.#buildTransport(),
      this.status,
      this.#buildExplanation(),
      this.#buildCode(),
    );
  }

  #buildStage() {
    const operator = (sign) => element("span", { class: "cx-operator", "aria-hidden": "true" }, sign);
    this.inputCaption = element("figcaption");
    this.kernelCaption = element("figcaption");
    this.outputCaption = element("figcaption");
    const input = element("figure", {}, this.inputCaption, this.inputGrid.node);
    const kernel = element("figure", {}, this.kernelCaption, this.kernelGrid.node);
    const output = element("figure", {}, this.outputCaption, this.outputGrid.node);
    this.gives = operator("=");
    this.kernelTerm = element("div", { class: "cx-term" }, operator("∗"), kernel);
    this.outputTerm = element("div", { class: "cx-term" }, this.gives, output);
    this.stage = element("div", { class: "cx-stage" }, input, this.kernelTerm, this.outputTerm);
    return this.stage;
  }

  #buildTransport() {
    const { text } = this;
    const playOrPause = () => this.#play(this.timer === undefined);
    this.playButton = button(text.play, playOrPause, { class: "cx-button cx-main" });
    this.useBox = element("input", { type: "checkbox", role: "switch" });
    this.useBox.addEventListener("change", () =>
      this.#change((state) => ({ ...state, use: this.useBox.checked })),
    );
    this.transport = element(
      "div",
      { class: "cx-transport" },
      button(text.previous, () => this.#choose(this.#neighbour(-1))),
      this.playButton,
      button(text.next, () => this.#choose(this.#neighbour(1))),
      element("label", { class: "cx-switch" }, this.useBox, element("span", {}, text.use)),
    );
    return this.transport;
  }

  #buildExplanation() {
    this.calculationTitle = element("p", { class: "cx-title" });
    this.tiles = element("div", { class: "cx-tiles" });
    this.result = element("div", { class: "cx-result" });
    this.line = element("p", { class: "cx-line", "aria-live": "polite", "aria-atomic": "true" });
    this.calculation = element(
      "div",
      { class: "cx-panel" },
      this.calculationTitle,
      element("div", { class: "cx-sum", "aria-hidden": "true" }, this.tiles, this.result),
      this.line,
    );
    this.size = element("div", { class: "cx-size" });
    return element(
      "div",
      { class: "cx-panels" },
      this.calculation,
      element("div", { class: "cx-panel" }, element("p", { class: "cx-title" }, this.text.size), this.size),
    );
  }

  #buildCode() {
    const { text } = this;
    const libraries = ["cnn_guide", "Keras"].map((name) => [name, name]);
    this.libraryChoice = choice(text.code, libraries, (library) => {
      this.library = library;
      this.#show();
    });
    this.code = element("pre", { class: "cx-code", tabindex: 0, role: "region", "aria-label": text.code });
    this.codeSection = element(
      "div",
      { class: "cx-codes" },
      this.libraryChoice.node,
      button(text.copyCode, () => this.#copy(this.code.textContent)),
      element("div", { class: "highlight" }, this.code),
    );
    const links = element(
      "div",
      { class: "cx-links" },
      button(text.copyLink, () => this.#copyLink()),
      button(text.reset, () => this.#change(() => startOf(this.question))),
    );
    return element("div", {}, this.codeSection, links);
  }

  // Changing: every change makes a new state and shows it.

  /** Take the state from the address, or the start of the question. */
  #open() {
    this.state = startOf(this.question);
    const held = this.ownsAddress ? new URLSearchParams(location.search).get(PARAMETER) : null;
    let notice = this.text.hint;
    try {
      if (held !== null) this.state = parseState(held);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      notice = this.text.badAddress;
    }
    this.#show();
    if (!this.state.use) this.#say(notice);
  }

  /** @param {(state: State) => State} next */
  #change(next) {
    this.#play(false);
    this.state = withCellInside(next(this.state));
    this.line.style.minHeight = "";
    this.#show();
    this.#keepInAddress();
  }

  /** @param {"input" | "kernel"} name */
  #edit(name, row, column, value) {
    const before = fits(this.state) ? outputOf(this.state) : undefined;
    this.#change((state) => {
      const edited = state[name].with(row, state[name][row].with(column, value));
      return { ...state, [name]: edited };
    });
    if (before) this.#showChanges(before);
  }

  #choose(cell, playing = false) {
    if (!playing) this.#play(false);
    if (String(cell) === String(this.state.cell)) return;
    this.state = { ...this.state, cell };
    this.#show();
    this.inputGrid.reveal(cell[1] * this.state.stride);
    this.outputGrid.reveal(cell[1]);
    this.#keepInAddress();
  }

  /** The output cell some steps further in reading order, around the end. */
  #neighbour(step) {
    const [rows, columns] = shapeOf(this.output);
    const [row, column] = this.state.cell;
    const index = (row * columns + column + step + rows * columns) % (rows * columns);
    return [Math.floor(index / columns), index % columns];
  }

  #play(on) {
    clearInterval(this.timer);
    this.timer = on ? setInterval(() => this.#tick(), STEP_MILLISECONDS) : undefined;
    this.playButton.textContent = on ? this.text.pause : this.text.play;
    // A sentence every step would never be read to its end.
    this.line.setAttribute("aria-live", on ? "off" : "polite");
    if (on && String(this.#neighbour(1)) === "0,0") this.#choose([0, 0], true);
  }

  #tick() {
    // While it plays, the lines below must not jump.
    this.line.style.minHeight = `${this.line.offsetHeight}px`;
    this.#choose(this.#neighbour(1), true);
    if (String(this.#neighbour(1)) === "0,0") this.#play(false);
  }

  // The address and the clipboard.

  #address() {
    const url = new URL(location.href);
    url.searchParams.delete(PARAMETER);
    const others = url.searchParams.toString();
    // Written by hand: URLSearchParams would make %2C of every comma.
    url.search = `${others && `${others}&`}${PARAMETER}=${formatState(this.state)}`;
    return url;
  }

  #keepInAddress() {
    if (!this.ownsAddress) return;
    clearTimeout(this.addressTimer);
    // Browsers refuse a new address for every key press.
    this.addressTimer = setTimeout(() => history.replaceState(history.state, "", this.#address()), 300);
  }

  #copyLink() {
    const url = this.#address();
    url.hash = this.host.id;
    history.replaceState(history.state, "", url);
    this.#copy(url.href);
  }

  async #copy(content) {
    try {
      await navigator.clipboard.writeText(content);
      this.#say(this.text.copied);
    } catch {
      this.#say(this.text.copyFailed);
    }
  }

  /** A screen reader reads the status whenever it is set, so it is set only to something new. */
  #say(sentence) {
    if (this.status.textContent !== sentence) this.status.textContent = sentence;
  }

  // Showing: the state, all of it.

  #show() {
    const { state, text } = this;
    const fitting = fits(state);
    this.output = fitting ? outputOf(state) : undefined;
    this.settings.show(state);
    this.#showInput(fitting);
    this.#showKernel();
    this.message.hidden = fitting;
    this.message.textContent = fitting ? "" : text.tooLarge(extents(state), state.mode !== "convolution");
    for (const part of [this.outputTerm, this.transport, this.calculation, this.codeSection]) {
      part.hidden = !fitting;
    }
    this.size.replaceChildren(...sizeLines(state, text));
    this.#say(fitting && state.use ? text.unread(this.#unread()) : "");
    if (!fitting) return;
    this.#showOutput();
    this.#showCalculation();
    this.#showCode();
  }

  #unread() {
    const use = pixelUse(shapeOf(this.state.input), slidingOf(this.state));
    return use.flat().filter((count) => count === 0).length;
  }

  #showInput(fitting) {
    const { state, text } = this;
    const { input } = state;
    const sliding = slidingOf(state);
    const [[top], [left]] = paddingAmounts(shapeOf(input), sliding);
    const { padded } = extents(state);
    const readings = fitting ? windowAt(input, sliding, ...state.cell).flat() : [];
    const read = new Set(readings.map(({ row, column }) => `${row},${column}`));
    const counting = state.use && fitting;
    const shown = counting ? pixelUse(shapeOf(input), sliding) : input;
    const cells = matrixOf(padded, (paddedRow, paddedColumn) => {
      const place = [paddedRow - top, paddedColumn - left];
      const value = shown[place[0]]?.[place[1]];
      const reading = state.dilation > 1 && read.has(String(place)) ? "read" : "";
      if (value === undefined) return this.#paddingCell(reading);
      const label = counting ? text.useLabel : text.pixelLabel;
      return {
        text: counting ? String(value) : fieldText(value),
        label: label(text.place(place), short(value)),
        editable: !counting,
        kind: counting && value === 0 ? "unread" : reading,
        ...look(value, shown),
      };
    });
    const paddedCaption = String(padded) === String(shapeOf(input)) ? "" : `, ${text.padded(padded)}`;
    this.inputCaption.textContent = counting
      ? text.useTitle
      : `${text.input} (${shapeOf(input).join(", ")})${paddedCaption}`;
    this.stage.style.setProperty("--columns", padded[1]);
    this.inputGrid.show(this.inputCaption.textContent, cells);
    if (!fitting) this.inputGrid.outline();
    else this.inputGrid.outline(...state.cell.map((at) => at * state.stride), ...extents(state).window);
  }

  /** @returns {Cell} */
  #paddingCell(reading) {
    // Max pooling never picks padding and average pooling does not count it: no number to show.
    const zero = this.state.mode === "convolution" && !this.state.use ? "0" : "";
    return { text: zero, label: `${this.text.paddingLabel} ${zero}`, kind: `padding ${reading}` };
  }

  #showKernel() {
    const { state, text } = this;
    this.kernelTerm.hidden = state.mode !== "convolution";
    this.kernelCaption.textContent = `${text.kernel} (${shapeOf(state.kernel).join(", ")})`;
    const cells = matrixOf(shapeOf(state.kernel), (row, column) => {
      const value = state.kernel[row][column];
      const label = text.weightLabel(text.place([row, column]), short(value));
      return { text: fieldText(value), label, editable: true, ...look(value, state.kernel) };
    });
    this.kernelGrid.show(text.kernel, cells);
  }

  #showOutput() {
    const { state, text, output } = this;
    this.gives.textContent = state.mode === "convolution" ? "=" : "→";
    this.outputCaption.textContent = `${text.output} (${shapeOf(output).join(", ")})`;
    const cells = matrixOf(shapeOf(output), (row, column) => ({
      text: short(output[row][column]),
      label: text.outputLabel(text.place([row, column]), short(output[row][column])),
      kind: String(state.cell) === String([row, column]) ? "chosen" : "",
      ...look(output[row][column], output),
    }));
    this.outputGrid.show(text.output, cells, state.cell);
    this.useBox.checked = state.use;
  }

  /** Mark the output cells that differ from `before`, and say how many they are. */
  #showChanges(before) {
    const { output } = this;
    const changed = output.flatMap((row, y) => row.map((value, x) => Math.abs(value - before[y][x]) > 1e-9));
    this.outputGrid.mark(changed, "changed");
    const count = changed.filter(Boolean).length;
    this.#say(this.text.changed(count, changed.length));
  }

  #showCalculation() {
    const { title, tiles, columns, name, result, line } = calculation(this.state, this.output, this.text);
    this.calculationTitle.textContent = title;
    this.tiles.style.setProperty("--columns", columns);
    this.tiles.replaceChildren(...tiles);
    this.result.replaceChildren(element("small", {}, name), element("b", {}, result));
    this.line.textContent = line;
  }

  #showCode() {
    this.libraryChoice.show(this.library);
    const keras = this.library === "Keras";
    const code = keras ? kerasCode(this.state, this.text.kerasRefuses) : cnnGuideCode(this.state);
    this.code.replaceChildren(...highlighted(code));
  }
}
