/** Who may reach a pod: without a policy all pods of a cluster may. */

/** A port, and who may reach it. */
interface Entry {
  readonly port: number;
  /** `anybody`: inside of the cluster and outside; `cluster`: any pod, such as Prometheus'; else the pods with these labels. */
  readonly from: "anybody" | "cluster" | Readonly<Record<string, string>>;
}

/** A NetworkPolicy that lets in what is named, and nothing else. */
export function onlyFrom(meta: object, pods: Readonly<Record<string, string>>, entries: readonly Entry[]): object {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: meta,
    spec: {
      podSelector: { matchLabels: pods },
      policyTypes: ["Ingress"],
      ingress: entries.map(({ port, from }) => ({
        ...(from === "anybody"
          ? {}
          : { from: [from === "cluster" ? { namespaceSelector: {} } : { podSelector: { matchLabels: from } }] }),
        ports: [{ protocol: "TCP", port }],
      })),
    },
  };
}
