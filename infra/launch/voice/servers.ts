import { speechServerTitles, toldServer } from "../../engines/speech/listing.ts";
import { withoutCredentials } from "../../net/address.ts";

/** A default address of a speech server. */
export interface SpeechPlace {
  /** The engine whose API a server at this URL usually has. */
  readonly engine: SpeechEngineName;
  /** The server's URL, without /v1. */
  readonly url: string;
}

/** The speech servers that people commonly run beside Duet, on their default ports; earlier ones are preferred. */
export const speechPlaces: readonly SpeechPlace[] = [
  // The default ports of Kokoro-FastAPI; vLLM-Omni; SGLang-Omni, speaches and openedai-speech; LocalAI, in this order.
  ...[8880, 8091, 8000, 8080].map((port) => ({ engine: "speech" as const, url: `http://127.0.0.1:${port}` })),
  { engine: "vits", url: "http://127.0.0.1:23456" },
  { engine: "piper", url: "http://127.0.0.1:5000" },
];

/** What kind of server was found at a URL, as seen through the API of one speech engine. */
export type SpeechServer =
  /**
   * A speech server; `title` is its human-readable name. `only`: it is not also a chat server. `sure`: it certainly has
   * a voice of its own. A chat server with a speech path may have none, and another Duet only passes on its engine's
   * voice.
   */
  | { readonly kind: "speaks"; readonly title: string; readonly only: boolean; readonly sure: boolean }
  /** Nothing listens at the URL, or the server did not answer in time, for example because it is busy speaking. */
  | { readonly kind: "silent" }
  /** The server rejects requests without a key or with a wrong key. */
  | { readonly kind: "locked" }
  /** The server lists these models, but has no speech. */
  | { readonly kind: "models"; readonly ids: readonly string[] }
  /** Any other server. */
  | { readonly kind: "other" };

/** An engine whose servers can be recognized by their lists of models or voices, or by how they refuse a request. */
export type SpeechEngineName = keyof typeof askers;

/** Sends a request to the server that is being examined; resolves to undefined if the server does not answer. */
type Ask = (path: string, body?: object) => Promise<{ readonly status: number; readonly value: unknown } | undefined>;

const askers = {
  async speech(ask: Ask): Promise<SpeechServer> {
    const [listed, refused, voiced, asked] = await Promise.all([
      ask("/v1/models"),
      // This request costs nothing: a server that has this path rejects an empty request before doing any work.
      ask("/v1/audio/speech", {}),
      ask("/v1/audio/voices"),
      ask("/v1/chat/completions", {}),
    ]);
    if (listed === undefined || refused === undefined || listed.status === 503) return { kind: "silent" };
    if ([listed, refused].some(({ status }) => status === 401 || status === 403)) return { kind: "locked" };
    const models = modelsOf(listed.value);
    if (!refusals.includes(refused.status)) {
      const ids = models.flatMap(({ id }) => (typeof id === "string" ? [id] : []));
      return ids.length > 0 ? { kind: "models", ids } : { kind: "other" };
    }
    const voices = voiced?.status === 200 ? voiced.value : undefined;
    const only = voices !== undefined || asked === undefined || asked.status === 404 || asked.status === 405;
    const isSpeaker = models.some(({ id, task }) => task === "text-to-speech" || speakers.test(String(id)));
    const sure = (only || isSpeaker) && !areDuets(models);
    return { kind: "speaks", title: speechServerTitles[toldServer({ models, voices })], only, sure };
  },

  async vits(ask: Ask): Promise<SpeechServer> {
    const isGroup = (group: unknown) => Array.isArray(group) && group.every((one) => isObject(one) && "id" in one);
    return listing(await ask("/voice/speakers"), "vits-simple-api", isGroup);
  },

  async piper(ask: Ask): Promise<SpeechServer> {
    const isVoice = (voice: unknown) => isObject(voice) && ("espeak" in voice || "audio" in voice);
    return listing(await ask("/voices"), "Piper", isVoice);
  },
};

/** The names of the engines whose servers can be recognized. */
export const speechEngineNames = Object.keys(askers) as readonly SpeechEngineName[];

/** Whether `name` is that of an engine whose servers can be recognized by their responses. */
export function isSpeechEngine(name: string): name is SpeechEngineName {
  return Object.hasOwn(askers, name);
}

/**
 * The statuses with which servers refuse an empty speech request: those of a validation error, or 500 if the server
 * does not validate requests.
 */
const refusals = [400, 415, 422, 500];
/** Matches the names of speech synthesis models. */
const speakers =
  /tts|speech|voice|kokoro|piper|vits|bark|voxcpm|chatterbox|orpheus|openaudio|s2-pro|dia-|parler|f5-|melo|csm/i;

/** Whether these models belong to another Duet, whose voice must not be used: it is lost when that Duet stops. */
function areDuets(models: readonly Readonly<Record<string, unknown>>[]): boolean {
  return models.some(({ id, owned_by }) => id === "duet" && owned_by === "duet");
}

/** Finds out what kind of server listens at `url`, by requests to the API of one engine. Never throws. */
export function askForSpeech(
  engine: SpeechEngineName,
  url: string,
  timeoutMs: number,
  apiKey?: string,
): Promise<SpeechServer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const { username, password } = new URL(url);
  const authorization =
    apiKey !== undefined
      ? `Bearer ${apiKey}`
      : username && `Basic ${btoa(decodeURIComponent(`${username}:${password}`))}`;
  const headers = { "content-type": "application/json", ...(authorization !== "" && { authorization }) };
  const ask: Ask = async (path, body) => {
    try {
      const method = body === undefined ? "GET" : "POST";
      const response = await fetch(withoutCredentials(url) + path, {
        ...{ method, headers, signal, redirect: "manual" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, value: parse(await response.text()) };
    } catch {
      return undefined;
    }
  };
  return askers[engine](ask);
}

/** A discovered speech server. */
export type FoundSpeech = SpeechPlace & { readonly title: string };

/** Queries all `places` at once, each for at most `timeoutMs`; returns the first in the list with a speech server. */
export async function discoverSpeech(
  places: readonly SpeechPlace[],
  timeoutMs: number,
): Promise<FoundSpeech | undefined> {
  const answers = await Promise.all(
    places.map(async (place) => ({ place, server: await askForSpeech(place.engine, place.url, timeoutMs) })),
  );
  for (const { place, server } of answers)
    if (server.kind === "speaks" && server.sure) return { ...place, title: server.title };
  return undefined;
}

/** Whether a server that lists models is only for speech, not for chat. */
export async function speaksOnly(url: string, timeoutMs: number): Promise<boolean> {
  const server = await askForSpeech("speech", url, timeoutMs);
  return server.kind === "speaks" && server.only;
}

/** Returns what a server's answer shows: a speech server lists voices or models, all of which pass `isItem`. */
function listing(answer: Awaited<ReturnType<Ask>>, title: string, isItem: (item: unknown) => boolean): SpeechServer {
  if (answer === undefined || answer.status === 503) return { kind: "silent" };
  const { status, value } = answer;
  if (status === 401 || status === 403) return { kind: "locked" };
  const items = status === 200 && isObject(value) ? Object.values(value) : [];
  return items.length > 0 && items.every(isItem)
    ? { kind: "speaks", title, only: true, sure: true }
    : { kind: "other" };
}

function modelsOf(list: unknown): readonly Readonly<Record<string, unknown>>[] {
  const data = isObject(list) ? list.data : undefined;
  return Array.isArray(data) ? data.filter(isObject) : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
