import { CHOICES, type Choices } from '../choices.ts';
import { type Html, html, trusted } from './html.ts';
import { name } from './passage.ts';

/** One of CHOICES with the values that a reader can pick. */
export interface Choice {
  readonly label: (typeof CHOICES)[number];
  readonly values: readonly string[];
}

/** Marks what the page's switches show and hide. */
export function choiceAttributes(choices: Choices): Html[] {
  return CHOICES.flatMap((label) => {
    const value = choices[label];
    return value === undefined ? [] : html` ${trusted(attributeOf(label))}="${value}"`;
  });
}

/**
 * Switches over the page for what it has several of. They are hidden until the script shows them:
 * without it, and in print, everything stands one below the other.
 */
export function switches(choices: readonly Choice[]): Html | null {
  const open = choices.filter(({ values }) => values.length > 1);
  if (open.length === 0) return null;
  return html`<form class="switches" hidden aria-label="Shown on this page">${open.map(
    ({ label, values }) =>
      html`<fieldset data-switch="${attributeOf(label)}"><legend>${label}</legend>${[
        ['', 'All'] as const,
        ...values.map((value) => [value, value] as const),
      ].map(
        ([value, text], index) =>
          html`<label><input type="radio" name="${label}" value="${value}"${index === 0 && trusted(' checked')}><span>${name(text)}</span></label>`,
      )}</fieldset>`,
  )}</form>
`;
}

function attributeOf(label: Choice['label']): string {
  return `data-${label.toLowerCase()}`;
}
