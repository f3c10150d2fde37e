import { EngineError } from "../../../common/errors/engine-error.ts";
import type { EngineRequest } from "../engine.ts";
import { readSpeech } from "./answer.ts";
import type { Dialect } from "./dialects.ts";
import { refusal } from "./refusal.ts";
import type { Known, SpeechServer } from "./server.ts";

/** The settings that shape a request for speech. */
export interface SpeechManner {
  readonly sampleRateHertz: number;
  readonly instructions: string | undefined;
  readonly language: string | undefined;
  readonly speed: number;
}

/** Whether a server gets requests for streamed speech. */
export const streamsOf = (server: SpeechServer, { stream, takes }: Dialect, { speed }: SpeechManner) =>
  stream !== undefined && !server.whole && (speed === 1 || takes.speed === "always");

/** Whether a server stops working on a request when its client disconnects; true if that is unknown. */
export const stopsOf = ({ known, sendsEvents }: SpeechServer) =>
  known?.dialect.stops === "samples" ? !sendsEvents : (known?.dialect.stops ?? true);

function toBody(server: SpeechServer, known: Known, request: EngineRequest, manner: SpeechManner): object {
  const { dialect, model } = known;
  const { takes } = dialect;
  const { instructions, language, speed } = manner;
  const streams = streamsOf(server, dialect, manner);
  return {
    model,
    input: request.text,
    voice: request.voice,
    ...(streams ? dialect.stream : dialect.whole),
    ...(speed !== 1 && { speed }),
    ...(takes.seed && { seed: request.seed }),
    ...(takes.sampleRate && streams && { sample_rate: manner.sampleRateHertz }),
    ...(takes.instructions && instructions !== undefined && { instructions }),
    ...(takes.language !== undefined && language !== undefined && { [takes.language]: language }),
  };
}

/**
 * Requests speech from a server, and remembers in what form the server answers. Throws EngineError, or the signal's
 * reason.
 */
export async function* speak(
  server: SpeechServer,
  request: EngineRequest,
  manner: SpeechManner,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const { sampleRateHertz } = manner;
  const from = `the speech server at ${server.address}`;
  const known = await server.learn(signal);
  let whole = !streamsOf(server, known.dialect, manner);
  let response = await server.speak(toBody(server, known, request, manner), signal);
  // A server that refuses to stream may still make complete files, so it is asked for those from now on.
  if ((response.statusCode === 400 || response.statusCode === 422) && !whole && known.name === "openai") {
    await response.body.dump();
    server.whole = true;
    whole = true;
    response = await server.speak(toBody(server, known, request, manner), signal);
  }
  if (response.statusCode !== 200) throw await refusal(from, response);
  // A server that states the length in advance sends nothing until the speech is complete: it does not stream.
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
