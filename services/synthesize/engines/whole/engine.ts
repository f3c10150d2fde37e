import { createResampler, type Resampler } from "../../../../infra/audio/resample.ts";
import type { Clock } from "../../../../infra/clock/clock.ts";
import { faultOf, type OwnFaults, retryDelayMs } from "../../../common/engine/faults.ts";
import { readText } from "../../../common/engine/http.ts";
import { createWatchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { readAnswer } from "../../audio/answer.ts";
import { toBytes, toSamples } from "../../audio/pcm.ts";
import type { Engine, EngineRequest, Voice } from "../engine.ts";
import { createWholeServer, type Known, type WholeDialect, type WholeServer } from "./server.ts";

// Small model servers, such as Piper's and vits-simple-api, have much in common: they answer a text with a complete WAV
// file, at the sample rate of the voice; they do not notice that a client disconnects, so an answer is read to its end
// before the server counts as free; and if there is a single process, it answers nobody else meanwhile. The differences
// are in a `WholeDialect`.

/** Options of createWholeEngine; see the settings. */
export interface WholeOptions {
  /** Base URLs, one for each server; at least one. */
  readonly urls: readonly string[];
  readonly apiKey: string | undefined;
  /** Voices that may be used, the default first; empty: all that are listed. */
  readonly voices: readonly string[];
  readonly sampleRateHertz: number;
  readonly slots: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/**
 * Statuses that come from a proxy in front of the server: such a response fails one segment, which is attempted again.
 */
const ownFaults: OwnFaults = { 408: "broken", 501: "broken", 504: "broken" };
/** How long no requests are sent to a server that ran out of memory, in ms: about as long as a segment takes. */
const memoryPauseMs = 500;
const maxWords = 200;

/** Creates an engine whose servers answer each text with a complete WAV file. */
export function createWholeEngine(options: WholeOptions, dialect: WholeDialect): Engine {
  const { sampleRateHertz, timeoutMs, clock } = options;
  const { name, title } = dialect;
  const servers = options.urls.map((url) => createWholeServer(url, options.apiKey, dialect));

  async function voices(signal: AbortSignal): Promise<readonly Voice[]> {
    const known = await firstKnown(servers, signal);
    if (options.voices.length === 0) return known.voices;
    const listed = new Map(known.voices.map((voice) => [voice.name, voice]));
    const unknown = options.voices.find((voice) => known.toRequest(voice, "") === undefined);
    if (unknown !== undefined) {
      const some = [...listed.keys()].slice(0, 5).join(", ");
      throw new EngineError(
        "rejected",
        `${title} has no voice ${unknown}: it lists ${some}; check DUET_${name.toUpperCase()}_VOICES`,
      );
    }
    return options.voices.map((voice) => listed.get(voice) ?? toVoice(voice));
  }

  const reasons = () => Promise.all(servers.map((server) => server.whyNotReady()));

  return {
    name,
    sampleRateHertz,
    addresses: servers.map(({ address }) => address),
    slots: servers.map(() => options.slots),
    streams: false,
    // These servers' libraries clip loud samples instead of wrapping them, and their models do not generate sound step
    // by step, so they cannot loop.
    checks: { wraps: false, loops: false, speed: dialect.speed },
    fromFirst: () => false,
    // VITS synthesizes a text as a whole, so it never turns short texts into noise, not even a single word.
    garble: [],
    voices,
    async *synthesize(index, request, signal) {
      signal.throwIfAborted();
      const server = servers[index] as WholeServer;
      // If the caller aborts, the watchdog goes on: the server finishes the request anyway, and we have to know when.
      const watchdog = createWatchdog(clock);
      watchdog.expect(timeoutMs, () => {
        return new EngineError(
          "stalled",
          `${title} at ${server.address} took more than ${timeoutMs} ms for one segment`,
        );
      });
      server.busy++;
      try {
        for await (const frames of speak(server, request, dialect, sampleRateHertz, watchdog.signal))
          if (!signal.aborted) yield frames;
      } catch (error) {
        watchdog.signal.throwIfAborted();
        throw error;
      } finally {
        watchdog.rest();
        server.busy--;
      }
      signal.throwIfAborted();
    },
    probe: (index) => (servers[index] as WholeServer).probe(),
    async notReady() {
      const all = await reasons();
      return all.includes(undefined) ? undefined : all.join("; ");
    },
    caution: async () => undefined,
    async workers() {
      const all = await reasons();
      return servers.map(({ address, known }, index) => ({
        url: address,
        versions: known === undefined ? [] : [known.version],
        reason: all[index],
      }));
    },
    async close() {
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/** Requests speech from a server. Throws EngineError if the server fails, or the signal's reason if it aborts. */
async function* speak(
  server: WholeServer,
  request: EngineRequest,
  dialect: WholeDialect,
  sampleRateHertz: number,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const from = `${dialect.title} at ${server.address}`;
  const spoken = (await server.learn(signal)).toRequest(request.voice, request.text);
  // Without this error, the server would silently use another voice.
  if (spoken === undefined) throw new EngineError("rejected", `${from} has no voice ${request.voice}`);
  const { statusCode, headers, body } = await server.speak(spoken, signal);
  if (statusCode !== 200) {
    const said = dialect.whatItSaid(await readText(body)).slice(0, maxWords);
    const pauseMs = /out of memory/i.test(said) ? memoryPauseMs : undefined;
    throw new EngineError(faultOf(statusCode, ownFaults), `${from} answered ${statusCode}${said && `: ${said}`}`, {
      retryDelayMs: retryDelayMs(headers) ?? pauseMs,
    });
  }
  const told = dialect.mistyped ? { ...headers, "content-type": undefined } : headers;
  try {
    let isEmpty = true;
    for await (const frames of atRate({ from, headers: told, body }, sampleRateHertz)) {
      isEmpty &&= frames.length === 0;
      yield frames;
    }
    if (isEmpty) throw new EngineError("broken", `${from} sent no speech`);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    signal.throwIfAborted();
    throw new EngineError("broken", `${from} cut its answer short`, { cause: error });
  }
}

/** The samples of a WAV file, resampled to a given rate. Throws EngineError as `readAnswer` does. */
async function* atRate(answer: Parameters<typeof readAnswer>[0], toHertz: number): AsyncGenerator<Uint8Array> {
  let fromHertz = toHertz;
  const onRate = (rate: number) => {
    fromHertz = rate;
  };
  let resampler: Resampler | undefined;
  try {
    for await (const frames of readAnswer(answer, { sampleRateHertz: "any", as: "wav", onRate })) {
      if (fromHertz !== toHertz) resampler ??= await createResampler(fromHertz, toHertz);
      yield resampler === undefined ? frames : toBytes(resampler.push(toSamples(frames)));
    }
    if (resampler !== undefined) yield toBytes(resampler.end());
  } finally {
    resampler?.close();
  }
}

/**
 * Learns the properties of the servers from the first one that responds, since all are assumed to be alike. If none
 * responds, throws the EngineError of the last one.
 */
async function firstKnown(servers: readonly WholeServer[], signal: AbortSignal): Promise<Known> {
  for (const server of servers.slice(0, -1)) {
    try {
      return await server.learn(signal);
    } catch {
      signal.throwIfAborted();
    }
  }
  return (servers.at(-1) as WholeServer).learn(signal);
}

/** Describes the voice of a given name. */
export function toVoice(name: string, languages: readonly string[] = []): Voice {
  return { name, displayName: name.replace(/[-_]+/g, " ").trim() || "default", languages };
}
