import { nameOf } from "../config/declared.ts";

/** The default URLs of speech recognizers, without /v1; earlier ones are preferred. */
export const earsPlaces: readonly string[] = [8092, 8001, 8000, 8080].map((port) => `http://127.0.0.1:${port}`);

/** The recognizer that was found: settings for the edge, and a human-readable description. */
export interface EarsChoice {
  readonly env: Readonly<Record<string, string>>;
  /** A human-readable description of the recognizer; undefined if none was found. */
  readonly about: string | undefined;
}

// How long to wait for a server's answer: an idle server on this host answers within milliseconds.
const timeoutMs = 500;
/** Matches the names of speech recognition models, since chat servers may have the transcription path as well. */
const hears = /whisper|asr|transcri|sense-?voice|paraformer|parakeet|canary|moonshine/i;

/**
 * Looks for a recognizer at some URLs; chooses the first one that has the transcription path and lists a speech
 * recognition model. Never throws.
 */
export async function discoverEars(places: readonly string[]): Promise<EarsChoice> {
  const found = await Promise.all(places.map(async (url) => ({ url, model: await modelAt(url) })));
  const first = found.find(({ model }) => model !== undefined);
  if (first === undefined) return { env: {}, about: undefined };
  const { url, model } = first as { url: string; model: string };
  return {
    env: { [nameOf("transcribe.url")]: url, [nameOf("transcribe.model")]: model },
    about: `${model}, found at ${url}`,
  };
}

/** The speech recognition model at a URL; undefined if there is none. */
async function modelAt(url: string): Promise<string | undefined> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const [listed, refused] = await Promise.all([
      fetch(`${url}/v1/models`, { redirect: "manual", signal }),
      // This request costs nothing: a server that has this path rejects a form without a file before doing any work.
      fetch(`${url}/v1/audio/transcriptions`, { method: "POST", body: new FormData(), redirect: "manual", signal }),
    ]);
    const { data } = (await listed.json()) as { data?: unknown };
    if (![400, 415, 422, 500].includes(refused.status) || !Array.isArray(data)) return undefined;
    const names = data.flatMap((model: { id?: unknown } | null) => (typeof model?.id === "string" ? [model.id] : []));
    return names.find((name) => hears.test(name));
  } catch {
    return undefined;
  }
}
