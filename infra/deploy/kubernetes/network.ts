/** Network policies: without one, every pod of a cluster may reach every other. */

/** A port, and who may reach it. */
interface Entry {
  readonly port: number;
  /**
   * Who may reach the port. `anybody`: clients inside and outside the cluster; `cluster`: any pod, such as Prometheus;
   * otherwise only the pods with these labels.
   */
  readonly from: "anybody" | "cluster" | Readonly<Record<string, string>>;
}

/** A NetworkPolicy that allows the listed connections and no others. */
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
