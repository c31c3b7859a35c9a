import type { TextSpan } from './verdict-text.ts';

/** What the words around a `[[n]]` make of it. */
export type RoleInText =
  /** Behind a word for rating, and nothing follows that takes it back. */
  | 'labelled'
  /** The first of `[[1]] to [[10]]`. */
  | 'range'
  /** The highest that could be had: `out of [[10]]`. */
  | 'scale'
  | 'bare';

/** Words that judges write for "rating" when they answer in the language of the question. */
const LABELS = [
  ['en', 'score', 'grade', 'mark'],
  ['zh', '评分', '評分', '得分', '打分', '分数', '分數', '评级', '評級'],
  ['ja', '評価', '評点', '採点', 'スコア', '点数', '得点', '評定'],
  ['ko', '평점', '점수', '평가', '등급'],
  ['ar', 'التقييم', 'تقييم', 'تقييمي', 'الدرجة', 'درجة', 'التقدير', 'العلامة', 'النتيجة'],
  ['fa', 'امتیاز', 'نمره', 'ارزیابی', 'رتبه'],
  ['ur', 'درجہ بندی', 'ریٹنگ', 'سکور'],
  ['he', 'דירוג', 'ציון'],
  ['fr', 'note', 'évaluation', 'notation'],
  ['es', 'puntuación', 'calificación', 'valoración', 'evaluación', 'puntaje', 'nota'],
  ['pt', 'pontuação', 'classificação', 'avaliação'],
  ['it', 'voto', 'valutazione', 'punteggio'],
  ['de', 'Bewertung', 'Punktzahl', 'Wertung', 'Punkte'],
  ['nl', 'beoordeling', 'cijfer'],
  ['pl', 'ocena'],
  ['ru', 'оценка', 'рейтинг', 'балл'],
  ['uk', 'оцінка'],
  ['el', 'βαθμολογία', 'αξιολόγηση'],
  ['tr', 'puan', 'değerlendirme', 'derecelendirme'],
  ['id', 'penilaian', 'nilai', 'skor', 'peringkat'],
  ['vi', 'đánh giá', 'điểm', 'xếp hạng'],
  ['th', 'คะแนน', 'การประเมิน'],
  ['hi', 'रेटिंग', 'अंक', 'मूल्यांकन', 'स्कोर'],
  ['bn', 'রেটিং', 'স্কোর', 'মূল্যায়ন'],
  ['ta', 'மதிப்பீடு', 'மதிப்பெண்'],
  ['sw', 'ukadiriaji', 'alama'],
].flatMap(([, ...words]) =>
  words.flatMap((word) => [word.normalize('NFKC'), word.normalize('NFD')]),
);

/** Far enough back for the longest label with what may follow it: `评分（满分10分）：`. */
const REACH = 64;
const GAP = '[\\s*_`\\\\]*';
/** `_` is emphasis here and may stand before a word; letters of the word's own alphabet may not. */
const LABEL = new RegExp(
  `(?<![\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}])(?:${LABELS.join('|')})${GAP}(?:\\([^()\\n]{0,40}\\))?${GAP}(?:[:=]|为|為|是|は)${GAP}$`,
  'iu',
);
const RANGE =
  /^[\s*_`\\]{0,8}(?:[-–—~]|to|till|bis|до|à|a|hasta|até|到|至|から|에서|إلى|تا)[\s*_`\\]{0,8}\[[\s*_`\\]{0,8}\[/iu;
/** A rating ends its phrase; in "Note: [[1]] and [[2]] are sources" the word is another one. */
const ENDS_PHRASE =
  /^[^\S\n]{0,8}[*_`\\|]{0,8}[^\S\n]{0,8}(?:$|[\n\r.;!()|/。؛<"'»”]|[,،、](?![\s*_`\\]{0,8}\[)|(?:out of|sur|von|su|de|из|من|از|üzerinden|dari)(?![\p{L}\p{N}])|[分点點점])/iu;
const SCALE_BEFORE =
  /(?:(?<!\p{L})(?:out of|sur|из|maximum|max)|[\d\]]\s{0,4}\/|满分|滿分|満点|만점)[\s*_`\\:为為是]{0,8}$/iu;
const SCALE_AFTER =
  /^[\s*_`\\]{0,8}(?:[点點]?満点|분?점\s?만점|分?满分|分?滿分|分制|[- ]?point scale)/iu;

/** Looks at a few characters before and behind a `[[n]]` of the plain text. */
export function roleInText(plain: string, { start, end }: TextSpan): RoleInText {
  const before = plain.slice(Math.max(0, start - REACH), start);
  const behind = plain.slice(end, end + REACH);
  if (SCALE_BEFORE.test(before) || SCALE_AFTER.test(behind)) return 'scale';
  if (RANGE.test(behind)) return 'range';
  return LABEL.test(before) && ENDS_PHRASE.test(behind) ? 'labelled' : 'bare';
}
