import type { Judgment } from '../domain/judgment.ts';
import { modelLabel } from '../domain/model-label.ts';
import type { CallResult } from '../endpoint/call-queue.ts';
import type { ChatReply } from '../ports/chat-model.ts';
import type { RunListener } from '../ports/run-events.ts';
import type { Asked, RunJudge } from '../prepare/program.ts';
import { createJsonWatch } from './json-watch.ts';

/** Says once what a run's calls reveal about a model or judge as a whole. */
export interface CallNotices {
  /** Parameters it rejects, another model under its name, replicas that differ. */
  replied(asked: Asked, call: CallResult): void;
  /** A judge of JSON verdicts that writes none. */
  judged(judge: RunJudge, judgment: Judgment): void;
  /** All calls have ended. */
  end(): void;
}

export function createCallNotices(listener: RunListener): CallNotices {
  const said = new Set<string>();
  const warn = (message: string) => {
    if (said.has(message)) return;
    said.add(message);
    listener({ kind: 'notice', level: 'warning', message });
  };
  const otherModel = createServedWatch();
  const otherReplica = createReplicaWatch();
  const noJson = createJsonWatch();
  return {
    replied: (asked, call) => {
      if (call.kind !== 'reply') return;
      const label = modelLabel(asked.spec);
      for (const change of call.reply.adaptations) {
        warn(`${label}: ${change}. \`strictParams: true\` would fail such calls instead.`);
      }
      for (const found of [otherModel(asked, call.reply), otherReplica(asked, call.reply)]) {
        if (found !== null) warn(`${label}: ${found}`);
      }
    },
    judged: (judge, judgment) => {
      const found = noJson.judged(judge, judgment);
      if (found !== null) warn(found);
    },
    end: () => {
      for (const found of noJson.end()) warn(found);
    },
  };
}

type Watch = (asked: Asked, reply: ChatReply) => string | null;

/** Another model appearing under one name makes a run's answers two models' answers. */
function createServedWatch(): Watch {
  const served = new Map<Asked, string>();
  return (asked, { servedModel }) => {
    const before = served.get(asked);
    if (servedModel === null || before === servedModel) return null;
    if (before !== undefined)
      return `the endpoint now serves ${servedModel} where it served ${before}. The run holds both; the report lists them.`;
    served.set(asked, servedModel);
    return null;
  };
}

/** vLLM's fingerprint is made of its version and options, so that those of like replicas are one. */
function createReplicaWatch(): Watch {
  const first = new Map<Asked, { readonly replica: string; readonly fingerprint: string }>();
  return (asked, { replica, systemFingerprint: fingerprint }) => {
    if (replica === undefined || fingerprint === null) return null;
    const known = first.get(asked);
    if (known === undefined) first.set(asked, { replica, fingerprint });
    if (known === undefined || known.replica === replica || known.fingerprint === fingerprint)
      return null;
    return `its replicas were started with different options or versions: ${known.replica} is ${known.fingerprint}, ${replica} is ${fingerprint}. The run holds answers of both; the report lists them.`;
  };
}
