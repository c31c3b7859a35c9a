import type { IssuePath } from './issue-path.ts';
import type { LoadedConfig } from './load.ts';

interface Check extends Pick<LoadedConfig, 'config' | 'flawed'> {
  readonly report: (path: IssuePath, message: string) => void;
}

/** Endpoint kinds whose servers give probabilities of a prompt's own tokens. */
const ECHOING = ['vllm', 'simulated'];

/** Rules have names of their own, and are asked of endpoints that can give what they score by. */
export function checkScoring({ config, report }: Check): void {
  const taken = [...config.judges, ...config.juries].map(({ name }) => name);
  for (const [index, { scoring = 'judge', task, method }] of config.items.entries()) {
    if (scoring === 'judge') continue;
    const name = task ?? scoring;
    if (taken.includes(name))
      report(['items', index, 'task'], `"${name}" is the name of a judge or jury; take another`);
    if (method === 'loglikelihood')
      checkEchoes(config, (why) => report(['items', index, 'method'], why));
  }
}

function checkEchoes({ models, endpoints }: Check['config'], report: (why: string) => void): void {
  const silent = models.flatMap(({ endpoint = '' }) => {
    const kind = endpoints[endpoint]?.kind;
    return kind === undefined || ECHOING.includes(kind) ? [] : `${endpoint} (${kind})`;
  });
  if (silent.length === 0) return;
  report(
    `needs probabilities of the prompt’s tokens, which only vLLM gives; not ${[...new Set(silent)].join(', ')}. Azure and OpenAI chat can do \`generate\` and \`logprobs\` (the first token of the reply, 20 alternatives)`,
  );
}
