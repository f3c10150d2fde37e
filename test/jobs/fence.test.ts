import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "vitest";
import { JobState } from "../../edge/gen/duet/assistant/v1/assistant_pb.ts";
import { layWire } from "../e2e/wire.ts";
import { eventually } from "../resume/eventually.ts";
import { openEdge } from "../sessions/edges.ts";
import type { Program } from "../support/processes.ts";
import { startRedis } from "../support/redis.ts";
import { startStack } from "../support/stack.ts";

test("a worker that was away while another did its job stores nothing over what that one has stored", async (context) => {
  const folder = mkdtempSync(join(tmpdir(), "duet-fence-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  const options = {
    stored: { folder, form: "wav", urlTtlMs: 60_000, retentionMs: 86_400_000, maxBytes: 1e9 },
    jobs: { role: "all", atOnce: 1, claimAfterMs: 300, maxAttempts: 5, maxWaiting: 50, keptMs: 600_000 },
  } as const;
  const { url } = await startRedis(context);
  const wire = await layWire(url);
  context.onTestFinished(() => wire.close());
  const [slow, fast] = await Promise.all([
    startStack({ timeScale: 0.01, separate: true }),
    startStack({ timeScale: 0.01 }),
  ]);
  context.onTestFinished(async () => void (await Promise.all([slow.close(), fast.close()])));
  const voice = slow.synthesize as Program;

  const late = await openEdge(context, slow, wire.url.replace("http:", "redis:"), options);
  process.kill(voice.pid, "SIGSTOP");
  context.onTestFinished(() => void process.kill(voice.pid, "SIGCONT"));
  const { job } = await late.client.submitChat({ chat: { text: "[[say:Yes, it is.]]" } });
  const jobId = job?.jobId ?? "";
  await eventually("it has begun", async () => (await late.client.getJob({ jobId })).job?.state === JobState.RUNNING);
  wire.cut();

  const other = await openEdge(context, fast, url, options);
  await eventually(
    "another does it",
    async () => (await other.client.getJob({ jobId })).job?.state === JobState.SUCCEEDED,
  );
  const files = () =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.startsWith(jobId))
      .map(({ parentPath, name }) => {
        const { ino, mtimeNs } = statSync(join(parentPath, name), { bigint: true });
        return { name, ino, mtimeNs };
      });
  const stored = files();
  assert.equal(stored.length, 1);

  process.kill(voice.pid, "SIGCONT");
  const outcomes = async () =>
    /duet_edge_jobs_total\{outcome="\w+"\} 1/.exec(await late.metrics.registry.metrics())?.[0];
  await eventually("the first has come to its end too", async () => (await outcomes()) !== undefined);
  assert.match(`${await outcomes()}`, /lost|unheard/);
  assert.deepEqual(files(), stored);
});
