import { fingerprint } from '../../domain/fingerprint.ts';
import type { Prompt } from '../../domain/prompt.ts';
import type { ProbeArchive } from '../../ports/extra-judgments.ts';
import { type Rubric, renderRubric } from '../../prompts/rubric.ts';
import type { AuditAnswer } from './biases/bias.ts';
import type { Measure } from './biases/index.ts';
import type { Contrast } from './contrasts.ts';
import { type GivenTexts, givenKey } from './given-texts.ts';
import { type RewritingTask, rewritingPrompt } from './rewriting-task.ts';

/** A judge call of an audit; a prompt that waits for a rewritten text is not known yet. */
export interface AuditCall {
  readonly measure: Measure | 'unchanged';
  readonly answer: AuditAnswer;
  readonly prompt: Prompt | null;
  readonly key: string | null;
}

/** A text that the helper has to rewrite. */
export interface RewriteCall {
  readonly task: RewritingTask;
  readonly text: string;
  readonly key: string;
}

export interface AuditPlan {
  readonly calls: readonly AuditCall[];
  /** Texts that are neither given nor in the store. */
  readonly rewrites: readonly RewriteCall[];
}

export interface PlanInput {
  readonly answers: readonly AuditAnswer[];
  readonly contrasts: readonly Contrast[];
  readonly rubricOf: (category: string) => Rubric;
  readonly judge: string;
  readonly given: GivenTexts;
  readonly archive: Pick<ProbeArchive, 'rewrite'>;
  /** Identity of the helper: another one's texts are other texts. */
  readonly helper: string;
}

/** All calls of an audit as far as they are known: again after the rewriting, with all prompts. */
export function planAudit(input: PlanInput): AuditPlan {
  const { answers, contrasts, rubricOf, judge } = input;
  const rewrites = new Map<string, RewriteCall>();
  const call = (measure: AuditCall['measure'], answer: AuditAnswer, prompt: Prompt | null) => ({
    measure,
    answer,
    prompt,
    key: prompt === null ? null : probeKey(judge, prompt),
  });
  const unchanged = answers.flatMap((answer) =>
    answer.stored === null
      ? [
          call(
            'unchanged',
            answer,
            renderRubric(rubricOf(answer.item.category), answer.item, answer.answer),
          ),
        ]
      : [],
  );
  const change = (contrast: Contrast, answer: AuditAnswer): AuditCall[] => {
    const rewritten = rewrittenText(contrast, answer, { ...input, rewrites });
    if (rewritten === 'inapplicable') return [];
    if (rewritten === 'missing') return [call(contrast.measure, answer, null)];
    const prompt = contrast.change(answer, rewritten.text);
    return prompt === null ? [] : [call(contrast.measure, answer, prompt)];
  };
  const changed = contrasts
    .filter(({ needs }) => needs === null)
    .flatMap((contrast) => answers.flatMap((answer) => change(contrast, answer)));
  return { calls: [...unchanged, ...changed], rewrites: [...rewrites.values()] };
}

/** Two equal prompts to one judge are one call, whichever run they come from. */
function probeKey(judge: string, prompt: Prompt): string {
  const messages = prompt.map(({ role, content }) => ({ role, content }));
  return fingerprint({ kind: 'audit', judge, prompt: messages });
}

type Rewritten = 'inapplicable' | 'missing' | { readonly text: string };

function rewrittenText(
  { rewriting }: Contrast,
  answer: AuditAnswer,
  { given, archive, helper, rewrites }: PlanInput & { readonly rewrites: Map<string, RewriteCall> },
): Rewritten {
  if (rewriting === null) return { text: '' };
  const { task } = rewriting;
  const text = rewriting.of(answer);
  if (text === null) return 'inapplicable';
  const key = fingerprint({ kind: 'rewrite', task, text, helper });
  const found = given.get(givenKey(task, text)) ?? archive.rewrite(key);
  if (found !== null && found !== undefined) return { text: found };
  rewrites.set(key, { task, text, key });
  return 'missing';
}

/** What the helper is asked. */
export function rewritePrompt({ task, text }: RewriteCall): Prompt {
  return [{ role: 'user', content: rewritingPrompt(task, text) }];
}
