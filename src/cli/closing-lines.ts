import type { MissingRow } from '../app/missing.ts';
import type { RunResult } from '../app/run.ts';
import type { Spent } from '../domain/spending.ts';
import { MISSING_REASONS, type MissingReason } from '../ports/run-archive.ts';
import { align, visibleWidth } from '../report/align.ts';
import { recordedLine, replayLines } from './replay-lines.ts';

/** What a person should know when a run ends; `again` is the command that goes on with it. */
export function closingLines(
  result: RunResult,
  again: string,
  missingRows: readonly MissingRow[],
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
    ratingsLine(result),
    ...(missing > 0 ? ['', ...missingTable(missingRows), '', ...waysOn(result, again)] : []),
    ...(truncated > 0 ? [`${truncated} answers hit max_tokens and were judged as they are.`] : []),
  ];
}

function ratingsLine({ counts, missing, planned, allowedMissing }: RunResult): string {
  const rated = counts.judgments.rated.toLocaleString('en-US');
  if (missing === 0) return `${rated} ratings, none missing.`;
  const share = ((100 * missing) / planned).toFixed(1);
  const allowed =
    allowedMissing === null ? '' : `; limits.missing allows ${100 * allowedMissing} %`;
  return `${rated} ratings, ${missing} missing (${share} %${allowed}).`;
}

function waysOn({ open, missing, outcome }: RunResult, again: string): string[] {
  return [
    ...(open > 0 && outcome !== 'stopped' ? [`Go on with: ${again}`] : []),
    ...(missing > open ? [`Try the missing ones again with: ${again} --retry-missing`] : []),
  ];
}

function spendingLine({ role, label, fresh, stored }: RunResult['spending'][number]): string {
  const before = stored.calls > 0 ? `; before: ${spentText(stored)}` : '';
  return `${role} ${label}: ${spentText(fresh)}${before}.`;
}

function spentText({ calls, promptTokens, completionTokens, uncounted, usd }: Spent): string {
  const whole = (value: number) => value.toLocaleString('en-US');
  const money = usd === null ? '' : `, $${usd.toFixed(usd < 1 ? 4 : 2)}`;
  const unknown = uncounted > 0 ? `, ${whole(uncounted)} without token counts` : '';
  return `${whole(calls)} calls, ${whole(promptTokens)} + ${whole(completionTokens)} tokens${money}${unknown}`;
}

const HEADINGS: Readonly<Record<MissingReason, string>> = {
  response_empty: 'answer empty',
  response_filtered: 'answer filtered',
  response_failed: 'answer failed',
  judgment_unparsed: 'no rating read',
  judgment_out_of_range: 'out of 1–10',
  judgment_filtered: 'judge filtered',
  judgment_failed: 'judge failed',
  not_called: 'not called yet',
};

/** By model and culture. */
function missingTable(rows: readonly MissingRow[]): string[] {
  const reasons = MISSING_REASONS.filter((reason) => rows.some((row) => row.missing[reason] > 0));
  const cells = [
    ['Model', 'Culture', 'planned', 'rated', ...reasons.map((reason) => HEADINGS[reason])],
    ...rows.map((row) => [
      row.model,
      row.culture,
      String(row.planned),
      String(row.rated),
      ...reasons.map((reason) => String(row.missing[reason])),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((line) => visibleWidth(line[column] ?? ''))),
  );
  return cells.map((line) =>
    line
      .map((text, column) => align(text, widths[column] ?? 0, column < 2 ? 'left' : 'right'))
      .join('  ')
      .trimEnd(),
  );
}
