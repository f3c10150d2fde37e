import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { it, type TestContext } from "vitest";
import { ErrorInfoSchema, RetryInfoSchema } from "../../edge/wellknown/gen/google/rpc/error_details_pb.ts";
import {
  Health,
  HealthCheckResponse_ServingStatus as Status,
} from "../../edge/wellknown/gen/grpc/health/v1/health_pb.ts";
import {
  ServerReflection,
  type ServerReflectionResponse,
} from "../../edge/wellknown/gen/grpc/reflection/v1/reflection_pb.ts";
import { ServerReflection as ServerReflectionAlpha } from "../../edge/wellknown/gen/grpc/reflection/v1alpha/reflection_pb.ts";
import { type StackOptions, startStack } from "../support/stack.ts";
import { until } from "../support/until.ts";

const service = "duet.assistant.v1.AssistantService";

const asJson = { method: "POST", headers: { "content-type": "application/json" }, body: "{}" };

async function start(t: TestContext, options: StackOptions = {}) {
  const stack = await startStack(options);
  const sessionManager = new Http2SessionManager(stack.url);
  const transport = createGrpcTransport({ baseUrl: stack.url, sessionManager });
  t.onTestFinished(async () => {
    sessionManager.abort();
    await stack.close();
  });
  return {
    ...stack,
    edge: stack.edge,
    health: createClient(Health, transport),
    reflections: [createClient(ServerReflection, transport), createClient(ServerReflectionAlpha, transport)],
  };
}

it("answers health checks of the process and of its service, whatever headers they bring", async (t) => {
  const { health } = await start(t);
  for (const name of ["", service])
    assert.equal((await health.check({ service: name }, { headers: { "duet-tenant": "x" } })).status, Status.SERVING);
  assert.deepEqual(Object.keys((await health.list({})).statuses), ["", service]);
  await assert.rejects(health.check({ service: "nothing.v1.Nothing" }), (error: ConnectError) => {
    assert.equal(error.code, Code.NotFound);
    return true;
  });
});

it("tells who watches that the engines are gone, and that the process drains; then ends the watch", async (t) => {
  const { health, generate, edge } = await start(t);
  const watch = (name: string) => {
    const heard: Status[] = [];
    const ended = (async () => {
      for await (const { status } of health.watch({ service: name }, { timeoutMs: 60_000 })) heard.push(status);
    })();
    return { heard, ended };
  };
  const ofProcess = watch("");
  const ofService = watch(service);
  const ofNothing = watch("nothing.v1.Nothing");
  await until("all have heard", () => [ofProcess, ofService, ofNothing].every(({ heard }) => heard.length > 0));
  await generate.stop();
  await until("the service is not ready", () => ofService.heard.length > 1, 10_000);
  await edge.drain(0);
  await Promise.all([ofProcess.ended, ofService.ended, ofNothing.ended]);
  assert.deepEqual(ofProcess.heard, [Status.SERVING, Status.NOT_SERVING]);
  assert.deepEqual(ofService.heard, [Status.SERVING, Status.NOT_SERVING]);
  assert.deepEqual(ofNothing.heard, [Status.SERVICE_UNKNOWN]);
});

it("asks the services once a second, however many ask how they do", async (t) => {
  const { url, health, links } = await start(t, { roundTripMs: 0 });
  const status = () => fetch(`${url}/${service}/GetStatus`, asJson).then((response) => response.json());
  const ask = () => Promise.all([status(), fetch(`${url}/readyz`), health.check({ service })]);
  const leaving = new AbortController();
  const watches = Array.from({ length: 50 }, async () => {
    for await (const _ of health.watch({ service }, { signal: leaving.signal })) break;
  });
  await ask();
  await Promise.all(watches);
  const before = links?.generate.passages.length ?? 0;
  const began = performance.now();
  await Promise.all(Array.from({ length: 50 }, ask));
  const looks = 1 + Math.floor((performance.now() - began) / 1_000);
  const passages = links?.generate.passages.slice(before) ?? [];
  leaving.abort();
  assert.ok(passages.length <= 12 * looks, `${passages.length} passages`);
});

