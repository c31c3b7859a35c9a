import { z } from 'zod';
import type { ReadLine } from '../../../ports/batch-endpoint.ts';
import { parseJson } from '../failure/error-body.ts';
import type { Redactor } from '../failure/redact.ts';
import type { Target } from '../reply/exchange.ts';
import { classify, redactOutcome } from '../reply/outcome.ts';

const lineSchema = z.looseObject({
  custom_id: z.string(),
  response: z
    .looseObject({ status_code: z.int().nullish(), body: z.unknown() })
    .nullish()
    .catch(null),
  error: z
    .looseObject({
      code: z.string().nullish().catch(null),
      message: z.string().nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

/** Why the service did not make a call, by the top-level error of its line. */
const NOT_CALLED: Readonly<Record<string, 'expired' | 'cancelled'>> = {
  batch_expired: 'expired',
  batch_cancelled: 'cancelled',
};
/** Errors of a service that has no HTTP status to give (vLLM's run-batch, LiteLLM). */
const NO_STATUS = 500;

/**
 * Reads a line of an output or error file: what is under `response` is the reply that an online call
 * would have brought, and is judged as one.
 */
export function readResultLine(
  text: string,
  target: Target,
  { redactor, now }: { readonly redactor: Redactor; readonly now: number },
): ReadLine {
  const parsed = lineSchema.safeParse(parseJson(text));
  if (!parsed.success) return { kind: 'unreadable' };
  const { custom_id: customId, response, error } = parsed.data;
  const because = NOT_CALLED[error?.code ?? ''];
  if (because !== undefined) return { kind: 'not-called', customId, because };
  const status = response?.status_code ?? NO_STATUS;
  const body = JSON.stringify(response?.body ?? { error });
  const reply = { kind: 'reply', status, headers: {}, bodyText: body } as const;
  const outcome = redactOutcome(classify(reply, target, now), redactor);
  return {
    kind: 'answered',
    customId,
    outcome,
    refusal: status === 400 ? { status, body: redactor.redact(body) } : null,
  };
}
