// The network of the lessons, computed from the files that cnn_guide.live writes.
// Arrays are flat, in Keras' order: (height, width, channels).

const FORMAT = 1;
const POOL = 2;

/** Fetch network.json, network.bin and images.bin from a folder; errors say which file and why. */
export async function loadNetwork(folder) {
  const base = new URL(folder.endsWith("/") ? folder : `${folder}/`, document.baseURI);
  const manifest = await (await request(new URL("network.json", base))).json();
  if (manifest.format !== FORMAT) {
    throw new Error(`network.json: format ${manifest.format}, this page reads format ${FORMAT}`);
  }
  const [weights, pictures] = await Promise.all([
    part(base, manifest.network),
    part(base, manifest.images),
  ]);
  return new Network(manifest, weights, pictures);
}

async function part(base, description) {
  const address = new URL(description.file, base);
  // The hash in the address: a browser never mixes a cached file with a newer network.json.
  address.searchParams.set("v", description.sha256.slice(0, 12));
  const buffer = await (await request(address)).arrayBuffer();
  if (buffer.byteLength !== description.bytes) {
    throw new Error(`${description.file}: ${buffer.byteLength} bytes, expected ${description.bytes}`);
  }
  return buffer;
}

async function request(address) {
  const response = await fetch(address);
  if (!response.ok) {
    throw new Error(`${address.pathname.split("/").pop()}: HTTP ${response.status}`);
  }
  return response;
}

export class Network {
  constructor(manifest, weights, pictures) {
    this.manifest = manifest;
    this.classNames = manifest.class_names;
    this.labels = manifest.images.label;
    this.pictures = new Uint8Array(pictures);
    const [first, second, hidden, output] = manifest.layers.map((layer) => unpack(layer, weights));
    this.convolutions = [
      new Convolution(first, 28, 28, manifest.silent[first.name]),
      new Convolution(second, 14, 14, manifest.silent[second.name]),
    ];
    this.dense = [hidden, output];
  }

  /** One of the images to choose from: uint8, 28 * 28. */
  picture(index) {
    return this.pictures.slice(index * 784, (index + 1) * 784);
  }

  /** Compute everything for an image of 784 values, 0 to 255; keeps maps and pooled maps. */
  forward(image) {
    const [first, second] = this.convolutions;
    const pixels = Float32Array.from(image, (value) => value / 255);
    const pooled1 = maxPool(first.forward(pixels), 28, 28, first.filters);
    const pooled2 = maxPool(second.forward(pooled1), 14, 14, second.filters);
    const hidden = dense(pooled2, this.dense[0]);
    for (let i = 0; i < hidden.length; i++) hidden[i] = Math.max(hidden[i], 0);
    this.probabilities = softmax(dense(hidden, this.dense[1]));
    return this.probabilities;
  }
}

/** A 3x3 convolution with same padding and ReLU. `output` holds (height, width, filters). */
export class Convolution {
  constructor({ name, shape, kernel, bias }, height, width, silent) {
    const [rows, columns, channels, filters] = shape;
    Object.assign(this, { name, rows, columns, channels, filters, height, width, kernel, bias });
    this.silent = new Set(silent);
    this.padded = new Float32Array((height + rows - 1) * (width + columns - 1) * channels);
    this.output = new Float32Array(height * width * filters);
  }

  forward(input) {
    const { padded, output, kernel, bias, height, width, channels, filters, rows, columns } = this;
    const across = (width + columns - 1) * channels;
    const rowLength = width * channels;
    for (let y = 0; y < height; y++) {
      const row = input.subarray(y * rowLength, (y + 1) * rowLength);
      padded.set(row, (y + (rows >> 1)) * across + (columns >> 1) * channels);
    }
    const sums = new Float32Array(filters);
    const taps = columns * channels;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        sums.set(bias);
        for (let i = 0; i < rows; i++) {
          const from = (y + i) * across + x * channels;
          for (let t = 0; t < taps; t++) {
            const value = padded[from + t];
            // Most inputs are 0: outside the garment, and after ReLU.
            if (value === 0) continue;
            const weights = (i * taps + t) * filters;
            for (let f = 0; f < filters; f++) sums[f] += value * kernel[weights + f];
          }
        }
        const to = (y * width + x) * filters;
        for (let f = 0; f < filters; f++) output[to + f] = sums[f] > 0 ? sums[f] : 0;
      }
    }
    return output;
  }

  /** The largest value of every map of the last image, (filters). */
  peaks() {
    const { output, filters } = this;
    const peaks = new Float32Array(filters);
    for (let from = 0; from < output.length; from += filters) {
      for (let f = 0; f < filters; f++) {
        if (output[from + f] > peaks[f]) peaks[f] = output[from + f];
      }
    }
    return peaks;
  }

  /** Where one map of the last image is largest: [row, column]. */
  strongest(filter) {
    const { output, filters, width } = this;
    let best = filter;
    for (let at = filter; at < output.length; at += filters) {
      if (output[at] > output[best]) best = at;
    }
    const pixel = Math.floor(best / filters);
    return [Math.floor(pixel / width), pixel % width];
  }

  /** How one value of a map came about: patch, kernel and products of every channel, and the sum. */
  trace(filter, y, x) {
    const { padded, kernel, channels, filters, rows, columns, width, height } = this;
    const across = (width + columns - 1) * channels;
    const parts = [];
    for (let c = 0; c < channels; c++) {
      const part = { patch: [], kernel: [], products: [], outside: [], sum: 0 };
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          const value = padded[(y + i) * across + (x + j) * channels + c];
          const weight = kernel[((i * columns + j) * channels + c) * filters + filter];
          const [row, column] = [y + i - (rows >> 1), x + j - (columns >> 1)];
          part.patch.push(value);
          part.kernel.push(weight);
          part.products.push(value * weight);
          part.outside.push(row < 0 || row >= height || column < 0 || column >= width);
          part.sum += value * weight;
        }
      }
      parts.push(part);
    }
    const sum = parts.reduce((total, part) => total + part.sum, 0);
    const bias = this.bias[filter];
    return { parts, sum, bias, total: sum + bias, value: Math.max(sum + bias, 0) };
  }
}

function unpack({ name, shape, codes, scales, bias }, buffer) {
  const outputs = shape.at(-1);
  const size = shape.reduce((a, b) => a * b);
  const integers = new Int8Array(buffer, codes, size);
  const scale = new Float32Array(buffer, scales, outputs);
  return {
    name,
    shape,
    kernel: Float32Array.from(integers, (code, i) => code * scale[i % outputs]),
    bias: new Float32Array(buffer, bias, outputs),
  };
}

function maxPool(input, height, width, channels) {
  const across = width / POOL;
  const output = new Float32Array((height / POOL) * across * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      const to = (Math.floor(y / POOL) * across + Math.floor(x / POOL)) * channels;
      for (let c = 0; c < channels; c++) {
        // Comparing with 0 at first is right after ReLU: no value is below it.
        if (input[from + c] > output[to + c]) output[to + c] = input[from + c];
      }
    }
  }
  return output;
}

function dense(input, { shape, kernel, bias }) {
  const units = shape[1];
  const sums = Float32Array.from(bias);
  for (let i = 0; i < input.length; i++) {
    if (input[i] === 0) continue;
    for (let u = 0; u < units; u++) sums[u] += input[i] * kernel[i * units + u];
  }
  return sums;
}

function softmax(scores) {
  const largest = scores.reduce((a, b) => Math.max(a, b));
  const powers = scores.map((score) => Math.exp(score - largest));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}
