/** What an edge knows of shared counts while what shares them is away. */
export interface Away {
  /** Notes what a count had come to for all edges together. */
  note(key: string, total: number, endsAt: number): void;
  /** Counts here; what it would come to if each of `edges` edges counted as much. */
  add(key: string, by: number, edges: number, endsAt: number): number;
  /** What was counted here and is to be told; it is told by whoever asks, or added again. */
  takeDue(key: string): number;
}

interface Known {
  /** As it was told last. */
  total: number;
  /** Counted here since. */
  due: number;
  readonly endsAt: number;
}

// Of tenants and keys with limits there are rarely more; those that were not used for longest go first.
const mostKeys = 20_000;

/** Starts with nothing known. */
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
