import { EngineError } from "../../../common/errors/engine-error.ts";
import type { ModelServer, Page } from "./server.ts";
import { readVllmMetrics, type VllmCounts } from "./vllm-metrics.ts";

/** What a model server is seen to be. Whatever it does not tell is undefined: only vLLM tells all. */
export interface Sighting {
  /** Why it takes no work, by its own health page; undefined if it does. */
  readonly unwell: string | undefined;
  readonly version: string | undefined;
  /** The first model that it lists. */
  readonly model: string | undefined;
  /** Tokens of prompt and answer together. */
  readonly maxModelLen: number | undefined;
  readonly counts: VllmCounts | undefined;
}

/** Looks at a server; one that cannot be reached is unwell. Throws the signal's reason alone. */
export async function look(server: ModelServer, signal: AbortSignal): Promise<Sighting> {
  const nothing = { version: undefined, model: undefined, maxModelLen: undefined, counts: undefined };
  try {
    const pages = ["/health", "/version", "/v1/models", "/metrics"].map((path) => server.page(path, signal));
    const [health, version, models, metrics] = (await Promise.all(pages)) as [Page, Page, Page, Page];
    // Other servers than vLLM have no health page, which says nothing against them.
    if (health.status >= 500) return { ...nothing, unwell: `its health page answers ${health.status}` };
    const listed = readJson<{ data?: { id?: unknown; max_model_len?: unknown }[] | null }>(models)?.data?.[0];
    return {
      unwell: undefined,
      version: text(readJson<{ version?: unknown }>(version)?.version),
      model: text(listed?.id),
      maxModelLen: typeof listed?.max_model_len === "number" ? listed.max_model_len : undefined,
      counts: metrics.status === 200 ? readVllmMetrics(metrics.text) : undefined,
    };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineError) return { ...nothing, unwell: error.message };
    throw error;
  }
}

function readJson<T>({ status, text }: Page): T | undefined {
  if (status !== 200) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as T) : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
