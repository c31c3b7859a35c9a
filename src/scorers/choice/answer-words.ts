import { foldLetters } from '../fold-letters.ts';

/**
 * Words that announce an answer, in scripts that part words by spaces. Parts of regular expressions;
 * letters are folded when they are compiled.
 */
const SPACED_ANSWER = [
  // English
  'answers?|ans\\.?|boxed|(?:correct|right|best|final) (?:option|choice|letter|response)',
  '(?:choose|pick|select|chose|go with|my (?:choice|pick))',
  // Spanish, French, Portuguese, Italian, German, Dutch, Polish
  'respuestas?|(?:opci[oó]n|alternativa|letra) correcta|la correcta es|elijo|escojo|selecciono',
  'r[eé]ponse|resposta|alternativa correta|risposta|antwort|antwoord|odpowied[zź]',
  // Turkish, Indonesian, Vietnamese, Swahili, Hausa
  'cevap|cevab[ıi]|yan[ıi]t|jawaban(?:nya)?|đáp án|trả lời|jibu|amsa',
  // Russian, Ukrainian, Greek, Hebrew
  'ответ(?:ом)?|(?:правильн|верн)\\p{L}{1,4} вариант(?:ом)?|выбираю|выберу|відповідь',
  'απάντηση|תשובה|התשובה',
  // Arabic, Persian, Urdu
  '(?:ال)?إجابة|إجابتي|(?:ال)?جواب|جوابي|(?:الخيار|الاختيار) الصحيح|أختار|فالإجابة|والإجابة|الحل',
  'پاسخ|گزینهی? (?:صحیح|درست)',
  // Hindi, Bengali, Tamil
  'उत्तर|जवाब|सही विकल्प|উত্তর|பதில்|விடை',
];
/** The same where words stand without spaces: Chinese, Japanese, Korean, Thai. */
const UNSPACED_ANSWER = [
  '答案|作答|(?<!不)(?:正确|正確)的?(?:一[项項个個])?是|答(?=[:是为為])|(?:正确|正確)的?(?:选项|選項)',
  '(?<![不没沒候别別勿])(?:选择|選擇|(?:选|選)(?![项項中出手举舉择擇択]))(?![题題])',
  '答え|答(?=は)|解答|回答|(?<!不)正解|正答|正しい(?:選択肢|もの|答え|の(?=は))|選択(?!肢)',
  '정답|해답|답안|답변|대답|(?<![오정해])답(?=[은이:는 ])|선택(?!지)|고른 것',
  'คำตอบ',
];

/** What may stand between the word and the answer. */
const SPACED_FILLER = [
  'is|was|are|be|would|will|must|should|option|choice|letter|number|the|correct|right|best|final|most|likely',
  '(?:among|of|from) (?:these|the|those)(?: options| choices)?|in this case|probably|definitely|clearly|therefore|thus|here|to this question|to the question|given|either|both|as follows',
  'es|la|el|correcta|correcto|final|sería|opción|letra|número|inciso|alternativa|las|son|a la pregunta',
  'est|le|lettre|bonne|correcte|ist|lautet|die|richtige|korrekte|è|corretta|é|correta|opção|adalah|yang|benar|là|đúng|doğru|seçenek',
  'правильный|верный|это|является|вариант(?:ом)?|буква|под буквой|номер|будет|είναι|η|σωστή|היא|הנכונה',
  'هي|هو|الصحيحة|الصحيح|النهائية|النهائي|الأنسب|الأفضل|المناسبة|الخيار|الاختيار|الحرف|حرف|رقم|الصواب|على السؤال|تكون|ستكون',
  'صحیح|درست|نهایی|من|گزینهی?|حرف|شماره|مورد|این سوال|برابر است با|درست جواب|ہے',
  'है|सही|विकल्प|होगा|यह|अंतिम|इस प्रश्न का|हल|সঠিক|হল|হলো|விருப்பம்',
];
const UNSPACED_FILLER = [
  '是|为|為|应该|應該|应|應|就|选项|選項|选择|選擇|选|選|项|項|的|正确|正確|最终|最終|最佳|本题|此题|第|我|即|填',
  'は|が|も|の|選択肢|番号|記号|正しい|正解|最も適切な|もの',
  '은|는|이|가|정답|번호|선택지|보기|최종',
  'คือ|ข้อ|ที่ถูกต้อง',
];

