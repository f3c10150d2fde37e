import type { Clock } from "../../../../infra/clock/clock.ts";
import { createWatchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import type { Engine, Voice } from "../engine.ts";
import { type Dialect, type DialectName, dialects } from "./dialects.ts";
import { type SpeechManner, speak, stopsOf, streamsOf } from "./request.ts";
import { createSpeechServer, type Known, type SpeechServer } from "./server.ts";
import { toVoice } from "./signs.ts";

/** Options of createSpeechEngine; see the settings. */
export interface SpeechOptions extends SpeechManner {
  /** Base URLs, one for each server; at least one. */
  readonly urls: readonly string[];
  readonly apiKey: string | undefined;
  readonly server: DialectName | "auto";
  readonly model: string | undefined;
  /** Voices that may be used, the default first; empty: all that are listed. */
  readonly voices: readonly string[];
  readonly slots: number | undefined;
  readonly text: "spoken" | "written";
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** How many requests a server of unknown capacity is given at once: the maximum, and the initial number. */
const mostSlots = 64;
const firstSlots = 4;

/**
 * Servers of `/v1/audio/speech`. Audio is passed on as it arrives. If a server stops when its client disconnects, a
 * request is abandoned by destroying the socket; otherwise the answer is read to its end and discarded, since the
 * server is not free before then.
 */
export function createSpeechEngine(options: SpeechOptions): Engine {
  const { sampleRateHertz, timeoutMs, clock, apiKey, server: asked, model, speed } = options;
  const streams = (server: SpeechServer, dialect: Dialect) => streamsOf(server, dialect, options);
  const servers = options.urls.map((url) => createSpeechServer({ url, apiKey, asked, model }));
  const toldSlots = options.slots ?? (asked === "auto" ? undefined : dialects[asked].slots);

  async function voices(signal: AbortSignal): Promise<readonly Voice[]> {
    const known = await firstKnown(servers, signal);
    const listed = new Map(known.voices.map((voice) => [voice.name, voice]));
    if (options.voices.length > 0) return options.voices.map((name) => listed.get(name) ?? toVoice(name));
    return known.voices.length > 0 ? known.voices : [toVoice(known.dialect.usualVoice)];
  }

  async function reasons(): Promise<(string | undefined)[]> {
    return Promise.all(servers.map((server) => server.whyNotReady()));
  }

  return {
    name: "speech",
    sampleRateHertz,
    addresses: servers.map(({ address }) => address),
    slots: servers.map(() => toldSlots ?? mostSlots),
    firstSlots: servers.map(() => toldSlots ?? firstSlots),
    get streams() {
      return servers.some((server) => streams(server, server.known?.dialect ?? dialects.openai));
    },
    // These servers differ so much that no check can be left out.
    checks: { wraps: true, loops: true, speed },
    readsWritten: options.text === "written",
    fromFirst: () => false,
    // These servers speak a single word as reliably as a sentence, so noise is not expected even for short texts.
    garble: [],
    voices,
    async *synthesize(index, request, signal) {
      signal.throwIfAborted();
      const server = servers[index] as SpeechServer;
      const job = new AbortController();
      const onAbort = () => {
        if (stopsOf(server)) job.abort(signal.reason);
      };
      signal.addEventListener("abort", onAbort, { once: true });
      const watchdog = createWatchdog(clock, job.signal);
      watchdog.expect(timeoutMs, () => {
        return new EngineError("stalled", `${server.address} took more than ${timeoutMs} ms for one segment`);
      });
      server.busy++;
      try {
        for await (const frames of speak(server, request, options, watchdog.signal)) if (!signal.aborted) yield frames;
      } catch (error) {
        watchdog.signal.throwIfAborted();
        throw error;
      } finally {
        watchdog.rest();
        signal.removeEventListener("abort", onAbort);
        server.busy--;
      }
      signal.throwIfAborted();
    },
    probe: (index) => (servers[index] as SpeechServer).probe(),
    async notReady() {
      const all = await reasons();
      return all.includes(undefined) ? undefined : all.join("; ");
    },
    async caution() {
      const slow = servers.find((server) => server.known !== undefined && !streams(server, server.known.dialect));
      if (slow === undefined) return undefined;
      const why = speed === 1 ? "does not stream its speech" : "cannot change its speed while it streams";
      return {
        reason: `the speech server at ${slow.address} ${why}, so each clause is heard only after all of it is synthesized`,
        isReady: true,
      };
    },
    async workers() {
      const all = await reasons();
      return servers.map(({ address, known }, index) => ({
        url: address,
        versions: known === undefined ? [] : [known.name],
        reason: all[index],
      }));
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/**
 * Learns the properties of the servers from the first one that responds, since all are assumed to be alike. If none
 * responds, throws the EngineError of the last one.
 */
async function firstKnown(servers: readonly SpeechServer[], signal: AbortSignal): Promise<Known> {
  for (const server of servers.slice(0, -1)) {
    try {
      return await server.learn(signal);
    } catch {
      signal.throwIfAborted();
    }
  }
  return (servers.at(-1) as SpeechServer).learn(signal);
}
