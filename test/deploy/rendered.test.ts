import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "vitest";
import { parse } from "yaml";
import { listProfiles } from "../../infra/config/profiles.ts";
import { renderCompose } from "../../infra/deploy/compose.ts";
import { renderKubernetes } from "../../infra/deploy/kubernetes/kubernetes.ts";
import { type Any, compose, kubernetes, load, workloads } from "./renderings.ts";

const profiles = listProfiles().map(({ name, file }) => ({ name, text: readFileSync(file, "utf8") }));
const ours = ["edge", "generate", "synthesize"];

describe("compose", () => {
  for (const { name, text } of profiles)
    test(`${name}: what restarts leaves the others their network, and each is asked whether it takes work`, () => {
      const { services } = compose(text);
      for (const part of ours) {
        const { network_mode, healthcheck, read_only, user, cap_drop } = services[part];
        assert.equal(network_mode, "service:net");
        assert.match(healthcheck.test.at(-1), /\/readyz/);
        assert.deepEqual([read_only, user, cap_drop], [true, "10001:10001", ["ALL"]]);
      }
      assert.equal(services.net.restart, "unless-stopped");
      assert.ok(services.net.ports.some((port: string) => port.endsWith(":9051")));
      assert.ok(services.net.ports.some((port: string) => port.endsWith(":9052")));
      assert.equal(services.generate.environment.DUET_GENERATE_ADMIN_LISTEN, "0.0.0.0:9051");
    });

  const published: readonly [listen: string, port: string, names: string][] = [
    ["127.0.0.1:8080", "127.0.0.1:8080:8080", "net,edge"],
    ["[::1]:8081", "127.0.0.1:8081:8081", "net,edge"],
    ["localhost:8080", "127.0.0.1:8080:8080", "net,edge"],
    ["0.0.0.0:8080", "8080:8080", "net,edge"],
    ["192.0.2.7:8080", "192.0.2.7:8080:8080", "net,edge,192.0.2.7"],
    ["[fd00::7]:8080", "[fd00::7]:8080:8080", "net,edge,fd00::7"],
    ["voice.lan:8080", "8080:8080", "net,edge,voice.lan"],
  ];
  for (const [listen, port, names] of published)
    test(`an edge that listens at ${listen} is published at ${port}, and served by ${names}`, () => {
      const text = `edge: { listen: '${listen}', openToAll: true }\n`;
      const { net, edge } = compose(text).services;
      assert.deepEqual([net.ports[0], edge.environment.DUET_EDGE_ALLOWED_HOSTS], [port, names]);
      assert.equal(/^# Callers on other machines/m.test(renderCompose(load(text), "duet")), listen.startsWith("0."));
    });

  test("what YAML 1.1 takes for something else is quoted", () => {
    const voices = ["no", "on", "y", "1_000", "12:30", "0o17"].map((name) => `a${name}: '${name}'`).join(", ");
    for (const [version, text] of [
      ["1.1", renderCompose(load(`edge: { openai: { voices: { ${voices} } }, instructions: 'no' }\n`), "duet")],
      ["1.1", renderCompose(load("redis: { cacheUrl: 'redis://duet-redis-cache' }\n"), "duet")],
    ] as const) {
      const isText = (value: unknown): boolean =>
        Array.isArray(value) ? value.every(isText) : typeof value === "string";
      for (const { command, environment = {} } of Object.values(parse(text, { version }).services as Any) as Any[]) {
        assert.ok(command === undefined || isText(command), JSON.stringify(command));
        assert.ok(isText(Object.values(environment)), JSON.stringify(environment));
      }
    }
  });

  test("a dollar sign is itself, wherever it stands", () => {
    const { services } = compose("edge: { instructions: 'cost $5 $HOME $$' }\n");
    assert.equal(services.edge.environment.DUET_EDGE_INSTRUCTIONS, "cost $$5 $$HOME $$$$");
  });

  test("an address with a password, and a secret, are named and not printed", () => {
    const text =
      "redis: { url: { env: CACHE_URL } }\nvllm: { url: { env: GPU_URL }, apiKey: { env: GPU_KEY } }\nfish: { url: http://gpu:8080, apiKey: { file: /nowhere/key } }\n";
    assert.deepEqual(
      load(text).problems.filter(({ severity }) => severity === "error"),
      [],
    );
    for (const rendered of [
      renderCompose(load(text), "duet"),
      renderKubernetes(load(text), { image: "duet", gpuResource: "nvidia.com/gpu" }),
    ]) {
      assert.doesNotMatch(rendered, /not-read/);
      for (const name of ["CACHE_URL", "GPU_URL", "GPU_KEY", "DUET_FISH_API_KEY"])
        assert.match(rendered, new RegExp(name));
    }
    assert.match(compose(text).services.edge.environment.DUET_REDIS_URL, /^\$\{CACHE_URL:\?/);
    assert.match(compose(text).services.generate.environment.DUET_VLLM_API_KEY, /^\$\{GPU_KEY:\?/);
  });

  for (const text of [
    "redis: { url: 'redis://127.0.0.1:6379' }\n",
    "redis: { cacheUrl: 'redis://[::1]:6379' }\n",
    "vllm: { url: 'http://localhost:8000' }\n",
    "fish: { url: 'http://gpu:8080,http://0.0.0.0:8080' }\n",
    "edge: { access: jwt, jwt: { jwksUrl: 'https://keys.localhost/jwks' } }\n",
  ])
    test(`${text.trim()} is refused: there it is the container itself`, () => {
      assert.throws(() => compose(text), /would mean the container itself.*host\.docker\.internal/);
      assert.throws(() => kubernetes(text), /would mean the container itself/);
    });
});

describe("the images of Fish-Speech", () => {
  const engine = (version: string) =>
    `synthesize: { maxSessions: 5 }\nfish: { mode: ${version.startsWith("1.4") ? "1.4" : version} }\nengine: { fish: { version: ${version} } }\n`;
  const rows: readonly [version: string, command: RegExp | undefined, home: string][] = [
    ["1.4.3", /^python -m tools\.api --listen 0\.0\.0\.0:8080 .*--compile$/, "/opt/fish-speech"],
    ["1.5.1", /^python -m tools\.api_server --listen 0\.0\.0\.0:8080 .*--compile$/, "/opt/fish-speech"],
    ["s1", undefined, "/app"],
    ["s2", undefined, "/app"],
  ];
  for (const [version, command, home] of rows)
    test(`${version} is started as its image wants it, with its folders where it looks for them`, () => {
      const fish = compose(engine(version)).services["fish-0"];
      if (command === undefined) assert.equal(fish.environment.API_SERVER_PORT, "8080");
      else {
        assert.match(fish.command.join(" "), command);
        assert.equal(fish.environment, undefined);
      }
      assert.deepEqual(
        fish.volumes.map((volume: string) => volume.split(":")[1]),
        [`${home}/checkpoints`, `${home}/references`],
      );
      const [set] = workloads(kubernetes(engine(version))).filter(({ kind }) => kind === "StatefulSet");
      const { command: started, volumeMounts } = set.spec.template.spec.containers[0];
      assert.equal(started === undefined, command === undefined);
      // The older images have their weights: an empty volume would hide them.
      assert.equal(
        volumeMounts.some(({ mountPath }: Any) => mountPath.endsWith("/checkpoints")),
        command === undefined,
      );
    });
});

describe("Kubernetes", () => {
  for (const { name, text } of profiles)
    test(`${name}: our pods pass PodSecurity restricted, the engines' baseline; all are probed, asked for and guarded`, () => {
      const objects = kubernetes(text);
      for (const { metadata, spec } of workloads(objects)) {
        const pod = spec.template.spec;
        assert.equal(pod.automountServiceAccountToken, false);
        assert.equal(pod.securityContext.seccompProfile.type, "RuntimeDefault");
        for (const container of pod.containers) {
          const isOurs = container.image === "duet:latest";
          assert.equal(container.securityContext.allowPrivilegeEscalation, false);
          if (isOurs) {
            assert.equal(pod.securityContext.runAsNonRoot, true);
            assert.deepEqual(container.securityContext.capabilities, { drop: ["ALL"] });
            assert.equal(container.securityContext.readOnlyRootFilesystem, true);
            assert.ok(container.resources.limits.memory);
          }
          assert.equal(pod.hostNetwork ?? pod.hostIPC ?? pod.hostPID, undefined);
          assert.ok(container.resources.requests.cpu && container.resources.requests.memory);
          for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"])
            assert.ok(container[probe].timeoutSeconds >= 5, `${metadata.name} ${probe}`);
          for (const { name: port } of container.ports) assert.ok(port.length <= 15, port);
        }
        const policy = objects.find(
          ({ kind, metadata: { name } }) => kind === "NetworkPolicy" && name === metadata.name,
        );
        assert.ok(policy, metadata.name);
      }
    });

  test("what waits for its engine is not ready, and is not started anew; both services' metrics can be fetched", () => {
    const objects = kubernetes("");
    const [edge, generate, synthesize] = workloads(objects)[0].spec.template.spec.containers;
    for (const { readinessProbe, livenessProbe } of [edge, generate, synthesize]) {
      assert.equal(readinessProbe.httpGet.path, "/readyz");
      assert.equal(livenessProbe.httpGet.path, "/healthz");
    }
    assert.equal(generate.env.find(({ name }: Any) => name === "DUET_GENERATE_ADMIN_LISTEN").value, "0.0.0.0:9051");
    const metrics = objects.find(({ kind, metadata: { name } }) => kind === "Service" && name === "duet-metrics");
    const ports = metrics.spec.ports.map(({ port }: Any) => port);
    assert.ok(ports.includes(9051) && ports.includes(9052), ports.join());
  });

  test("what looks like a reference to a variable is none", () => {
    const [edge] = workloads(kubernetes("edge: { instructions: 'cost $5 $(HOME) $$' }\n"))[0].spec.template.spec
      .containers;
    const { value } = edge.env.find(({ name }: Any) => name === "DUET_EDGE_INSTRUCTIONS");
    assert.equal(value, "cost $$5 $$(HOME) $$$$");
  });

  for (const { name, text } of profiles)
    test(`${name}: each probe, service and mount finds the port, the pods and the volume that it names`, () => {
      const objects = kubernetes(text);
      for (const { spec } of workloads(objects)) {
        const pod = spec.template.spec;
        for (const container of pod.containers) {
          const ports = container.ports.flatMap(({ name, containerPort }: Any) => [name, containerPort]);
          for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
            const { httpGet, tcpSocket } = container[probe];
            assert.ok(ports.includes((httpGet ?? tcpSocket).port), `${container.name} ${probe}`);
          }
          const volumes = (pod.volumes ?? []).map(({ name }: Any) => name);
          for (const mount of container.volumeMounts ?? []) assert.ok(volumes.includes(mount.name), mount.name);
        }
        const claims = objects
          .filter(({ kind }) => kind === "PersistentVolumeClaim")
          .map((claim) => claim.metadata.name);
        for (const { persistentVolumeClaim: claimed } of pod.volumes ?? [])
          if (claimed) assert.ok(claims.includes(claimed.claimName), claimed.claimName);
      }
      for (const { metadata, spec } of objects.filter(({ kind }) => kind === "Service")) {
        const selected = workloads(objects).filter(({ spec: { template } }) =>
          Object.entries(spec.selector).every(([label, value]) => template.metadata.labels[label] === value),
        );
        assert.equal(selected.length, 1, metadata.name);
        const ports = selected[0].spec.template.spec.containers.flatMap(({ ports }: Any) => ports);
        for (const { targetPort } of spec.ports)
          assert.ok(
            ports.some(({ name, containerPort }: Any) => targetPort === name || targetPort === containerPort),
            `${metadata.name} ${targetPort}`,
          );
      }
    });
});
