import { hash } from "../text/hash.ts";

/** What has to be known about a server in order to choose between servers. */
export interface Candidate {
  /** The server's URL, which identifies it permanently. */
  readonly url: string;
  /** How many answers the server is writing for this process at the moment. */
  readonly inFlight: number;
}

/**
 * A conversation stays with its own server if that server has at most this many answers more than the idlest server.
 */
const leastLead = 2;
/**
 * If this fraction of the mean number of answers per server is more than `leastLead`, it is used instead: on busy
 * servers, a larger lead matters less.
 */
const leadShare = 0.25;

/**
 * Chooses the server for a request; undefined if there are no candidates. A conversation belongs to the server with the
 * highest score (rendezvous hashing): if a server is added or removed, only the conversations that belong to it move. A
 * conversation's own server is chosen unless it is clearly busier than the others. Otherwise, and for requests without
 * a conversation, the server with the fewest answers is chosen, with ties broken by `turn`.
 */
export function chooseServer<C extends Candidate>(
  candidates: readonly C[],
  sessionId: string | undefined,
  turn: number,
): C | undefined {
  if (candidates.length === 0) return undefined;
  const fewest = Math.min(...candidates.map(({ inFlight }) => inFlight));
  if (sessionId !== undefined) {
    const mean = candidates.reduce((sum, { inFlight }) => sum + inFlight, 0) / candidates.length;
    const own = candidates.reduce((best, other) => (score(other, sessionId) > score(best, sessionId) ? other : best));
    if (own.inFlight <= fewest + Math.max(leastLead, leadShare * mean)) return own;
  }
  const idlest = candidates.filter(({ inFlight }) => inFlight === fewest);
  return idlest[turn % idlest.length];
}

/**
 * The affinity of a server and a session: a hash of both, mixed so that URLs that differ in one digit get unrelated
 * scores.
 */
function score({ url }: Candidate, sessionId: string): number {
  let mixed = hash(`${sessionId} ${url}`);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