/** What says, after a label, that it is the right one. */
const SPACED_CORRECT = [
  'correct|right|accurate|appropriate|(?:the )?(?:best |correct |right )?answer|best (?:answer|option|choice|match|fit)',
  'correct[ao]s?|la respuesta|correcte?|richtig|korrekt|corretta|correta|benar|doğru',
  '(?:правильн|верн)\\p{L}*|ответ',
  'الصحيحة?|صحيحة?|الصواب|(?:ال)?إجابة|(?:ال)?جواب|صحیح|درست|پاسخ',
  'सही|उत्तर',
];
const UNSPACED_CORRECT = [
  '正确|正確|对的|對的|最合适|最合適|最佳|最符合|答案',
  '正解|正しい|適切|選びます|選択します|選ぶ|答え|正答',
  '정답|맞|옳|적절|올바|고르|선택',
];
/** What may stand between the label and that word. */
const SPACED_LINK = [
  'is|are|was|would be|seems|appears|the|most|one|option|choice|only|es|la|el|opción|est|ist|è|é|adalah|yang',
  'это|является|вариант|هي|هو|الخيار|الإجابة|ही|विकल्प|एकमात्र',
];
const UNSPACED_LINK = [
  '是|为|為|最|才|选项|選項|项|項|的',
  'が|は|番|こそ|最も|を|で',
  '이|가|번|은|는|을|를',
];

/** After an answer: that it is denied, ruled out or asked. */
const DENIED = [
  "\\s*(?:(?:is|are|was|can|would)(?: be)?\\s*(?:not|n't|n’t)|isn['’]t|aren['’]t|cannot|(?:(?:is|are) )?(?:wrong|incorrect|false|ruled out))(?!\\p{L})",
  '(?:が|は)?(?:で|じゃ|と)?(?:は)?(?:な(?:い|く|さ)|ありませ|言え(?:な|ま)|限ら)|(?:が|は)?(?:不正解|間違|誤り|不適切)',
  '(?:이|가|번이|은|는)?\\s*(?:아니|아닙|아닌|틀렸|틀린|오답)|(?:이|가|은|는)? ?(?:정답|답)?(?:이|가)?\\s*아[니닙]',
  '(?:选项|選項|项|項|的)?(?:答案)?(?:是|为|為)?\\s*(?:不|错|錯|非|误|誤)',
  '\\s*(?:सही )?(?:नहीं|गलत)',
  '\\s*(?:صحیح|درست)?\\s*(?:نیست|نادرست|غلط|اشتباه)',
  '\\s*(?:هي |هو )?(?:ليست?|خاطئة?|خطأ|غير)(?!\\p{L})',
  '\\s*(?:[-–—] )?(?:это )?(?:не|неверн\\p{L}*|неправильн\\p{L}*|ошибочн\\p{L}*)(?!\\p{L})',
  '\\s*(?:no es|es (?:incorrecta?o?|falsa?o?)|incorrect[ao]|değil|bukan|falsch)(?!\\p{L})',
  '\\s*[?؟]|\\s*(?:吗|嗎|呢|ですか|でしょうか|일까|인가요|입니까)',
];
/** Before an answer word: that what follows is a condition or the wrong answer. */
const NOT_MEANT = [
  "(?<!\\p{L})(?:if|whether|suppose|assuming|unless|not|isn['’]t|never|si|no|wenn|если|не|अगर|यदि|اگر|إذا|لو|ليست?|غير)(?: (?:the|that|a|my|la|el|es|their))*(?: (?:correct|right|best|верный|правильный))? ",
  '(?<!\\p{L})(?:wrong|incorrect|false|bad|неправильн\\p{L}*|неверн\\p{L}*|गलत|falsche) ',
  '(?:如果|假如|若|假设|错误的?|錯誤的?|不正确的?|不正確的?|并非|不是|もし|間違った|誤った|不適切な|틀린 ?|잘못된 ?|만약 ?)',
];