it("lets as many watch as may, and another once one has left", async (t) => {
  const { url } = await start(t, { edge: { trustedProxies: ["127.0.0.1"] } });
  /** One at an address of its own. */
  const watch = async (peer: string) => {
    const leaving = new AbortController();
    t.onTestFinished(() => leaving.abort());
    const sessionManager = new Http2SessionManager(url);
    t.onTestFinished(() => sessionManager.abort());
    const watched = createClient(Health, createGrpcTransport({ baseUrl: url, sessionManager }))
      .watch({ service }, { signal: leaving.signal, headers: { "x-forwarded-for": peer } })
      [Symbol.asyncIterator]();
    const heard = await watched.next().then(
      ({ value }) => value?.status as Status,
      (error: ConnectError) => error,
    );
    return { heard, leave: () => leaving.abort() };
  };
  const mine = await Promise.all(Array.from({ length: 64 }, () => watch("203.0.113.1")));
  assert.ok(mine.every(({ heard }) => heard === Status.SERVING));
  const { heard: refused } = await watch("203.0.113.1");
  assert.ok(refused instanceof ConnectError);
  assert.deepEqual(
    [refused.code, refused.findDetails(ErrorInfoSchema)[0]?.reason, refused.findDetails(RetryInfoSchema).length],
    [Code.ResourceExhausted, "TOO_MANY_WATCHES", 1],
  );
  assert.equal((await watch("203.0.113.2")).heard, Status.SERVING, "others are not shut out");
  mine[0]?.leave();
  let again: unknown;
  for (let tries = 0; tries < 100 && again !== Status.SERVING; tries++) again = (await watch("203.0.113.1")).heard;
  assert.equal(again, Status.SERVING, "a place is free");
});

it("describes itself to clients without proto files, in both versions of reflection", async (t) => {
  const { reflections } = await start(t);
  const asked = [
    { case: "listServices", value: "" },
    { case: "fileContainingSymbol", value: `${service}.Converse` },
    { case: "fileContainingSymbol", value: "duet.assistant.v1.OUTCOME_FAILED" },
    { case: "fileByFilename", value: "grpc/health/v1/health.proto" },
    { case: "fileContainingSymbol", value: "google.rpc.RetryInfo" },
    { case: "fileContainingSymbol", value: "nothing.v1.Nothing" },
    { case: "allExtensionNumbersOfType", value: "duet.assistant.v1.Audio" },
    { case: undefined },
  ] as const;
  async function* requests() {
    for (const messageRequest of asked) yield { host: "here", messageRequest };
  }
  for (const reflection of reflections) {
    const responses = reflection.serverReflectionInfo(requests(), { timeoutMs: 10_000 });
    const answers = await Array.fromAsync(responses as AsyncIterable<ServerReflectionResponse>);
    assert.deepEqual(
      answers.map(({ originalRequest }) => originalRequest?.messageRequest.case),
      asked.map((request) => request.case),
    );
    const said = answers.map(({ messageResponse: { case: kind, value } }) => {
      if (kind === "listServicesResponse") return value.service.map(({ name }) => name);
      if (kind === "fileDescriptorResponse")
        return value.fileDescriptorProto.map((bytes) => fromBinary(FileDescriptorProtoSchema, bytes).name);
      if (kind === "errorResponse") return Code[value.errorCode];
      return value?.extensionNumber;
    });
    assert.deepEqual(said, [
      [
        service,
        "grpc.health.v1.Health",
        "grpc.reflection.v1.ServerReflection",
        "grpc.reflection.v1alpha.ServerReflection",
      ],
      ["duet/assistant/v1/assistant.proto", "google/protobuf/timestamp.proto"],
      ["duet/assistant/v1/assistant.proto", "google/protobuf/timestamp.proto"],
      ["grpc/health/v1/health.proto"],
      ["google/rpc/error_details.proto", "google/protobuf/duration.proto"],
      "NotFound",
      [],
      "InvalidArgument",
    ]);
  }
});

it("tells such clients what its proto files say of each RPC and each field", async (t) => {
  const {
    reflections: [reflection],
  } = await start(t);
  async function* requests() {
    yield { host: "", messageRequest: { case: "fileContainingSymbol", value: service } } as const;
  }
  const [answer] = await Array.fromAsync(
    reflection?.serverReflectionInfo(requests(), { timeoutMs: 10_000 }) as AsyncIterable<ServerReflectionResponse>,
  );
  assert.equal(answer?.messageResponse.case, "fileDescriptorResponse");
  const [bytes] = (answer.messageResponse.value as { fileDescriptorProto: Uint8Array[] }).fileDescriptorProto;
  const file = fromBinary(FileDescriptorProtoSchema, bytes as Uint8Array);
  // Numbers of fields of FileDescriptorProto and below, and of places in them.
  const said = new Map(
    file.sourceCodeInfo?.location.map(({ path, leadingComments }) => [path.join(), leadingComments]),
  );
  for (const [rpc] of file.service[0]?.method.entries() ?? []) assert.ok(said.has(`6,0,2,${rpc}`), `RPC ${rpc}`);
  for (const [message, { name, field }] of file.messageType.entries())
    for (const [place, of] of field.entries()) assert.ok(said.has(`4,${message},2,${place}`), `${name}.${of.name}`);
  const converse = file.service[0]?.method.findIndex(({ name }) => name === "Converse");
  const contract = readFileSync("proto/duet/assistant/v1/assistant.proto", "utf8");
  const [, written = ""] = /((?:^ *\/\/.*\n)+) *rpc Converse\(/m.exec(contract) ?? [];
  assert.equal(said.get(`6,0,2,${converse}`)?.trim(), written.replaceAll(/^ *\/\/ ?/gm, "").trim());
});
