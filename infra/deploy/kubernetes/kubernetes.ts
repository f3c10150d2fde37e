import type { LoadedConfig } from "../../config/config.ts";
import { nameOf } from "../../config/declared.ts";
import type { EngineServer, Storage } from "../../engines/container.ts";
import type { EngineParts } from "../engine-parts.ts";
import { memoryOf } from "../memory.ts";
import { collectorUrl, observersOf } from "../observe/observers.ts";
import { scrapedEngines, targetsOf } from "../observe/targets.ts";
import { partsOf } from "../parts.ts";
import { writeYaml } from "../yaml.ts";
import { duetObjects, limited, metricsName, secretsHeader, serviceName } from "./duet.ts";
import { onlyFrom } from "./network.ts";
import { claim, container, labels, meta, noLinks, probes, secretName, service } from "./objects.ts";
import { observerObjects } from "./observers.ts";
import { baselineContainer, baselinePod, restrictedContainer, restrictedPod } from "./security.ts";
import { storeObjects } from "./stores.ts";

/** Options of renderKubernetes. */
export interface KubernetesOptions {
  /** The image that contains this source tree; the engines use their own images. */
  readonly image: string;
  /** The name by which the cluster calls the resource of one GPU. */
  readonly gpuResource: string;
  /** Whether to include observability tools. Default: no. */
  readonly observe?: boolean;
}

const header = `# Rendered from duet.yaml by \`duet render k8s\`: edit that file, and render again.
# Secrets: kubectl create secret generic ${secretName} --from-literal=${nameOf("vllm.apiKey")}=…, and so on. None is needed if no engine asks for a key.
`;

/**
 * Renders the deployment as Kubernetes objects. If no cluster could schedule the deployment, throws an Error that says
 * what to do.
 */
export function renderKubernetes(loaded: LoadedConfig, options: KubernetesOptions): string {
  const { observe = false } = options;
  const parts = partsOf(loaded, options.image, {
    urlOf,
    edge: [serviceName],
    ...(observe ? { collector: collectorUrl } : {}),
  });
  const { duet, engines, stores } = parts;
  refuseSharedCards(engines, options);
  const objects = [
    ...duetObjects(duet),
    ...engines.flatMap((parts) => engineObjects(parts, options)),
    ...stores.flatMap(storeObjects),
    ...(observe ? observersOf(targetsOf(parts, metricsName, urlOf)).flatMap(observerObjects) : []),
  ];
  return header + secretsHeader(Object.values(duet)) + objects.map(writeYaml).join("---\n");
}

/** The URL by which other pods reach a server of an engine. */
function urlOf({ engine, servers }: EngineParts, index: number): string {
  const { name, port } = servers[index] as EngineServer;
  return engine.deployment.addressed === "each"
    ? `http://${name}.${engine.name}:${port}`
    : `http://${engine.name}:${port}`;
}

/** The resource name of a whole GPU in NVIDIA's device plugin. */
export const wholeCard = "nvidia.com/gpu";

/** The CPU and memory that an engine's container requests, besides GPUs. The memory is for loading the weights. */
const engineRequests = { cpu: "1", memory: "4Gi" };

/**
 * Throws if engines share a GPU, since a cluster assigns whole GPUs. With the name of a resource for shared GPUs as
 * `gpuResource`, sharing is allowed.
 */
function refuseSharedCards(engines: readonly EngineParts[], { gpuResource }: KubernetesOptions): void {
  const taken = new Set<number>();
  for (const { engine, servers } of engines)
    for (const card of servers.flatMap(({ gpus }) => gpus)) {
      if (taken.has(card) && gpuResource === wholeCard)
        throw new Error(
          `${engine.cardFields.cards}: several engines share GPU ${card}, but Kubernetes assigns only whole GPUs: turn on time slicing in NVIDIA's device plugin, and render with --gpu-resource nvidia.com/gpu.shared`,
        );
      taken.add(card);
    }
}

function engineObjects(
  { engine, servers, storage, standIn }: EngineParts,
  { gpuResource, observe }: KubernetesOptions,
): object[] {
  const { name, deployment } = engine;
  const [server] = servers;
  if (server === undefined) return [];
  const { healthPath, addressed, sharedMemory } = deployment;
  const health =
    healthPath === undefined ? { tcpSocket: { port: "http" } } : { httpGet: { path: healthPath, port: "http" } };
  const volumes = volumesOf(storage, sharedMemory && !standIn);
  const spec = {
    ...noLinks,
    ...(standIn ? restrictedPod : baselinePod(storage?.group)),
    terminationGracePeriodSeconds: server.stopSeconds,
    containers: [
      {
        ...container(server),
        ...(standIn ? restrictedContainer : baselineContainer),
        name,
        ports: [{ name: "http", containerPort: server.port }],
        ...(standIn ? limited(memoryOf(0)) : resources(server, gpuResource)),
        ...probes(server, health),
        ...(volumes.mounts.length > 0 ? { volumeMounts: volumes.mounts } : {}),
      },
    ],
    ...(volumes.volumes.length > 0 ? { volumes: volumes.volumes } : {}),
  };
  const pods = { selector: { matchLabels: labels(name) }, template: { metadata: { labels: labels(name) }, spec } };
  const ports = [{ name: "http", port: server.port, targetPort: "http" }];
  const replicas = servers.length;
  return [
    addressed === "each"
      ? {
          apiVersion: "apps/v1",
          kind: "StatefulSet",
          metadata: meta(name),
          // A StatefulSet gives each server a host name of its own.
          spec: { serviceName: name, replicas, podManagementPolicy: "Parallel", ...pods },
        }
      : {
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata: meta(name),
          // The old pod is stopped first, since the new one needs its GPUs.
          spec: { replicas, strategy: { type: "Recreate" }, ...pods },
        },
    service(name, { ...(addressed === "each" ? { clusterIP: "None" } : {}), selector: labels(name), ports }),
    // Engines have little or no access control, so only Duet and the observability tools may reach them.
    onlyFrom(meta(name), labels(name), [
      { port: server.port, from: labels("duet") },
      ...(observe && scrapedEngines.has(name) ? [{ port: server.port, from: labels("prometheus") }] : []),
    ]),
    ...(storage === undefined ? [] : [claim(storage.name, storage.size)]),
  ];
}

function volumesOf(storage: Storage | undefined, sharedMemory: boolean): { mounts: object[]; volumes: object[] } {
  const shm = sharedMemory ? [{ name: "shm", mountPath: "/dev/shm" }] : [];
  // GPUs that work together communicate through shared memory, which is limited to 64 MiB in a pod by default.
  const memory = shm.map(({ name }) => ({ name, emptyDir: { medium: "Memory", sizeLimit: "8Gi" } }));
  if (storage === undefined) return { mounts: shm, volumes: memory };
  const { name, mounts } = storage;
  // Data that the image already contains needs no mount: in a cluster, a volume over it would start empty.
  const given = mounts.filter(({ inImage }) => inImage !== true);
  const mounted = given.map(({ path, folder }) => ({ name, mountPath: path, ...(folder && { subPath: folder }) }));
  return {
    mounts: [...mounted, ...shm],
    volumes: [{ name, persistentVolumeClaim: { claimName: name } }, ...memory],
  };
}

function resources({ gpus }: EngineServer, gpuResource: string): object {
  return {
    resources: { requests: engineRequests, ...(gpus.length === 0 ? {} : { limits: { [gpuResource]: gpus.length } }) },
  };
}
