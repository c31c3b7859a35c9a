import { counted } from '../../domain/counted.ts';
import type { Spent } from '../../domain/spending.ts';
import type { LabelledReplay, RunResult } from '../../run/run.ts';
import { groupDigits } from './group-digits.ts';

/** What a replay took over and what it lacks. */
export function replayLines({ recording, ...replay }: LabelledReplay): string[] {
  const { responses, judgments, lacking, otherAnswers } = replay;
  const missing = lacking.reduce((sum, { calls }) => sum + calls, 0);
  return [
    `Replayed from ${recording.file} (SHA-256 ${recording.sha256}): ${counted(responses, 'answer')} and ${counted(judgments, 'rating')} taken over, nothing called.`,
    ...(otherAnswers > 0
      ? [
          `This store had ${counted(otherAnswers, 'answer')} already whose words are not the recording’s; the ratings of those were left. For the recording’s own figures name a new store with --db.`,
        ]
      : []),
    ...(missing > 0 ? [`The recording lacks ${groupDigits(missing)} calls of this config:`] : []),
    ...lacking.map(({ role, label, calls, questions, items }) => {
      const more = items.length < questions ? ' …' : '';
      return `  ${role} ${label}: ${groupDigits(calls)}, for ${counted(questions, 'question')}: ${items.join(', ')}${more}`;
    }),
    ...(missing > 0 ? hints(replay, recording) : []),
  ];
}

/** The likeliest reasons for a recording that has nothing of what the store lacks. */
function hints(
  { responses, judgments }: Pick<LabelledReplay, 'responses' | 'judgments'>,
  { rehearsal, runs }: LabelledReplay['recording'],
): string[] {
  if (responses + judgments > 0) return [];
  return [
    `The recording has none of these; its runs are: ${runs.join(', ') || 'none'}.`,
    rehearsal
      ? 'It holds a rehearsal: add --rehearse to replay that.'
      : 'A call is found by model name and variant, decoding, prompt, question and trial: one changed character makes another call.',
  ];
}

/** Tokens and money as they were when the calls were made. */
export function recordedLine(
  { role, label, stored }: RunResult['spending'][number],
  spent: (spent: Spent) => string,
): string {
  return `${role} ${label}: recorded ${spent(stored)}; nothing spent now.`;
}
