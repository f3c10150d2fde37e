import assert from "node:assert/strict";
import { describe, test } from "vitest";
import { openStore } from "../stores/open.ts";
import { startRedis } from "../support/redis.ts";
import { type Any, compose, kubernetes, workloads } from "./renderings.ts";

const both =
  "redis: { url: 'redis://duet-redis', cacheUrl: 'redis://duet-redis-cache:7000', cacheMaxBytes: 100000000 }\n";
const MiB = 2 ** 20;
const inMiB = (text: string) => Number(/^(\d+)Mi?$/.exec(text)?.[1]);
const pods = (objects: Any[], name: string) =>
  workloads(objects).find((one) => one.metadata.name === name)?.spec.template.spec;

describe("a Redis that settings name as the deployment's own", () => {
  const rows: readonly [settings: string, servers: readonly string[]][] = [
    ["", []],
    ["redis: { url: 'redis://cache.example' }\n", []],
    ["redis: { url: 'redis://duet-redis' }\n", ["duet-redis"]],
    ["redis: { cacheUrl: 'redis://duet-redis-cache' }\n", ["duet-redis-cache"]],
    ["redis: { url: 'redis://elsewhere', cacheUrl: 'redis://duet-redis-cache' }\n", ["duet-redis-cache"]],
    ["redis: { url: 'redis://duet-redis', cacheUrl: 'redis://duet-redis/1' }\n", ["duet-redis"]],
    [both, ["duet-redis", "duet-redis-cache"]],
    ["redis: { url: { env: STATE }, cacheUrl: { env: CACHE } }\n", []],
  ];
  for (const [settings, servers] of rows)
    test(`is run, and no other: ${settings.trim() || "none"}`, () => {
      const isStore = (name: string) => name.startsWith("duet-redis");
      assert.deepEqual(Object.keys(compose(settings).services).filter(isStore), servers);
      const objects = kubernetes(settings);
      for (const kind of ["Deployment", "Service", "NetworkPolicy"])
        assert.deepEqual(
          objects.filter((one) => one.kind === kind && isStore(one.metadata.name)).map(({ metadata }) => metadata.name),
          servers,
        );
    });

  test("of state writes to a volume and refuses rather than forgets; that of the cache writes nothing, and forgets", async (context) => {
    const { services, volumes } = compose(both);
    const state = services["duet-redis"];
    const cache = services["duet-redis-cache"];
    assert.deepEqual([state.volumes, cache.volumes, volumes], [["duet-redis:/data"], undefined, { "duet-redis": {} }]);
    const told = async ({ command }: Any, mayEvict: boolean) => {
      const [program, ...args] = command;
      assert.equal(program, "redis-server");
      // Its port is the test's.
      const server = await startRedis(context, ...args.filter((_: string, at: number) => ![0, 1].includes(at)));
      const { store, logged } = await openStore(context, server.url, { mayEvict });
      const config = await store.run((client) => client.config("GET", "*"));
      const pairs = config as string[];
      const of = (name: string) => pairs[pairs.indexOf(name) + 1];
      const { length } = logged.filter((line) => line.includes("maxmemory-policy"));
      assert.equal(length, 0, "nothing to warn of");
      return ["maxmemory-policy", "appendonly", "save", "maxmemory", "protected-mode"].map(of);
    };
    const [statePolicy, ...stateRest] = await told(state, false);
    assert.deepEqual([statePolicy, ...stateRest], ["noeviction", "yes", "", String(512 * MiB), "no"]);
    const [policy, append, save, most] = await told(cache, true);
    assert.deepEqual([policy, append, save], ["allkeys-lru", "no", ""]);
    // What Duet keeps there, and room for what Redis needs around it.
    assert.ok(Number(most) > 100_000_000 * 1.2 && Number(most) < 100_000_000 * 1.8, `${most}`);
    for (const [name, bytes] of [
      ["duet-redis", 512 * MiB],
      ["duet-redis-cache", Number(most)],
    ] as const) {
      const [{ resources, ports }] = pods(kubernetes(both), name).containers;
      assert.ok(inMiB(resources.limits.memory) * MiB > bytes * 1.2, name);
      assert.equal(ports[0].containerPort, name === "duet-redis" ? 6379 : 7000);
      assert.ok(inMiB(compose(both).services[name].deploy.resources.limits.memory) * MiB > bytes * 1.2, name);
    }
  });

  test("is reached by Duet's pods alone, and by no other user than its own", () => {
    const objects = kubernetes(both);
    for (const name of ["duet-redis", "duet-redis-cache"]) {
      const { securityContext, volumes } = pods(objects, name);
      assert.deepEqual([securityContext.runAsUser, securityContext.runAsNonRoot], [999, true]);
      assert.equal("persistentVolumeClaim" in volumes[0], name === "duet-redis");
      const policy = objects.find(({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === name);
      assert.equal(policy.spec.ingress[0].from[0].podSelector.matchLabels["app.kubernetes.io/name"], "duet");
    }
  });

  for (const [settings, fault] of [
    ["redis: { url: 'rediss://duet-redis' }\n", /redis\.url: duet-redis is started without TLS: write redis:\/\//],
    ["redis: { url: 'redis://duet-redis-cache' }\n", /redis\.url: duet-redis-cache is a cache, .* use duet-redis/],
    [
      "redis: { url: 'redis://duet-redis:1', cacheUrl: 'redis://duet-redis:2' }\n",
      /give different ports of duet-redis/,
    ],
  ] as const)
    test(`is refused as ${settings.trim()}`, () => {
      assert.throws(() => compose(settings), fault);
      assert.throws(() => kubernetes(settings), fault);
    });
});

describe("memory", () => {
  for (const [settings, kept] of [
    ["", 64 * MiB],
    ["synthesize: { cache: { maxBytes: 0 } }\n", 0],
    ["synthesize: { cache: { maxBytes: 1073741824 } }\n", 1_024 * MiB],
    ["synthesize: { cache: { maxBytes: 1000001 } }\n", MiB],
  ] as const)
    test(`of Synthesize counts what it keeps: ${kept / MiB} MiB`, () => {
      const { services } = compose(settings);
      const { containers } = pods(kubernetes(settings), "duet");
      for (const name of ["edge", "generate", "synthesize"]) {
        const more = name === "synthesize" ? kept / MiB : 0;
        const { limits, reservations } = services[name].deploy.resources;
        assert.deepEqual([inMiB(reservations.memory), inMiB(limits.memory)], [256 + more, 1024 + more], name);
        const { resources } = containers.find((one: Any) => one.name === name);
        assert.deepEqual([inMiB(resources.requests.memory), inMiB(resources.limits.memory)], [256 + more, 1024 + more]);
      }
    });
});