/** Words with which an explanation begins. */
const BECAUSE = [
  'because|since|as|for|but|which|that|in|on|at|of|from|with|due|given|based|according|is|was|not|if|when|where|so|therefore|thus|it|this|these|they',
  'porque|ya que|debido|pues|según|que|es|car|parce|weil|da|karena|çünkü',
  'потому|так как|поскольку|ибо|является|لأن|لأنه|لأنها|وذلك|حيث|هي|هو|زیرا|چون|است|می‌باشد|क्योंकि|है|होगा',
];
const UNSPACED_BECAUSE = [
  '因|由于|由於|理由|です|だ(?!け)|である|でしょう|になり|となり|と思|と考|なぜなら|を|が',
  '番|号|號|项|項|选项|選項|是|正确|正確',
  '번|입니다|이다|이에요|예요|임|이라|라고|이며|이고|가|이|을|를|왜냐',
];

/** The strongest of them, which an answer of one label may be followed by. */
const REASON = [
  'because|since|as it|porque|ya que|car|parce que|weil|потому|так как|поскольку|لأن|لأنه|لأنها|حيث|زیرا|چون|क्योंकि',
  '因为|因為|理由|なぜなら|왜냐',
];
/** What may end a line that is nothing but a label. */
const COPULA =
  'です|だ|である|になります|だと思います|と思います|番です|番|입니다|번입니다|번|이다|项|項|选项|選項|है|است|ہے|هي';
/** What may begin it. */
const OPTION_WORD =
  'option|choice|letter|opción|letra|вариант|буква|الخيار|الاختيار|الحرف|حرف|رقم|گزینهی?|مورد|شماره|विकल्प|选项|選項|選択肢|选|選|선택지|보기';

/** Between two answers: `or` makes what stands before it no answer, the others only with a second one. */
const OR = [
  'or|oder|ou|o|u|или|либо|أو|ام|یا|या|hoặc|atau|veya',
  '或者?|还是|還是|または|もしくは|あるいは|또는|혹은|이나',
];
const AND = [
  'and|y|e|et|und|и|و|और|এবং|ve|dan',
  // Arabic writes it as part of the word after it.
  '和|与|與|及|跟|か|と|や|와|과|랑| و(?=[ابجدهوزحطي](?!\\p{L}))',
];

/** The model does not answer, or does not know. */
const REFUSAL = [
  "(?:can(?:no|['’]|)t|can not|unable to|won['’]t|not able to|not possible to) (?:\\p{L}+ )?(?:answer|determine|provide|help|assist|choose|select|say|decide|comply|give|tell)",
  "(?:don['’]?t|do not) (?:really )?(?:know|have (?:enough|the|access))|not (?:sure|certain|enough information)|insufficient information|i['’]?m sorry|i apologize|as an ai",
  '无法|無法|不能(?:回答|提供|确定|選)|不知道|不清楚|不确定|抱歉|对不起|對不起|作为(?:一个)?(?:ai|人工智能)',
  'わかりません|分かりません|わからない|お答えできません|答えられません|回答できません|できかねます|申し訳',
  'لا أستطيع|لا يمكنني|لا أعرف|لا أعلم|عذرا|آسف|لا أملك|غير قادر',
  '모르겠|알 수 없|답(?:변)?할 수 없|죄송|없습니다',
  'не могу|не знаю|извините|не уверен|невозможно определить|затрудняюсь',
  'मुझे नहीं पता|नहीं जानता|उत्तर नहीं दे सकत|क्षमा करें|माफ़? कर|निश्चित नहीं',
  'نمی‌دانم|نمی‌توانم|متاسفانه|متأسفانه|متاسفم|متأسفم|مطمئن نیستم',
  'no (?:lo )?sé|no puedo|lo siento|no estoy segur[oa]|je ne (?:sais|peux)|não sei|não posso|weiß (?:es )?nicht',
];
/** It says that none of the options is right. */
const NONE = [
  'none(?!\\p{L})|no (?:option|answer)s? (?:is|are|was)|neither',
  '以上(?:皆|都|全)(?:不|非|错)|没有(?:一个)?(?:正确|选项)|沒有(?:正確|選項)|都不(?:对|是|正确)|どれ(?:も|でも)|該当なし|いずれ(?:も|でも)な',
  'لا شيء مما|ليس أي|لا يوجد|हममें से कोई|इनमें से कोई (?:भी )?नहीं|कोई नहीं|هیچ ?کدام|هیچیک',
  '(?:해당|정답|답)(?:이|은)? ?없|모두 (?:아니|틀)|ни один|нет (?:правильного|верного)|ninguna|ningún|nenhuma|aucune',
];

