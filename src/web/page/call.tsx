import type { ShownCall } from '../answers/wire.ts';
import { Name, Passage } from './passage.tsx';
import { countText } from './words.ts';

/** What a call was asked, what it thought, and what it took, folded up. */
export function CallDetails({ shown }: { readonly shown: ShownCall }) {
  const { prompt, reasoning, detail } = shown;
  const facts = factsOf(shown);
  return (
    <>
      {reasoning !== null && reasoning !== '' && (
        <Folded summary="Reasoning">
          <Passage text={reasoning} language={null} />
        </Folded>
      )}
      {prompt !== null && (
        <Folded summary="Prompt as sent">
          {prompt.map(({ role, content }) => (
            <div key={role}>
              <h4>{role === 'user' ? 'User' : 'System'}</h4>
              <div class="sent">
                <Passage text={content} language={null} />
              </div>
            </div>
          ))}
        </Folded>
      )}
      {(facts.length > 0 || detail !== null) && (
        <Folded summary="Call">
          <dl class="facts">
            {facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <Name text={value} />
                </dd>
              </div>
            ))}
          </dl>
          {detail !== null && <pre>{JSON.stringify(detail, null, 2)}</pre>}
        </Folded>
      )}
    </>
  );
}

function Folded({
  summary,
  children,
}: {
  readonly summary: string;
  readonly children: preact.ComponentChildren;
}) {
  return (
    <details class="source">
      <summary>{summary}</summary>
      {children}
    </details>
  );
}

function factsOf({ call, usd }: ShownCall): (readonly [string, string])[] {
  const facts: readonly (readonly [string, string | null])[] = [
    ['Served model', call.servedModel],
    ['System fingerprint', call.systemFingerprint],
    ['Finish reason', call.finishReason],
    ['Prompt tokens', tokensText(call.promptTokens, call.estimatedPromptTokens)],
    ['Completion tokens', tokensText(call.completionTokens, call.estimatedCompletionTokens)],
    ['Cached tokens', numberText(call.cachedTokens)],
    ['Reasoning tokens', numberText(call.reasoningTokens)],
    ['Cost', usd === null ? null : `$${usd.toPrecision(3)}`],
    ['Attempts', numberText(call.attempts)],
    ['Latency', call.latencyMs === null ? null : `${(call.latencyMs / 1000).toFixed(2)} s`],
    ['Ended', call.endedAt === null ? null : new Date(call.endedAt).toISOString()],
    ['Notes', call.notes.length === 0 ? null : call.notes.join('; ')],
  ];
  return facts.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]));
}

const numberText = (value: number | null) => (value === null ? null : countText(value));

function tokensText(counted: number | null, estimated: number | null): string | null {
  if (counted !== null) return countText(counted);
  return estimated === null ? null : `about ${countText(estimated)}`;
}
