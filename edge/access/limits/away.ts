/** What an edge remembers of the shared counts while Redis is away. */
export interface Away {
  /** Records what a count came to over all edges. */
  note(key: string, total: number, endsAt: number): void;
  /** Adds to the local count. Returns the estimated total if each of `edges` edges has counted as much. */
  add(key: string, by: number, edges: number, endsAt: number): number;
  /** Takes what was counted here and not yet reported to Redis. The caller must report it, or add it again. */
  takeDue(key: string): number;
}

interface Known {
  /** The total as last reported. */
  total: number;
  /** Counted here since then. */
  due: number;
  readonly endsAt: number;
}

// Rarely do more tenants and keys have limits; the least recently used are dropped first.
const mostKeys = 20_000;

/** Makes an empty record. */
export function createAway(unixNow: () => number): Away {
  // In the order of their last use.
  const counts = new Map<string, Known>();
  const use = (key: string, endsAt: number): Known => {
    const known = counts.get(key) ?? { total: 0, due: 0, endsAt };
    counts.delete(key);
    counts.set(key, known);
    for (const [oldest, { endsAt }] of counts) {
      if (counts.size <= mostKeys && endsAt > unixNow()) break;
      counts.delete(oldest);
    }
    return known;
  };
  return {
    note(key, total, endsAt) {
      use(key, endsAt).total = total;
    },
    add(key, by, edges, endsAt) {
      const known = use(key, endsAt);
      known.due += by;
      return known.total + known.due * edges;
    },
    takeDue(key) {
      const known = counts.get(key);
      if (known === undefined) return 0;
      const { due } = known;
      known.due = 0;
      return due;
    },
  };
}
