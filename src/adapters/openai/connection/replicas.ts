/** Spreads calls over replicas of one model. */
export interface Replicas<Client> {
  /**
   * Does the work on the least loaded replica (ties in turn). A replica the work could not reach is
   * set aside for a while and the next one in line has the work at once: a connection that was
   * refused has carried nothing. The last result stands when none is left.
   */
  run<Result>(
    work: (client: Client) => Promise<Result>,
    wasReached: (result: Result) => boolean,
  ): Promise<{ readonly client: Client; readonly result: Result }>;
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

interface Replica<Client> {
  readonly client: Client;
  inFlight: number;
  refusals: number;
  /** In ms of the clock; 0 when in line. */
  asideUntil: number;
}

/** `clients` has at least one element; `now` is a clock in ms. */
export function createReplicas<Client>(
  clients: readonly Client[],
  now: () => number,
): Replicas<Client> {
  const all = clients.map(
    (client): Replica<Client> => ({ client, inFlight: 0, refusals: 0, asideUntil: 0 }),
  );
  let turn = 0;

  /** Once one was tried in vain only those in line are offered. */
  function choose(tried: ReadonlySet<Replica<Client>>): Replica<Client> | undefined {
    const time = now();
    const inTurn = [...all.slice(turn), ...all.slice(0, turn)].filter((one) => !tried.has(one));
    const inLine = inTurn.filter((one) => one.asideUntil <= time);
    const chosen =
      inLine.length > 0 || tried.size > 0
        ? least(inLine, (one) => one.inFlight)
        : least(inTurn, (one) => one.asideUntil);
    if (chosen !== undefined) turn = (all.indexOf(chosen) + 1) % all.length;
    return chosen;
  }

  return {
    async run(work, wasReached) {
      const tried = new Set<Replica<Client>>();
      let replica = choose(tried);
      while (replica !== undefined) {
        const { client } = replica;
        const result = await counted(replica, work);
        const reached = wasReached(result);
        tried.add(replica);
        if (reached) putInLine(replica);
        else setAside(replica, now());
        replica = reached ? undefined : choose(tried);
        if (replica === undefined) return { client, result };
      }
      throw new Error('an endpoint has at least one base URL');
    },
  };
}

async function counted<Client, Result>(
  replica: Replica<Client>,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  replica.inFlight += 1;
  try {
    return await work(replica.client);
  } finally {
    replica.inFlight -= 1;
  }
}

function putInLine(replica: Replica<unknown>): void {
  replica.refusals = 0;
  replica.asideUntil = 0;
}

function setAside(replica: Replica<unknown>, time: number): void {
  // Calls that were under way together are refused together: that is one refusal.
  if (replica.asideUntil > time) return;
  replica.asideUntil = time + Math.min(FIRST_PAUSE_MS * 2 ** replica.refusals, LONGEST_PAUSE_MS);
  replica.refusals += 1;
}

/** The first element with the smallest value. */
function least<T>(list: readonly T[], value: (element: T) => number): T | undefined {
  return list.reduce<T | undefined>(
    (best, element) => (best === undefined || value(element) < value(best) ? element : best),
    undefined,
  );
}
