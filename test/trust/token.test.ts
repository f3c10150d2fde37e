import assert from "node:assert/strict";
import { createChannel, createClientFactory, Metadata, Status } from "nice-grpc";
import { HealthDefinition } from "nice-grpc-server-health";
import { ServerReflectionService } from "nice-grpc-server-reflection";
import reflectionMessages from "nice-grpc-server-reflection/lib/proto/grpc/reflection/v1/reflection_pb.js";
import { type TestContext, test } from "vitest";
import { noCredentials } from "../../infra/net/credentials.ts";
import { GenerateServiceDefinition } from "../../services/gen/duet/generate/v1/generate.ts";
import { collect } from "../common/collect.ts";
import { startService, token, wrongToken } from "./service.ts";

const guarded = { token, tls: undefined };
const claims = { "duet-tenant": "acme", "duet-caller": "edge" };

/** A program that calls the service directly, with whatever metadata it likes. */
function callDirectly(context: TestContext, port: number) {
  const channel = createChannel(`127.0.0.1:${port}`);
  context.onTestFinished(() => channel.close());
  const factory = createClientFactory();
  const generate = factory.create(GenerateServiceDefinition, channel);
  const health = factory.create(HealthDefinition, channel);
  const reflection = factory.create(ServerReflectionService, channel);
  return {
    generate: (metadata: Record<string, string | string[]>) =>
      collect(generate.generate({}, { metadata: Metadata(metadata) })),
    check: async (metadata: Record<string, string>) =>
      (await health.check({ service: "" }, { metadata: Metadata(metadata) })).status,
    async reflect(metadata: Record<string, string>) {
      async function* ask() {
        yield new reflectionMessages.ServerReflectionRequest().setListServices("");
      }
      return (await collect(reflection.serverReflectionInfo(ask(), { metadata: Metadata(metadata) }))).length;
    },
  };
}

const refused: [what: string, metadata: Record<string, string>][] = [
  ["no token", {}],
  ["a wrong token", { authorization: `Bearer ${wrongToken}` }],
  ["the beginning of the token", { authorization: `Bearer ${token.slice(1)}` }],
  ["the token and more", { authorization: `Bearer ${token}t` }],
  ["the token in another scheme", { authorization: `Basic ${token}` }],
  ["an empty token", { authorization: "Bearer " }],
  ["a forged duet-tenant without a token", claims],
  ["a forged duet-tenant with a wrong token", { ...claims, authorization: `Bearer ${wrongToken}` }],
];

for (const [what, metadata] of refused)
  test(`${what} is refused, and the answer names the setting`, async (context) => {
    const service = await startService(context, guarded);
    const direct = callDirectly(context, service.port);
    const refusal = { code: Status.UNAUTHENTICATED, details: /DUET_SERVICE_TOKEN/ };
    await assert.rejects(direct.generate(metadata), refusal);
    await assert.rejects(direct.reflect(metadata), refusal);
    assert.deepEqual(service.callers, [], "the call did not reach the service");
    const logged = JSON.stringify(service.lines);
    for (const said of [token, wrongToken, "acme"]) assert.ok(!logged.includes(said), "what was claimed is not logged");
  });

test("the token opens the service and its reflection", async (context) => {
  const direct = callDirectly(context, (await startService(context, guarded)).port);
  const authorization = `Bearer ${token}`;
  assert.equal((await direct.generate({ authorization })).length, 1);
  assert.equal((await direct.generate({ authorization: `bearer ${token}` })).length, 1, "schemes have no case");
  assert.equal(await direct.reflect({ authorization }), 1);
});

test("health is open to those who claim nothing, and tells an edge with a wrong token, or none, that it is wrong", async (context) => {
  const direct = callDirectly(context, (await startService(context, guarded)).port);
  assert.equal(await direct.check({}), 1);
  assert.equal(await direct.check({ ...claims, authorization: `Bearer ${token}` }), 1);
  await assert.rejects(direct.check({ authorization: `Bearer ${wrongToken}` }), { code: Status.UNAUTHENTICATED });
  await assert.rejects(direct.check(claims), { code: Status.UNAUTHENTICATED });
});

test("who calls is believed of a caller with the token, and logged", async (context) => {
  const service = await startService(context, guarded);
  const direct = callDirectly(context, service.port);
  const authorization = `Bearer ${token}`;
  await direct.generate({ ...claims, authorization });
  await direct.generate({ authorization });
  assert.deepEqual(service.callers, [{ tenant: "acme", caller: "edge" }, undefined]);
  const ended = service.lines.find(({ message }) => message === "call ended");
  assert.deepEqual(ended?.fields, { method: "Generate", code: "OK", tenant: "acme", caller: "edge" });
  const metrics = await (await fetch(`http://127.0.0.1:${service.server.adminAddress.port}/metrics`)).text();
  assert.doesNotMatch(metrics, /acme/);
});

for (const [what, tenant] of [
  ["is empty", ""],
  ["is longer than 64 characters", "a".repeat(65)],
  ["holds a space", "a b"],
  ["comes twice", ["acme", "evil"]],
] satisfies [string, string | string[]][])
  test(`a tenant that ${what} is no tenant`, async (context) => {
    const service = await startService(context, guarded);
    const call = callDirectly(context, service.port).generate({
      ...claims,
      "duet-tenant": tenant,
      authorization: `Bearer ${token}`,
    });
    await assert.rejects(call, { code: Status.INVALID_ARGUMENT, details: /duet-tenant/ });
    assert.deepEqual(service.callers, []);
  });

test("on loopback without credentials everybody may call, and nobody is believed", async (context) => {
  const service = await startService(context, noCredentials);
  const direct = callDirectly(context, service.port);
  assert.equal((await direct.generate(claims)).length, 1);
  assert.equal(await direct.reflect({}), 1);
  assert.equal(await direct.check(claims), 1);
  assert.deepEqual(service.callers, [undefined]);
});

test("a token that can be read on the way is warned of, once", async (context) => {
  const warnings = async (host: string) =>
    (await startService(context, guarded, host)).lines.filter(({ level }) => level === "warn");
  const [warning, ...more] = await warnings("0.0.0.0");
  assert.match(warning?.message ?? "", /DUET_SERVICE_TOKEN .* unencrypted.* DUET_TLS_CERT/);
  assert.deepEqual([more, await warnings("127.0.0.1")], [[], []]);
});
