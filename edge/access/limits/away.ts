/** An edge's own record of the counts that it shares with other edges, for use while Redis is unreachable. */
export interface Away {
  /** Records the total of a count over all edges, as Redis reported it. */
  note(key: string, total: number, endsAt: number): void;
  /**
   * Adds to the local count. Returns the estimated total, assuming that each of `edges` edges has counted as much as
   * this one.
   */
  add(key: string, by: number, edges: number, endsAt: number): number;
  /**
   * Returns the part of this edge's count that was not yet reported to Redis, and sets that part to 0. The caller must
   * report it to Redis, or else add it again.
   */
  takeDue(key: string): number;
}

interface Known {
  /** The total over all edges, as Redis last reported it. */
  total: number;
  /** What this edge has counted since Redis last reported the total. */
  due: number;
  readonly endsAt: number;
}

// The most counts that are remembered. Few deployments have more tenants and keys with limits. In those, the least
// recently used counts are dropped first.
const mostKeys = 20_000;

/** Creates an empty record of an edge's counts. */
export function createAway(unixNow: () => number): Away {
  // Maps each key to its counts; the least recently used keys come first.
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
