import { modelLabel } from '../../domain/model-label.ts';

/**
 * Hues that readers with any common colour blindness tell apart: Okabe and Ito's (2008) without
 * black and yellow, then from Paul Tol's muted scheme, darkened or lightened to at least 3:1 on
 * white and on the dark ground.
 */
const HUES = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#c06595',
  '#b8860b',
  '#3d9ad6',
  '#6f63c9',
  '#a8325e',
  '#7f7f24',
  '#2f9488',
  '#9a4fa8',
  '#8a5a44',
] as const;

/** Models past the twelfth share greys: more hues would not be told apart anyway. */
const GREYS = ['#6b7280', '#8b93a0'] as const;

/** How far a variant is mixed with white (above 0) or black, by its place among its model's. */
const SHADES: Readonly<Record<number, readonly number[]>> = {
  1: [0],
  2: [0.45, 0],
  3: [0.5, 0.2, 0],
};
const MANY_SHADES = [0.55, 0.35, 0.15, -0.05, -0.25] as const;

/** A colour for each model's label: a hue a model, a shade a variant, the same in every chart. */
export function modelColors(
  models: readonly { readonly model: string; readonly variant: string | null }[],
): ReadonlyMap<string, string> {
  const names = [...new Set(models.map(({ model }) => model))];
  const colors = names.flatMap((name, place) => {
    const variants = models.filter(({ model }) => model === name);
    const shades = SHADES[variants.length] ?? MANY_SHADES;
    const hue = HUES[place] ?? GREYS[place % GREYS.length] ?? GREYS[0];
    return variants.map(({ variant }, index) => {
      const shade = shades[Math.min(index, shades.length - 1)] ?? 0;
      return [modelLabel({ name, variant }), mix(hue, shade)] as const;
    });
  });
  return new Map(colors);
}

function mix(hex: string, share: number): string {
  const target = share > 0 ? 255 : 0;
  const channels = [1, 3, 5].map((start) => {
    const value = Number.parseInt(hex.slice(start, start + 2), 16);
    return Math.round(value + (target - value) * Math.abs(share));
  });
  return `#${channels.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
