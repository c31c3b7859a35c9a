import type { GatePolicy } from '../../../domain/gate-policy.ts';
import { gateChecks } from '../rules/index.ts';
import type { GateVerdict } from '../verdict.ts';
import { gateWarnings, headline } from './sentences.ts';

type Level = 'error' | 'warning' | 'notice';

/** Workflow commands that show as annotations of a GitHub Actions job, one a line. */
export function gateAnnotations(verdict: GateVerdict, policy: GatePolicy): string[] {
  const open: Level = policy.inconclusive === 'fail' ? 'error' : 'warning';
  return [
    ...(verdict.verdict === 'pass'
      ? [annotation('notice', 'care-judge gate', headline(verdict, policy))]
      : []),
    ...gateChecks(verdict, policy).flatMap(({ name, status, text }) =>
      status === 'pass'
        ? []
        : [annotation(status === 'fail' ? 'error' : open, `care-judge gate: ${name}`, text)],
    ),
    ...gateWarnings(verdict, policy).map((text) => annotation('warning', 'care-judge gate', text)),
  ];
}

/** `::level title=…::message`, escaped as the runner's own toolkit does. */
export function annotation(level: Level, title: string, message: string): string {
  const escapedTitle = escapeData(title).replace(/:/g, '%3A').replace(/,/g, '%2C');
  return `::${level} title=${escapedTitle}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
