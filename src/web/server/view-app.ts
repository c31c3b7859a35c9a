import { Hono } from 'hono';
import { z } from 'zod';
import { OperatorError } from '../../domain/errors.ts';
import { RATING_MAX, RATING_MIN } from '../../domain/judgment.ts';
import { readQuery } from '../answers/query.ts';
import { gate, sameToken } from './gate.ts';
import { pageStyle, shell } from './shell.ts';
import type { StoreView } from './store-view.ts';

export interface ViewAppOptions {
  readonly view: StoreView;
  readonly token: string;
  readonly port: number;
  /** The pages' script. */
  readonly script: string;
}

const ratingBody = z.strictObject({
  id: z.int().nonnegative(),
  rater: z.string().trim().min(1).max(100),
  rating: z.int().min(RATING_MIN).max(RATING_MAX),
  note: z.string().trim().max(10_000).default(''),
});
const withdrawalBody = ratingBody.pick({ id: true, rater: true });

/** The viewer as a server answers it: pages, what they show as JSON, and ratings that people give. */
export function viewApp({ view, token, port, script }: ViewAppOptions) {
  const app = new Hono<{ Variables: { role: 'viewer' } }>();
  app.use(gate({ port, roleOf: (given) => (sameToken(given, token) ? 'viewer' : null) }));
  app.get('/', (context) =>
    context.html(shell({ scripts: ['/view.js'], style: '/view.css', policy: null })),
  );
  app.get('/view.js', (context) =>
    context.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/view.css', (context) =>
    context.body(pageStyle, 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  app.get('/api/runs', (context) => context.json(view.runs()));
  app.get('/api/runs/:run', async (context) =>
    context.json(await view.facts(context.req.param('run'))),
  );
  app.get('/api/runs/:run/answers', async (context) =>
    context.json(await view.list(context.req.param('run'), queryOf(context.req.url))),
  );
  app.get('/api/runs/:run/pairs', async (context) =>
    context.json(await view.pairs(context.req.param('run'), queryOf(context.req.url))),
  );
  app.get('/api/runs/:run/answers/:id{[0-9]+}', async (context) => {
    const { run, id } = context.req.param();
    const found = await view.answer(run, Number(id), queryOf(context.req.url));
    return found === null ? context.json({ error: 'no such answer' }, 404) : context.json(found);
  });
  app.put('/api/runs/:run/rating', async (context) => {
    const body = ratingBody.safeParse(await context.req.json().catch(() => null));
    if (!body.success) return context.json({ error: z.prettifyError(body.error) }, 400);
    return context.json(await view.rate(context.req.param('run'), body.data));
  });
  app.delete('/api/runs/:run/rating', async (context) => {
    const body = withdrawalBody.safeParse(await context.req.json().catch(() => null));
    if (!body.success) return context.json({ error: z.prettifyError(body.error) }, 400);
    return context.json(await view.withdraw(context.req.param('run'), body.data));
  });
  app.notFound((context) => context.json({ error: 'no such page' }, 404));
  app.onError((error, context) => {
    if (!(error instanceof OperatorError)) throw error;
    return context.json({ error: error.message }, 400);
  });
  return app;
}

function queryOf(url: string) {
  return readQuery(new URL(url).searchParams);
}
