/** Limits on how many resources of one kind, such as connections, may be in use at once. */
export interface PeerLimitOptions {
  /** The limit for all addresses together. */
  readonly most: number;
  /** The limit for each address, so that one caller cannot shut out all other callers. Default: a quarter of `most`. */
  readonly mostPerPeer?: number | undefined;
}

/** Counts how many resources are in use for each address. */
export interface PeerLimit {
  /**
   * Counts one more resource for an address. Returns a function that releases the resource; calling it again does
   * nothing. If a limit is reached, counts nothing, and returns which limit it is.
   */
  enter(peer: string | undefined): (() => void) | "full" | "full for this peer";
  /** How many resources are in use for all addresses together. */
  readonly count: number;
}

/** The limit for each address if none is set: a quarter of the limit for all addresses together. */
export const shareOfPeer = (most: number): number => Math.ceil(most / 4);

/**
 * Creates a limit. Callers without an address, such as those on this machine, are only subject to the overall limit.
 */
export function createPeerLimit({ most, mostPerPeer = shareOfPeer(most) }: PeerLimitOptions): PeerLimit {
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
