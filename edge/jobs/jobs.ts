/**
 * Answers questions in the background. A job is done at least once: its worker may be killed at any moment, and another
 * one then does it again. The caller still gets one result: speech is stored in one place, named after the job's id,
 * and only the answer of the attempt that completed the job is kept. Only the worker that owns the job stores anything.
 */
import { createHash, randomUUID } from "node:crypto";
import { create, fromJson, type JsonValue, toJson } from "@bufbuild/protobuf";
import type { Clock } from "../../infra/clock/clock.ts";
import type { Log } from "../../infra/log/log.ts";
import type { RedisStore } from "../../infra/stores/redis.ts";
import type { Metrics } from "../../infra/telemetry/metrics.ts";
import { type Call, createCall } from "../call.ts";
import { type ChatRequest, ChatRequestSchema, ChatResponseSchema } from "../gen/duet/assistant/v1/assistant_pb.ts";
import { type Answered, answerChat, type ChatTools } from "../stored/chat.ts";
import { noJob, otherQuestion, toJobFailure, tooManyJobs } from "./failures.ts";
import { createMemoryJobs } from "./store/memory.ts";
import { createRedisJobs } from "./store/redis.ts";
import type { JobRecord, JobRules, JobStore } from "./store/store.ts";
import { type DoJob, startWorker } from "./worker.ts";

/** Settings of jobs. */
export interface JobSettings extends JobRules {
  /** What this edge does: accept jobs and work on them, only accept, or only work. */
  readonly role: "all" | "serve" | "work";
  /** How many jobs this edge works on at once. */
  readonly atOnce: number;
}

/** A job as its caller sees it. */
export interface SeenJob extends Omit<JobRecord, "question" | "answer"> {
  readonly answered: Answered | undefined;
  /** When an ended job is deleted, in Unix milliseconds: `keptMs` after its last change. */
  readonly expiresAt: number;
}

/** The jobs of a deployment. While the store is unreachable, the asynchronous methods throw a Failure UNAVAILABLE. */
export interface Jobs {
  readonly kind: JobStore["kind"];
  /** Why jobs cannot be accepted now; undefined while they can. */
  notReady(): string | undefined;
  /**
   * Submits a question. If the caller has used the same non-empty `requestId` before, returns the job of that time;
   * throws INVALID_ARGUMENT if that job has another question. Throws RESOURCE_EXHAUSTED if too many jobs wait or run.
   */
  submit(call: Call, request: ChatRequest, requestId: string): Promise<SeenJob>;
  /** Returns a job. Throws NOT_FOUND if the caller has no such job. */
  get(call: Call, id: string): Promise<SeenJob>;
  /** Cancels a job, unless it has ended. Throws NOT_FOUND. */
  cancel(call: Call, id: string): Promise<SeenJob>;
  /** Takes no more jobs; resolves when those running here have ended. */
  close(): Promise<void>;
}

/** A question, and the rights of the caller who asked it: the job runs with these rights. */
interface Question {
  readonly caller: {
    readonly user?: string | undefined;
    readonly key?: string | undefined;
    readonly priority: number;
    readonly own?: string | undefined;
    readonly allowed?: readonly string[] | undefined;
  };
  readonly request: JsonValue;
}

/** Begins to accept jobs, to work on them, or both, as `settings` say. */
export function createJobs(
  settings: JobSettings,
  tools: {
    readonly chat: ChatTools;
    readonly redis: RedisStore | undefined;
    readonly clock: Clock;
    readonly unixNow: () => number;
    readonly log: Log;
    readonly metrics: Metrics;
  },
): Jobs {
  const { chat, redis, unixNow } = tools;
  const store = redis === undefined ? createMemoryJobs(settings, unixNow) : createRedisJobs(redis, settings);
  const work: DoJob = async ({ id, tenant, question, createdAt: at }, signal, expectOwned) => {
    const { caller, request } = JSON.parse(question) as Question;
    const { user, key, priority, own, allowed } = caller;
    const profiles = { own, allowed: allowed && new Set(allowed) };
    const call = createCall({ identity: { tenant, user, key, priority, profiles }, signal });
    const answered = await answerChat(call, fromJson(ChatRequestSchema, request), chat, { id, at, expectOwned });
    return JSON.stringify({
      key: answered.key,
      response: toJson(ChatResponseSchema, create(ChatResponseSchema, answered.response)),
    });
  };
  const worker = settings.role === "serve" ? undefined : startWorker({ ...settings, ...tools, store, work });
  const guard = async <T>(ask: () => Promise<T>): Promise<T> => {
    try {
      return await ask();
    } catch (error) {
      throw toJobFailure(error);
    }
  };
  const find = async ({ tenant, user }: Call, id: string) => {
    const record = await guard(() => store.get(tenant, id));
    if (record === undefined) throw noJob();
    const { caller } = JSON.parse(record.question) as Question;
    // Where callers are authenticated, users of the same tenant do not see each other's jobs.
    if (caller.user !== user) throw noJob();
    return record;
  };
  const see = ({ question: _, answer, ...record }: JobRecord): SeenJob => ({
    ...record,
    answered: answer === undefined ? undefined : readAnswer(answer),
    expiresAt: record.updatedAt + settings.keptMs,
  });

  return {
    kind: store.kind,
    notReady: () => store.notReady(),
    async submit(call, request, requestId) {
      const { tenant, user, key, priority, profiles } = call;
      const caller = { user, key, priority, own: profiles.own, allowed: profiles.allowed && [...profiles.allowed] };
      const question = JSON.stringify({ caller, request: toJson(ChatRequestSchema, request) } satisfies Question);
      const id = requestId === "" ? randomUUID() : idOf(tenant, user ?? "", requestId);
      const came = await guard(() => store.submit({ id, tenant, question }));
      if (came === "full") throw tooManyJobs(settings.maxWaiting);
      const record = await find(call, id);
      if (came === "known" && !isSame(record.question, question)) throw otherQuestion();
      return see(record);
    },
    get: async (call, id) => see(await find(call, id)),
    async cancel(call, id) {
      await find(call, id);
      if (!(await guard(() => store.cancel(call.tenant, id)))) throw noJob();
      return see(await find(call, id));
    },
    close: async () => worker?.close(),
  };
}

function readAnswer(answer: string): Answered {
  const { key, response } = JSON.parse(answer) as { key: string; response: JsonValue };
  return { key, response: fromJson(ChatResponseSchema, response) };
}

/** The id of a job with a request id: the same one whenever the same caller sends the same request id. */
function idOf(tenant: string, user: string, requestId: string): string {
  return createHash("sha256")
    .update(JSON.stringify([tenant, user, requestId]))
    .digest("hex")
    .slice(0, 32);
}

/** Whether two requests ask the same question, even if the caller's rights have changed between them. */
function isSame(one: string, other: string): boolean {
  const asked = (question: string) => JSON.stringify((JSON.parse(question) as Question).request);
  return asked(one) === asked(other);
}
