/** How many of something there may be at once. */
export interface PeerLimitOptions {
  /** Of all addresses together. */
  readonly most: number;
  /** Of one address, so that nobody shuts out everybody. */
  readonly mostPerPeer: number;
}

/** Counts what addresses hold at once. */
export interface PeerLimit {
  /** Takes a place; the returned function gives it back, once however often it is called. Or which bound is reached. */
  enter(peer: string | undefined): (() => void) | "full" | "full for this peer";
  /** How many places are taken. */
  readonly count: number;
}

/** Begins with nothing taken. Callers without an address, such as this machine's own, are held to the bound of all alone. */
export function createPeerLimit({ most, mostPerPeer }: PeerLimitOptions): PeerLimit {
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
