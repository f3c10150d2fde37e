import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import { fishSettings } from "../engines/fish/settings.ts";
import { SettingsError } from "../settings/error.ts";
import { usualOpenings } from "../settings/openings.ts";
import { allSettings } from "./declared.ts";
import { loadConfig } from "./load.ts";
import { type ProcessName, processes, takes } from "./processes.ts";
import { explainChoice, readProcess, readShared } from "./read-process.ts";

const vllmUrl = { DUET_VLLM_URL: "http://127.0.0.1:8000" };
const fishUrl = { DUET_FISH_URL: "http://127.0.0.1:8080" };

describe("readProcess", () => {
  test("gives each process its own group, its engine, and what all share", () => {
    const env = { DUET_LOG_LEVEL: "warn", ...vllmUrl, ...fishUrl };
    const { readCredentials, ...told } = readProcess("edge", env);
    assert.deepEqual(readCredentials(), told.credentials);
    assert.deepEqual(told, {
      log: { level: "warn" },
      drainTimeoutMs: 10_000,
      credentials: { token: undefined, tls: undefined },
      edge: {
        listen: { host: "127.0.0.1", port: 8080 },
        adminListen: undefined,
        publicUrl: undefined,
        allowedHosts: [],
        generateUrl: "http://127.0.0.1:50051",
        synthesizeUrl: "http://127.0.0.1:50052",
        access: "open",
        openToAll: false,
        keys: { file: undefined },
        jwt: { jwksUrl: undefined, secret: undefined, issuer: undefined, audience: "duet", tenantClaim: "tenant" },
        limits: { requestsPerMinute: undefined, turnsAtOnce: undefined, audioSecondsPerDay: undefined },
        corsOrigins: [],
        instructions: readProcess("edge", {}).edge.instructions,
        maxTurns: 400,
        maxTurnsPerPeer: undefined,
        maxConnections: 4_096,
        maxConnectionsPerPeer: undefined,
        maxFailedTriesPerPeer: 60,
        trustedProxies: [],
        heartbeatIntervalMs: 12_000,
        readerTimeoutMs: 12_000,
        session: { ttlMs: 604_800_000, maxMessages: 2_000, maxBytes: 900_000 },
        resume: { maxTurnBytes: 33_554_432, patienceMs: 100 },
        answers: { keep: false, file: undefined, ttlMs: 3_600_000, maxCount: 500 },
        stored: {
          folder: undefined,
          s3: {
            endpoint: undefined,
            publicEndpoint: undefined,
            region: "auto",
            accessKeyId: undefined,
            secretAccessKey: undefined,
          },
          form: "wav",
          urlTtlMs: 3_600_000,
          retentionMs: 86_400_000,
          maxBytes: 10_000_000_000,
          urlSecret: undefined,
          oldUrlSecret: undefined,
        },
        marking: {
          on: true,
          producer: undefined,
          notice: undefined,
          watermarkUrl: undefined,
          recordFolder: undefined,
          recordDays: 180,
        },
        jobs: {
          role: "all",
          atOnce: 2,
          claimAfterMs: 60_000,
          maxAttempts: 5,
          maxWaiting: 10_000,
          keptMs: 86_400_000,
        },
        openai: { voices: {} },
        scripted: false,
      },
      redis: { url: undefined, cacheUrl: undefined, cacheMaxBytes: 256 * 2 ** 20 },
      profiles: new Map(),
      openings: usualOpenings,
      engine: undefined,
    });
    const generate = readProcess("generate", { ...env, DUET_GENERATE_MAX_TOKENS: "64" });
    assert.deepEqual(Object.keys(generate).sort(), [
      "credentials",
      "drainTimeoutMs",
      "engine",
      "generate",
      "log",
      "readCredentials",
    ]);
    assert.equal(generate.generate.maxTokens, 64);
    assert.deepEqual(generate.engine, {
      name: "vllm",
      settings: { url: ["http://127.0.0.1:8000"], apiKey: undefined, model: undefined, startsThinking: "auto" },
      plan: undefined,
      bytes: undefined,
      errors: [],
    });
    const synthesize = readProcess("synthesize", { ...env, DUET_SYNTHESIZE_OPENER_MIN_SECONDS: "0.5" });
    assert.deepEqual(synthesize.synthesize.opener, { listFromMs: 600, minSeconds: 0.5, mode: "soft", waitMs: 400 });
    const [fish] = synthesize.engines;
    assert.equal(fish?.name, "fish");
    assert.deepEqual(fish?.settings, {
      url: ["http://127.0.0.1:8080"],
      apiKey: undefined,
      mode: "s2",
      references: undefined,
      withoutReference: "unready",
      voices: [],
      timeoutMs: 60_000,
    });
  });

  for (const [process, env, fault] of [
    [
      "edge",
      { DUET_EDGE_MAX_TURNS: "10", DUET_EDGE_MAX_TURNS_PER_PEER: "11" },
      /maxTurnsPerPeer.*edge\.maxTurns is 10/,
    ],
    [
      "generate",
      { ...vllmUrl, DUET_GENERATE_TTFT_SLO_MS: "2000", DUET_GENERATE_FIRST_TOKEN_TIMEOUT_MS: "1000" },
      /ttftSloMs.*firstTokenTimeoutMs is 1000/,
    ],
  ] as const)
    test(`refuses limits that cannot both hold: ${Object.keys(env).at(-1)}`, () => {
      assert.throws(() => readProcess(process, env), { name: "SettingsError", message: fault });
      const others = Object.keys(processes).filter((name) => name !== process) as ProcessName[];
      for (const other of others) readProcess(other, { ...vllmUrl, ...fishUrl, ...env });
    });

  test("takes an empty variable for one that is not set", () => {
    assert.equal(readProcess("edge", { DUET_EDGE_MAX_TURNS: "" }).edge.maxTurns, 400);
  });

  test("takes settings from the file, the variable before it, and the engine's plan out of the same reading", (context) => {
    const text =
      "generate: { maxTokens: 64, maxQueued: 1 }\nvllm: { url: http://a }\nengine: { vllm: { version: 0.29.0 } }\n";
    const env = { DUET_CONFIG: fileOf(context, text), DUET_GENERATE_MAX_TOKENS: "32" };
    const { generate, engine } = readProcess("generate", env);
    assert.deepEqual([generate.maxTokens, generate.maxQueued], [32, 1]);
    assert.deepEqual([engine.settings.url, engine.plan?.version.text], [["http://a"], "0.29.0"]);
    assert.ok((engine.bytes?.length ?? 0) > 0);
  });

  test("runs in spite of an engine's part that is wrong, and knows nothing of that engine then", (context) => {
    const text = "engine:\n  vllm: { batching: { maxNumSeqs: none } }\n";
    const { engine } = readProcess("generate", { ...vllmUrl, DUET_CONFIG: fileOf(context, text) });
    assert.deepEqual([engine.plan, engine.bytes], [undefined, undefined]);
    assert.deepEqual(
      engine.errors.map(({ path }) => path),
      ["engine.vllm.batching.maxNumSeqs"],
    );
  });

  test("names every fault at once, with the value and what would be right", () => {
    const lines = faults("generate", {
      DUET_GENERATE_LISTEN: "localhost:99999",
      DUET_GENERATE_MAX_TOKENS: "many",
      DUET_VLLM_URL: "localhost:8000",
      DUET_DRAIN_TIMEOUT_MS: "1.5",
    });
    assert.equal(lines.length, 4, lines.join("\n"));
    assert.match(lines[0] ?? "", /^DUET_GENERATE_LISTEN=localhost:99999: must be host:port/);
    assert.match(lines[1] ?? "", /^DUET_GENERATE_MAX_TOKENS=many: must be a number from 1 to 32768\. The token limit/);
    assert.match(lines[2] ?? "", /^DUET_VLLM_URL=localhost:8000: must be an address such as http/);
    assert.match(lines[3] ?? "", /^DUET_DRAIN_TIMEOUT_MS=1\.5: must be a whole number/);
  });

  test("names file, line and path of what is wrong there", (context) => {
    const file = fileOf(context, "edge:\n  maxTurns: 0\n  maxTurn: 1\n");
    const lines = faults("edge", { DUET_CONFIG: file }).map((line) => line.replaceAll(file, "FILE"));
    assert.equal(lines[0], "FILE:3:3: unknown setting edge.maxTurn. Did you mean edge.maxTurns?");
    assert.match(
      lines[1] ?? "",
      /^FILE:2:3: edge\.maxTurns=0: must be a number from 1 to 100000\. Write a whole number from 1 to 100000\. The most concurrent turns/,
    );
  });

  test("says what a setting that must be given is for", () => {
    const [line = "", ...more] = faults("synthesize", {});
    assert.deepEqual(more, []);
    assert.match(line, /^DUET_FISH_URL\b.* is not set: The Fish-Speech workers/);
  });

  test("names the nearest setting where there is none of that name", () => {
    assert.deepEqual(
      faults("edge", { DUET_VLM_URL: "http://127.0.0.1:8000", DUET_LISTN: "1", DUET_EDGE_MAXTURNS: "1" }),
      [
        "unknown setting DUET_VLM_URL: did you mean DUET_VLLM_URL?",
        "unknown setting DUET_LISTN: did you mean DUET_EDGE_LISTEN?",
        "unknown setting DUET_EDGE_MAXTURNS: did you mean DUET_EDGE_MAX_TURNS?",
      ],
    );
  });

  test("lets other programs' variables be, and what is wrong with other processes' settings", (context) => {
    const file = fileOf(context, "vllm: { apiKey: { env: NOT_ON_THIS_MACHINE } }\nsynthesize: { maxSessions: 0 }\n");
    const env = { PATH: "/bin", DUETTO: "1", DUET_FISH_URL: "wrong", DUET_CONFIG: file };
    assert.equal(readProcess("edge", env).edge.maxTurns, 400);
    assert.equal(readShared(env).log.level, "info");
    assert.equal(faults("generate", env).length, 2);
    assert.equal(faults("synthesize", env).length, 2);
  });

  test("repeats no secret", () => {
    const [line = ""] = faults("edge", { DUET_SERVICE_TOKEN: "too-short" });
    assert.match(line, /^DUET_SERVICE_TOKEN: must be 32 to 512 visible ASCII characters/);
    assert.ok(!line.includes("too-short"));
  });
});

