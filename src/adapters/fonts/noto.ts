import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FontFile, FontSource } from '../../ports/fonts.ts';

/** The packages hold one TrueType file a weight: the renderer of PNG files reads neither WOFF nor WOFF2. */
const FAMILIES = [
  {
    family: 'Noto Sans',
    script: null,
    files: {
      400: import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
      600: import.meta.resolve('@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf'),
    },
  },
  {
    family: 'Noto Sans Arabic',
    script: /\p{Script=Arabic}/u,
    files: {
      400: import.meta.resolve(
        '@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf',
      ),
      600: import.meta.resolve(
        '@expo-google-fonts/noto-sans-arabic/600SemiBold/NotoSansArabic_600SemiBold.ttf',
      ),
    },
  },
  {
    family: 'Noto Sans SC',
    script: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u,
    files: {
      400: import.meta.resolve(
        '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf',
      ),
      600: import.meta.resolve(
        '@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf',
      ),
    },
  },
] as const;

/** Noto Sans for Latin, Greek and Cyrillic, with Arabic, Chinese and Japanese where a text has them. */
export const notoFonts: FontSource = async (text) => {
  const needed = FAMILIES.filter(({ script }) => script === null || script.test(text));
  return await Promise.all(
    needed.flatMap(({ family, script, files }) =>
      ([400, 600] as const).map(async (weight): Promise<FontFile> => {
        const file = fileURLToPath(files[weight]);
        return { family, weight, script, file, bytes: await readFile(file) };
      }),
    ),
  );
};
