import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import { environment } from "../support/environment.ts";
import type { LoadedMessage } from "../support/loaded.ts";

const root = join(import.meta.dirname, "../..");
const anyPort = "127.0.0.1:0";

/** What all three load: logs, metrics, messages. */
const common = [
  ..."duet @bufbuild/protobuf @opentelemetry/api bintrees prom-client tdigest".split(" "),
  ..."@pinojs/redact atomic-sleep on-exit-leak-free pino pino-std-serializers".split(" "),
  ..."quick-format-unescaped safe-stable-stringify sonic-boom thread-stream".split(" "),
];
/** What both services load: a gRPC server, and HTTP to engines. */
const services = [
  ...common,
  ..."@grpc/grpc-js @js-sdsl/ordered-map abort-controller-x nice-grpc nice-grpc-common".split(" "),
  ..."nice-grpc-error-details nice-grpc-server-health ts-error".split(" "),
  ..."eventsource-parser undici".split(" "),
];
/** Each process as it starts without a config file: what is not listed is loaded by whoever has a use for it. */
const starts: Record<
  string,
  { readonly main: string; readonly env: Record<string, string>; readonly loads: string[] }
> = {
  edge: {
    main: "edge/run.ts",
    env: { DUET_EDGE_LISTEN: anyPort },
    loads: [
      ...common,
      ..."@connectrpc/connect @connectrpc/connect-node zod".split(" "),
      ..."@echogarden/sonic-wasm @echogarden/speex-resampler-wasm".split(" "),
    ],
  },
  generate: {
    main: "services/generate/run.ts",
    env: {
      DUET_VLLM_URL: "http://127.0.0.1:9",
      DUET_GENERATE_LISTEN: anyPort,
      DUET_GENERATE_ADMIN_LISTEN: anyPort,
    },
    loads: services,
  },
  synthesize: {
    main: "services/synthesize/run.ts",
    env: {
      DUET_FISH_URL: "http://127.0.0.1:9",
      DUET_SYNTHESIZE_LISTEN: anyPort,
      DUET_SYNTHESIZE_ADMIN_LISTEN: anyPort,
    },
    loads: [...services, "@echogarden/speex-resampler-wasm", "@msgpack/msgpack", "lru-cache", "n2words"],
  },
};

/** Starts a process; resolves with what it has loaded when it listens, and ends it. */
async function loadedBy(t: TestContext, main: string, env: Record<string, string>): Promise<LoadedMessage["modules"]> {
  const child = spawn(process.execPath, ["--import", "./test/support/loaded.ts", main], {
    cwd: root,
    env: environment(env),
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  t.onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const [message] = await Promise.race([once(child, "message"), ended.then(() => [undefined])]);
  assert.equal((message as LoadedMessage | undefined)?.type, "loaded");
  return (message as LoadedMessage).modules;
}

describe("before it listens", () => {
  for (const [name, { main, env, loads }] of Object.entries(starts))
    test(`${name} loads what it serves with, and nothing else`, async (t) => {
      assert.deepEqual(Object.keys(await loadedBy(t, main, env)).sort(), loads.toSorted());
    });
});
