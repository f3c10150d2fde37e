/** What the RPCs make of requests, and of what is behind them; nothing here goes through a port. */
import assert from "node:assert/strict";
import type { DescMethod, MessageInitShape } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import { timestampFromMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createContextValues, createHandlerContext } from "@connectrpc/connect";
import { describe, it } from "vitest";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import type { Log } from "../../infra/log/log.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { noTracer } from "../../infra/telemetry/tracer.ts";
import type { Access } from "../access/access.ts";
import type { Identity } from "../access/identity.ts";
import { toFailure } from "../connect/errors.ts";
import { Failure } from "../errors.ts";
import {
  AssistantService,
  ChatResponseSchema,
  JobState,
  ListSessionsRequestSchema,
  ReportPlaybackRequestSchema,
  Role,
  SubmitChatRequestSchema,
} from "../gen/duet/assistant/v1/assistant_pb.ts";
import type { Jobs, SeenJob } from "../jobs/jobs.ts";
import type { KeptMessage } from "../session/record.ts";
import type { Sessions } from "../session/sessions.ts";
import type { ChatTools } from "../stored/chat.ts";
import { admitCallers, callOf } from "./caller.ts";
import { countCalls, createCallCount } from "./count-calls.ts";
import { errorBorder } from "./error-border.ts";
import { createJobRpcs } from "./jobs.ts";
import { identityKey, inFullKey, peerKey } from "./keys.ts";
import { createSessionRpcs } from "./sessions.ts";
import { toTranscript } from "./transcribe.ts";

const clock = createVirtualClock();
const acme = { tenant: "acme", user: undefined, key: "k1", priority: 2 } as unknown as Identity;

/** A call of a method, by somebody who was let in. */
function contextOf(
  method: DescMethod,
  given: Partial<Parameters<typeof createHandlerContext>[0]> = {},
  identity: Identity | undefined = acme,
) {
  return createHandlerContext({
    service: AssistantService,
    method,
    protocolName: "connect",
    requestMethod: "POST",
    url: "https://host.example/duet/x",
    contextValues: createContextValues().set(identityKey, identity),
    ...given,
  });
}

const isReason = (reason: string) => (error: unknown) => {
  assert.ok(error instanceof Failure, String(error));
  assert.equal(error.reason, reason);
  return true;
};

describe("a call", () => {
  it("is that of whoever was let in, with its deadline and whatever came with it", () => {
    const values = createContextValues().set(identityKey, acme).set(peerKey, "10.0.0.1").set(inFullKey, true);
    const header = new Headers({ "x-a": "b" });
    const call = callOf(
      contextOf(AssistantService.method.chat, { contextValues: values, requestHeader: header, timeoutMs: 5_000 }),
      clock,
    );
    assert.deepEqual(
      [call.tenant, call.key, call.priority, call.peer, call.inFull],
      ["acme", "k1", 2, "10.0.0.1", true],
    );
    assert.equal(call.headers.get("x-a"), "b");
    assert.ok((call.deadline ?? 0) > 4_000 && (call.deadline ?? 0) <= 5_000, `${call.deadline}`);
    assert.equal(callOf(contextOf(AssistantService.method.chat), clock).deadline, undefined);
    assert.throws(
      () => callOf(contextOf(AssistantService.method.chat, { contextValues: createContextValues() }), clock),
      /was not authenticated/,
    );
  });

  it("goes on when its deadline passes, and ends when its caller leaves", () => {
    for (const [reason, ends] of [
      [new ConnectError("late", Code.DeadlineExceeded), false],
      [new Error("gone"), true],
    ] as const) {
      const caller = new AbortController();
      const { signal } = callOf(contextOf(AssistantService.method.chat, { requestSignal: caller.signal }), clock);
      caller.abort(reason);
      assert.equal(signal.aborted, ends);
    }
  });

  it("is let in once, by its headers, its method and its address", async () => {
    const asked: unknown[] = [];
    const access = {
      admit: async (headers: Headers, rpc: string, peer: string | undefined) => {
        asked.push([headers.get("authorization"), rpc, peer]);
        return acme;
      },
    } as unknown as Access;
    const values = createContextValues().set(peerKey, "10.0.0.1");
    const requestHeader = new Headers({ authorization: "Bearer k" });
    const context = contextOf(AssistantService.method.speak, { contextValues: values, requestHeader });
    const admit = admitCallers(access, []);
    await admit(context);
    await admit(context);
    assert.deepEqual(asked, [["Bearer k", "Speak", "10.0.0.1"]]);
    assert.equal(values.get(identityKey), acme);
  });

  it("is refused with headers that only the edge sends, and is counted all the same", async () => {
    const metrics = createMetrics({ runtime: false });
    const admit = admitCallers({ admit: assert.fail } as unknown as Access, [
      countCalls(createCallCount(metrics)),
      errorBorder({} as Log),
    ]);
    const requestHeader = new Headers({ "duet-tenant": "other", "Duet-User": "u", "x-duet": "fine" });
    const context = contextOf(AssistantService.method.getJob, { requestHeader, contextValues: createContextValues() });
    await assert.rejects(admit(context), (error: unknown) => {
      assert.ok(error instanceof ConnectError);
      const { reason, details } = toFailure(error);
      assert.deepEqual(
        [reason, details.fields?.map(({ field, reason }) => `${field} ${reason}`)],
        ["INVALID_REQUEST", ["duet-tenant NOT_ALLOWED", "duet-user NOT_ALLOWED"]],
      );
      return true;
    });
    assert.match(
      await metrics.registry.metrics(),
      /^duet_edge_calls_total\{rpc="GetJob",code="INVALID_ARGUMENT"\} 1$/m,
    );
  });
});

