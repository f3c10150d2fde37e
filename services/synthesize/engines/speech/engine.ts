import type { Clock } from "../../../../infra/clock/clock.ts";
import { createWatchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import type { Engine, EngineRequest, Voice } from "../engine.ts";
import { readSpeech } from "./answer.ts";
import { type Dialect, type DialectName, dialects } from "./dialects.ts";
import { refusal } from "./refusal.ts";
import { createSpeechServer, type Known, type SpeechServer } from "./server.ts";
import { toVoice } from "./signs.ts";

/** How to reach servers of `/v1/audio/speech`, and how to speak; see the settings. */
export interface SpeechOptions {
  /** Base addresses, one a server; at least one. */
  readonly urls: readonly string[];
  readonly apiKey: string | undefined;
  readonly server: DialectName | "auto";
  readonly model: string | undefined;
  /** Voices that may be used, the default first; empty: all that are listed. */
  readonly voices: readonly string[];
  readonly sampleRateHertz: number;
  readonly slots: number | undefined;
  readonly text: "spoken" | "written";
  readonly instructions: string | undefined;
  readonly language: string | undefined;
  readonly speed: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/** The most that a server of unknown room is ever given, and what it begins with. */
const mostSlots = 64;
const firstSlots = 4;

/**
 * Servers of `/v1/audio/speech`. Audio is passed on as it comes. A server that stops for a client that leaves is left by
 * destroying the socket; of another the answer is read to its end and thrown away, since it is not free before.
 */
export function createSpeechEngine(options: SpeechOptions): Engine {
  const { sampleRateHertz, timeoutMs, clock, apiKey, server: asked, model, speed } = options;
  const servers = options.urls.map((url) => createSpeechServer({ url, apiKey, asked, model }));
  const toldSlots = options.slots ?? (asked === "auto" ? undefined : dialects[asked].slots);

  /** Whether a server is asked for audio as it is made. */
  const streamsOf = (server: SpeechServer, { stream, takes }: Dialect) =>
    stream !== undefined && !server.whole && (speed === 1 || takes.speed === "always");

  const stopsOf = ({ known, sendsEvents }: SpeechServer) =>
    known?.dialect.stops === "samples" ? !sendsEvents : (known?.dialect.stops ?? true);

  function toBody(server: SpeechServer, { dialect, model: served }: Known, request: EngineRequest): object {
    const { takes } = dialect;
    const streams = streamsOf(server, dialect);
    return {
      model: served,
      input: request.text,
      voice: request.voice,
      ...(streams ? dialect.stream : dialect.whole),
      ...(speed !== 1 && { speed }),
      ...(takes.seed && { seed: request.seed }),
      ...(takes.sampleRate && streams && { sample_rate: sampleRateHertz }),
      ...(takes.instructions && options.instructions !== undefined && { instructions: options.instructions }),
      ...(takes.language !== undefined && options.language !== undefined && { [takes.language]: options.language }),
    };
  }

  async function* speak(server: SpeechServer, request: EngineRequest, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const from = `the speech server at ${server.address}`;
    const known = await server.learn(signal);
    let whole = !streamsOf(server, known.dialect);
    let response = await server.speak(toBody(server, known, request), signal);
    // What it does not know how to stream it may make whole: it is asked so from now on.
    if ((response.statusCode === 400 || response.statusCode === 422) && !whole && known.name === "openai") {
      await response.body.dump();
      server.whole = true;
      whole = true;
      response = await server.speak(toBody(server, known, request), signal);
    }
    if (response.statusCode !== 200) throw await refusal(from, response);
    // Its length is known before the first byte: nothing came while it was made.
    if (!whole && response.headers["content-length"] !== undefined) server.whole = true;
    server.sendsEvents = /^text\/event-stream/i.test(String(response.headers["content-type"]));
    const usualHertz = known.dialect.sampleRateHertz ?? sampleRateHertz;
    try {
      yield* readSpeech(response, { from, toHertz: sampleRateHertz, usualHertz, whole });
    } catch (error) {
      if (error instanceof EngineError) throw error;
      signal.throwIfAborted();
      throw new EngineError("broken", `${from} cut its answer short`, { cause: error });
    }
  }

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
      return servers.some((server) => streamsOf(server, server.known?.dialect ?? dialects.openai));
    },
    // Of servers so different nothing is known that could be left out.
    checks: { wraps: true, loops: true, speed },
    readsWritten: options.text === "written",
    fromFirst: () => false,
    // Each speaks a word as well as a sentence.
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
        for await (const frames of speak(server, request, watchdog.signal)) if (!signal.aborted) yield frames;
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
      const slow = servers.find((server) => server.known !== undefined && !streamsOf(server, server.known.dialect));
      if (slow === undefined) return undefined;
      const why = speed === 1 ? "makes its speech whole" : "cannot change its speed while it streams";
      return {
        reason: `the speech server at ${slow.address} ${why}: what it says is heard only when a whole clause is made`,
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

/** What the first of some servers that answers says; they are taken to have the same. Throws the last one's EngineError. */
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
