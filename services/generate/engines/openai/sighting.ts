import type { Clock } from "../../../../infra/clock/clock.ts";
import { createWatchdog } from "../../../common/engine/watchdog.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { checkHealth, type ListedModel, noModel, type Page, readChatModel, readObject } from "./pages.ts";
import type { ModelServer } from "./server.ts";
import { readVllmMetrics, type VllmCounts } from "./vllm-metrics.ts";

/**
 * What was observed about a model server at one time. Whatever the server does not reveal is undefined: only vLLM
 * reveals everything.
 */
export interface Sighting {
  /** Why the server cannot answer, according to its own pages, and what to do; undefined if it can. */
  readonly unwell: string | undefined;
  /** Whether the server, although it could be reached, showed none of the pages that every server has. */
  readonly silent: boolean;
  readonly version: string | undefined;
  /** The model that the server lists, or the first chat model if it lists several. */
  readonly model: string | undefined;
  /** The maximum of prompt and answer tokens together. */
  readonly maxModelLen: number | undefined;
  readonly counts: VllmCounts | undefined;
}

/** How long to wait for a server's pages: any working server, busy or not, shows them within this time. */
const limitMs = 2000;

/**
 * Observes a server: requests all its pages at once, for at most 2 s. Only `/health` and `/v1/models` decide whether
 * the server can be reached and can answer; the other pages may be missing. Throws only the signal's reason.
 */
export async function look(server: ModelServer, clock: Clock, signal: AbortSignal): Promise<Sighting> {
  const watchdog = createWatchdog(clock, signal);
  watchdog.expect(limitMs, tooLate);
  const show = (path: string) => server.page(path, watchdog.signal);
  const [health, models, version, counts] = await Promise.allSettled([
    show("/health").then(checkHealth),
    show("/v1/models").then((page) => findModel(page, server.model)),
    show("/version").then((page) => readObject(page).version),
    show("/metrics").then(({ status, text }) => (status === 200 ? readVllmMetrics(text) : undefined)),
  ]);
  watchdog.rest();
  signal.throwIfAborted();
  const listed = answerOf(models);
  const told = answerOf(version);
  return {
    unwell: reasonOf(health) ?? reasonOf(models),
    silent: [health, models].every((result) => result.status === "rejected" && isStalled(result.reason)),
    version: typeof told === "string" ? told : undefined,
    model: listed?.id,
    maxModelLen: listed?.maxModelLen,
    counts: answerOf(counts),
  };
}

function tooLate(): EngineError {
  return new EngineError(
    "stalled",
    `the model server did not answer a check within ${limitMs / 1000} s: check DUET_VLLM_URL`,
  );
}

/** The first chat model in the server's list; without one, throws unless the settings name a model (`named`). */
function findModel(page: Page, named: string | undefined): ListedModel | undefined {
  if (named !== undefined && page.status === 404) return undefined;
  const listed = readChatModel(page);
  if (listed === undefined && named === undefined) throw noModel();
  return listed;
}

function isStalled(reason: unknown): boolean {
  return reason instanceof EngineError && reason.fault === "stalled";
}

function answerOf<T>(result: PromiseSettledResult<T>): T | undefined {
  return result.status === "fulfilled" ? result.value : undefined;
}

function reasonOf(result: PromiseSettledResult<unknown>): string | undefined {
  if (result.status === "fulfilled") return undefined;
  const { reason } = result;
  if (reason instanceof EngineError && reason.forLog !== undefined) return `${reason.message}: ${reason.forLog}`;
  return reason instanceof Error ? reason.message : String(reason);
}
