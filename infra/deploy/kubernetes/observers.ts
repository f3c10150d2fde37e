import { basename, dirname } from "node:path";
import type { Observer } from "../observe/observers.ts";
import { limited } from "./duet.ts";
import { onlyFrom } from "./network.ts";
import { claim, container, labels, meta, noLinks, probes, service } from "./objects.ts";
import { restrictedContainer, restrictedPod } from "./security.ts";

/** The Kubernetes objects of an observability tool. Its web page is reached only by `kubectl port-forward`. */
export function observerObjects(observer: Observer): object[] {
  const { name, port, pagePort = port, healthPath, user, volume, texts, scratch, from } = observer;
  const { securityContext, ...pod } = restrictedPod;
  const folders = [...new Set(Object.keys(texts).map(dirname))];
  const mounts = [
    ...folders.map((mountPath) => ({ name: volumeName(mountPath), mountPath, readOnly: true })),
    ...[...scratch, ...(volume ? [volume.path] : [])].map((mountPath) => ({ name: volumeName(mountPath), mountPath })),
  ];
  const health = healthPath === undefined ? { tcpSocket: { port } } : { httpGet: { path: healthPath, port } };
  const ports = [...new Set([port, pagePort])];
  const spec = {
    ...noLinks,
    ...pod,
    securityContext: { ...securityContext, runAsUser: user, runAsGroup: user, fsGroup: user },
    terminationGracePeriodSeconds: observer.stopSeconds,
    containers: [
      {
        ...container(observer),
        ...restrictedContainer,
        ...limited(observer.memory),
        ...probes(observer, health),
        ports: ports.map((containerPort) => ({ name: `tcp-${containerPort}`, containerPort })),
        volumeMounts: mounts,
      },
    ],
    volumes: [
      ...folders.map((folder) => ({
        name: volumeName(folder),
        configMap: {
          name,
          items: Object.keys(texts)
            .filter((path) => dirname(path) === folder)
            .map((path) => ({ key: basename(path), path: basename(path) })),
        },
      })),
      ...scratch.map((path) => ({ name: volumeName(path), emptyDir: { sizeLimit: "64Mi" } })),
      ...(volume ? [{ name: volumeName(volume.path), persistentVolumeClaim: { claimName: name } }] : []),
    ],
  };
  const data = Object.fromEntries(Object.entries(texts).map(([path, text]) => [basename(path), text]));
  const pods = { selector: { matchLabels: labels(name) }, template: { metadata: { labels: labels(name) }, spec } };
  return [
    ...(folders.length > 0 ? [{ apiVersion: "v1", kind: "ConfigMap", metadata: meta(name), data }] : []),
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: meta(name),
      // The old pod is stopped before the new one starts: two instances must never write to one volume.
      spec: { replicas: 1, strategy: { type: "Recreate" }, ...pods },
    },
    service(name, {
      selector: labels(name),
      ports: ports.map((port) => ({ name: `tcp-${port}`, port, targetPort: port })),
    }),
    onlyFrom(
      meta(name),
      labels(name),
      Object.entries(from).map(([sender, port]) => ({ port, from: labels(sender) })),
    ),
    ...(volume ? [claim(name, volume.size)] : []),
  ];
}

/** The volume name for a folder: a valid DNS label. */
const volumeName = (folder: string) => folder.slice(1).replaceAll("/", "-");
