/**
 * Jobs whose workers are killed in turn, on a Redis that is ended once: each has one stored file and its answer, none
 * is lost. `JOBS=500` takes the whole number, with four workers of which one is killed every 2 s; .ci/full does.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { expect, test } from "vitest";
import { AssistantService, JobState } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { createLog } from "../../infra/log/log.ts";
import { openRedis } from "../../infra/stores/redis.ts";
import { type Program, startProgram } from "../support/processes.ts";
import { startRedis } from "../support/redis.ts";
import { startStack } from "../support/stack.ts";

const count = Number(process.env.JOBS ?? 24);
const isWhole = count >= 500;
const workerCount = isWhole ? 4 : 2;
const [killEveryMs, mostKills] = isWhole ? [2_000, Number.POSITIVE_INFINITY] : [1_500, 2];
const limitMs = isWhole ? 1_200_000 : 240_000;

test(`${count} jobs outlive their workers, and one end of Redis`, { timeout: limitMs + 60_000 }, async (context) => {
  const server = await startRedis(context, "--appendonly", "yes", "--appendfsync", "always");
  const folder = mkdtempSync(join(tmpdir(), "duet-crash-"));
  const log = createLog({ service: "test", level: "silent" });
  const redis = await openRedis({ url: server.url, setting: "none", log, clock: systemClock });
  const jobs = { claimAfterMs: 1_000, maxAttempts: 20, maxWaiting: 10_000, keptMs: 3_600_000, atOnce: 2 };
  const stored = { form: "mp3", urlTtlMs: 60_000, retentionMs: 86_400_000, maxBytes: 1e10 } as const;
  const stack = await startStack({
    timeScale: 0.01,
    fishWorkers: 2,
    edge: { redis, stored: { ...stored, folder }, jobs: { ...jobs, role: "serve" } },
  });
  const startWorker = () =>
    startProgram("edge/main.ts", {
      DUET_EDGE_LISTEN: "127.0.0.1:0",
      DUET_EDGE_GENERATE_URL: stack.generate.url,
      DUET_EDGE_SYNTHESIZE_URL: stack.synthesize.url,
      DUET_REDIS_URL: server.url,
      DUET_EDGE_STORED_FOLDER: folder,
      DUET_EDGE_STORED_FORM: "mp3",
      DUET_EDGE_JOBS_ROLE: "work",
      DUET_EDGE_JOBS_CLAIM_AFTER_MS: "1000",
      DUET_EDGE_JOBS_MAX_ATTEMPTS: "20",
      DUET_DRAIN_TIMEOUT_MS: "0",
      DUET_LOG_LEVEL: "error",
    });
  const workers: Program[] = await Promise.all(Array.from({ length: workerCount }, startWorker));
  const transport = createConnectTransport({ baseUrl: stack.url, httpVersion: "1.1" });
  const client = createClient(AssistantService, transport);
  try {
    const refused = await fetch(`${workers[0]?.url}/chat`, { method: "POST" });
    assert.equal(refused.status, 404, "a worker serves no calls");
    // Whoever is not answered sends the same again: it is one job.
    const submit = async (i: number): Promise<string> => {
      const question = { chat: { text: `[[say:This is answer ${i}.]]` }, requestId: `q${i}` };
      for (let tries = 0; ; tries++)
        try {
          return (await client.submitChat(question)).job?.jobId ?? "";
        } catch (error) {
          if (tries === 20) throw error;
          await wait(100);
        }
    };
    const ids: string[] = [];
    for (let i = 0; i < count; i += 8)
      ids.push(...(await Promise.all(Array.from({ length: Math.min(8, count - i) }, (_, k) => submit(i + k)))));
    const open = new Set(ids);
    let kills = 0;
    let restarted = false;
    let nextKill = performance.now() + killEveryMs;
    const deadline = performance.now() + limitMs;
    let attempts = 0;
    while (open.size > 0) {
      assert.ok(performance.now() < deadline, `${open.size} of ${count} jobs have not ended`);
      for (const id of [...open].slice(0, 40)) {
        const { job } = await client.getJob({ jobId: id }).catch(() => ({ job: undefined }));
        if (job === undefined || job.state === JobState.QUEUED || job.state === JobState.RUNNING) continue;
        assert.equal(job.state, JobState.SUCCEEDED, `${id}: ${job.error?.message}`);
        assert.match(job.result?.text ?? "", new RegExp(` ${ids.indexOf(id)}\\.$`));
        attempts += job.attempts;
        open.delete(id);
      }
      if (!restarted && open.size < count / 2) {
        await server.restart();
        restarted = true;
      }
      if (performance.now() >= nextKill && kills < mostKills && open.size > 0) {
        const at = kills++ % workerCount;
        process.kill((workers[at] as Program).pid, "SIGKILL");
        workers[at] = await startWorker();
        nextKill = performance.now() + killEveryMs;
      }
      await wait(50);
    }
    assert.ok(restarted && kills > 0);
    const files = readdirSync(folder, { recursive: true })
      .map(String)
      .filter((name) => name.endsWith(".mp3"));
    assert.deepEqual(
      files.map((name) => basename(name, ".mp3")).sort(),
      ids.toSorted(),
      "one file of each, and no other",
    );
    for (const name of files) expect(readFileSync(join(folder, name)).length).toBeGreaterThan(2_000);
    process.stdout.write(`${count} jobs, ${attempts} attempts, ${kills} workers killed, Redis restarted once\n`);
  } finally {
    await Promise.all(workers.map((worker) => worker.stop().catch(() => {})));
    await stack.close();
    await redis.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
