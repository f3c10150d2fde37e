import { nameOf } from "../config/declared.ts";

/** Where recognizers of speech listen by default, without /v1; an earlier one is preferred. */
export const earsPlaces: readonly string[] = [8092, 8001, 8000, 8080].map((port) => `http://127.0.0.1:${port}`);

/** What hears: settings for the edge, and what people are told of it. */
export interface EarsChoice {
  readonly env: Readonly<Record<string, string>>;
  /** Undefined: nothing does. */
  readonly about: string | undefined;
}

// A server on this host that is not busy answers within some milliseconds.
const timeoutMs = 500;
/** Names of models that hear. A server that writes answers may have the route too, and no model for it. */
const hears = /whisper|asr|transcri|sense-?voice|paraformer|parakeet|canary|moonshine/i;

/** Looks for a recognizer at some places; the first one is taken that has the route, and lists a model that hears. Never throws. */
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

/** The model that hears at an address; undefined if none does. */
async function modelAt(url: string): Promise<string | undefined> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const [listed, refused] = await Promise.all([
      fetch(`${url}/v1/models`, { redirect: "manual", signal }),
      // Who has the route refuses a form without a file before any work.
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
