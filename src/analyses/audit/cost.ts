import type { Price } from '../../config/schema.ts';
import { cost } from '../../run/spending.ts';
import type { AuditPlan } from './plan.ts';
import { rewritePrompt } from './plan.ts';

/** Calls of one part of an audit. */
export interface AuditCostRow {
  readonly part: string;
  /** In all, and those that the store lacks. */
  readonly planned: number;
  readonly left: number;
}

/** What an audit takes before it begins. */
export interface AuditCost {
  readonly rows: readonly AuditCostRow[];
  /** Calls that the store lacks, of judge and helper. */
  readonly calls: number;
  /** Estimated prompt tokens of these; what is generated comes on top. */
  readonly promptTokens: number;
  /** US dollars for the prompts alone; null without a price. */
  readonly promptUsd: number | null;
}

/** Four bytes of UTF-8 a token. */
const BYTES_PER_TOKEN = 4;

/** Counts calls; a prompt that waits for a rewritten text counts as long as the original's. */
export function auditCost(
  { calls, rewrites }: AuditPlan,
  done: ReadonlySet<string>,
  prices: { readonly judge: Price | null; readonly helper: Price | null },
): AuditCost {
  const parts = [...new Set(calls.map(({ measure }) => measure))];
  const lacking = calls.filter(({ key }) => key === null || !done.has(key));
  const rows = parts.map((part) => ({
    part,
    planned: calls.filter(({ measure }) => measure === part).length,
    left: lacking.filter(({ measure }) => measure === part).length,
  }));
  const known = lacking.flatMap(({ prompt }) => (prompt === null ? [] : [tokensOf(prompt)]));
  const typical = known.length > 0 ? sum(known) / known.length : 0;
  const judged = Math.ceil(sum(known) + typical * (lacking.length - known.length));
  const rewritten = sum(rewrites.map((rewrite) => tokensOf(rewritePrompt(rewrite))));
  const usd = [
    lacking.length > 0 ? cost({ promptTokens: judged, completionTokens: 0 }, prices.judge) : 0,
    rewrites.length > 0 ? cost({ promptTokens: rewritten, completionTokens: 0 }, prices.helper) : 0,
  ];
  return {
    rows: [
      ...rows,
      ...(rewrites.length > 0
        ? [{ part: 'helper: texts to rewrite', planned: rewrites.length, left: rewrites.length }]
        : []),
    ],
    calls: lacking.length + rewrites.length,
    promptTokens: judged + rewritten,
    promptUsd: usd.some((one) => one === null) ? null : sum(usd.map((one) => one ?? 0)),
  };
}

function tokensOf(prompt: readonly { readonly content: string }[]): number {
  return Math.ceil(
    prompt.reduce((bytes, { content }) => bytes + Buffer.byteLength(content), 0) / BYTES_PER_TOKEN,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
