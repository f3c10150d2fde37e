import { hash } from "../text/hash.ts";

/** A server, as far as the choice between servers goes. */
export interface Candidate {
  /** What it is known by for as long as it lives. */
  readonly url: string;
  /** Answers that it writes for us. */
  readonly inFlight: number;
}

/** So many answers more than the idlest server has are no reason to leave a server that knows the conversation. */
const leastLead = 2;
/** Nor is this share more than the mean. */
const leadShare = 0.25;

/**
 * The server for a request: the one that the conversation belongs to, unless that is clearly busier than the others; else the
 * one with the fewest answers, ties broken by `turn`. A conversation belongs to the server whose address hashes highest with it: when a server
 * goes or comes, only the conversations move that were or are to be its own. Undefined without candidates.
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

/** How much a server wants a session: the hash of both, mixed so that addresses that differ in a digit do not score alike. */
function score({ url }: Candidate, sessionId: string): number {
  let mixed = hash(`${sessionId} ${url}`);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
