const LANGUAGES = ['zh', 'ja', 'ar', 'en'] as const;
/** A language the simulator can pad an answer in. */
export type FillerLanguage = (typeof LANGUAGES)[number];

/** Sentences that fit under any question and answer none. */
export const FILLERS: Readonly<Record<FillerLanguage, readonly [string, ...string[]]>> = {
  zh: [
    '这个说法在各地并不完全一致。',
    '不同年代的人对此看法不一。',
    '具体情况还要看场合。',
    '老一辈人往往更讲究这些。',
    '也有人认为这只是一种习惯。',
    '相关的记载并不多见。',
    '如今年轻人已经不太在意了。',
    '这与当地的风土人情有关。',
    '细节上常有出入。',
    '很多家庭有自己的做法。',
  ],
  ja: [
    '地域によって考え方が異なります。',
    '時代とともに変わってきたと言われています。',
    '詳しいことは場面によります。',
    '年配の方は今でも大切にしています。',
    '諸説あり、はっきりしません。',
    '若い世代ではあまり意識されません。',
    '家庭ごとにやり方が違うようです。',
    '昔からの習わしだと聞いています。',
    '記録はあまり残っていません。',
    '人によって意見が分かれます。',
  ],
  ar: [
    'يختلف ذلك من منطقة إلى أخرى.',
    'تتباين الآراء حول هذا الأمر.',
    'يعتمد الأمر على المناسبة والظروف.',
    'ما زال كبار السن يتمسكون بهذه العادة.',
    'لا توجد مصادر كثيرة تؤكد ذلك.',
    'تغيرت هذه الممارسة مع مرور الزمن.',
    'لكل أسرة طريقتها الخاصة في هذا الشأن.',
    'قد لا يهتم الشباب اليوم بهذه التفاصيل.',
    'يرى بعض الناس أنها مجرد عادة قديمة.',
    'ترتبط المسألة بتقاليد المجتمع المحلي.',
  ],
  en: [
    'Practice differs from one region to the next.',
    'Opinions on this are divided.',
    'Much depends on the occasion.',
    'Older people tend to care more about it.',
    'Few written sources settle the matter.',
    'It has changed a good deal over time.',
    'Every family has its own way of doing it.',
    'Some regard it as no more than a habit.',
    'Younger people rarely think about it now.',
    'The details vary with who is asked.',
  ],
};

/** The filler language of a BCP 47 tag, or of the text's script where the tag names another one. */
export function fillerLanguage(tag: string, text: string): FillerLanguage {
  const primary = tag.toLowerCase().split('-', 1)[0];
  return LANGUAGES.find((language) => language === primary) ?? languageOfScript(text);
}

const ARABIC = /\p{Script=Arabic}{2}/u;
const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]{2}/u;
const HAN = /\p{Script=Han}{2}/u;

/** By script alone. An English template around a question in another script counts as the latter. */
export function languageOfScript(text: string): FillerLanguage {
  if (ARABIC.test(text)) return 'ar';
  if (KANA.test(text)) return 'ja';
  return HAN.test(text) ? 'zh' : 'en';
}
