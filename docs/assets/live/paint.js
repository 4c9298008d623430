// Numbers to colours, and colours to canvases: the colour maps of the site's figures.

const ACTIVE = "440154 48186a 472d7b 424086 3b528b 33638d 2c728e 26828e 21918c 1fa088 28ae80 3fbc73 5ec962 84d44b addc30 d8e219 fde725";
const SIGNED = "053061 2065ab 4393c3 90c4dd d1e5f0 f7f6f6 fddbc7 f3a481 d6604d b1182b 67001f";
const GREY = "ffffff 000000";

/** 256 colours through evenly spaced stops: 4 bytes each, red, green, blue and full opacity. */
function table(stops) {
  const colours = stops.split(" ").map((stop) => [0, 2, 4].map((i) => parseInt(stop.slice(i, i + 2), 16)));
  const bytes = new Uint8Array(256 * 4).fill(255);
  for (let i = 0; i < 256; i++) {
    const place = (i / 255) * (colours.length - 1);
    const low = Math.min(Math.floor(place), colours.length - 2);
    for (let c = 0; c < 3; c++) {
      bytes[i * 4 + c] = Math.round(colours[low][c] + (place - low) * (colours[low + 1][c] - colours[low][c]));
    }
  }
  return bytes;
}

const TABLES = { active: table(ACTIVE), signed: table(SIGNED), grey: table(GREY) };

const index = (value, low, high) =>
  high > low ? Math.max(0, Math.min(255, Math.round((255 * (value - low)) / (high - low)))) : 0;

/**
 * Fill a canvas of width * height pixels: one value, low to high, for each. `values` holds `maps`
 * values for every pixel, of which the one at `map` is drawn.
 */
export function paint(canvas, values, colours, low, high, map = 0, maps = 1) {
  const { width, height } = canvas;
  const picture = new ImageData(width, height);
  // A colour is written as one number of four bytes: 38,000 pixels are drawn at every change.
  const pixels = new Uint32Array(picture.data.buffer);
  const table = new Uint32Array(TABLES[colours].buffer);
  const scale = high > low ? 255 / (high - low) : 0;
  for (let i = 0, from = map; i < pixels.length; i++, from += maps) {
    const place = (values[from] - low) * scale + 0.5;
    pixels[i] = table[place < 0 ? 0 : place > 255 ? 255 : place | 0];
  }
  canvas.getContext("2d").putImageData(picture, 0, 0);
}

/** The background of a cell and the ink, black or white, that is read on it. */
export function cellColours(value, colours, low, high) {
  const from = 4 * index(value, low, high);
  const [red, green, blue] = TABLES[colours].slice(from, from + 3);
  const luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  // Black and white are read equally well on a luminance of 0.179.
  return { background: `rgb(${red} ${green} ${blue})`, ink: luminance > 0.179 ? "#000" : "#fff" };
}

const linear = (channel) => (channel / 255) ** 2.2;

/** Outline a rectangle of pixels on a canvas where a pixel is `cell` wide: colour on a white rim. */
export function outline(context, [top, left, height, width], cell, colour, dash = []) {
  for (const [style, line] of [["#fff", 7], [colour, 4]]) {
    context.strokeStyle = style;
    context.lineWidth = line;
    context.setLineDash(style === "#fff" ? [] : dash);
    context.strokeRect(left * cell, top * cell, width * cell, height * cell);
  }
}
