import assert from "node:assert/strict";
import { createServer } from "node:net";
import { createChannel, createClientFactory, type ServiceImplementation, Status } from "nice-grpc";
import { BadRequest, ErrorInfo, errorDetailsClientMiddleware, RichClientError } from "nice-grpc-error-details";
import { HealthDefinition } from "nice-grpc-server-health";
import { ServerReflectionService } from "nice-grpc-server-reflection";
import reflectionMessages from "nice-grpc-server-reflection/lib/proto/grpc/reflection/v1/reflection_pb.js";
import { type TestContext, test } from "vitest";
import { systemClock } from "../../infra/clock/clock.ts";
import { createVirtualClock } from "../../infra/clock/virtual.ts";
import { createLog, type Log } from "../../infra/log/log.ts";
import { AddressInUseError, formatAddress, listen } from "../../infra/net/address.ts";
import { createMetrics } from "../../infra/telemetry/metrics.ts";
import { InvalidRequestError } from "../../services/common/errors/request-error.ts";
import { type RunningServer, type ServerOptions, startServer } from "../../services/common/server/server.ts";
import { GenerateServiceDefinition } from "../../services/gen/duet/generate/v1/generate.ts";
import { collect } from "./collect.ts";

const service = GenerateServiceDefinition.fullName;
const loopback = { host: "127.0.0.1", port: 0 };

type Implementation = ServiceImplementation<typeof GenerateServiceDefinition>;

function options(generate: Implementation["generate"]): ServerOptions<typeof GenerateServiceDefinition> {
  return {
    name: "generate",
    definition: GenerateServiceDefinition,
    implementation: { generate, getEngine: async () => ({}) },
    listen: { address: loopback, setting: "DUET_GENERATE_LISTEN" },
    adminListen: { address: loopback, setting: "DUET_GENERATE_ADMIN_LISTEN" },
    metrics: createMetrics({ runtime: false }),
    log: createLog({ service: "test", level: "silent" }),
    clock: systemClock,
    notReady: async () => undefined,
    drainTimeoutMs: 1000,
  };
}

async function start(context: TestContext, given: ServerOptions<typeof GenerateServiceDefinition>) {
  const server = await startServer(given);
  const channel = createChannel(formatAddress(server.address));
  context.onTestFinished(async () => {
    channel.close();
    await server.close();
  });
  const clients = createClientFactory().use(errorDetailsClientMiddleware);
  return {
    server,
    client: clients.create(GenerateServiceDefinition, channel),
    health: clients.create(HealthDefinition, channel),
    channel,
  };
}

async function* hello() {
  yield { event: { $case: "delta" as const, value: { text: "hello" } } };
}

/** Says `hello`, then runs until its call is cancelled; `freed` tells that it was. */
function endless() {
  const freed = Promise.withResolvers<void>();
  const generate: Implementation["generate"] = async function* (_request, { signal }) {
    try {
      yield* hello();
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason), { once: true }));
    } finally {
      freed.resolve();
    }
  };
  return { generate, freed: freed.promise };
}

async function page(server: RunningServer, path: string) {
  const response = await fetch(`http://${formatAddress(server.adminAddress)}${path}`);
  return { status: response.status, text: await response.text() };
}

test("health answers for the process and, under the service's name, for readiness", async (context) => {
  let reason: string | undefined = "the model is away";
  const { server, health } = await start(context, { ...options(hello), notReady: async () => reason });
  assert.equal((await health.check({ service: "" })).status, 1);
  assert.equal((await health.check({ service })).status, 2);
  assert.deepEqual(await page(server, "/readyz"), { status: 503, text: "the model is away\n" });
  reason = undefined;
  assert.equal((await health.check({ service })).status, 1);
  assert.equal((await page(server, "/readyz")).status, 200);
  assert.equal((await page(server, "/healthz")).status, 200);
  await assert.rejects(health.check({ service: "nobody" }), { code: Status.NOT_FOUND });
});

test("reflection lists the service and gives its file", async (context) => {
  const { channel } = await start(context, options(hello));
  const reflection = createClientFactory().create(ServerReflectionService, channel);
  async function* ask() {
    yield new reflectionMessages.ServerReflectionRequest().setListServices("");
    yield new reflectionMessages.ServerReflectionRequest().setFileContainingSymbol(`${service}.Generate`);
    yield new reflectionMessages.ServerReflectionRequest().setFileContainingSymbol("duet.generate.v1.Sampling");
  }
  const answers = [];
  for await (const answer of reflection.serverReflectionInfo(ask())) answers.push(answer.toObject());
  assert.deepEqual(answers[0]?.listServicesResponse?.serviceList, [{ name: service }]);
  for (const answer of answers.slice(1)) assert.equal(answer.fileDescriptorResponse?.fileDescriptorProtoList.length, 1);
});