describe("a call that ends", () => {
  const request = (signal = new AbortController().signal, stream = false) =>
    ({ method: AssistantService.method.getJob, signal, stream, contextValues: createContextValues() }) as never;

  it("is counted by how it ended, and as cancelled once its caller has left", async () => {
    const metrics = createMetrics({ runtime: false });
    const count = countCalls(createCallCount(metrics));
    await count(async () => ({ stream: false }) as never)(request());
    const notFound = new Failure("NOT_FOUND", "NONE", "none");
    await assert.rejects(count(() => Promise.reject(notFound))(request()), notFound);
    await assert.rejects(count(() => Promise.reject(notFound))(request(AbortSignal.abort())), notFound);
    const codes = (await metrics.registry.metrics()).match(/code="\w+"\} \d/g);
    assert.deepEqual(codes?.sort(), ['code="CANCELLED"} 1', 'code="NOT_FOUND"} 1', 'code="OK"} 1']);
  });

  it("tells its caller what failed, and the log what its caller is not told", async () => {
    const lines: [level: string, text: string, reason?: string][] = [];
    const write = (level: string) => (fields: { reason?: string }, text: string) =>
      void lines.push([level, text, ...(fields.reason === undefined ? [] : [fields.reason])] as [string, string]);
    const border = errorBorder({ warn: write("warn"), error: write("error") } as unknown as Log);
    const told = async (thrown: unknown, signal?: AbortSignal, stream?: boolean) => {
      const error = await border(() => Promise.reject(thrown))(request(signal, stream)).then(
        () => assert.fail("it did not fail"),
        (error: unknown) => error,
      );
      assert.ok(error instanceof ConnectError);
      return error.rawMessage;
    };
    const full = new Failure("UNAVAILABLE", "AWAY", "it is away", { inFull: "it is away: 10.0.0.1" });
    assert.equal(await told(new Failure("NOT_FOUND", "NONE", "none")), "none");
    assert.deepEqual(lines.splice(0), []);
    assert.equal(await told(full), "it is away");
    assert.deepEqual(lines.splice(0), [["warn", "it is away: 10.0.0.1", "AWAY"]]);
    assert.equal(await told(full, undefined, true), "it is away");
    assert.deepEqual(lines.splice(0), []);
    assert.doesNotMatch(await told(new TypeError("secret")), /secret/);
    assert.deepEqual(lines.splice(0), [["error", "a call failed because of an internal error of the edge"]]);
    await told(new TypeError("secret"), AbortSignal.abort());
    assert.deepEqual(lines.splice(0), []);
    await told(new ConnectError("no such method", Code.Unimplemented));
    assert.deepEqual(lines.splice(0), []);
  });
});

