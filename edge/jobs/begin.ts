import type { RedisStore } from "../../infra/stores/redis.ts";
import type { Page } from "../http/routes.ts";
import type { MarkingSettings } from "../marking/marking.ts";
import { createWatermark } from "../marking/watermark.ts";
import type { ChatTools } from "../stored/chat.ts";
import { openStored, type StoredSettings } from "../stored/open.ts";
import { createJobs, type JobSettings, type Jobs } from "./jobs.ts";

/** Settings of stored speech and of jobs. */
export interface StoringSettings {
  /** Where the speech of Chat is stored. Default: nowhere. */
  readonly stored?: StoredSettings | undefined;
  /** Settings of jobs, which answer in the background; used only if speech is stored. Default: no jobs are accepted. */
  readonly jobs?: JobSettings | undefined;
}

/**
 * The two ways to answer with stored speech: `chat` answers at once, `jobs` in the background. Both are undefined if
 * the deployment has no store for speech.
 */
export interface Storing {
  readonly chat: ChatTools | undefined;
  readonly jobs: Jobs | undefined;
  /** Serves stored speech at its URLs, if the edge itself stores the speech. */
  readonly page: Page;
  /** Ends the background work on stored speech. Call this when no turn runs any more. */
  close(): Promise<void>;
}

/** The parts of the edge that `beginStoring` works with. */
export interface StoringTools
  extends Omit<ChatTools, "shelf" | "form" | "watermark">,
    Pick<Parameters<typeof createJobs>[1], "metrics"> {
  readonly marking: MarkingSettings;
  readonly redis: RedisStore | undefined;
}

/** Opens the store for speech, and begins to work on jobs. Throws SettingsError if the store cannot be written to. */
export async function beginStoring(settings: StoringSettings, tools: StoringTools): Promise<Storing> {
  const { redis, metrics, unixNow, marking } = tools;
  const { clock, log } = tools.turn;
  const stored = settings.stored && (await openStored(settings.stored, { clock, unixNow, log, metrics }));
  if (stored === undefined || settings.stored === undefined)
    return { chat: undefined, jobs: undefined, page: async () => false, close: async () => {} };
  const { watermarkUrl } = marking;
  const watermark = watermarkUrl === undefined ? undefined : createWatermark(watermarkUrl);
  const chat: ChatTools = { ...tools, shelf: stored.shelf, form: settings.stored.form, watermark };
  const jobs = settings.jobs && createJobs(settings.jobs, { chat, redis, clock, unixNow, log, metrics });
  return { chat, jobs, page: stored.page, close: () => stored.shelf.close() };
}
