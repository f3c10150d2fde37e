/**
 * Every command of both READMEs does what is said of it there: a line of an `sh` block each, in a shell, with addresses
 * and files put where a test may have them. `rows` says how each is run, or why it is not; a command that fits no row
 * is a failure.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { type FishTwin, startFishTwin } from "../../infra/twins/fish/server.ts";
import { startVllmTwin, type VllmTwin } from "../../infra/twins/vllm/server.ts";
import { environment } from "../support/environment.ts";
import { descendantsOf, stillRunning } from "../support/process-table.ts";
import { until } from "../support/until.ts";
import { type Collector, startCollector } from "../tracing/collector.ts";
import { judgeCall } from "./calls.ts";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const readmes = ["README.md", "README.zh-CN.md"];

/** The commands of a document. What a block exports holds for all that stands below it there. */
function commandsOf(document: string): string[] {
  return [...document.matchAll(/```sh\n(.*?)```/gs)].flatMap(([, block = ""]) => {
    const lines = block.trim().split("\n");
    const exported = lines.filter((line) => line.startsWith("export "));
    return lines.filter((line) => !exported.includes(line)).map((line) => [...exported, line].join("; "));
  });
}

const commands = [...new Set(readmes.flatMap((file) => commandsOf(read(file))))];

/** What runs for all of this file. */
let folder: string;
let vllm: VllmTwin;
let fish: FishTwin;
let collector: Collector;
let house: Running;
let page: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "duet-readme-"));
  [vllm, fish, collector] = await Promise.all([
    startVllmTwin({ timeScale: 0.05 }),
    startFishTwin({ timeScale: 0.05 }),
    startCollector(),
  ]);
  house = start("npm start");
  page = await isReady(house);
});
afterAll(async () => {
  await house.end();
  await Promise.all([vllm.close(), fish.close(), collector.close()]);
  rmSync(folder, { recursive: true });
});

type Row = { readonly of: RegExp } & (
  | { readonly run: (command: string) => Promise<unknown> }
  | { readonly notRun: string }
);

const rows: readonly Row[] = [
  // What it brings up answers the calls below too. Modules are here already: to install them anew would pull them from
  // under other tests.
  { of: /^npm ci && npm start$/, run: async () => assert.match(await answerOf(page), /OUTCOME_COMPLETED/) },
  { of: /^npm ci && npm test$/, notRun: "it is this run" },
  { of: /^curl /, run: async (command) => judgeCall(command, folder, await succeed(command)) },
  { of: /^npm run --silent duet -- config check /, run: async (it) => assert.match(await succeed(it), /0 errors/) },
  { of: /^npm run --silent duet -- config show /, run: async (it) => assert.match(await succeed(it), /maxTokens: /) },
  { of: /^npm run --silent duet -- render vllm /, run: async (it) => assert.match(await succeed(it), /vllm serve /) },
  {
    of: /^npm run --silent duet -- render compose /,
    async run(command) {
      await succeed(command);
      assert.match(readFileSync(join(folder, "compose.yaml"), "utf8"), /^services:$/m);
    },
  },
  { of: /^npm run twin:/, run: async (command) => assert.match(await succeed(command), /A stand-in for /) },
  { of: /^openssl req /, run: succeed },
  { of: /npm run (?:generate|synthesize|edge)$/, run: (command) => listens(command) },
  {
    of: /^DUET_VLLM_URL=\S+ DUET_FISH_URL=\S+ npm start$/,
    async run(command) {
      await turnOf(command);
      assert.ok(vllm.seen().length > 0 && fish.seen().length > 0, "each engine was asked");
    },
  },
  {
    of: /^OTEL_\S+ npm start$/,
    async run(command) {
      await turnOf(command);
      const services = new Set(collector.spans.map(({ service }) => service));
      assert.deepEqual(services, new Set(["duet-edge", "duet-generate", "duet-synthesize"]));
    },
  },
  { of: /^docker run /, notRun: "it needs Docker and fetches an image; test/tracing has collectors of its own" },
  { of: /^npx buf generate /, notRun: "test/strangers/python.test.ts runs it, where Python is" },
  { of: /^python /, notRun: "test/strangers/python.test.ts runs it, where Python is" },
  { of: /^grpcurl /, notRun: "test/strangers/reflection.test.ts asks so, where grpcurl is" },
];

