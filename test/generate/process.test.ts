import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { createChannel, createClientFactory } from "nice-grpc";
import { type TestContext, test } from "vitest";
import { startVllmTwin } from "../../infra/twins/vllm/server.ts";
import { GenerateServiceDefinition } from "../../services/gen/duet/generate/v1/generate.ts";
import { environment } from "../support/environment.ts";
import { answer, ask } from "./start.ts";

const main = new URL("../../services/generate/main.ts", import.meta.url);

/** The service as a process of its own, on ports that the system chooses. */
function run(context: TestContext, settings: Record<string, string>) {
  const env = environment({
    DUET_GENERATE_LISTEN: "127.0.0.1:0",
    DUET_GENERATE_ADMIN_LISTEN: "127.0.0.1:0",
    DUET_LOG_LEVEL: "debug",
    ...settings,
  });
  const child = fork(main, { env, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  context.onTestFinished(() => void child.kill("SIGKILL"));
  const written = Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : "")));
  const exit = Promise.all([once(child, "exit"), written]);
  return { child, exit: exit.then(([[code], [log = "", errors = ""]]) => ({ code, log, errors })) };
}

test("the process says where it listens, serves, and ends in good order", async (context) => {
  const twin = await startVllmTwin({ timeScale: 0 });
  context.onTestFinished(() => twin.close());
  const { child, exit } = run(context, { DUET_VLLM_URL: `${twin.url}/` });
  const [message] = await once(child, "message");
  assert.equal(message.type, "listening");
  const channel = createChannel(new URL(message.url).host);
  const client = createClientFactory().create(GenerateServiceDefinition, channel);
  assert.equal((await answer(client, ask("[[say:hello]]"))).text, "hello");
  child.kill("SIGTERM");
  const { code, errors } = await exit;
  assert.deepEqual({ code, errors }, { code: 0, errors: "" });
  channel.close();
});

test("what users write is in no log, whatever goes wrong", async (context) => {
  const twin = await startVllmTwin({ timeScale: 0 });
  context.onTestFinished(() => twin.close());
  const { child, exit } = run(context, { DUET_VLLM_URL: twin.url });
  const [message] = await once(child, "message");
  const channel = createChannel(new URL(message.url).host);
  const client = createClientFactory().create(GenerateServiceDefinition, channel);
  const secret = "my-secret-words";
  await answer(client, ask(`${secret} [[say:${secret}]]`));
  const faults = ["abort", "error-first", "error-mid", "reset", "overload", "engine-dead", "model-404", "context-400"];
  for (const fault of faults) await assert.rejects(answer(client, ask(`${secret} [[fault:${fault}]]`)));
  await assert.rejects(answer(client, ask(secret, { requestId: secret.repeat(9) })));
  channel.close();
  child.kill("SIGTERM");
  const { log, errors } = await exit;
  assert.match(log, /"code":"RESOURCE_EXHAUSTED","reason":"ENGINE_OVERLOADED"/);
  assert.doesNotMatch(log + errors, new RegExp(secret));
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
  assert.match(open.errors, /^DUET_GENERATE_LISTEN=0\.0\.0\.0:0 can be reached from other machines[^\n]*\n$/);
});
