import type Database from 'better-sqlite3';

/** A call that two stores had ended in two different ways, each with words of its own. */
export interface MergeConflict {
  readonly kind: 'answer' | 'judgment' | 'probe';
  /** The store whose call gave way to, or kept, the one before it. */
  readonly file: string;
  /** Whether that store's call was the one kept. */
  readonly kept: boolean;
  readonly run: string;
  /** Of an answer, or of the answer that was judged; empty for a probe, which has its judge alone. */
  readonly model: string;
  readonly style: string;
  readonly item: string;
  readonly trial: number;
  readonly judge: string | null;
}

type Row = Omit<MergeConflict, 'file' | 'kept'> & { readonly wins: 0 | 1 };

const LABEL = "m.name || coalesce(' (' || m.variant || ')', '')";
const PLACE = `
JOIN main.run_models AS rm ON rm.run = rr.run AND rm.position = rr.model
JOIN main.models AS m ON m.id = rm.model
JOIN main.run_styles AS st ON st.run = rr.run AND st.position = rr.style
JOIN main.items AS i ON i.id = rr.item`;

/** One line for each place in a plan that the call has. */
const NAMES = `
SELECT 'answer' AS kind, c.wins AS wins, rr.run AS run, ${LABEL} AS model, st.name AS style,
  i.name AS item, rr.trial AS trial, NULL AS judge
FROM main.run_responses AS rr
JOIN main.responses AS r ON r.id = rr.response
JOIN temp.conflicts AS c ON c.kind = 'responses' AND c.key = r.key ${PLACE}
UNION ALL
SELECT 'judgment', c.wins, rr.run, ${LABEL}, st.name, i.name, rj.trial, jm.name
FROM temp.conflicts AS c
JOIN main.judgments AS j ON j.key = c.key
JOIN main.run_judgments AS rj ON rj.judgment = j.id
JOIN main.run_responses AS rr ON rr.id = rj.run_response ${PLACE}
JOIN main.run_judges AS jd ON jd.run = rr.run AND jd.position = rj.judge
JOIN main.models AS jm ON jm.id = jd.model
WHERE c.kind = 'judgments'
UNION ALL
SELECT 'probe', c.wins, p.run, '', '', '', 0, coalesce(m.name, p.judge)
FROM temp.conflicts AS c JOIN main.probes AS p ON p.key = c.key
LEFT JOIN main.models AS m ON m.key = p.judge
WHERE c.kind = 'probes'
ORDER BY 3, 1, 4, 5, 6, 7, 8 LIMIT @limit`;

/** Names what the last source and the merged store had both, in the order of runs and models. */
export function nameConflicts(
  database: Database.Database,
  { file, limit }: { readonly file: string; readonly limit: number },
): MergeConflict[] {
  if (database.prepare('SELECT 1 FROM temp.conflicts LIMIT 1').get() === undefined) return [];
  return database
    .prepare<[{ limit: number }], Row>(NAMES)
    .all({ limit })
    .map(({ wins, ...conflict }) => ({ ...conflict, file, kept: wins === 1 }));
}
