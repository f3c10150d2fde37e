import type { Clock } from "../../infra/clock/clock.ts";
import type { Services } from "./clients.ts";

// How long a result is valid, in milliseconds: the engines change only when the services are restarted.
const knownMs = 1_000;
// The age at which a result is refreshed, in milliseconds: early enough that a frequent caller never waits.
const againMs = knownMs / 2;
const timeoutMs = 2_000;

/** What the services reported, and when they were asked. */
interface Known {
  readonly at: number;
  readonly told: Promise<string | undefined>;
}

/**
 * Returns a string that describes which model answers and what speaks by default, and that changes whenever they
 * change; undefined while that is unknown. A result is valid for a second; a call in the second half of it refreshes
 * the result without waiting.
 */
export function createReadEngines({ generate, synthesize }: Services, clock: Clock): () => Promise<string | undefined> {
  let known: Known | undefined;
  let next: Known | undefined;
  const ask = async () => {
    try {
      const [{ servers }, { engines }, { voices }] = await Promise.all([
        generate.client.getEngine({}, { timeoutMs }),
        synthesize.client.getEngine({}, { timeoutMs }),
        synthesize.client.listVoices({}, { timeoutMs }),
      ]);
      const models = [...new Set(servers.map(({ model }) => model))].sort();
      return JSON.stringify([models, engines.map(({ name }) => name), voices.map(({ name }) => name)]);
    } catch {
      return undefined;
    }
  };
  const begin = () => {
    const asked = { at: clock.now(), told: ask() };
    void asked.told.then(() => {
      known = asked;
      next = undefined;
    });
    return asked;
  };
  const isWithin = ({ at }: Known, ms: number) => clock.now() - at < ms;

  return () => {
    if (known !== undefined && isWithin(known, againMs)) return known.told;
    next ??= begin();
    return known !== undefined && isWithin(known, knownMs) ? known.told : next.told;
  };
}
