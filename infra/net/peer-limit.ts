/** Limits on how many things, such as connections, may be held at once. */
export interface PeerLimitOptions {
  /** The limit for all addresses together. */
  readonly most: number;
  /** The limit for each address, so that one caller cannot shut out all other callers. Default: a quarter of `most`. */
  readonly mostPerPeer?: number | undefined;
}

/** Counts how many things each address holds. */
export interface PeerLimit {
  /**
   * Counts one more thing for an address. Returns a function that gives the thing back, and may be called repeatedly.
   * If a limit is reached, counts nothing, and returns which limit it is.
   */
  enter(peer: string | undefined): (() => void) | "full" | "full for this peer";
  /** How many things all addresses together hold. */
  readonly count: number;
}

/**
 * Creates a limit. Callers without an address, such as those on this machine, are only subject to the overall limit.
 */
export function createPeerLimit({ most, mostPerPeer = Math.ceil(most / 4) }: PeerLimitOptions): PeerLimit {
  const held = new Map<string, number>();
  let count = 0;
  const add = (peer: string, change: number) => {
    const now = (held.get(peer) ?? 0) + change;
    if (now > 0) held.set(peer, now);
    else held.delete(peer);
  };
  return {
    enter(peer) {
      if (count >= most) return "full";
      if (peer !== undefined && (held.get(peer) ?? 0) >= mostPerPeer) return "full for this peer";
      count++;
      if (peer !== undefined) add(peer, 1);
      let left = false;
      return () => {
        if (left) return;
        left = true;
        count--;
        if (peer !== undefined) add(peer, -1);
      };
    },
    get count() {
      return count;
    },
  };
}
