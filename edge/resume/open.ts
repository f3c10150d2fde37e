import type { RedisStore } from "../../infra/stores/redis.ts";
import { createResume, type Resume, type ResumeOptions } from "./resume.ts";
import { createMemoryLogs } from "./store/memory.ts";
import { createRedisLogs } from "./store/redis.ts";

/** Settings of turns that outlive their connection. */
export interface ResumeSettings {
  /** The maximum size of one turn's log, in bytes. */
  readonly maxTurnBytes: number;
  /** The maximum time that an event waits to be stored, in ms; after that, the turn's log is given up. */
  readonly patienceMs: number;
}

const ordinary: ResumeSettings = { maxTurnBytes: 32 << 20, patienceMs: 100 };

/** Opens the store of turns, in Redis or in the memory of this process, and the `Resume` that uses it. */
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
