/**
 * A grid of numbers that arrow keys walk through: one stop for the Tab key, one cell in reach at
 * a time, as the ARIA pattern for grids has it.
 *
 * @typedef {Object} Cell
 * @property {string} text           what the cell shows
 * @property {string} label          what a screen reader says
 * @property {string} [kind]         "padding", "changed", "read", ...: classes that give its look
 * @property {boolean} [editable]    the cell is a number field
 * @property {number} [tint]         0 to 1: strength of the colour
 * @property {boolean} [negative]    below zero
 */
import { matrixOf, shapeOf } from "./operations.js";
import { element } from "./dom.js";

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

export class Grid {
  /**
   * @param {string} hue  "input", "kernel" or "output": the colour
   * @param {{edit?: (row: number, column: number, value: number) => void,
   *   select?: (row: number, column: number) => void}} on
   */
  constructor(hue, on) {
    this.on = on;
    this.active = [0, 0];
    this.fields = [[]];
    this.grid = element("div", { role: "grid" });
    this.frame = element("div", { class: "cx-frame", hidden: true });
    this.node = element("div", { class: `cx-grid cx-${hue}` }, this.grid, this.frame);
    this.grid.addEventListener("keydown", (event) => this.#walk(event));
    this.grid.addEventListener("focusin", (event) => this.#focused(event.target));
    // A tap on the cell that already has the focus counts too.
    this.grid.addEventListener("click", (event) => this.#focused(event.target.closest("[tabindex]")));
    this.grid.addEventListener("input", (event) => this.#edited(event.target));
    // A wheel over a number field with the focus would change the number instead of scrolling.
    this.grid.addEventListener("wheel", (event) => event.target.blur(), { passive: true });
    this.grid.addEventListener("focusout", (event) => this.#left(event.target));
  }

  /** @param {string} label  @param {Cell[][]} cells  @param {[number, number]} active */
  show(label, cells, active = this.active) {
    this.grid.setAttribute("aria-label", label);
    this.cells = cells;
    const pattern = cells.map((row) => row.map(({ editable }) => Number(Boolean(editable))).join("")).join();
    if (pattern !== this.pattern) this.#build(pattern, cells);
    const longest = Math.max(...cells.flat().map(({ text }) => text.length));
    this.node.style.setProperty("--letters", longest);
    cells.forEach((row, y) => row.forEach((cell, x) => this.#paint(this.fields[y][x], cell)));
    this.activate(active);
  }

  /** Give the cells for which `flags`, row by row, holds true one more class. */
  mark(flags, kind) {
    this.fields.flat().forEach((field, index) => field.classList.toggle(kind, flags[index]));
  }

  /** Draw the frame of a window around cells, or none. */
  outline(row, column, rows, columns) {
    this.frame.hidden = row === undefined;
    for (const [name, value] of Object.entries({ row, column, rows, columns })) {
      this.frame.style.setProperty(`--${name}`, value);
    }
  }

  /** Scroll a grid wider than the page to `column`, and no other thing with it. */
  reveal(column) {
    const box = this.fields[0][column].closest("[role=gridcell]");
    this.node.scrollLeft = box.offsetLeft - this.node.clientWidth / 3;
  }

  /** Make (row, column), or the cell nearest to it, the one that Tab reaches. */
  activate([row, column]) {
    const [rows, columns] = shapeOf(this.fields);
    this.active = [Math.min(row, rows - 1), Math.min(column, columns - 1)];
    this.fields.flat().forEach((field) => field.setAttribute("tabindex", "-1"));
    this.fields[this.active[0]][this.active[1]].setAttribute("tabindex", "0");
  }

  #build(pattern, cells) {
    this.pattern = pattern;
    this.fields = matrixOf(shapeOf(cells), (row, column) =>
      cells[row][column].editable
        ? element("input", { type: "number", step: "any" })
        : element("div", { role: "gridcell" }),
    );
    const cellOf = (field) => (field.matches("input") ? element("div", { role: "gridcell" }, field) : field);
    this.grid.replaceChildren(
      ...this.fields.map((row) => element("div", { role: "row" }, ...row.map(cellOf))),
    );
  }

  /** @param {HTMLElement} field  @param {Cell} cell */
  #paint(field, cell) {
    const box = field.closest("[role=gridcell]");
    box.className = `cx-cell ${cell.kind ?? ""} ${cell.negative ? "negative" : ""}`;
    box.style.setProperty("--tint", cell.tint ?? 0);
    field.setAttribute("aria-label", cell.label);
    if (this.on.select) box.setAttribute("aria-selected", String(box.matches(".chosen")));
    if (!cell.editable) field.replaceChildren(element("span", {}, cell.text));
    else if (field !== document.activeElement) field.value = cell.text.replace("−", "-");
  }

  #placeOf(field) {
    const row = this.fields.findIndex((fields) => fields.includes(field));
    return row < 0 ? undefined : [row, this.fields[row].indexOf(field)];
  }

  #walk(event) {
    const [rows, columns] = shapeOf(this.fields);
    const [row, column] = this.active;
    const step = STEPS[event.key];
    let target;
    if (step) target = [row + step[0], column + step[1]];
    else if (event.key === "Home") target = [event.ctrlKey ? 0 : row, 0];
    else if (event.key === "End") target = [event.ctrlKey ? rows - 1 : row, columns - 1];
    else return;
    // The arrows would otherwise change a number field or scroll the page.
    event.preventDefault();
    this.fields[target[0]]?.[target[1]]?.focus();
  }

  #focused(field) {
    const place = this.#placeOf(field);
    if (!place) return;
    this.activate(place);
    if (field.matches("input")) field.select();
    this.on.select?.(...place);
  }

  #edited(field) {
    const valid = Number.isFinite(field.valueAsNumber);
    field.setAttribute("aria-invalid", String(!valid));
    if (valid) this.on.edit(...this.#placeOf(field), field.valueAsNumber);
  }

  #left(field) {
    const place = this.#placeOf(field);
    if (!place || !field.matches("input")) return;
    field.removeAttribute("aria-invalid");
    field.value = this.cells[place[0]][place[1]].text.replace("−", "-");
  }
}