describe("what the READMEs show", () => {
  test("fits one row each, and no row is left over", () => {
    assert.ok(commands.length > 25, `${commands.length} commands were found`);
    for (const command of commands)
      assert.equal(rows.filter(({ of }) => of.test(command)).length, 1, `${command} fits not one row`);
    for (const { of } of rows)
      assert.ok(
        commands.some((command) => of.test(command)),
        `${of} is of no command`,
      );
  });

  for (const command of commands) {
    const row = rows.find(({ of }) => of.test(command));
    if (row !== undefined && "run" in row) test(command, () => row.run(command));
  }

  test("as metrics is there", async () => {
    const admins = [...house.output().matchAll(/admin=(\S+)/g)].map(([, address]) => `http://${address}`);
    assert.equal(admins.length, 2, house.output());
    const pages = await Promise.all(
      [page, ...admins].map(async (url) => (await fetch(new URL("/metrics", url))).text()),
    );
    const there = pages.join("\n");
    for (const file of readmes)
      for (const [name] of read(file).matchAll(/\bduet_[a-z_]+\b/g))
        assert.match(there, new RegExp(`^# TYPE ${name} `, "m"));
  });
});

interface Running {
  readonly output: () => string;
  readonly ended: Promise<unknown[]>;
  end(): Promise<void>;
}

/** Starts a command in a shell, with what it names put where a test may have it. */
function start(command: string): Running {
  const put: [RegExp, string][] = [
    [/http:\/\/(?:gpu|127\.0\.0\.1):8000/g, vllm.url],
    [/(?<=DUET_FISH_URL=)http:\/\/(?:gpu|127\.0\.0\.1):8080/g, fish.url],
    [/http:\/\/127\.0\.0\.1:4318/g, collector.url],
    [/http:\/\/127\.0\.0\.1:8080/g, page],
    [/0\.0\.0\.0:5005\d/g, "0.0.0.0:0"],
    [/(?<==)\w+\.(?:pem|key)/g, `${folder}/$&`],
    [/> (?=\S+$)/g, `> ${folder}/`],
  ];
  const line = put.reduce((text, [what, by]) => text.replaceAll(what, by), command);
  const anyPort = "127.0.0.1:0";
  const child = spawn("sh", ["-c", line], {
    cwd: command.startsWith("openssl ") ? folder : root,
    env: environment({
      DUET_DISCOVER: "0",
      DUET_EDGE_LISTEN: anyPort,
      DUET_GENERATE_ADMIN_LISTEN: anyPort,
      DUET_SYNTHESIZE_ADMIN_LISTEN: anyPort,
      OTEL_BSP_SCHEDULE_DELAY: "20",
    }),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const ended = once(child, "close");
  const pid = child.pid as number;
  return {
    output: () => output,
    ended,
    async end() {
      for (const left of stillRunning([pid, ...descendantsOf(pid)])) process.kill(left, "SIGKILL");
      await ended;
    },
  };
}

/** What a command prints that succeeds. */
async function succeed(command: string): Promise<string> {
  const running = start(command);
  const [status] = await running.ended;
  assert.equal(status, 0, running.output());
  return running.output();
}

/** The page of a house that comes up. */
async function isReady(started: Running): Promise<string> {
  const address = () => /Duet is ready: +(\S+)/.exec(started.output())?.[1];
  await until("it is ready", () => address() !== undefined, 120_000);
  return address() as string;
}

/** All events of an answer. */
async function answerOf(house: string): Promise<string> {
  const url = new URL("/duet.assistant.v1.AssistantService/Converse", house);
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: '{"text":"What is Duet?"}' });
  return response.text();
}

/** Starts a house, and has it answer a question. */
async function turnOf(command: string): Promise<void> {
  const started = start(command);
  try {
    assert.match(await answerOf(await isReady(started)), /OUTCOME_COMPLETED/);
    await until("its trace is sent", () => !command.startsWith("OTEL_") || hasTraceOfAll(), 10_000);
  } finally {
    await started.end();
  }
}

const hasTraceOfAll = () => new Set(collector.spans.map(({ service }) => service)).size === 3;

/** Starts a process, and waits until it listens. */
async function listens(command: string): Promise<void> {
  const started = start(command);
  try {
    await until("it listens", () => started.output().includes('"msg":"listening"'), 60_000);
  } finally {
    await started.end();
  }
}
