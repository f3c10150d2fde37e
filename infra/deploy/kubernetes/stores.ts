import { type StoreServer, storeProbe, storeUser } from "../stores.ts";
import { limited } from "./duet.ts";
import { onlyFrom } from "./network.ts";
import { claim, container, labels, meta, noLinks, probes, service } from "./objects.ts";
import { restrictedContainer, restrictedPod } from "./security.ts";

/** The objects of a Redis server that the deployment runs; only Duet may reach it. */
export function storeObjects(store: StoreServer): object[] {
  const { name, port, volume } = store;
  const data = { name: "data", ...(volume ? { persistentVolumeClaim: { claimName: name } } : { emptyDir: {} }) };
  const { securityContext, ...pod } = restrictedPod;
  const spec = {
    ...noLinks,
    ...pod,
    securityContext: { ...securityContext, runAsUser: storeUser, runAsGroup: storeUser, fsGroup: storeUser },
    terminationGracePeriodSeconds: store.stopSeconds,
    containers: [
      {
        ...container(store),
        ...restrictedContainer,
        ...limited(store.memory),
        ...probes(store, { exec: { command: storeProbe(store) } }),
        ports: [{ name: "redis", containerPort: port }],
        volumeMounts: [{ name: "data", mountPath: "/data" }],
      },
    ],
    volumes: [data],
  };
  const pods = { selector: { matchLabels: labels(name) }, template: { metadata: { labels: labels(name) }, spec } };
  return [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: meta(name),
      // The old pod is stopped before the new one starts: two instances must never write to one volume.
      spec: { replicas: 1, strategy: { type: "Recreate" }, ...pods },
    },
    service(name, { selector: labels(name), ports: [{ name: "redis", port, targetPort: "redis" }] }),
    onlyFrom(meta(name), labels(name), [{ port, from: labels("duet") }]),
    ...(volume === undefined ? [] : [claim(name, volume)]),
  ];
}
