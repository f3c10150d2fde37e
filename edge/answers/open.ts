import type { Clock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import type { Services } from "../hosts/clients.ts";
import { createReadEngines } from "../hosts/engines.ts";
import type { Resume } from "../resume/resume.ts";
import { type Answers, createAnswers } from "./answers.ts";

/** Settings of the store of answers, which are given again when the same question is asked. */
export interface AnswersSettings {
  /** Whether the model's answers are kept, to answer the same question again without the model. */
  readonly keep: boolean;
  /** The FAQ file: questions with their predefined answers. Default: none. */
  readonly file?: string | undefined;
  /** How long an answer stays in the cache, in milliseconds. */
  readonly ttlMs: number;
  /** How many answers an edge makes and keeps within `ttlMs`. */
  readonly maxCount: number;
}

/**
 * Opens a deployment's cached and prepared answers; undefined if it has neither. Throws SettingsError if the FAQ file
 * cannot be read.
 */
export async function openAnswers({
  settings,
  services,
  ...tools
}: {
  readonly settings: AnswersSettings | undefined;
  readonly services: Services;
  readonly resume: Resume;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}): Promise<Answers | undefined> {
  if (settings === undefined || (!settings.keep && settings.file === undefined)) return undefined;
  const { keep, file, ttlMs, maxCount } = settings;
  const faq = file === undefined ? undefined : await (await import("./faq.ts")).readFaq(file, "DUET_EDGE_ANSWERS_FILE");
  const readEngines = createReadEngines(services, tools.clock);
  return createAnswers({ ...tools, keepsModel: keep, faq, ttlMs, mostAnswers: maxCount, readEngines });
}
