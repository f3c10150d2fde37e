import { basename } from "node:path";
import type { DuetContainer, Parts } from "../parts.ts";
import { onlyFrom } from "./network.ts";
import { container, labels, meta, noLinks, service } from "./objects.ts";
import { restrictedContainer, restrictedPod } from "./security.ts";

/** The pod of edge and services, and how it is reached. */
export function duetObjects({ edge, generate, synthesize }: Parts["duet"]): object[] {
  const parts = [edge, generate, synthesize];
  const files = filesOf(parts);
  const pod = {
    metadata: { labels: labels("duet") },
    spec: {
      ...noLinks,
      ...restrictedPod,
      terminationGracePeriodSeconds: edge.stopSeconds,
      // In one pod, since Generate and Synthesize listen on the loopback interface alone.
      containers: parts.map((part) => ({
        ...container(part),
        ...restrictedContainer,
        ...duetResources,
        ...duetProbes(part),
        ports: portsOf(part, edge),
        volumeMounts: [
          { name: "tmp", mountPath: "/tmp" },
          ...(part.files ?? []).map(({ container: mountPath }) => ({
            name: "files",
            mountPath,
            subPath: basename(mountPath),
            readOnly: true,
          })),
        ],
      })),
      volumes: [{ name: "tmp", emptyDir: { sizeLimit: "64Mi" } }, ...files],
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
    service("duet", { selector: labels("duet"), ports: [{ name: "http", port: 80, targetPort: "http" }] }),
    // For Prometheus: each of its ports is the /metrics of one process.
    service("duet-metrics", { clusterIP: "None", selector: labels("duet"), ports: metrics }),
    onlyFrom(meta("duet"), labels("duet"), [
      { port: edge.port, from: "anybody" },
      ...parts
        .filter(({ adminPort }) => adminPort !== edge.port)
        .map(({ adminPort }) => ({ port: adminPort, from: "cluster" as const })),
    ]),
  ];
}

/** Asked for and bounded: a process of ours holds some 200 MiB, and works on one core and a little. */
export const duetResources = {
  resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { cpu: "2", memory: "1Gi" } },
};
function portsOf(part: DuetContainer, edge: DuetContainer): object[] {
  const admin = { name: `metrics-${part.name}`.slice(0, 15), containerPort: part.adminPort };
  if (part !== edge) return [admin];
  const http = { name: "http", containerPort: part.port };
  return part.adminPort === part.port ? [http] : [http, admin];
}

/** What files of the host become in a cluster: a secret that is made from them. */
function filesOf(parts: readonly DuetContainer[]): object[] {
  const files = parts.flatMap(({ files = [] }) => files);
  const folder = files.find(({ setting }) => setting === "fish.references");
  if (folder !== undefined)
    throw new Error(
      `${folder.setting}: ${folder.host} is a folder of this host, which a cluster does not have: put the voices on the servers' volume, and name them in fish.voices`,
    );
  return files.length === 0 ? [] : [{ name: "files", secret: { secretName: filesName } }];
}

const filesName = "duet-files";

/** How to make the secrets that hold the files which settings name: comment lines. */
export function secretsHeader(parts: readonly DuetContainer[]): string {
  const files = parts.flatMap(({ files = [] }) => files);
  if (files.length === 0) return "";
  const from = files.map(({ host, container }) => `--from-file=${basename(container)}=${host}`).join(" ");
  return `# Files: kubectl create secret generic ${filesName} ${from}\n`;
}

/** Our own processes say apart whether they live and whether they take work: what waits for its engine is not started anew. */
function duetProbes({ adminPort }: DuetContainer): object {
  // By this name whoever asks is on this machine.
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