describe("sessions", () => {
  const head = {
    user: "u",
    createdAt: 1_000,
    updatedAt: 2_000,
    title: "Hi",
    first: 0,
    next: 2,
    count: 2,
    spoken: [],
  };
  const shown = { session: "s", head, expiresAt: 3_000 };
  const message: KeptMessage & { running: boolean } = {
    role: "user",
    turn: "t",
    createdAt: 1_500,
    text: "😀 Hi there",
    heard: 4,
    interrupted: true,
    estimated: false,
    running: true,
  };
  const asked: unknown[] = [];
  const sessions = {
    report: async (tenant: string, turn: string, played: { segment?: number }) => {
      asked.push(["report", tenant, turn, played]);
      return turn === "t";
    },
    get: async ({ tenant }: { tenant: string }, session: string) => {
      asked.push(["get", tenant, session]);
      return { ...shown, messages: [message, { ...message, role: "assistant" as const }] };
    },
    pageOf: async ({ tenant }: { tenant: string }, user: string, after: string | undefined, size: number) => {
      asked.push(["page", tenant, user, after, size]);
      return {
        sessions: [shown, { ...shown, head: { ...head, profile: "p" } }],
        next: after === undefined ? "7" : undefined,
      };
    },
    remove: async ({ tenant }: { tenant: string }, session: string) => void asked.push(["remove", tenant, session]),
  } as unknown as Sessions;
  const counted: unknown[] = [];
  const rpcs = createSessionRpcs({
    sessions,
    countListened: (listened) => void counted.push(listened),
    tracer: noTracer,
    clock,
  });
  const { method } = AssistantService;
  const told = {
    sessionId: "s",
    userId: "u",
    createTime: timestampFromMs(1_000),
    updateTime: timestampFromMs(2_000),
    expireTime: timestampFromMs(3_000),
    messageCount: 2,
    title: "Hi",
    profile: "",
  };

  it("are shown with their messages", async () => {
    const { session, messages } = (await rpcs.getSession(
      { sessionId: "s" } as never,
      contextOf(method.getSession),
    )) as never;
    assert.deepEqual(session, told);
    const said = {
      role: Role.USER,
      turnId: "t",
      createTime: timestampFromMs(1_500),
      text: "😀 Hi there",
      heardEnd: 3,
      interrupted: true,
      estimated: false,
      running: true,
    };
    assert.deepEqual(messages, [said, { ...said, role: Role.ASSISTANT }]);
    assert.deepEqual(asked.splice(0), [["get", "acme", "s"]]);
    await assert.rejects(
      async () => rpcs.getSession({ sessionId: "a b" } as never, contextOf(method.getSession)),
      isReason("INVALID_REQUEST"),
    );
  });

  it("are listed page by page, those of the caller's person before those that the request names", async () => {
    const list = (fields: MessageInitShape<typeof ListSessionsRequestSchema>, identity = acme) =>
      rpcs.listSessions(create(ListSessionsRequestSchema, fields), contextOf(method.listSessions, {}, identity));
    assert.deepEqual(await list({ userId: "u" }), { sessions: [told, { ...told, profile: "p" }], nextPageToken: "7" });
    assert.equal((await list({ userId: "u", pageSize: 5, pageToken: "7" })).nextPageToken, "");
    await list({ userId: "u" }, { ...acme, user: "own" } as never);
    assert.deepEqual(asked.splice(0), [
      ["page", "acme", "u", undefined, 20],
      ["page", "acme", "u", "7", 5],
      ["page", "acme", "own", undefined, 20],
    ]);
    await assert.rejects(async () => list({ pageSize: 101 }), isReason("INVALID_REQUEST"));
  });

  it("are removed", async () => {
    assert.deepEqual(await rpcs.deleteSession({ sessionId: "s" } as never, contextOf(method.deleteSession)), {});
    assert.deepEqual(asked.splice(0), [["remove", "acme", "s"]]);
    await assert.rejects(
      async () => rpcs.deleteSession({ sessionId: "" } as never, contextOf(method.deleteSession)),
      isReason("INVALID_REQUEST"),
    );
  });

  it("learn what was heard of their turns, and only that is counted", async () => {
    const report = (turnId: string, gapMs = 5) =>
      rpcs.reportPlayback(
        create(ReportPlaybackRequestSchema, { turnId, played: { segment: 3 }, listened: { gapMs } } as never),
        contextOf(method.reportPlayback),
      );
    assert.deepEqual(await report("t"), {});
    assert.equal(counted.splice(0).length, 1);
    await assert.rejects(async () => report("other"), isReason("TURN_NOT_FOUND"));
    await assert.rejects(async () => report("t", -1), isReason("INVALID_REQUEST"));
    assert.deepEqual(counted, []);
    assert.deepEqual(
      asked.splice(0).map((one) => (one as unknown[]).slice(0, 3)),
      [
        ["report", "acme", "t"],
        ["report", "acme", "other"],
      ],
    );
  });
});

