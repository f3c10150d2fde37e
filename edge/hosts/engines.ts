import type { Clock } from "../../infra/clock/clock.ts";
import type { Services } from "./clients.ts";

// What is behind the services changes when they are started anew.
const knownMs = 1_000;
const timeoutMs = 2_000;

/**
 * Makes what tells which model answers and what speaks by default, as one text that is another after each change; undefined while that cannot be told.
 * What was told holds for a second.
 */
export function createReadEngines({ generate, synthesize }: Services, clock: Clock): () => Promise<string | undefined> {
  let asked: { readonly at: number; readonly told: Promise<string | undefined> } | undefined;
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
  return () => {
    if (asked === undefined || clock.now() - asked.at >= knownMs) asked = { at: clock.now(), told: ask() };
    return asked.told;
  };
}
