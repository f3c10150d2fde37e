import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { loadConfig } from "../../infra/config/load.ts";
import { listProfiles } from "../../infra/config/profiles.ts";
import { renderCompose } from "../../infra/deploy/compose.ts";
import { renderKubernetes } from "../../infra/deploy/kubernetes/kubernetes.ts";

// biome-ignore lint/suspicious/noExplicitAny: what is rendered is read as its programs read it.
type Any = any;

const load = (text: string) => loadConfig({}, text, { secrets: false });
const compose = (text: string): Any => parse(renderCompose(load(text), "duet:latest"));
const kubernetes = (text: string): Any[] =>
  parseAllDocuments(renderKubernetes(load(text), { image: "duet:latest", gpuResource: "nvidia.com/gpu.shared" })).map(
    (document) => document.toJS(),
  );
const profiles = listProfiles().map(({ name, file }) => ({ name, text: readFileSync(file, "utf8") }));
const ours = ["edge", "generate", "synthesize"];
const workloads = (objects: Any[]) => objects.filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet");

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

  test("a file that a setting names is in the container that reads it", () => {
    const text = "edge: { access: keys, keys: { file: keys.yaml } }\n";
    const { edge, generate } = compose(text).services;
    assert.match(edge.volumes[0], /^\/.*\/keys\.yaml:\/etc\/duet\/keys\.yaml:ro$/);
    assert.equal(edge.environment.DUET_EDGE_KEYS_FILE, "/etc/duet/keys.yaml");
    assert.equal(generate.volumes, undefined);
    const pod = workloads(kubernetes(text))[0].spec.template.spec;
    assert.deepEqual(pod.volumes[1], { name: "files", secret: { secretName: "duet-files" } });
    assert.deepEqual(pod.containers[0].volumeMounts[1], {
      name: "files",
      mountPath: "/etc/duet/keys.yaml",
      subPath: "keys.yaml",
      readOnly: true,
    });
  });

  for (const text of ["redis: { url: 'redis://127.0.0.1:6379' }\n", "vllm: { url: 'http://localhost:8000' }\n"])
    test(`${text.split(":")[0]} at an address of this machine alone is refused: there it is the container`, () => {
      assert.throws(() => compose(text), /is the container itself.*host\.docker\.internal/);
      assert.throws(() => kubernetes(text), /is the container itself/);
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

  test("a folder of this host is refused with what to do", () =>
    assert.throws(
      () => kubernetes("fish: { url: http://gpu:8080, references: ./voices }\n"),
      /fish\.references: .*servers' volume/,
    ));
});