describe("jobs", () => {
  const { method } = AssistantService;
  const seen: SeenJob = {
    id: "j",
    state: "queued",
    attempts: 1,
    answered: undefined,
    error: undefined,
    createdAt: 1_000,
    updatedAt: 2_000,
    expiresAt: 3_000,
  } as unknown as SeenJob;
  const told = {
    jobId: "j",
    state: JobState.QUEUED,
    attempts: 1,
    createTime: timestampFromMs(1_000),
    updateTime: timestampFromMs(2_000),
    expireTime: timestampFromMs(3_000),
  };
  const asked: unknown[] = [];
  const rpcsFor = (job: SeenJob, chat?: ChatTools) => {
    const jobs = {
      submit: async ({ tenant }: { tenant: string }, { text }: { text: string }, id: string) => {
        asked.push(["submit", tenant, text, id]);
        return job;
      },
      get: async ({ tenant }: { tenant: string }, id: string) => {
        asked.push(["get", tenant, id]);
        return job;
      },
      cancel: async ({ tenant }: { tenant: string }, id: string) => {
        asked.push(["cancel", tenant, id]);
        return job;
      },
    } as unknown as Jobs;
    return createJobRpcs(jobs, chat, ({ url }) => new URL(url).origin, clock);
  };

  it.each([
    ["queued", JobState.QUEUED],
    ["running", JobState.RUNNING],
    ["succeeded", JobState.SUCCEEDED],
    ["failed", JobState.FAILED],
    ["cancelled", JobState.CANCELLED],
  ] as const)("are told as they are: %s", async (state, number) => {
    const { getJob } = rpcsFor({ ...seen, state });
    assert.deepEqual(await getJob({ jobId: "j" } as never, contextOf(method.getJob)), {
      job: { ...told, state: number },
    });
    assert.deepEqual(asked.splice(0), [["get", "acme", "j"]]);
  });

  it("are taken and cancelled", async () => {
    const { submitChat, cancelJob } = rpcsFor(seen);
    const request = create(SubmitChatRequestSchema, { chat: { text: "Yes?" }, requestId: "r" });
    assert.deepEqual(await submitChat(request, contextOf(method.submitChat)), { job: told });
    assert.deepEqual(await cancelJob({ jobId: "j" } as never, contextOf(method.cancelJob)), { job: told });
    assert.deepEqual(asked.splice(0), [
      ["submit", "acme", "Yes?", "r"],
      ["cancel", "acme", "j"],
    ]);
  });

  it("tell why they failed", async () => {
    const error = { code: 14, reason: "AWAY", message: "it is away" };
    const { getJob } = rpcsFor({ ...seen, state: "failed", error } as unknown as SeenJob);
    const { job } = (await getJob({ jobId: "j" } as never, contextOf(method.getJob))) as { job: object };
    assert.deepEqual(job, { ...told, state: JobState.FAILED, error });
  });

  it("tell their answer, if there is speech that is stored", async () => {
    const answered = { response: create(ChatResponseSchema, { text: "Yes." }), key: "k" };
    const job = { ...seen, state: "succeeded", answered } as unknown as SeenJob;
    const shelf = { urlOf: async (key: string, origin: string) => ({ url: `${origin}/${key}`, expiresAt: 4_000 }) };
    const result = async (chat?: ChatTools) => {
      const { getJob } = rpcsFor(job, chat);
      const { job: told } = await getJob({ jobId: "j" } as never, contextOf(method.getJob));
      return [told?.result?.text, told?.result?.audio?.url];
    };
    assert.deepEqual(await result({ shelf } as unknown as ChatTools), ["Yes.", "https://host.example/k"]);
    assert.deepEqual(await result(), [undefined, undefined]);
    asked.length = 0;
  });

  it("have well-formed ids, and are none where no speech is stored", async () => {
    const { getJob, cancelJob } = rpcsFor(seen);
    for (const jobId of ["", "A", "a b", "a".repeat(65)])
      for (const rpc of [getJob, cancelJob])
        await assert.rejects(
          async () => rpc({ jobId } as never, contextOf(method.getJob)),
          isReason("INVALID_REQUEST"),
        );
    await getJob({ jobId: "a".repeat(64) } as never, contextOf(method.getJob));
    assert.equal(asked.splice(0).length, 1);
    const none = createJobRpcs(undefined, undefined, () => "", clock);
    await assert.rejects(async () => none.getJob({ jobId: "j" } as never, contextOf(method.getJob)), Failure);
  });
});

it("a transcript has whole milliseconds, and none that are not known", () => {
  const heard = { text: "Hi", language: "en", speechMs: 12.6 } as Parameters<typeof toTranscript>[0];
  assert.deepEqual(toTranscript(heard), { text: "Hi", language: "en", speechMs: 13 });
  assert.equal(toTranscript({ ...heard, speechMs: undefined } as never).speechMs, 0);
});
