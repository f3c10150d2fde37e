import type { Clock } from "../../infra/clock/clock.ts";
import { refusals } from "./failures.ts";

/** Bounds how often one address may try wrong keys and tokens. */
export interface Tries {
  /** Throws RESOURCE_EXHAUSTED if an address has failed too often; its credentials are then not checked at all. */
  check(peer: string | undefined): void;
  /** Records that an address has presented wrong credentials. */
  failed(peer: string | undefined): void;
}

/** Options of createTries. */
export interface TriesOptions {
  /** How many attempts of one address may fail in a minute. */
  readonly mostPerMinute: number;
  readonly clock: Clock;
  /** How many addresses are remembered. Default: 20,000, some 4 MB. */
  readonly mostPeers?: number;
}

const windowMs = 60_000;
const defaultMostPeers = 20_000;

/** Makes an empty record of failures. Calls without a `peer`, such as those from this machine, are not counted. */
export function createTries({ mostPerMinute, clock, mostPeers = defaultMostPeers }: TriesOptions): Tries {
  // Failures by address, in the order in which the one-minute windows began, so that the first to expire comes first.
  const peers = new Map<string, { count: number; readonly endsAt: number }>();
  const forget = () => {
    for (const [oldest, { endsAt }] of peers) {
      if (peers.size <= mostPeers && endsAt > clock.now()) return;
      peers.delete(oldest);
    }
  };
  return {
    check(peer) {
      forget();
      const known = peer === undefined ? undefined : peers.get(peer);
      if (known !== undefined && known.count >= mostPerMinute)
        throw refusals.triedTooOften(Math.ceil(known.endsAt - clock.now()));
    },
    failed(peer) {
      if (peer === undefined) return;
      const known = peers.get(peer);
      if (known !== undefined) known.count++;
      else peers.set(peer, { count: 1, endsAt: clock.now() + windowMs });
      forget();
    },
  };
}
