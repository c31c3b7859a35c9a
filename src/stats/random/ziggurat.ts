import { at } from '../at.ts';
import { normalCdf } from '../distributions/normal.ts';

/** What a ziggurat draws its numbers from. */
export interface BitSource {
  bits(): number;
  uniform(): number;
}

interface Layers {
  /** Right edges, widest first, down to 0. */
  readonly edges: Float64Array;
  /** The unnormalised density at the edges. */
  readonly heights: Float64Array;
}

const LAYERS = 256;

/** Layers of equal area over a falling density, the lowest with the tail beyond `start`. */
function layersOf(
  start: number,
  tail: number,
  density: (x: number) => number,
  inverse: (y: number) => number,
): Layers {
  const area = start * density(start) + tail;
  const edges = Float64Array.of(area / density(start), start, ...new Float64Array(LAYERS - 1));
  for (let layer = 1; layer < LAYERS - 1; layer += 1) {
    const edge = at(edges, layer);
    edges[layer + 1] = inverse(density(edge) + area / edge);
  }
  return { edges, heights: edges.map(density) };
}

/** Where the lowest of 256 layers ends (Marsaglia & Tsang 2000, J. Stat. Softw. 5(8)). */
const NORMAL_START = 3.654152885361009;
const EXPONENTIAL_START = 7.69711747013105;

const bell = (x: number) => Math.exp(-0.5 * x * x);
const decay = (x: number) => Math.exp(-x);
const normalLayers = layersOf(
  NORMAL_START,
  Math.sqrt(2 * Math.PI) * normalCdf(-NORMAL_START),
  bell,
  (y) => Math.sqrt(-2 * Math.log(y)),
);
const exponentialLayers = layersOf(
  EXPONENTIAL_START,
  decay(EXPONENTIAL_START),
  decay,
  (y) => -Math.log(y),
);

/** Whether a point of a layer beyond the next edge lies under the curve. */
function isUnder(layers: Layers, layer: number, height: number, uniform: number): boolean {
  const low = at(layers.heights, layer);
  return low + uniform * (at(layers.heights, layer + 1) - low) < height;
}

/** The normal tail beyond the lowest layer (Marsaglia 1964). */
function normalTail(source: BitSource): number {
  for (;;) {
    const x = -Math.log(1 - source.uniform()) / NORMAL_START;
    const y = -Math.log(1 - source.uniform());
    if (2 * y >= x * x) return NORMAL_START + x;
  }
}

/** Standard normal; eight bits choose the layer, one the sign, the other 23 the place. */
export function drawNormal(source: BitSource): number {
  for (;;) {
    const bits = source.bits();
    const layer = bits & 255;
    const sign = bits & 256 ? -1 : 1;
    const x = ((bits >>> 9) / 8388608) * at(normalLayers.edges, layer);
    if (x < at(normalLayers.edges, layer + 1)) return sign * x;
    if (layer === 0) return sign * normalTail(source);
    if (isUnder(normalLayers, layer, bell(x), source.uniform())) return sign * x;
  }
}

/** Exponential with mean 1; its tail is the same distribution again. */
export function drawExponential(source: BitSource): number {
  let beyond = 0;
  for (;;) {
    const bits = source.bits();
    const layer = bits & 255;
    const x = ((bits >>> 8) / 16777216) * at(exponentialLayers.edges, layer);
    if (x < at(exponentialLayers.edges, layer + 1)) return beyond + x;
    if (layer === 0) beyond += EXPONENTIAL_START;
    else if (isUnder(exponentialLayers, layer, decay(x), source.uniform())) return beyond + x;
  }
}
