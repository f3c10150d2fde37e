import { hash } from "../text/hash.ts";

/** A server, as far as choosing between servers requires. */
export interface Candidate {
  /** Its permanent identity. */
  readonly url: string;
  /** How many answers the server is writing for us. */
  readonly inFlight: number;
}

/**
 * The conversation's own server is kept unless it is writing more than this many answers more than the idlest server.
 */
const leastLead = 2;
/**
 * The conversation's own server is also kept if it is writing at most this fraction of the mean number of answers more
 * than the idlest server.
 */
const leadShare = 0.25;

/**
 * Chooses the server for a request: the one that the conversation belongs to, unless that is clearly busier than the
 * others; otherwise the one with the fewest answers, with ties broken by `turn`. A conversation belongs to the server
 * with the highest score (rendezvous hashing): when a server goes or comes, only the conversations that belong to it
 * move. Undefined if there are no candidates.
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
