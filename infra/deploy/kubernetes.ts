import { stringify } from "yaml";
import type { LoadedConfig } from "../config/load.ts";
import { type EnginePart, type Part, partsOf } from "./parts.ts";

/** What a cluster calls things. */
export interface KubernetesOptions {
  /** Holds this tree; the engines bring their own. */
  readonly image: string;
  /** What a card is asked for by. */
  readonly gpuResource: string;
}

const secretName = "duet";
const header = `# Rendered from duet.yaml by \`duet render k8s\`: change that, and render anew.
# Secrets: kubectl create secret generic ${secretName} --from-literal=DUET_VLLM_API_KEY=…, and so on. None is needed if no engine asks for a key.
`;

/** The deployment as Kubernetes objects. Throws an Error with the remedy where the cluster could not place it. */
export function renderKubernetes(loaded: LoadedConfig, options: KubernetesOptions): string {
  const { duet, vllm, fish } = partsOf(loaded, options.image, (index) => `http://fish-${index}.fish:8080`);
  const shared = fish
    .flatMap(({ gpus }) => gpus)
    .find((gpu, index, all) => vllm?.gpus.includes(gpu) || all.indexOf(gpu) < index);
  if (shared !== undefined && options.gpuResource === wholeCard)
    throw new Error(
      `engine.fish.gpus: card ${shared} is shared, and Kubernetes hands out whole cards: turn time slicing on in NVIDIA's device plugin and give --gpu-resource nvidia.com/gpu.shared`,
    );
  const objects = [
    ...duetObjects(duet),
    ...(vllm === undefined ? [] : vllmObjects(vllm, options)),
    ...(fish.length === 0 ? [] : fishObjects(fish, options)),
  ];
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

function duetObjects(parts: readonly [Part, Part, Part]): object[] {
  const [edge] = parts;
  const pod = {
    metadata: { labels: labels("duet") },
    spec: {
      ...noLinks,
      terminationGracePeriodSeconds: edge.stopSeconds,
      // In one pod, since Generate and Synthesize listen on the loopback interface alone.
      containers: parts.map((part) => ({
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

function vllmObjects(engine: EnginePart, { gpuResource }: KubernetesOptions): object[] {
  const health = { httpGet: { path: "/health", port: "http" } };
  const models = engine.gpus.length > 0;
  const spec = {
    ...noLinks,
    terminationGracePeriodSeconds: engine.stopSeconds,
    containers: [
      {
        ...container(engine),
        ports: [{ name: "http", containerPort: engine.port }],
        ...resources(engine, gpuResource),
        ...probes(engine, health),
        ...(models
          ? {
              volumeMounts: [
                { name: "models", mountPath: "/models" },
                { name: "shm", mountPath: "/dev/shm" },
              ],
            }
          : {}),
      },
    ],
    ...(models
      ? {
          volumes: [
            { name: "models", persistentVolumeClaim: { claimName: "models" } },
            // Cards that work together talk through shared memory, of which a pod has 64 MiB otherwise.
            { name: "shm", emptyDir: { medium: "Memory", sizeLimit: "8Gi" } },
          ],
        }
      : {}),
  };
  return [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: meta("vllm"),
      // The next one needs the cards that this one has.
      spec: {
        replicas: 1,
        strategy: { type: "Recreate" },
        selector: { matchLabels: labels("vllm") },
        template: { metadata: { labels: labels("vllm") }, spec },
      },
    },
    service("vllm", { selector: labels("vllm"), ports: [{ name: "http", port: engine.port, targetPort: "http" }] }),
    onlyDuet("vllm", engine.port),
    ...(models ? [claim("models", "60Gi")] : []),
  ];
}

function fishObjects(engines: readonly EnginePart[], { gpuResource }: KubernetesOptions): object[] {
  const engine = engines[0] as EnginePart;
  const stored = engine.command === undefined;
  const listens = { tcpSocket: { port: "http" } };
  const spec = {
    ...noLinks,
    terminationGracePeriodSeconds: engine.stopSeconds,
    // The image's user; the references must be its own.
    ...(stored ? { securityContext: { fsGroup: 1000 } } : {}),
    containers: [
      {
        ...container(engine),
        name: "fish",
        ports: [{ name: "http", containerPort: engine.port }],
        ...resources(engine, gpuResource),
        // It answers no request while it speaks, and may ask for a key: that it listens has to do.
        ...probes(engine, listens),
        ...(stored
          ? {
              volumeMounts: [
                { name: "voice", mountPath: "/app/checkpoints", subPath: "checkpoints" },
                { name: "voice", mountPath: "/app/references", subPath: "references" },
              ],
            }
          : {}),
      },
    ],
    ...(stored ? { volumes: [{ name: "voice", persistentVolumeClaim: { claimName: "voice" } }] } : {}),
  };
  return [
    {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: meta("fish"),
      // Each has a name of its own: Synthesize sends each one text at a time.
      spec: {
        serviceName: "fish",
        replicas: engines.length,
        podManagementPolicy: "Parallel",
        selector: { matchLabels: labels("fish") },
        template: { metadata: { labels: labels("fish") }, spec },
      },
    },
    service("fish", {
      clusterIP: "None",
      selector: labels("fish"),
      ports: [{ name: "http", port: engine.port, targetPort: "http" }],
    }),
    onlyDuet("fish", engine.port),
    ...(stored ? [claim("voice", "20Gi")] : []),
  ];
}

function container(part: Part): object {
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

function resources({ gpus }: EnginePart, gpuResource: string): object {
  return gpus.length === 0 ? {} : { resources: { limits: { [gpuResource]: gpus.length } } };
}

function probes(part: Part, how: object): object {
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

function claim(name: string, storage: string): object {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: meta(name),
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage } } },
  };
}
