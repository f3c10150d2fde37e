/**
 * Questions that are answered in the background. A job is done at least once: whoever does it may be ended at any moment, and another does it
 * again. What comes of it is the same all the same: its speech is stored at one place, that its id names, and one answer is kept, of the attempt
 * that ended it. Only whoever has the job stores anything.
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

/** What a deployment says of jobs. */
export interface JobSettings extends JobRules {
  /** What this edge does about them: takes and does them, takes them alone, or does them alone. */
  readonly role: "all" | "serve" | "work";
  /** How many it does at once. */
  readonly atOnce: number;
}

/** A job as its caller sees it. */
export interface SeenJob extends Omit<JobRecord, "question" | "answer"> {
  readonly answered: Answered | undefined;
  /** When it is forgotten, or was to be, in Unix milliseconds. */
  readonly expiresAt: number;
}

/** The jobs of a deployment. All throw Failure: UNAVAILABLE while what keeps them is away. */
export interface Jobs {
  readonly kind: JobStore["kind"];
  /** Why jobs cannot be taken now; undefined while they can. */
  notReady(): string | undefined;
  /** Takes a question; of one caller and `requestId` there is one job. Throws INVALID_ARGUMENT, RESOURCE_EXHAUSTED. */
  submit(call: Call, request: ChatRequest, requestId: string): Promise<SeenJob>;
  /** Throws NOT_FOUND. */
  get(call: Call, id: string): Promise<SeenJob>;
  /** Gives a job up; one that has ended stays as it is. Throws NOT_FOUND. */
  cancel(call: Call, id: string): Promise<SeenJob>;
  /** Takes no more; resolves when those that run here have ended. */
  close(): Promise<void>;
}

/** Who asked, and what: a job has the rights of its caller when it is done. */
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

/** Begins to take jobs, to do them, or both. */
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
    // Of one tenant nobody is told of what others have asked, where credentials say who is who.
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

/** The id of a job that may be asked for again: only its caller can name it. */
function idOf(tenant: string, user: string, requestId: string): string {
  return createHash("sha256")
    .update(JSON.stringify([tenant, user, requestId]))
    .digest("hex")
    .slice(0, 32);
}

/** Whether the same is asked; who asks may have other rights by now. */
function isSame(one: string, other: string): boolean {
  const asked = (question: string) => JSON.stringify((JSON.parse(question) as Question).request);
  return asked(one) === asked(other);
}