test("each engine that speaks is used where it has an address; the one that is named speaks first", () => {
  const speech = { DUET_SPEECH_URL: "http://127.0.0.1:8880" };
  const order = (env: NodeJS.ProcessEnv) => readProcess("synthesize", env).engines.map(({ name }) => name);
  assert.deepEqual(order(fishUrl), ["fish"]);
  assert.deepEqual(order(speech), ["speech"]);
  assert.deepEqual(order({ ...fishUrl, ...speech }), ["fish", "speech"]);
  assert.deepEqual(order({ ...fishUrl, ...speech, DUET_SYNTHESIZE_ENGINE: "speech" }), ["speech", "fish"]);
  assert.match(
    faults("synthesize", { ...fishUrl, DUET_SYNTHESIZE_ENGINE: "speech" }).join(),
    /synthesize\.engine is speech, whose address is not set.*DUET_SPEECH_URL, or use fish/,
  );
});

test("a model server is chosen by its address: one of several has to be left", () => {
  const all = [
    { name: "fish", settings: fishSettings },
    { name: "vllm", settings: { url: fishSettings.url } },
  ];
  const given = loadConfig({ ...vllmUrl }, "fish: { url: http://a }\n");
  assert.equal(
    explainChoice(all, all, given),
    "fish.url (duet.yaml:1:9) and DUET_VLLM_URL are set, but only one of them can be used: remove all but one",
  );
  assert.match(explainChoice(all, [], given), /^DUET_FISH_URL or DUET_VLLM_URL is not set: The Fish-Speech workers/);
});

describe("settings", () => {
  test("each is described in sentences, its default left to the table", () => {
    for (const { path, setting } of allSettings) assert.match(setting.does, /^[\dA-Z].*\.$/, path);
  });

  test("each default is a value that the setting takes", () => {
    for (const { path, setting } of allSettings) {
      const { kind, fallback } = setting;
      if (fallback === undefined) continue;
      assert.deepEqual(kind.fromYaml(kind.toYaml(fallback)), { value: fallback }, path);
    }
  });

  test("each has a reader, but for those that say that they have none", () => {
    const names = Object.keys(processes) as ProcessName[];
    const unread = allSettings.filter(({ path }) => !names.some((name) => takes(name, path)));
    assert.deepEqual(
      unread.map(({ path }) => path),
      ["discover"],
    );
  });
});

function faults(name: ProcessName, env: NodeJS.ProcessEnv): string[] {
  try {
    readProcess(name, env);
  } catch (error) {
    assert.ok(error instanceof SettingsError);
    return error.message.split("\n");
  }
  return assert.fail("nothing was refused");
}

function fileOf(context: TestContext, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "duet.yaml");
  writeFileSync(file, text);
  return file;
}
