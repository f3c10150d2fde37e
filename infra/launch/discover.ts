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
  /** It serves these models, at least one. */
  | { kind: "models"; models: string[] }
  /** It speaks the protocol and has no model. */
  | { kind: "empty" }
  /** Nobody listens there, nobody answers in time, or it says that it is not ready yet, as llama.cpp does while it loads. */
  | { kind: "silent" }
  /** It refuses whoever brings no key, or a wrong one. */
  | { kind: "locked" }
  /** Something else answers; the HTTP status. */
  | { kind: "other"; status: number };

/** Asks for the list of models as OpenAI's API defines it. Never throws. */
export async function askForModels(url: string, timeoutMs: number, apiKey?: string): Promise<ModelServer> {
  try {
    const response = await fetch(`${url}/v1/models`, {
      headers: apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.status === 503) {
      await response.body?.cancel();
      return { kind: "silent" };
    }
    if (response.status === 401 || response.status === 403) return { kind: "locked" };
    const list: unknown = response.ok ? await response.json().catch(() => undefined) : undefined;
    if (response.bodyUsed === false) await response.body?.cancel();
    if (!isModelList(list)) return { kind: "other", status: response.status };
    const models = (list.data ?? []).map(({ id }) => id);
    return models.length === 0 ? { kind: "empty" } : { kind: "models", models };
  } catch {
    return { kind: "silent" };
  }
}

/** What was found on this host. */
export interface Discovery {
  /** The first candidate that serves a model. */
  found?: Candidate & { models: string[] };
  /** Model servers that run and serve none. */
  empty: Candidate[];
}

/** Asks all candidates at once; each may take `timeoutMs`. */
export async function discover(places: readonly Candidate[], timeoutMs: number): Promise<Discovery> {
  const answers = await Promise.all(
    places.map(async (place) => ({ place, answer: await askForModels(place.url, timeoutMs) })),
  );
  const discovery: Discovery = { empty: [] };
  for (const { place, answer } of answers) {
    if (answer.kind === "models") discovery.found ??= { ...place, models: answer.models };
    if (answer.kind === "empty") discovery.empty.push(place);
  }
  return discovery;
}

/** The first model that answers questions; a server may list those that only embed or rank texts. */
export function chooseModel(models: readonly string[]): string | undefined {
  return models.find((model) => !/embed|rerank|\bbge\b/i.test(model)) ?? models[0];
}

/** Ollama's `data` is null while it has no model. */
function isModelList(value: unknown): value is { object: "list"; data: { id: string }[] | null } {
  if (typeof value !== "object" || value === null) return false;
  const { object, data } = value as { object?: unknown; data?: unknown };
  if (object !== "list") return false;
  return data === null || (Array.isArray(data) && data.every((model) => typeof model?.id === "string"));
}
