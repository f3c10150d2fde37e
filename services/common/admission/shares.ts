/**
 * Divides a limit fairly among those who compete for it. They are identified by names from coarse to fine, such as a
 * tenant and one of its users. Whoever has asked recently counts as wanting a share, even if refused; a tenant's share
 * is divided among its users by the same rule.
 */
export interface Shares {
  /** Records that somebody asks. */
  asked(whose: readonly string[], now: number): void;
  /** Whether one more would exceed somebody's share while others want theirs. Everybody may have one. */
  isOver(whose: readonly string[], limit: number, now: number): boolean;
  /** Records that somebody was given one. */
  took(whose: readonly string[]): void;
  /** Records that it was returned. */
  left(whose: readonly string[]): void;
}

/** Whoever has not asked for this long wants none: about the pause between two turns of a conversation. */
const rememberedMs = 10_000;

interface Node {
  held: number;
  askedAt: number;
  readonly below: Map<string, Node>;
}

/** Starts with nothing taken. Memory is bounded by the number of callers within ten seconds. */
export function createShares(): Shares {
  const all: Node["below"] = new Map();

  /** Those that count at present, ordered by the time of their last request, oldest first. */
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
