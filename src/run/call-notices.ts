import { modelLabel } from '../domain/model-label.ts';
import type { CallResult } from '../endpoint/call-queue.ts';
import type { RunListener } from '../ports/run-events.ts';
import type { Asked } from '../prepare/program.ts';

/**
 * Says once what calls reveal about a model as a whole: parameters it rejects, and another model
 * appearing under its name, which makes a run's answers two models' answers.
 */
export function createCallNotices(listener: RunListener): (asked: Asked, call: CallResult) => void {
  const said = new Set<string>();
  const served = new Map<Asked, string>();
  const warn = (message: string) => {
    if (said.has(message)) return;
    said.add(message);
    listener({ kind: 'notice', level: 'warning', message });
  };
  return (asked, call) => {
    if (call.kind !== 'reply') return;
    const label = modelLabel(asked.spec);
    for (const change of call.reply.adaptations) {
      warn(`${label}: ${change}. \`strictParams: true\` would fail such calls instead.`);
    }
    const { servedModel } = call.reply;
    const before = served.get(asked);
    if (servedModel === null) return;
    if (before === undefined) served.set(asked, servedModel);
    else if (before !== servedModel) {
      warn(
        `${label}: the endpoint now serves ${servedModel} where it served ${before}. The run holds both; the report lists them.`,
      );
    }
  };
}
