import type { ListedName } from "../engines/vllm/model/choose.ts";

/** A place where a model server listens by default. */
export interface Candidate {
  /** The program. */
  name: string;
  /** Its address, without /v1. */
  url: string;
}

/** The model servers that people run beside Duet, at their default ports; an earlier one is preferred. */
export const candidates: readonly Candidate[] = [
  { name: "vLLM", url: "http://127.0.0.1:8000" },
  { name: "Ollama", url: "http://127.0.0.1:11434" },
  { name: "llama.cpp", url: "http://127.0.0.1:8080" },
];

/** What a server at an address turned out to be. */
export type ModelServer =
  /** It lists these models, at least one. */
  | { kind: "models"; models: readonly ListedName[] }
  /** It speaks the protocol and has no model. */
  | { kind: "empty" }
  /** Nobody listens there, nobody answers in time, or it says that it is not ready yet, as llama.cpp does while it loads. */
  | { kind: "silent" }
  /** It refuses whoever brings no key, or a wrong one. */
  | { kind: "locked" }
  /** It sends whoever asks elsewhere: to this address, without `/v1`, if it names one. */
  | { kind: "moved"; to: string | undefined }
  /** It shows a web page. */
  | { kind: "page" }
  /** It shows no list; the HTTP status. */
  | { kind: "other"; status: number };

/** Asks for the list of models as OpenAI's API defines it. Never throws. */
export async function askForModels(url: string, timeoutMs: number, apiKey?: string): Promise<ModelServer> {
  try {
    const response = await fetch(`${url}/v1/models`, {
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      // A list may be fetched elsewhere, and a question may not: whoever follows finds out with the first one.
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

/** What was found on this host. */
export interface Discovery {
  /** The first candidate that serves a model. */
  found?: Candidate & { models: readonly ListedName[] };
  /** Model servers that run and serve none. */
  empty: Candidate[];
}

/** Asks all candidates at once; each may take `timeoutMs`. What only speaks (`speaksOnly`) is none, whatever it lists. */
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

/** The models of a list; undefined if it is none. Ollama's `data` is null while it has no model. */
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
