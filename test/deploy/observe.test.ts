import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, type TestContext, test } from "vitest";
import { parse } from "yaml";
import { listProfiles } from "../../infra/config/profiles.ts";
import { dashboards } from "../../infra/deploy/observe/dashboards.ts";
import { traceLabel } from "../../infra/telemetry/metrics.ts";
import { skipFor } from "../support/skip.ts";
import { type Any, compose, kubernetes, workloads } from "./renderings.ts";

const watchers = ["prometheus", "grafana", "otel-collector", "jaeger"];
const voice = readFileSync(listProfiles().find(({ name }) => name === "4x4090d-voice")?.file ?? "", "utf8");
const rules = join(import.meta.dirname, "../../infra/deploy/observe/rules");
const lacksPromtool = spawnSync("promtool", ["--version"]).error !== undefined;

/** The texts that a program is given, by where it finds them. */
const renderings: Readonly<Record<string, (config: string) => (name: string) => Record<string, string>>> = {
  compose: (config) => {
    const { services, configs } = compose(config, true);
    return (name) =>
      Object.fromEntries(
        (services[name].configs ?? []).map(({ source, target }: Any) => [
          target,
          configs[source].content.replaceAll("$$", "$"),
        ]),
      );
  },
  Kubernetes: (config) => {
    const objects = kubernetes(config, true);
    return (name) => {
      const pod = workloads(objects).find(({ metadata }) => metadata.name === name).spec.template.spec;
      const { data = {} } = objects.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === name) ?? {};
      return Object.fromEntries(
        pod.containers[0].volumeMounts.flatMap(({ name: mounted, mountPath }: Any) =>
          (pod.volumes.find((one: Any) => one.name === mounted)?.configMap?.items ?? []).map(({ key, path }: Any) => [
            join(mountPath, path),
            data[key],
          ]),
        ),
      );
    };
  },
};

for (const [kind, textsOf] of Object.entries(renderings))
  describe(`what watches a deployment that ${kind} runs`, () => {
    const jobsOf = (config: string) =>
      Object.fromEntries(
        parse(textsOf(config)("prometheus")["/etc/prometheus/prometheus.yml"] ?? "").scrape_configs.map(
          ({ job_name, static_configs }: Any) => [job_name, static_configs[0].targets],
        ),
      );

    test("scrapes the three processes and the model's servers where they are", () => {
      const host = kind === "compose" ? "net" : "duet-metrics";
      const own = { "duet-edge": [`${host}:9050`], "duet-generate": [`${host}:9051`] };
      const synthesize = { "duet-synthesize": [`${host}:9052`] };
      const vllm = kind === "compose" ? "vllm:8000" : "vllm:8000";
      assert.deepEqual(jobsOf(""), { ...own, ...synthesize, vllm: [vllm] });
      const moved = "generate: { adminListen: '127.0.0.1:7001' }\nvllm: { url: 'http://gpu:8000' }\n";
      assert.deepEqual(jobsOf(moved), { ...own, "duet-generate": [`${host}:7001`], ...synthesize });
      const { vllm: servers } = jobsOf(voice);
      const names = kind === "compose" ? Object.keys(compose(voice).services) : ["vllm"];
      for (const server of servers) assert.ok(names.includes(server.split(":")[0]), server);
    });

    test("has our rules and dashboards, as they are, and finds them", () => {
      const prometheus = textsOf("")("prometheus");
      for (const name of ["recording.yml", "alerts.yml"])
        assert.equal(prometheus[`/etc/prometheus/${name}`], readFileSync(join(rules, name), "utf8"));
      const grafana = textsOf("")("grafana");
      const provider = parse(grafana["/etc/grafana/provisioning/dashboards/duet.yaml"] ?? "").providers[0];
      for (const { uid, title } of dashboards)
        assert.equal(JSON.parse(grafana[`${provider.options.path}/${uid}.json`] ?? "").title, title);
      const source = parse(grafana["/etc/grafana/provisioning/datasources/prometheus.yaml"] ?? "").datasources[0];
      assert.equal(source.url, "http://prometheus:9090");
      const traces = parse(grafana["/etc/grafana/provisioning/datasources/jaeger.yaml"] ?? "").datasources[0];
      assert.equal(traces.url, "http://jaeger:16686");
      assert.deepEqual(source.jsonData.exemplarTraceIdDestinations, [{ name: traceLabel, datasourceUid: traces.uid }]);
      const collector = parse(textsOf("")("otel-collector")["/etc/otel/otel-collector.yaml"] ?? "");
      assert.equal(collector.exporters.otlphttp.endpoint, "http://jaeger:4318");
      assert.deepEqual(textsOf("")("jaeger"), {});
    });

    test(
      "has a config that Prometheus takes",
      skipFor(lacksPromtool && "promtool is not on the path: apt-get install prometheus"),
      (context) => {
        const folder = folderOf(context);
        for (const [path, text] of Object.entries(textsOf(voice)("prometheus")))
          writeFileSync(join(folder, basename(path)), text);
        const { status, stdout, stderr } = spawnSync("promtool", ["check", "config", join(folder, "prometheus.yml")], {
          encoding: "utf8",
        });
        assert.equal(status, 0, `${stdout}${stderr}`);
      },
    );
  });

