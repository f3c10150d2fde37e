import { stringify } from "yaml";
import type { LoadedConfig } from "../config/config.ts";
import { nameOf } from "../config/declared.ts";
import type { Container, EngineServer, Storage } from "../engines/container.ts";
import { type EngineParts, type Parts, partsOf } from "./parts.ts";

/** What a cluster calls things. */
export interface KubernetesOptions {
  /** Holds this tree; the engines bring their own. */
  readonly image: string;
  /** What a card is asked for by. */
  readonly gpuResource: string;
}

const secretName = "duet";
const header = `# Rendered from duet.yaml by \`duet render k8s\`: change that, and render anew.
# Secrets: kubectl create secret generic ${secretName} --from-literal=${nameOf("vllm.apiKey")}=…, and so on. None is needed if no engine asks for a key.
`;

/** The deployment as Kubernetes objects. Throws an Error with the remedy where the cluster could not place it. */
export function renderKubernetes(loaded: LoadedConfig, options: KubernetesOptions): string {
  const { duet, engines } = partsOf(loaded, options.image, ({ engine, servers }, index) => {
    const { name, port } = servers[index] as EngineServer;
    return engine.deployment.addressed === "each"
      ? `http://${name}.${engine.name}:${port}`
      : `http://${engine.name}:${port}`;
  });
  refuseSharedCards(engines, options);
  const objects = [...duetObjects(duet), ...engines.flatMap((parts) => engineObjects(parts, options))];
  return (
    header + objects.map((object) => stringify(object, { lineWidth: 0, aliasDuplicateObjects: false })).join("---\n")
  );
}

/** What NVIDIA's device plugin calls a card. */
export const wholeCard = "nvidia.com/gpu";

/** Without it each service becomes variables of its neighbours: DUET_PORT and VLLM_PORT would be taken for settings. */
const noLinks = { enableServiceLinks: false };

const labels = (name: string) => ({ "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "duet" });
const meta = (name: string) => ({ name, labels: labels(name) });

function duetObjects({ edge, generate, synthesize }: Parts["duet"]): object[] {
  const pod = {
    metadata: { labels: labels("duet") },
    spec: {
      ...noLinks,
      terminationGracePeriodSeconds: edge.stopSeconds,
      // In one pod, since Generate and Synthesize listen on the loopback interface alone.
      containers: [edge, generate, synthesize].map((part) => ({
        ...container(part),
        ...probes(part, { exec: { command: nodeProbe(part.port) } }),
        ...(part === edge ? { ports: [{ name: "http", containerPort: part.port }] } : {}),
      })),
    },
  };
  return [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: meta("duet"),
      spec: { replicas: 1, selector: { matchLabels: labels("duet") }, template: pod },
    },
    service("duet", { selector: labels("duet"), ports: [{ name: "http", port: 80, targetPort: "http" }] }),
  ];
}

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
  { gpuResource }: KubernetesOptions,
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
    terminationGracePeriodSeconds: server.stopSeconds,
    ...(storage?.group === undefined ? {} : { securityContext: { fsGroup: storage.group } }),
    containers: [
      {
        ...container(server),
        name,
        ports: [{ name: "http", containerPort: server.port }],
        ...resources(server, gpuResource),
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
    onlyDuet(name, server.port),
    ...(storage === undefined ? [] : [claim(storage)]),
  ];
}

function volumesOf(storage: Storage | undefined, sharedMemory: boolean): { mounts: object[]; volumes: object[] } {
  const shm = sharedMemory ? [{ name: "shm", mountPath: "/dev/shm" }] : [];
  // Cards that work together talk through shared memory, of which a pod has 64 MiB otherwise.
  const memory = shm.map(({ name }) => ({ name, emptyDir: { medium: "Memory", sizeLimit: "8Gi" } }));
  if (storage === undefined) return { mounts: shm, volumes: memory };
  const { name, mounts } = storage;
  const mounted = mounts.map(({ path, folder }) => ({ name, mountPath: path, ...(folder && { subPath: folder }) }));
  return {
    mounts: [...mounted, ...shm],
    volumes: [{ name, persistentVolumeClaim: { claimName: name } }, ...memory],
  };
}

function container(part: Container): object {
  const secretArgs = part.secretArgs.flatMap(({ flag, variable }) => [flag, `$(${variable})`]);
  // What looks like a reference to a variable is none, unless it is one of these.
  const args = [...part.args.map((arg) => arg.replaceAll("$(", "$$(")), ...secretArgs];
  const env = [
    ...Object.entries(part.env).map(([name, value]) => ({ name, value })),
    ...part.secrets.map(({ variable, from, optional }) => ({
      name: variable,
      valueFrom: { secretKeyRef: { name: secretName, key: from, optional } },
    })),
  ];
  return {
    name: part.name,
    image: part.image,
    ...(part.command === undefined ? {} : { command: part.command }),
    ...(args.length > 0 ? { args } : {}),
    ...(env.length > 0 ? { env } : {}),
    securityContext: { allowPrivilegeEscalation: false },
  };
}

function resources({ gpus }: EngineServer, gpuResource: string): object {
  return gpus.length === 0 ? {} : { resources: { limits: { [gpuResource]: gpus.length } } };
}

function probes(part: Container, how: object): object {
  const periodSeconds = 10;
  return {
    startupProbe: { ...how, periodSeconds, failureThreshold: Math.ceil(part.startSeconds / periodSeconds) },
    readinessProbe: { ...how, periodSeconds, timeoutSeconds: 5 },
  };
}

function nodeProbe(port: number): string[] {
  return ["node", "-e", `fetch("http://127.0.0.1:${port}/healthz").then((answer) => process.exit(answer.ok ? 0 : 1))`];
}

function service(name: string, spec: object): object {
  return { apiVersion: "v1", kind: "Service", metadata: meta(name), spec };
}

/** Engines guard little or nothing: nobody but Duet reaches them. */
function onlyDuet(name: string, port: number): object {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: meta(name),
    spec: {
      podSelector: { matchLabels: labels(name) },
      policyTypes: ["Ingress"],
      ingress: [{ from: [{ podSelector: { matchLabels: labels("duet") } }], ports: [{ protocol: "TCP", port }] }],
    },
  };
}

function claim({ name, size }: Storage): object {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: meta(name),
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: size } } },
  };
}
