import type { RedisStore } from "../../infra/stores/redis.ts";
import type { Page } from "../http/routes.ts";
import type { MarkingSettings } from "../marking/marking.ts";
import { createWatermark } from "../marking/watermark.ts";
import type { ChatTools } from "../stored/chat.ts";
import { openStored, type StoredSettings } from "../stored/open.ts";
import { createJobs, type JobSettings, type Jobs } from "./jobs.ts";

/** What a deployment says of answers whose speech is stored. */
export interface StoringSettings {
  /** Where speech is stored for Chat. Default: nowhere. */
  readonly stored?: StoredSettings | undefined;
  /** Questions that are answered in the background, where speech is stored. Default: none are taken. */
  readonly jobs?: JobSettings | undefined;
}

/** Answers whose speech is stored, at once and in the background, as far as a deployment has a place for speech. */
export interface Storing {
  readonly chat: ChatTools | undefined;
  readonly jobs: Jobs | undefined;
  /** Answers the URLs of stored speech, where the edge does. */
  readonly page: Page;
  /** Ends what goes on besides: no turn runs any more. */
  close(): Promise<void>;
}

/** What it works with. */
export interface StoringTools
  extends Omit<ChatTools, "shelf" | "form" | "watermark">,
    Pick<Parameters<typeof createJobs>[1], "metrics"> {
  readonly marking: MarkingSettings;
  readonly redis: RedisStore | undefined;
}

/** Opens the place for speech, and begins to do jobs. Throws SettingsError if it cannot be written to. */
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