describe("what watches a deployment", () => {
  test("is there where it is asked for, and else nothing speaks of it", () => {
    assert.deepEqual(
      Object.keys(compose("", true).services).filter((name) => !Object.keys(compose("").services).includes(name)),
      watchers,
    );
    const names = (objects: Any[]) => workloads(objects).map(({ metadata }) => metadata.name);
    assert.deepEqual(
      names(kubernetes("", true)).filter((name) => !names(kubernetes("")).includes(name)),
      watchers,
    );
    assert.equal(compose("").configs, undefined);
    assert.doesNotMatch(JSON.stringify([compose(""), kubernetes("")]), /grafana|jaeger|otel-collector/);
  });

  test("has texts in which Compose fills in nothing", () => {
    for (const { content } of Object.values(compose("", true).configs) as Any[])
      for (const [dollars] of content.matchAll(/\$+/g)) assert.equal(dollars.length % 2, 0, dollars);
  });

  test("is sent the spans of all three processes", () => {
    const { services } = compose("", true);
    const { containers } = workloads(kubernetes("", true))[0].spec.template.spec;
    for (const name of ["edge", "generate", "synthesize"]) {
      assert.equal(services[name].environment.OTEL_EXPORTER_OTLP_ENDPOINT, "http://otel-collector:4318");
      const { env } = containers.find((one: Any) => one.name === name);
      const told = env.filter((one: Any) => one.name === "OTEL_EXPORTER_OTLP_ENDPOINT");
      assert.deepEqual(told, [{ name: "OTEL_EXPORTER_OTLP_ENDPOINT", value: "http://otel-collector:4318" }]);
    }
  });

  test("is published to this machine alone, writes to volumes that there are, and has no rights", () => {
    const { services, volumes } = compose("", true);
    assert.deepEqual(
      watchers.map((name) => services[name].ports),
      [undefined, ["127.0.0.1:3000:3000"], undefined, ["127.0.0.1:16686:16686"]],
    );
    for (const name of watchers) {
      const { user, cap_drop, security_opt, volumes: mounted = [], read_only } = services[name];
      assert.deepEqual([cap_drop, security_opt], [["ALL"], ["no-new-privileges:true"]]);
      assert.doesNotMatch(user, /^0/);
      // Compose could not put the texts into it.
      assert.equal(read_only, undefined);
      for (const mount of mounted) assert.ok(mount.split(":")[0] in volumes, mount);
    }
  });

  test("is let in, by those alone that send to it; and Prometheus to what it scrapes", () => {
    const objects = kubernetes(voice, true);
    const policies = new Map(
      objects
        .filter(({ kind }) => kind === "NetworkPolicy")
        .map(({ metadata, spec }) => [metadata.name, spec.ingress] as const),
    );
    const letIn = (name: string) =>
      policies
        .get(name)
        .map(({ from, ports }: Any) => [from[0].podSelector.matchLabels["app.kubernetes.io/name"], ports[0].port]);
    assert.deepEqual(watchers.map(letIn), [
      [["grafana", 9090]],
      [],
      [["duet", 4318]],
      [
        ["otel-collector", 4318],
        ["grafana", 16_686],
      ],
    ]);
    assert.deepEqual(letIn("vllm"), [
      ["duet", 8000],
      ["prometheus", 8000],
    ]);
    assert.deepEqual(letIn("fish"), [["duet", 8080]]);
    const plain = kubernetes(voice).find(({ kind, metadata }) => kind === "NetworkPolicy" && metadata.name === "vllm");
    assert.equal(plain.spec.ingress.length, 1);
  });

  test("finds its folders, ports and pods, and passes PodSecurity restricted", () => {
    const objects = kubernetes("", true);
    for (const { metadata, spec } of workloads(objects).filter(({ metadata }) => watchers.includes(metadata.name))) {
      const { containers, volumes, securityContext } = spec.template.spec;
      const [{ volumeMounts, ports, readinessProbe, securityContext: own }] = containers;
      assert.deepEqual([securityContext.runAsNonRoot, own.readOnlyRootFilesystem], [true, true]);
      assert.deepEqual(
        volumeMounts.map(({ name }: Any) => name),
        volumes.map(({ name }: Any) => name),
      );
      const folders = volumeMounts.map(({ mountPath }: Any) => `${mountPath}/`);
      for (const one of folders) assert.equal(folders.filter((other: string) => one.startsWith(other)).length, 1, one);
      const at = (readinessProbe.httpGet ?? readinessProbe.tcpSocket).port;
      assert.ok(ports.some(({ containerPort }: Any) => containerPort === at));
      const found = objects.find((one) => one.kind === "Service" && one.metadata.name === metadata.name);
      assert.deepEqual(
        found.spec.ports.map(({ port }: Any) => port),
        ports.map(({ containerPort }: Any) => containerPort),
      );
      for (const { persistentVolumeClaim: claimed } of volumes)
        if (claimed)
          assert.ok(objects.some((one) => one.kind === "PersistentVolumeClaim" && one.metadata.name === metadata.name));
    }
  });

  test("finds the metrics of a pod that takes no work", () => {
    const metrics = kubernetes("").find(({ kind, metadata }) => kind === "Service" && metadata.name === "duet-metrics");
    assert.equal(metrics.spec.publishNotReadyAddresses, true);
  });
});

function folderOf(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "duet-"));
  context.onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
