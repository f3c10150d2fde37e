import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { afterAll, beforeAll, describe, it } from "vitest";
import {
  AssistantService,
  JobState,
  OutputEncoding,
  StoreKind,
} from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { type Stack, startStack } from "../support/stack.ts";

const folder = mkdtempSync(join(tmpdir(), "duet-jobs-"));
let stack: Stack;
beforeAll(async () => {
  stack = await startStack({
    timeScale: 0.01,
    edge: {
      stored: { folder, form: "wav", urlTtlMs: 60_000, retentionMs: 86_400_000, maxBytes: 1e9 },
      jobs: { role: "all", atOnce: 2, claimAfterMs: 1_000, maxAttempts: 2, maxWaiting: 50, keptMs: 600_000 },
    },
  });
});
afterAll(async () => {
  await stack.close();
  rmSync(folder, { recursive: true });
});

type Answer = Record<string, string | number> & {
  result?: Record<string, string | number>;
  error?: { reason: string };
};
const ask = async (method: string, path: string, body?: object): Promise<[number, Answer]> => {
  const response = await fetch(stack.url + path, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  return [response.status, (await response.json()) as Answer];
};
const ended = async (id: string): Promise<Answer> => {
  const deadline = performance.now() + 30_000;
  for (;;) {
    const [, job] = await ask("GET", `/jobs/${id}`);
    if (job.state !== "queued" && job.state !== "running") return job;
    assert.ok(performance.now() < deadline, `the job is still ${job.state}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const clientOf = () =>
  createClient(AssistantService, createConnectTransport({ baseUrl: stack.url, httpVersion: "1.1" }));

describe("a question in the background", () => {
  it("is taken at once, and its answer is fetched later, with the same four fields", async () => {
    const [status, job] = await ask("POST", "/jobs", { text: "[[say:Yes, it is.]]", user_id: "ada" });
    assert.equal(status, 202);
    assert.deepEqual([job.state === "queued" || job.state === "running", typeof job.job_id], [true, "string"]);
    const { state, attempts, result } = await ended(String(job.job_id));
    assert.deepEqual([state, attempts], ["succeeded", 1]);
    const { audio_url, duration_ms, ...answer } = result ?? {};
    assert.deepEqual(answer, { user_id: "ada", text_reply: "Yes, it is." });
    assert.ok(Number(duration_ms) > 100);
    assert.match(String(audio_url), new RegExp(`/audio/default/\\d{4}-\\d\\d-\\d\\d/${job.job_id}\\.wav\\?`));
    const file = await (await fetch(String(audio_url))).arrayBuffer();
    assert.equal(Buffer.from(file).toString("latin1", 0, 4), "RIFF");
  });

  it("is one job for one request_id, and another question of it is refused", async () => {
    const question = { text: "[[say:Once.]]", request_id: "r1" };
    const [, first] = await ask("POST", "/jobs", question);
    const [, again] = await ask("POST", "/jobs", question);
    assert.equal(again.job_id, first.job_id);
    await ended(String(first.job_id));
    const [, late] = await ask("POST", "/jobs", question);
    assert.deepEqual([late.job_id, late.state], [first.job_id, "succeeded"]);
    const asked = stack.vllm.seen().filter(({ body }) => JSON.stringify(body).includes("say:Once")).length;
    assert.equal(asked, 1, "the model was asked once");
    const [status, refused] = await ask("POST", "/jobs", { ...question, text: "[[say:Twice.]]" });
    assert.equal(status, 400);
    assert.match(String(refused.message), /request_id: was already used for another question/);
  });

  it("that is wrong is refused by its fields, in the words of each face", async () => {
    for (const [body, says] of [
      [{ text: "…" }, /^text: must hold/],
      [{ text: "Yes.", session_id: "s" }, /session_id: is not a field/],
      [{ text: "Yes.", request_id: "a b" }, /request_id: must be 1 to 64/],
    ] as const) {
      const [status, refused] = await ask("POST", "/jobs", body);
      assert.equal(status, 400);
      assert.match(String(refused.message), says);
    }
    const session = clientOf().submitChat({ chat: { text: "Yes.", sessionId: "s" } });
    await assert.rejects(session, /chat.session_id: must be empty/);
    await assert.rejects(clientOf().submitChat({}), /chat: must hold the question/);
    await assert.rejects(clientOf().submitChat({ chat: { text: "…" } }), /chat.text: must hold/);
    const [missing, unknown] = await ask("GET", "/jobs/none");
    assert.deepEqual([missing, /JOB_NOT_FOUND/.test(JSON.stringify(unknown))], [404, true]);
  });

  it("that cannot be answered fails at once; one that might be is begun again, and then given up", async () => {
    const [, voice] = await ask("POST", "/jobs", { text: "[[say:Yes.]]", voice_style: "nobody" });
    const failed = await ended(String(voice.job_id));
    assert.deepEqual([failed.state, failed.attempts], ["failed", 1]);
    const [, poison] = await ask("POST", "/jobs", { text: "[[fault:error-mid]] [[tokens:50]]" });
    const given = await ended(String(poison.job_id));
    assert.deepEqual([given.state, given.attempts, given.error?.reason], ["failed", 2, "GIVEN_UP"]);
    const files = readdirSync(folder, { recursive: true }).map(String);
    for (const { job_id } of [voice, poison]) assert.ok(!files.some((file) => file.includes(String(job_id))));
  });

  it("that is given up stops its turn", async () => {
    const { job } = await clientOf().submitChat({ chat: { text: "[[tokens:4000]] A long story." } });
    const id = job?.jobId ?? "";
    const deadline = performance.now() + 10_000;
    while ((await clientOf().getJob({ jobId: id })).job?.state === JobState.QUEUED)
      assert.ok(performance.now() < deadline);
    assert.equal((await clientOf().cancelJob({ jobId: id })).job?.state, JobState.CANCELLED);
    while (stack.edge.turnCount > 0) {
      assert.ok(performance.now() < deadline, "the turn still runs");
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    assert.equal((await ended(id)).state, "cancelled");
    const [status, again] = await ask("DELETE", `/jobs/${id}`);
    assert.deepEqual([status, again.state], [200, "cancelled"]);
  });

  it("may be stored in another form, and GetStatus says where jobs and speech are kept", async () => {
    const output = { encoding: OutputEncoding.OGG_OPUS, sampleRateHertz: 16_000 };
    const { job } = await clientOf().submitChat({ chat: { text: "[[say:Yes.]]", output } });
    await ended(job?.jobId ?? "");
    const { job: done } = await clientOf().getJob({ jobId: job?.jobId ?? "" });
    const { url, encoding, sampleRateHertz } = done?.result?.audio ?? {};
    assert.deepEqual([encoding, sampleRateHertz], [OutputEncoding.OGG_OPUS, 16_000]);
    assert.equal(Buffer.from(await (await fetch(url ?? "")).arrayBuffer()).toString("latin1", 0, 4), "OggS");
    const { audio, jobs } = await clientOf().getStatus({});
    assert.deepEqual([audio?.kind, audio?.ready], [StoreKind.FOLDER, true]);
    assert.deepEqual([jobs?.kind, jobs?.ready], [StoreKind.MEMORY, true]);
    assert.match(jobs?.message ?? "", /lost when it ends/);
  });
});