/** Where a model without instruction tuning goes on with a question of its own. */
const NEXT_QUESTION =
  '\\n(?:question|q|pregunta|вопрос|प्रश्न|السؤال|سؤال|问题|问|題|問題|質問|問|질문|문제|پرسش)\\s?\\d{0,3}\\s?[:.)]';

const spaced = (parts: readonly string[]) =>
  `(?<![\\p{L}\\p{M}])(?:${parts.join('|')})(?![\\p{L}\\p{M}])`;
const either = (parts: readonly string[]) => `(?:${parts.join('|')})`;
const compile = (source: string, flags: string) => new RegExp(foldLetters(source), `iu${flags}`);

/** Opening signs, colons, dashes and arrows. */
const SIGN = '[\\s:=>→⇒"\'“”‘’«»「『【】《\\[\\](){<|,、–—-]';
const FILLER_WORD = `${spaced(SPACED_FILLER)}|${either(UNSPACED_FILLER)}`;
const LINK_WORD = `${spaced(SPACED_LINK)}|${either(UNSPACED_LINK)}`;

/** All but `answer` and `correct` are sticky: they match where `lastIndex` stands. */
export const ANSWER_WORDS = {
  answer: compile(`${spaced(SPACED_ANSWER)}|${either(UNSPACED_ANSWER)}`, 'g'),
  filler: compile(`${SIGN}|${FILLER_WORD}`, 'y'),
  /** From the end of a label to the end of the word that confirms it. */
  confirmed: compile(
    `\\s?[)\\]}>"'”’」』】]?\\s?:?(?:\\s?(?:${LINK_WORD}|[—–-])){0,5}\\s?(?:${spaced(SPACED_CORRECT)}|${either(UNSPACED_CORRECT)})`,
    'y',
  ),
  denied: compile(either(DENIED), 'y'),
  because: compile(`\\s?(?:${spaced(BECAUSE)}|${either(UNSPACED_BECAUSE)})`, 'y'),
  reason: compile(
    `[ ,;:.(–—-]{0,4}(?:${spaced(REASON.slice(0, 1))}|${either(REASON.slice(1))})`,
    'y',
  ),
  copula: compile(` ?(?:${COPULA})(?![\\p{L}\\p{M}\\p{N}])`, 'y'),
  optionWord: compile(`(?:${OPTION_WORD}) ?:? ?`, 'y'),
  afterOptionWord: compile(`(?:^|[\\n([{«"'.]|(?:${OPTION_WORD}|الإجابة|الجواب|پاسخ)) ?$`, ''),
  or: compile(`\\s?(?:[/|]|${spaced(OR.slice(0, 1))}|${either(OR.slice(1))})`, 'y'),
  and: compile(
    `\\s?(?:[,、،&;+]\\s?)?(?:[,、،&;+]|${spaced(AND.slice(0, 1))}|${either(AND.slice(1))})`,
    'y',
  ),
  notMeant: compile(`(?:${either(NOT_MEANT)})$`, ''),
  refusal: compile(either(REFUSAL), ''),
  none: compile(either(NONE), ''),
  nextQuestion: compile(NEXT_QUESTION, ''),
} as const;
