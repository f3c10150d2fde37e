import type { ListedName } from "../engines/vllm/model/choose.ts";

/** A default address of a model server. */
export interface Candidate {
  /** The name of the server program that usually listens at this address, such as Ollama. */
  name: string;
  /** The server's URL, without /v1. */
  url: string;
}

/** The model servers that people commonly run beside Duet, on their default ports; earlier ones are preferred. */
export const candidates: readonly Candidate[] = [
  { name: "vLLM", url: "http://127.0.0.1:8000" },
  { name: "Ollama", url: "http://127.0.0.1:11434" },
  { name: "llama.cpp", url: "http://127.0.0.1:8080" },
];

/** What was found at an address from which a list of models was requested. */
export type ModelServer =
  /** A server that lists at least one model; `models` are those that it lists. */
  | { kind: "models"; models: readonly ListedName[] }
  /** A model server that lists no model. */
  | { kind: "empty" }
  /**
   * Nothing listens at the address, nothing answers in time, or the server reports that it is not ready yet, as
   * llama.cpp does while it loads.
   */
  | { kind: "silent" }
  /** A server that rejects requests with no key or a wrong one. */
  | { kind: "locked" }
  /** A server that redirects: to this URL, without `/v1`, if it gives one. */
  | { kind: "moved"; to: string | undefined }
  /** A server that responds with a web page. */
  | { kind: "page" }
  /** A server that returns no list of models; `status` is its HTTP status. */
  | { kind: "other"; status: number };

/** Requests the list of models, as OpenAI's API defines it. Never throws. */
export async function askForModels(url: string, timeoutMs: number, apiKey?: string): Promise<ModelServer> {
  try {
    const response = await fetch(`${url}/v1/models`, {
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      // Redirects are not followed, as in chat requests. If only this request followed them, a server that redirects
      // would be accepted here, and fail with the first question.
      redirect: "manual",
      signal: AbortSignal.timeout(timeoutMs),
    });
    const { status } = response;
    const text = await response.text();
    if (status === 503) return { kind: "silent" };
    if (status === 401 || status === 403) return { kind: "locked" };
    if (status >= 300 && status < 400)
      return { kind: "moved", to: response.headers.get("location")?.replace(/\/v1\/.*$/, "") };
    if (!response.ok) return { kind: "other", status };
    if (/^\s*</.test(text)) return { kind: "page" };
    const models = readList(text);
    if (models === undefined) return { kind: "other", status };
    return models.length === 0 ? { kind: "empty" } : { kind: "models", models };
  } catch {
    return { kind: "silent" };
  }
}

/** The model servers that were discovered on this host. */
export interface Discovery {
  /** The first candidate that serves a model; absent if none does. */
  found?: Candidate & { models: readonly ListedName[] };
  /** Model servers that run without any model. */
  empty: Candidate[];
}

/**
 * Asks all candidates at once which models they serve, each for at most `timeoutMs`. A server that only synthesizes
 * speech (`speaksOnly`) does not count as a model server, even if it lists models.
 */
export async function discover(
  places: readonly Candidate[],
  timeoutMs: number,
  speaksOnly: (url: string, timeoutMs: number) => Promise<boolean>,
): Promise<Discovery> {
  const answers = await Promise.all(
    places.map(async (place) => {
      const answer = await askForModels(place.url, timeoutMs);
      const isOther = answer.kind === "models" && (await speaksOnly(place.url, timeoutMs));
      return { place, answer, isOther };
    }),
  );
  const discovery: Discovery = { empty: [] };
  for (const { place, answer, isOther } of answers) {
    if (answer.kind === "models" && !isOther) discovery.found ??= { ...place, models: answer.models };
    if (answer.kind === "empty") discovery.empty.push(place);
  }
  return discovery;
}

/** Parses a list of models; undefined if the text is not one. Ollama has `data: null` while it has no model. */
function readList(text: string): readonly ListedName[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || !("data" in value)) return undefined;
  const { data } = value;
  if (data === null) return [];
  return Array.isArray(data) && data.every((model) => typeof model?.id === "string") ? data : undefined;
}
