import { parse, parseAllDocuments } from "yaml";
import { renderKubernetes } from "../../../infra/deploy/kubernetes/kubernetes.ts";
import { writeYaml } from "../../../infra/deploy/yaml.ts";
import { type Any, load, workloads } from "../renderings.ts";
import { type Cluster, startCluster, type Verdict } from "./cluster.ts";
import { configs, observed } from "./configs.ts";

const level = "pod-security.kubernetes.io";
type Level = "restricted" | "baseline";

/**
 * Has the objects of every config created in a kube-apiserver, strictly, and for each workload a pod as its controller
 * would make it: our own in a namespace that enforces `restricted`, those of the engines in one that enforces
 * `baseline`. Throws what is refused, and what is warned of.
 */
export async function checkKubernetes(): Promise<void> {
  const cluster = await startCluster();
  try {
    const start = performance.now();
    let [objects, pods] = [0, 0];
    for (const [index, [name, config]] of Object.entries(configs).entries()) {
      const [baseline, restricted] = [`deployed-${index}`, `ours-${index}`];
      await createNamespace(cluster, baseline, "baseline");
      await createNamespace(cluster, restricted, "restricted");
      const accept = async (what: string, path: string, yaml: string, dryRun = false) => {
        const { refusal, warnings } = await cluster.create(path, yaml, { dryRun });
        const faults = [refusal, ...warnings].filter((fault) => fault !== "");
        if (faults.length > 0) throw new Error(`Kubernetes, ${name}, ${what}: ${faults.join("; ")}`);
      };
      const text = renderKubernetes(load(config), {
        image: "duet:latest",
        gpuResource: "nvidia.com/gpu.shared",
        observe: observed.has(name),
      });
      for (const yaml of text.split(/^---\n/m)) {
        const object = parse(yaml) as Any;
        const what = `${object.kind} ${object.metadata.name}`;
        await accept(what, pathOf(object, baseline), yaml);
        objects++;
        if (workloads([object]).length === 0) continue;
        const namespace = isOurs(object) ? restricted : baseline;
        // Of a workload one is only warned: it is its pods that are refused.
        if (namespace === restricted) await accept(what, pathOf(object, namespace), yaml, true);
        await accept(`a pod of ${what}`, `/api/v1/namespaces/${namespace}/pods`, podOf(object));
        pods++;
      }
    }
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    await refuseMistakes(cluster);
    process.stdout.write(
      `Kubernetes: ready after ${(cluster.readyMs / 1000).toFixed(1)} s; of ${Object.keys(configs).length} configs ${objects} objects created and ${pods} pods admitted in ${seconds} s, no warning\n`,
    );
  } finally {
    await cluster.close();
  }
}

/** Whether all containers of a workload are ours, or those of a store or of what watches us, which we set up. */
function isOurs({ spec }: Any): boolean {
  return spec.template.spec.containers.every(({ image }: Any) =>
    /^(?:duet|redis|prom|grafana|otel|jaegertracing)[:/]/.test(image),
  );
}

function pathOf({ apiVersion, kind }: Any, namespace: string): string {
  const group = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  return `${group}/namespaces/${namespace}/${kind.toLowerCase().replace(/y$/, "ie")}s`;
}

/** A pod as a controller makes it of its workload. */
function podOf({ metadata, spec: { template } }: Any): string {
  return writeYaml({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...template.metadata, name: `${metadata.name}-0` },
    spec: template.spec,
  });
}

/** A namespace that enforces a level, with the account that a controller would make there. */
async function createNamespace(cluster: Cluster, name: string, enforced: Level): Promise<void> {
  const labels = { [`${level}/enforce`]: enforced, [`${level}/warn`]: enforced };
  isCreated(
    await cluster.create(
      "/api/v1/namespaces",
      writeYaml({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels } }),
    ),
  );
  const account = writeYaml({ apiVersion: "v1", kind: "ServiceAccount", metadata: { name: "default" } });
  isCreated(await cluster.create(`/api/v1/namespaces/${name}/serviceaccounts`, account));
}

function isCreated({ status, refusal }: Verdict): void {
  if (status !== 201) throw new Error(refusal);
}

/** Objects with a mistake: each has to be refused, or nothing is shown by those that are not. */
async function refuseMistakes(cluster: Cluster): Promise<void> {
  await createNamespace(cluster, "mistakes", "restricted");
  const text = renderKubernetes(load(configs.nothing ?? ""), { image: "duet:latest", gpuResource: "nvidia.com/gpu" });
  const [duet, service] = parseAllDocuments(text).map((document) => document.toJS() as Any);
  const pod = parse(podOf(duet));
  const mistakes: readonly [what: string, object: Any, change: (object: Any) => void, refusal: RegExp][] = [
    [
      "a field that there is not",
      duet,
      ({ spec }) => Object.assign(spec, { replicaz: 1 }),
      /unknown field "spec.replicaz"/,
    ],
    ["a text for a number", duet, ({ spec }) => Object.assign(spec, { replicas: "one" }), /replicas/],
    ["a selector that misses", duet, ({ spec }) => Object.assign(spec.selector.matchLabels, { a: "b" }), /selector/],
    [
      "a long port name",
      pod,
      ({ spec }) => Object.assign(spec.containers[0].ports[0], { name: "a-name-too-long-by-far" }),
      /ports/,
    ],
    ["a volume that there is not", pod, ({ spec }) => spec.volumes.pop(), /volumeMounts/],
    [
      "a bad quantity",
      pod,
      ({ spec }) => Object.assign(spec.containers[0].resources.limits, { memory: "1 GB" }),
      /quantit/,
    ],
    ["a bad service name", service, ({ metadata }) => Object.assign(metadata, { name: "Duet" }), /metadata.name/],
    ["a root user", pod, ({ spec }) => Object.assign(spec.securityContext, { runAsUser: 0 }), /violates PodSecurity/],
    ["capabilities", pod, ({ spec }) => delete spec.containers[0].securityContext.capabilities, /violates PodSecurity/],
  ];
  for (const [what, object, change, refusal] of mistakes) {
    const changed = structuredClone(object);
    change(changed);
    const verdict = await cluster.create(pathOf(changed, "mistakes"), writeYaml(changed), { dryRun: true });
    if (!refusal.test(verdict.refusal))
      throw new Error(
        `Kubernetes: ${what} is not noticed, so that this shows nothing: ${verdict.status} ${verdict.refusal}`,
      );
  }
}
