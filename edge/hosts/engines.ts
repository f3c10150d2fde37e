import type { Clock } from "../../infra/clock/clock.ts";
import type { Services } from "./clients.ts";

// What is behind the services changes when they are started anew.
const knownMs = 1_000;
// Early enough that nobody waits who asks often.
const againMs = knownMs / 2;
const timeoutMs = 2_000;

/** What was told, and when it was asked for. */
interface Known {
  readonly at: number;
  readonly told: Promise<string | undefined>;
}

/**
 * Makes what tells which model answers and what speaks by default, as one text that is another after each change; undefined while that cannot be told.
 * What was told holds for a second; who asks in its second half has the services asked again, and does not wait for them.
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
