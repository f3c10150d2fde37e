import assert from "node:assert/strict";
import { request } from "node:http";
import { networkInterfaces } from "node:os";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, test } from "vitest";
import { freePort } from "../proxies/proxy.ts";
import { type Program, startProgram } from "../support/processes.ts";
import { skipFor } from "../support/skip.ts";
import { type Any, compose, kubernetes, workloads } from "./renderings.ts";

/** An address of this machine that others reach, as a container has one. */
const outer = Object.values(networkInterfaces())
  .flat()
  .find((one) => one?.family === "IPv4" && !one.internal)?.address;
const lacksNetwork = outer === undefined && "this machine has no address but its own";

const names = ["edge", "generate", "synthesize"] as const;
type Name = (typeof names)[number];

/** The variables of a container as its process sees them, in the namespace `shop`. */
function environmentOf(container: Any): Record<string, string> {
  const env: Record<string, string> = {};
  for (const { name, value, valueFrom } of container.env) {
    if (value === undefined) {
      if (valueFrom.fieldRef !== undefined) env[name] = "shop";
    } else
      env[name] = value.replace(/\$(?:\$|\((\w+)\))/g, (whole: string, known?: string) =>
        known === undefined ? "$" : (env[known] ?? whole),
      );
  }
  return env;
}

const renderings: Readonly<Record<string, () => Record<Name, Record<string, string>>>> = {
  compose: () => {
    const { services } = compose("");
    const plain = (env: Record<string, string>) =>
      Object.fromEntries(
        Object.entries(env)
          .filter(([, value]) => !value.startsWith("${"))
          .map(([name, value]) => [name, value.replaceAll("$$", "$")]),
      );
    return Object.fromEntries(names.map((name) => [name, plain(services[name].environment)])) as never;
  },
  Kubernetes: () => {
    const { containers } = workloads(kubernetes(""))[0].spec.template.spec;
    return Object.fromEntries(containers.map((one: Any) => [one.name, environmentOf(one)])) as never;
  },
};

/** Who asks what, by which address of the pod or of `net`, and what it names in `Host`. */
const asked: Readonly<Record<string, readonly [host: string, ports: readonly ("public" | Name)[], served: boolean][]>> =
  {
    compose: [
      // The health checks, from inside.
      ["127.0.0.1:PORT", ["edge", "generate", "synthesize"], true],
      // Callers through the published port, and other containers.
      ["127.0.0.1:PORT", ["public"], true],
      ["localhost:PORT", ["public"], true],
      ["edge:PORT", ["public"], true],
      ["net:PORT", ["public"], true],
      // Prometheus in a container.
      ["net:PORT", ["edge", "generate", "synthesize"], true],
      ["ADDRESS:PORT", ["public", "edge", "generate", "synthesize"], true],
      ["duet:PORT", ["public"], false],
      ["evil.example", ["public"], false],
    ],
    Kubernetes: [
      // The probes of the kubelet, as they are rendered, and as they would be by the address of the pod.
      ["localhost", ["edge", "generate", "synthesize"], true],
      ["ADDRESS:PORT", ["public", "edge", "generate", "synthesize"], true],
      ["duet", ["public"], true],
      ["duet:80", ["public"], true],
      ["duet.shop", ["public"], true],
      ["duet.shop.svc", ["public"], true],
      ["duet.shop.svc.cluster.local", ["public"], true],
      ["duet.shop.svc.cluster.local.", ["public"], true],
      // Prometheus by the service of the metrics.
      ["duet-metrics:PORT", ["edge", "generate", "synthesize"], true],
      ["duet-metrics.shop.svc:PORT", ["edge", "generate", "synthesize"], true],
      ["duet.other.svc", ["public"], false],
      ["duet.$(POD_NAMESPACE)", ["public"], false],
      ["evil.example", ["public"], false],
    ],
  };

for (const [kind, render] of Object.entries(renderings))
  describe(`what ${kind} renders is served by the names that it has there`, skipFor(lacksNetwork), () => {
    const programs: Program[] = [];
    const ports = new Map<"public" | Name, number>();
    beforeAll(async () => {
      const env = render();
      const scripts = {
        edge: "edge/main.ts",
        generate: "services/generate/main.ts",
        synthesize: "services/synthesize/main.ts",
      };
      const start = async (name: Name) => {
        const [port, admin] = [await freePort(), await freePort()];
        ports.set(name, admin);
        if (name === "edge") ports.set("public", port);
        const prefix = `DUET_${name.toUpperCase()}`;
        const moved = (variable: string, to: number) => (env[name][variable] ?? "127.0.0.1:0").replace(/\d+$/, `${to}`);
        const listens = {
          [`${prefix}_LISTEN`]: moved(`${prefix}_LISTEN`, port),
          [`${prefix}_ADMIN_LISTEN`]: moved(`${prefix}_ADMIN_LISTEN`, admin),
        };
        programs.push(await startProgram(scripts[name], { ...env[name], ...listens, DUET_DRAIN_TIMEOUT_MS: "0" }));
      };
      await Promise.all(names.map(start));
    });
    afterAll(() => Promise.all(programs.map((program) => program.stop())));

    for (const [host, at, served] of asked[kind] ?? [])
      for (const port of at)
        test(`${host} at ${port}: ${served ? "served" : "refused"}`, async () => {
          const number = ports.get(port) as number;
          const named = host.replace("ADDRESS", outer as string).replace("PORT", `${number}`);
          // A health check of compose is made from inside; all else comes over the network.
          const from = port !== "public" && named.startsWith("127.") ? "127.0.0.1" : (outer as string);
          for (const path of port === "public" ? ["/healthz", "/"] : ["/healthz", "/readyz", "/metrics"]) {
            const { status, body } = await get(from, number, path, named);
            assert.equal(status !== 403, served, `${path}: ${status} ${body.slice(0, 200)}`);
            if (served && path !== "/readyz") assert.equal(status, 200, path);
          }
        });
  });

async function get(host: string, port: number, path: string, named: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    request({ host, port, path, headers: { host: named }, agent: false }, async (response) =>
      resolve({ status: response.statusCode ?? 0, body: await text(response) }),
    )
      .on("error", reject)
      .end();
  });
}
