import type { Clock } from "../../infra/clock/clock.ts";
import type { Services } from "./clients.ts";

// How long a description of the engines is cached, in milliseconds. Engines change only when a service is restarted.
const knownMs = 1_000;
// The age at which the description is refreshed, in milliseconds: early enough that a frequent caller never waits.
const againMs = knownMs / 2;
const timeoutMs = 2_000;

/** A description of the engines: when the services were asked (`at`), and the result (`told`). */
interface Known {
  readonly at: number;
  readonly told: Promise<string | undefined>;
}

/**
 * Makes a function that returns a string which names the models, speech engines and voices, and so changes whenever
 * they change; undefined while they are unknown. A result is used for a second; a call in the second half of that
 * second gets the result at once, and refreshes it for later calls.
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
