import { answerLanguage, isInOtherScript } from '../../../language/answer-language.ts';
import type { LanguageIdentifier } from '../../../ports/language-identifier.ts';
import { excerpt } from '../excerpt.ts';
import type { Finding } from '../schema.ts';
import { placeOf, type SetItem } from '../set-item.ts';

/** Whether a text is in another language than its item says; the identifier is loaded when letters do not decide. */
export async function findOtherLanguage(
  entry: SetItem,
  loadIdentifier: () => Promise<LanguageIdentifier>,
): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const text of ['question', 'reference'] as const) {
    const written = entry.item[text];
    const { language } = entry.item;
    const { verdict, detected } =
      answerLanguage(written, language, null) ??
      answerLanguage(written, language, await loadIdentifier());
    const places = [placeOf(entry)];
    if (verdict === 'other') {
      const detail = `the ${text} is in ${detected}, the item says ${language}: ${excerpt(written)}`;
      found.push({ kind: 'language', places, share: null, detail });
    } else if (isInOtherScript(written, language)) {
      const detail = `no letter of the ${text} is of a script of ${language}: ${excerpt(written)}`;
      found.push({ kind: 'script', places, share: null, detail });
    }
  }
  return found;
}
