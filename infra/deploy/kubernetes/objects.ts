import type { Container } from "../../engines/container.ts";

/** What all objects of the deployment have in common. */

/** The secret that holds the deployment's keys. */
export const secretName = "duet";

/** Without it each service becomes variables of its neighbours: DUET_PORT and VLLM_PORT would be taken for settings. */
export const noLinks = { enableServiceLinks: false };

/** How the pods of a workload are told apart. */
export const labels = (name: string) => ({ "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "duet" });
/** The name of an object. */
export const meta = (name: string) => ({ name, labels: labels(name) });

/** A Service. */
export function service(name: string, spec: object): object {
  return { apiVersion: "v1", kind: "Service", metadata: meta(name), spec };
}

/** A text in which nothing is a reference to a variable: Kubernetes takes two dollar signs for one. */
export function undollar(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/** A container, without what it may do. `more` are variables of its environment that are not settings of the deployment's. */
export function container(part: Container, more: readonly object[] = []): object {
  const secretArgs = part.secretArgs.flatMap(({ flag, variable }) => [flag, `$(${variable})`]);
  const args = [...part.args.map(undollar), ...secretArgs];
  const env = [
    ...Object.entries(part.env).map(([name, value]) => ({ name, value: undollar(value) })),
    ...more,
    ...part.secrets.map(({ variable, from, optional }) => ({
      name: variable,
      valueFrom: { secretKeyRef: { name: secretName, key: from, optional } },
    })),
  ];
  return {
    name: part.name,
    image: part.image,
    ...(part.command === undefined ? {} : { command: part.command.map(undollar) }),
    ...(args.length > 0 ? { args } : {}),
    ...(env.length > 0 ? { env } : {}),
  };
}

/** The probes of a container that others bring: it has its time to start, and is started anew only after a long silence. */
export function probes(part: Container, how: object): object {
  const periodSeconds = 10;
  return {
    startupProbe: {
      ...how,
      periodSeconds,
      timeoutSeconds: 5,
      failureThreshold: Math.ceil(part.startSeconds / periodSeconds),
    },
    readinessProbe: { ...how, periodSeconds, timeoutSeconds: 5, failureThreshold: 3 },
    // A server that speaks answers late: only one that is silent for long is started anew.
    livenessProbe: { ...how, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 10 },
  };
}

/** A volume of that size, as Kubernetes writes it. */
export function claim(name: string, size: string): object {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: meta(name),
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: size } } },
  };
}
