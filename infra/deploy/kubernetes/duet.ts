import { basename } from "node:path";
import { nameOf } from "../../config/declared.ts";
import type { Memory } from "../../engines/container.ts";
import { quote } from "../../engines/shell.ts";
import { inMiB } from "../memory.ts";
import type { DuetContainer, Parts } from "../parts.ts";
import { filesFolder } from "../written.ts";
import { onlyFrom } from "./network.ts";
import { container, labels, meta, noLinks, service, undollar } from "./objects.ts";
import { restrictedContainer, restrictedPod } from "./security.ts";

/** The pod of the edge and the services, and the Kubernetes services that expose it. */
export function duetObjects({ edge, generate, synthesize }: Parts["duet"]): object[] {
  const parts = [edge, generate, synthesize];
  const pod = {
    metadata: { labels: labels("duet") },
    spec: {
      ...noLinks,
      ...restrictedPod,
      terminationGracePeriodSeconds: edge.stopSeconds,
      // All processes are in one pod, since Generate and Synthesize listen only on the loopback interface.
      containers: parts.map((part) => ({
        ...(part === edge ? edgeContainer(edge) : container(part)),
        ...restrictedContainer,
        ...limited(part.memory),
        ...duetProbes(part),
        ports: portsOf(part, edge),
        volumeMounts: [
          { name: "tmp", mountPath: "/tmp" },
          // The secret is mounted as a folder: a file mounted by itself would not be updated when the secret changes.
          ...(part.files === undefined ? [] : [{ name: filesOf(part), mountPath: filesFolder, readOnly: true }]),
        ],
      })),
      volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }, ...parts.flatMap(fileVolumes)],
    },
  };
  const metrics = parts.map((part) => ({
    name: `metrics-${part.name}`.slice(0, 15),
    port: part.adminPort,
    targetPort: part.adminPort,
  }));
  return [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: meta("duet"),
      spec: { replicas: 1, selector: { matchLabels: labels("duet") }, template: pod },
    },
    service(serviceName, { selector: labels("duet"), ports: [{ name: "http", port: 80, targetPort: "http" }] }),
    // This service is for Prometheus: each port serves the /metrics of one process. Pods that are not ready are
    // included, since their metrics matter most.
    service(metricsName, {
      clusterIP: "None",
      publishNotReadyAddresses: true,
      selector: labels("duet"),
      ports: metrics,
    }),
    onlyFrom(meta("duet"), labels("duet"), [
      { port: edge.port, from: "anybody" },
      ...parts
        .filter(({ adminPort }) => adminPort !== edge.port)
        .map(({ adminPort }) => ({ port: adminPort, from: "cluster" as const })),
    ]),
  ];
}

/**
 * The container of the edge, which accepts requests for the host names of its service. Pods of other namespaces append
 * the service's namespace to these names. Only the edge's own pod knows that namespace, so Kubernetes inserts it there
 * as a variable.
 */
function edgeContainer(edge: DuetContainer): object {
  const variable = nameOf("edge.allowedHosts");
  const { [variable]: hosts = "", ...env } = edge.env;
  const below = ["", ".svc", ".svc.cluster.local"].map((zone) => `${serviceName}.$(POD_NAMESPACE)${zone}`);
  return container({ ...edge, env }, [
    { name: "POD_NAMESPACE", valueFrom: { fieldRef: { fieldPath: "metadata.namespace" } } },
    { name: variable, value: [undollar(hosts), ...below].join(",") },
  ]);
}

/** The name of the edge's service. */
export const serviceName = "duet";

/** The name of the metrics service. */
export const metricsName = "duet-metrics";

/**
 * The resources that one of our containers requests, and its limits. The CPU limit is two cores, since a process of
 * ours can use slightly more than one.
 */
export function limited({ asked, most }: Memory): object {
  return {
    resources: {
      requests: { cpu: "250m", memory: `${inMiB(asked)}Mi` },
      limits: { cpu: "2", memory: `${inMiB(most)}Mi` },
    },
  };
}

function portsOf(part: DuetContainer, edge: DuetContainer): object[] {
  const admin = { name: `metrics-${part.name}`.slice(0, 15), containerPort: part.adminPort };
  if (part !== edge) return [admin];
  const http = { name: "http", containerPort: part.port };
  return part.adminPort === part.port ? [http] : [http, admin];
}

/** The name of the volume for the files that a container reads. */
const filesOf = ({ name }: DuetContainer) => `files-${name}`;

/** The volumes for a container's files; in a cluster, the host's files become a secret for each container. */
function fileVolumes(part: DuetContainer): object[] {
  const { files = [] } = part;
  const folder = files.find(({ is }) => is === "folder");
  if (folder !== undefined)
    throw new Error(
      `${folder.setting}: ${folder.host} is a folder on this host, which a cluster cannot use: ${instead[folder.setting] ?? "unset it"}`,
    );
  const items = files.map(({ container }) => ({ key: basename(container), path: basename(container) }));
  return items.length === 0 ? [] : [{ name: filesOf(part), secret: { secretName: filesName, items } }];
}

/** Advice about settings that name a folder of the host, which does not work in a cluster; keyed by setting. */
const instead: Readonly<Record<string, string>> = {
  "fish.references": "put the voices on the volume of the Fish-Speech servers, and list them in fish.voices",
  "edge.stored.folder": "store speech in a bucket instead, with edge.stored.s3",
};

const filesName = "duet-files";

/** Comment lines with the command that creates the secret with the files that settings name; empty without files. */
export function secretsHeader(parts: readonly DuetContainer[]): string {
  const files = new Map(parts.flatMap(({ files = [] }) => files).map(({ container, host }) => [container, host]));
  if (files.size === 0) return "";
  const from = [...files].map(([container, host]) => quote(`--from-file=${basename(container)}=${host}`));
  return `# Files: kubectl create secret generic ${filesName} ${from.join(" ")}\n`;
}

/**
 * Probes of one of our processes. Liveness and readiness are separate, so that a process that is waiting for its engine
 * is not restarted.
 */
function duetProbes({ adminPort }: DuetContainer): object {
  // This Host header makes the probe's requests count as coming from the same machine.
  const get = (path: string) => ({
    httpGet: { path, port: adminPort, httpHeaders: [{ name: "Host", value: "localhost" }] },
    timeoutSeconds: 5,
  });
  return {
    startupProbe: { ...get("/healthz"), periodSeconds: 3, failureThreshold: 40 },
    readinessProbe: { ...get("/readyz"), periodSeconds: 5, failureThreshold: 3 },
    livenessProbe: { ...get("/healthz"), periodSeconds: 10, failureThreshold: 6 },
  };
}
