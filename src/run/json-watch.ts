import type { Judgment } from '../domain/judgment.ts';
import type { RunJudge } from '../prepare/program.ts';

/** So many verdicts without JSON are no longer a judge that failed at one of them. */
const ENOUGH = 5;

/** Finds judges that were to write JSON and write none at all: their server ignores what asks for it. */
export interface JsonWatch {
  /** What to say of the judge; null for nothing, yet or any more. */
  judged(judge: RunJudge, judgment: Judgment): string | null;
  /** What to say of judges with fewer verdicts than that, none of which is JSON. */
  end(): string[];
}

export function createJsonWatch(): JsonWatch {
  /** Verdicts without JSON so far; `settled` once a judge had some, or once it was said. */
  const found = new Map<RunJudge, number | 'settled'>();
  return {
    judged: (judge, judgment) => {
      const before = found.get(judge) ?? 0;
      const text = 'text' in judgment ? judgment.text : '';
      if (judge.verdict.format !== 'json' || before === 'settled' || text.trim() === '')
        return null;
      const now = /[{}]/.test(text) ? 'settled' : before + 1;
      found.set(judge, now === ENOUGH ? 'settled' : now);
      return now === ENOUGH ? sentence(judge, now) : null;
    },
    end: () =>
      [...found].flatMap(([judge, count]) => (count === 'settled' ? [] : sentence(judge, count))),
  };
}

function sentence({ spec, verdict }: RunJudge, count: number): string {
  const by = verdict.format === 'json' ? verdict.by : 'none';
  const cause =
    by === 'none'
      ? 'Have the server enforce the schema with `verdict: json`, or use `verdict: text`.'
      : `The server seems to ignore ${by}: vLLM takes response_format and structured_outputs (guided_json before 0.12), llama.cpp and most others take response_format. Change \`verdict: { json: … }\`, or use \`verdict: text\`.`;
  const what =
    count === 1
      ? 'its only verdict is not a JSON object'
      : `none of ${count} verdicts is a JSON object`;
  return `${spec.name}: ${what}. ${cause}`;
}
