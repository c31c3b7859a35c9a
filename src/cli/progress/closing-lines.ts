import { counted } from '../../domain/counted.ts';
import { shardName } from '../../domain/shard.ts';
import type { Spent } from '../../domain/spending.ts';
import type { RunResult } from '../../run/run.ts';
import { batchLine } from './batch-line.ts';
import { groupDigits } from './group-digits.ts';
import { recordedLine, replayLines } from './replay-lines.ts';

/** What a person should know when a run ends; `again` is the command that goes on with it. */
export function closingLines(
  result: RunResult,
  again: string,
  missingTable: readonly string[],
): string[] {
  const { calls, missing, counts, outcome } = result;
  const { truncated } = counts.responses;
  return [
    ...(result.replay === null
      ? result.spending.map(spendingLine)
      : [
          ...replayLines(result.replay),
          ...result.spending.map((spending) => recordedLine(spending, spentText)),
        ]),
    ...(outcome === 'stopped' ? [`Stopped. Nothing is lost; go on with: ${again}`] : []),
    ...(outcome === 'finished' && calls === 0 && missing === 0 && result.replay === null
      ? ['Nothing to call: the store already has every answer and rating of this run.']
      : []),
    ...waitingLines(result.waiting),
    ...ratingsLine(result),
    ...(missing > 0 ? ['', ...missingTable, '', ...waysOn(result, again)] : []),
    ...(counts.conflicting > 0
      ? [`${counted(counts.conflicting, 'verdict')} with different ratings; the last one counts.`]
      : []),
    ...(truncated > 0 ? [`${counted(truncated, 'answer')} hit max_tokens, judged as is.`] : []),
  ];
}

/** What the endpoints still have to bring. */
function waitingLines(waiting: RunResult['waiting']): string[] {
  if (waiting.length === 0) return [];
  const calls = waiting.reduce((sum, { requests }) => sum + requests, 0);
  return [
    `Waiting for ${counted(waiting.length, 'batch', 'batches')} with ${counted(calls, 'call')}:`,
    ...waiting.map((batch) => `  ${batchLine(batch)}`),
  ];
}

/** What there is of ratings and of answers scored by rule, and how much is missing of both together. */
function ratingsLine(result: RunResult): string[] {
  const { counts, missing, planned, allowedMissing, shard } = result;
  const { rules, judgments } = counts;
  const scored = rules.right + rules.wrong + rules.unread;
  const ruled = scored + rules.pending > 0;
  const what = [
    ...(ruled && planned === scored + rules.pending ? [] : [counted(judgments.rated, 'rating')]),
    ...(ruled ? [`${counted(scored, 'answer')} scored by rule${unreadText(rules.unread)}`] : []),
  ].join(', ');
  const have = `${shard === null ? '' : `Shard ${shardName(shard)}: `}${what}`;
  if (missing === 0) return [`${have}, none missing.`];
  const share = ((100 * missing) / planned).toFixed(1);
  const allowed =
    allowedMissing === null ? '' : `; limits.missing allows ${100 * allowedMissing} %`;
  return [`${have}, ${missing} missing (${share} %${allowed}).`];
}

function unreadText(unread: number): string {
  return unread === 0 ? '' : ` (${groupDigits(unread)} unread)`;
}

function waysOn({ open, missing, outcome, replay }: RunResult, again: string): string[] {
  const goOn = replay === null ? 'Go on with' : 'Have the endpoints make what it lacks with';
  return [
    ...(open > 0 && outcome !== 'stopped' ? [`${goOn}: ${again}`] : []),
    ...(missing > open ? [`Try the missing ones again with: ${again} --retry-missing`] : []),
  ];
}

function spendingLine({ role, label, fresh, stored }: RunResult['spending'][number]): string {
  const before = stored.calls > 0 ? `; before: ${spentText(stored)}` : '';
  return `${role} ${label}: ${spentText(fresh)}${before}.`;
}

function spentText(spent: Spent): string {
  const { calls, promptTokens, completionTokens, uncounted, estimated, usd } = spent;
  const about = estimated === undefined ? '' : 'about ';
  const money = usd === null ? '' : `, ${about}$${usd.toFixed(usd < 1 ? 4 : 2)}`;
  const lengths = estimated
    ? ` (about ${groupDigits(estimated.promptTokens)} + ${groupDigits(estimated.completionTokens)} by length)`
    : '';
  const unknown = uncounted > 0 ? `, ${groupDigits(uncounted)} without token counts${lengths}` : '';
  return `${groupDigits(calls)} calls, ${groupDigits(promptTokens)} + ${groupDigits(completionTokens)} tokens${money}${unknown}`;
}
