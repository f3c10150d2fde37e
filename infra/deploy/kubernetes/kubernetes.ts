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

/** What a cluster calls things. */
export interface KubernetesOptions {
  /** Holds this tree; the engines bring their own. */
  readonly image: string;
  /** What a card is asked for by. */
  readonly gpuResource: string;
  /** With what watches it. Default: without. */
  readonly observe?: boolean;
}

const header = `# Rendered from duet.yaml by \`duet render k8s\`: change that, and render anew.
# Secrets: kubectl create secret generic ${secretName} --from-literal=${nameOf("vllm.apiKey")}=…, and so on. None is needed if no engine asks for a key.
`;

/** The deployment as Kubernetes objects. Throws an Error with the remedy where the cluster could not place it. */
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

/** How a server of an engine is reached from another pod. */
function urlOf({ engine, servers }: EngineParts, index: number): string {
  const { name, port } = servers[index] as EngineServer;
  return engine.deployment.addressed === "each"
    ? `http://${name}.${engine.name}:${port}`
    : `http://${engine.name}:${port}`;
}

/** What NVIDIA's device plugin calls a card. */
export const wholeCard = "nvidia.com/gpu";

/** What an engine needs besides its cards, to be placed where it is: weights pass through memory on their way. */
const engineRequests = { cpu: "1", memory: "4Gi" };

/** A card of its own is all that a cluster gives, unless it was told to share. */
function refuseSharedCards(engines: readonly EngineParts[], { gpuResource }: KubernetesOptions): void {
  const taken = new Set<number>();
  for (const { engine, servers } of engines)
    for (const card of servers.flatMap(({ gpus }) => gpus)) {
      if (taken.has(card) && gpuResource === wholeCard)
        throw new Error(
          `${engine.cardFields.cards}: card ${card} is shared, and Kubernetes hands out whole cards: turn time slicing on in NVIDIA's device plugin and give --gpu-resource nvidia.com/gpu.shared`,
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
          // Each has a name of its own.
          spec: { serviceName: name, replicas, podManagementPolicy: "Parallel", ...pods },
        }
      : {
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata: meta(name),
          // The next one needs the cards that this one has.
          spec: { replicas, strategy: { type: "Recreate" }, ...pods },
        },
    service(name, { ...(addressed === "each" ? { clusterIP: "None" } : {}), selector: labels(name), ports }),
    // Engines guard little or nothing: nobody but Duet reaches them, and who watches them.
    onlyFrom(meta(name), labels(name), [
      { port: server.port, from: labels("duet") },
      ...(observe && scrapedEngines.has(name) ? [{ port: server.port, from: labels("prometheus") }] : []),
    ]),
    ...(storage === undefined ? [] : [claim(storage.name, storage.size)]),
  ];
}

function volumesOf(storage: Storage | undefined, sharedMemory: boolean): { mounts: object[]; volumes: object[] } {
  const shm = sharedMemory ? [{ name: "shm", mountPath: "/dev/shm" }] : [];
  // Cards that work together talk through shared memory, of which a pod has 64 MiB otherwise.
  const memory = shm.map(({ name }) => ({ name, emptyDir: { medium: "Memory", sizeLimit: "8Gi" } }));
  if (storage === undefined) return { mounts: shm, volumes: memory };
  const { name, mounts } = storage;
  // What the image holds already stays: a volume of a cluster would begin empty.
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
