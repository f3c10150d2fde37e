import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";
import { createChannel, createClientFactory } from "nice-grpc";
import { startVllmTwin } from "../../infra/twins/vllm/server.ts";
import { GenerateServiceDefinition } from "../../services/gen/duet/generate/v1/generate.ts";
import { answer, ask } from "./start.ts";

const main = new URL("../../services/generate/main.ts", import.meta.url);

/** The service as a process of its own, on ports that the system chooses. */
function run(context: TestContext, settings: NodeJS.ProcessEnv) {
  const env = {
    DUET_GENERATE_LISTEN: "127.0.0.1:0",
    DUET_GENERATE_ADMIN_LISTEN: "127.0.0.1:0",
    DUET_LOG_LEVEL: "error",
    PATH: process.env.PATH,
    ...settings,
  };
  const child = fork(main, { env, stdio: ["ignore", "ignore", "pipe", "ipc"] });
  context.after(() => child.kill("SIGKILL"));
  const exit = Promise.all([once(child, "exit"), child.stderr ? text(child.stderr) : ""]);
  return { child, exit: exit.then(([[code], errors]) => ({ code, errors })) };
}

test("the process says where it listens, serves, and ends in good order", async (context) => {
  const twin = await startVllmTwin({ timeScale: 0 });
  context.after(() => twin.close());
  const { child, exit } = run(context, { DUET_VLLM_URL: `${twin.url}/` });
  const [message] = await once(child, "message");
  assert.equal(message.type, "listening");
  const channel = createChannel(new URL(message.url).host);
  const client = createClientFactory().create(GenerateServiceDefinition, channel);
  assert.equal((await answer(client, ask("[[say:hello]]"))).text, "hello");
  child.kill("SIGTERM");
  assert.deepEqual(await exit, { code: 0, errors: "" });
  channel.close();
});

test("the process ends when its parent lets go of it", async (context) => {
  const { child, exit } = run(context, { DUET_VLLM_URL: "http://127.0.0.1:1" });
  await once(child, "message");
  child.disconnect();
  assert.equal((await exit).code, 0);
});

test("a setting that is missing or wrong is told in one line", async (context) => {
  const missing = await run(context, {}).exit;
  assert.equal(missing.code, 1);
  assert.match(missing.errors, /^DUET_VLLM_URL is not set: [^\n]*\n$/);
  const open = await run(context, { DUET_VLLM_URL: "http://127.0.0.1:1", DUET_GENERATE_LISTEN: "0.0.0.0:0" }).exit;
  assert.equal(open.code, 1);
  assert.match(open.errors, /^DUET_GENERATE_LISTEN=0\.0\.0\.0:0 is open [^\n]*\n$/);
});
