import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "vitest";
import { startEdge } from "../../edge/edge.ts";
import { systemClock } from "../../infra/clock/clock.ts";
import { readProcess } from "../../infra/config/read-process.ts";
import { createLog } from "../../infra/log/log.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { noTracer } from "../../infra/telemetry/tracer.ts";
import { startGenerate } from "../../services/generate/start.ts";
import { startSynthesize } from "../../services/synthesize/start.ts";
import { root } from "../house/tool.ts";
import { freePort } from "../proxies/proxy.ts";

const runbook = readFileSync(join(root, "docs/runbook.md"), "utf8");
const chapter = runbook.slice(runbook.indexOf("## What /readyz says"), runbook.indexOf("## Reasons"));
/** What the first column has in backticks: `…` stands for anything. */
const texts = chapter
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .flatMap((line) => [...(line.split(" | ")[0] ?? "").matchAll(/`([^`]+)`/g)].map(([, text]) => text as string));
const patterns = texts.map(
  (text) =>
    new RegExp(
      `^${text
        .split("…")
        .map((part) => RegExp.escape(part))
        .join(".+")}$`,
    ),
);
/** Where they are made. */
const sources = [
  "edge/serve.ts",
  "edge/hosts/clients.ts",
  "edge/hosts/status.ts",
  "services/common/engine/drift.ts",
  "services/common/server/server.ts",
  "services/generate/engines/openai/server.ts",
  "services/generate/pool/member.ts",
  "services/generate/pool/pool.ts",
  "services/generate/pool/watch.ts",
  "services/synthesize/engines/fish/worker.ts",
  "services/synthesize/engines/speech/server.ts",
].map((file) => readFileSync(join(root, file), "utf8"));

const anyPort = "127.0.0.1:0";
const nobody = "http://127.0.0.1:9";

describe("what the runbook has of /readyz", () => {
  it("is there", () => {
    assert.ok(texts.length >= 10, `${texts.length} texts`);
  });

  for (const text of texts)
    it(`is still said: ${text}`, () => {
      const parts = text.split("…").filter((part) => part.trim() !== "");
      assert.ok(
        sources.some((source) => parts.every((part) => source.includes(part))),
        "no source says this",
      );
    });

  it("has what each process says whose engine or service is not there", async (context) => {
    const log = createLog({ service: "test", level: "silent" });
    const tools = () => ({ log, clock: systemClock, tracer: noTracer, metrics: createMetrics({ runtime: false }) });
    const admins = { GENERATE: await freePort(), SYNTHESIZE: await freePort() };
    const listen = (name: keyof typeof admins) => ({
      [`DUET_${name}_LISTEN`]: anyPort,
      [`DUET_${name}_ADMIN_LISTEN`]: `127.0.0.1:${admins[name]}`,
    });
    const generate = await startGenerate({
      config: readProcess("generate", { DUET_VLLM_URL: nobody, ...listen("GENERATE") }),
      ...tools(),
    });
    context.onTestFinished(() => generate.close());
    const synthesize = await startSynthesize({
      config: readProcess("synthesize", { DUET_FISH_URL: nobody, ...listen("SYNTHESIZE") }),
      ...tools(),
    });
    context.onTestFinished(() => synthesize.close());
    const edgeOn = async (generateUrl: string, synthesizeUrl: string) => {
      const urls = { DUET_EDGE_GENERATE_URL: generateUrl, DUET_EDGE_SYNTHESIZE_URL: synthesizeUrl };
      const { edge: settings } = readProcess("edge", { DUET_EDGE_LISTEN: anyPort, ...urls });
      const edge = await startEdge({ ...settings, page: async () => false, ...tools() });
      context.onTestFinished(() => edge.drain(0));
      return edge.address.port;
    };
    const edges = [await edgeOn(generate.url, synthesize.url), await edgeOn(nobody, nobody)];
    for (const port of [...Object.values(admins), ...edges]) {
      const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
      assert.equal(answer.status, 503);
      const said = (await answer.text()).trim();
      for (const reason of said.split("; "))
        assert.ok(
          patterns.some((pattern) => pattern.test(reason)),
          reason,
        );
    }
  });
});
