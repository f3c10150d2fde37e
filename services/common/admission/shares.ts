/**
 * Shares a limit out among those who ask for some of it: callers' names from coarse to fine, such as a tenant and one of its users. Whoever
 * asked lately counts as wanting a share, also if it was refused; the share of a tenant is shared out among its users by the same rule.
 */
export interface Shares {
  /** Somebody asks. */
  asked(whose: readonly string[], now: number): void;
  /** Whether one more would be more than somebody's share, where others want theirs. One each is everybody's. */
  isOver(whose: readonly string[], limit: number, now: number): boolean;
  /** Somebody was given one. */
  took(whose: readonly string[]): void;
  /** And gives it back. */
  left(whose: readonly string[]): void;
}

/** Whoever has not asked for this long wants none: about the pause between two turns of a conversation. */
const rememberedMs = 10_000;

interface Node {
  held: number;
  askedAt: number;
  readonly below: Map<string, Node>;
}

/** Makes shares of which none is taken. What is remembered of callers is bounded by how many ask in ten seconds. */
export function createShares(): Shares {
  const all: Node["below"] = new Map();

  /** Those that count, the one that asked longest ago first. */
  function current(nodes: Node["below"], now: number): Node["below"] {
    for (const [name, { held, askedAt }] of nodes) {
      if (now - askedAt <= rememberedMs) break;
      if (held === 0) nodes.delete(name);
    }
    return nodes;
  }

  function along(whose: readonly string[], visit: (node: Node, name: string, among: Node["below"]) => void): void {
    let among = all;
    for (const name of whose) {
      const node = among.get(name) ?? { held: 0, askedAt: Number.NEGATIVE_INFINITY, below: new Map() };
      visit(node, name, among);
      among = node.below;
    }
  }

  return {
    asked(whose, now) {
      along(whose, (node, name, among) => {
        node.askedAt = now;
        among.delete(name);
        current(among, now).set(name, node);
      });
    },
    isOver(whose, limit, now) {
      let share = limit;
      let isOver = false;
      along(whose, (node, name, among) => {
        const rivals = current(among, now).size - (among.has(name) ? 1 : 0);
        share /= rivals + 1;
        isOver ||= rivals > 0 && node.held + 1 > Math.max(1, share);
      });
      return isOver;
    },
    took: (whose) => along(whose, (node) => node.held++),
    left: (whose) => along(whose, (node) => node.held--),
  };
}