test("what the service throws reaches the caller as a status with details, and is counted", async (context) => {
  const { server, client } = await start(
    context,
    // biome-ignore lint/correctness/useYield: it fails before it has anything to say
    options(async function* () {
      throw new InvalidRequestError({ field: "messages", description: "must not be empty: send at least one message" });
    }),
  );
  await assert.rejects(collect(client.generate({})), (error) => {
    assert.ok(error instanceof RichClientError);
    assert.equal(error.code, Status.INVALID_ARGUMENT);
    assert.deepEqual(error.extra, [
      ErrorInfo.fromPartial({ reason: "INVALID_REQUEST", domain: "duet" }),
      BadRequest.fromPartial({
        fieldViolations: [{ field: "messages", description: "must not be empty: send at least one message" }],
      }),
    ]);
    return true;
  });
  const { text } = await page(server, "/metrics");
  assert.match(text, /duet_generate_calls_total\{rpc="Generate",code="INVALID_ARGUMENT"\} 1/);
  assert.match(text, /duet_generate_calls_in_flight\{rpc="Generate"\} 0/);
});

test("a bug is logged with its place and without its words", async (context) => {
  const lines: { level: string; line: string }[] = [];
  const write = (level: string) => (fields: unknown, message: unknown) =>
    lines.push({ level, line: `${JSON.stringify(fields)} ${message}` });
  const log = {
    debug: write("debug"),
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
  } as unknown as Log;
  const { client } = await start(context, {
    // biome-ignore lint/correctness/useYield: it fails before it has anything to say
    ...options(async function* () {
      JSON.parse("my secret words");
    }),
    log,
  });
  await assert.rejects(collect(client.generate({})), { code: Status.INTERNAL });
  const errors = lines.filter(({ level }) => level === "error");
  assert.equal(errors.length, 1);
  assert.match(errors[0]?.line ?? "", /"method":"Generate","code":"INTERNAL".*SyntaxError.*server\.test\.ts/);
  assert.ok(lines.every(({ line }) => !line.includes("secret")));
});

test("a caller that leaves ends the call, which counts as cancelled", async (context) => {
  const { generate, freed } = endless();
  const { server, client } = await start(context, options(generate));
  for await (const _ of client.generate({})) break;
  await freed;
  const { text } = await page(server, "/metrics");
  assert.match(text, /duet_generate_calls_total\{rpc="Generate",code="CANCELLED"\} 1/);
});

test("a drain lets a running call finish and takes no new one", async (context) => {
  const release = Promise.withResolvers<void>();
  const { server, client, health, channel } = await start(
    context,
    options(async function* () {
      yield* hello();
      await release.promise;
      yield* hello();
    }),
  );
  const watch = health.watch({ service: "" })[Symbol.asyncIterator]();
  assert.equal((await watch.next()).value?.status, 1);
  const running = client.generate({})[Symbol.asyncIterator]();
  await running.next();

  const drained = server.drain();
  assert.equal((await watch.next()).value?.status, 2, "watchers hear of it");
  await assert.rejects(watch.next(), { code: Status.CANCELLED });
  const late = createChannel(formatAddress(server.address));
  await assert.rejects(collect(createClientFactory().create(GenerateServiceDefinition, late).generate({})), {
    code: Status.UNAVAILABLE,
  });
  late.close();
  release.resolve();
  assert.equal((await running.next()).done, false);
  assert.equal((await running.next()).done, true);
  await drained;
  await server.drain();
  channel.close();
});

test("a drain cancels what has not finished within its limit", async (context) => {
  const clock = createVirtualClock();
  const { generate, freed } = endless();
  const { server, client } = await start(context, { ...options(generate), clock, drainTimeoutMs: 5000 });
  const running = client.generate({})[Symbol.asyncIterator]();
  await running.next();
  const drained = server.drain();
  const ended = assert.rejects(running.next());
  await clock.advance(5000);
  await Promise.all([drained, ended, freed]);
  assert.equal(clock.pending, 0);
});

test("a taken port and an open address are refused in one line that names the setting", async (context) => {
  const holder = createServer();
  const address = await listen(holder, loopback, "DUET_EDGE_LISTEN");
  context.onTestFinished(() => void holder.close());
  const taken = options(hello);
  await assert.rejects(
    startServer({ ...taken, listen: { address, setting: "DUET_GENERATE_LISTEN" } }),
    (error) => error instanceof AddressInUseError && error.message.includes("DUET_GENERATE_LISTEN"),
  );
  await assert.rejects(
    startServer({ ...taken, adminListen: { address, setting: "DUET_GENERATE_ADMIN_LISTEN" } }),
    (error) => error instanceof AddressInUseError && error.message.includes("DUET_GENERATE_ADMIN_LISTEN"),
  );
  await assert.rejects(
    startServer({ ...taken, listen: { address: { host: "0.0.0.0", port: 50051 }, setting: "DUET_GENERATE_LISTEN" } }),
    /^Error: DUET_GENERATE_LISTEN=0\.0\.0\.0:50051 can be reached from other machines.* or set DUET_GENERATE_LISTEN=127\.0\.0\.1:50051$/,
  );
});
