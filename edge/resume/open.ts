import type { RedisStore } from "../../infra/stores/redis.ts";
import { createResume, type Resume, type ResumeOptions } from "./resume.ts";
import { createMemoryLogs } from "./store/memory.ts";
import { createRedisLogs } from "./store/redis.ts";

/** What a deployment says of turns that outlive their connection. */
export interface ResumeSettings {
  /** The most that is kept of one turn, in bytes. */
  readonly maxTurnBytes: number;
  /** No event waits longer than this until it is kept, in milliseconds. */
  readonly patienceMs: number;
}

const ordinary: ResumeSettings = { maxTurnBytes: 32 << 20, patienceMs: 100 };

/** Opens where turns are kept: in Redis, or in the memory of this process. */
export function openResume({
  settings: { maxTurnBytes: mostBytes, patienceMs } = ordinary,
  redis,
  ...tools
}: Omit<ResumeOptions, "store" | "mostBytes" | "patienceMs"> & {
  readonly settings: ResumeSettings | undefined;
  readonly redis: RedisStore | undefined;
}): Promise<Resume> {
  const store = redis === undefined ? createMemoryLogs(tools) : createRedisLogs(redis);
  return createResume({ ...tools, store, mostBytes, patienceMs });
}
