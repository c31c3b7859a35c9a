/** A 32-bit float's bits, so ordered that whole numbers compare as the floats do; NaN comes last. */
const WORD = new DataView(new ArrayBuffer(4));
const LAST = 0xffff_ffff;

function sortable(value: number): number {
  if (Number.isNaN(value)) return LAST;
  // -0 and 0 are equal.
  WORD.setFloat32(0, value + 0);
  const bits = WORD.getUint32(0);
  return (bits & 0x8000_0000) === 0 ? (bits | 0x8000_0000) >>> 0 : ~bits >>> 0;
}

/**
 * Places in the order of their values; equal ones keep their order, and those without a value (NaN)
 * come last either way. A radix sort over two halves of 16 bits: a million take some 40 ms.
 */
export function orderBy(values: Float64Array, descending: boolean): Uint32Array {
  const keys = Uint32Array.from(values, (value) => {
    const key = sortable(value);
    return descending && key !== LAST ? LAST - 1 - key : key;
  });
  const places = Uint32Array.from(values, (_, place) => place);
  const once = pass(places, (place) => Number(keys[place]) & 0xffff);
  return pass(once, (place) => Number(keys[place]) >>> 16);
}

const BUCKETS = 0x1_0000;

function pass(places: Uint32Array, digit: (place: number) => number): Uint32Array {
  const begins = new Uint32Array(BUCKETS + 1);
  for (const place of places) {
    const next = digit(place) + 1;
    begins[next] = Number(begins[next]) + 1;
  }
  for (let bucket = 0; bucket < BUCKETS; bucket += 1)
    begins[bucket + 1] = Number(begins[bucket + 1]) + Number(begins[bucket]);
  const sorted = new Uint32Array(places.length);
  for (const place of places) {
    const bucket = digit(place);
    sorted[Number(begins[bucket])] = place;
    begins[bucket] = Number(begins[bucket]) + 1;
  }
  return sorted;
}
