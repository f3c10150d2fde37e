/**
 * Divides a limited number of slots fairly among the owners that compete for them. An owner is a list of names from
 * coarse to fine, such as a tenant and one of its users. Every owner that has asked recently gets a share, even if
 * it was refused; a tenant's share is divided among its users by the same rule.
 */
export interface Shares {
  /** Records that an owner asks for a slot. */
  asked(whose: readonly string[], now: number): void;
  /** Whether one more slot would exceed an owner's share while other owners want slots. A first slot never does. */
  isOver(whose: readonly string[], limit: number, now: number): boolean;
  /** Records that an owner was given a slot. */
  took(whose: readonly string[]): void;
  /** Records that the owner `whose` has returned a slot. */
  left(whose: readonly string[]): void;
}

/** An owner that has asked for no slot for this long gets no share. The value is about the pause between two turns. */
const rememberedMs = 10_000;

interface Node {
  held: number;
  askedAt: number;
  readonly below: Map<string, Node>;
}

/** Makes shares with no slot taken. Memory is bounded by the number of owners that ask within ten seconds. */
export function createShares(): Shares {
  const all: Node["below"] = new Map();

  /**
   * Returns the owners that hold a slot or have asked for one recently, ordered by their last request, oldest first.
   * All others are forgotten.
   */
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
