import type { Container } from "../../engines/container.ts";

/** What all objects of the deployment have in common. */

/** The name of the Kubernetes secret that contains the deployment's keys. */
export const secretName = "duet";

/**
 * Part of a pod's spec. Without it, Kubernetes would set environment variables for each service, and DUET_PORT and
 * VLLM_PORT would be taken for settings.
 */
export const noLinks = { enableServiceLinks: false };

/** The labels that identify the pods of a workload. */
export const labels = (name: string) => ({ "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": "duet" });
/** The metadata of an object. */
export const meta = (name: string) => ({ name, labels: labels(name) });

/** Makes a Kubernetes Service. */
export function service(name: string, spec: object): object {
  return { apiVersion: "v1", kind: "Service", metadata: meta(name), spec };
}

/** Escapes variable references in a text: Kubernetes treats two dollar signs as a literal one. */
export function undollar(text: string): string {
  return text.replaceAll("$", "$$$$");
}

/** A container, without its security context. `more` are environment variables other than the deployment's settings. */
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

/** The probes of a third-party container: they give it time to start, and restart it only after a long silence. */
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
    // A server that is speaking answers probes late, so only a long silence causes a restart.
    livenessProbe: { ...how, periodSeconds: 30, timeoutSeconds: 10, failureThreshold: 10 },
  };
}

/** A volume claim of a given size, in Kubernetes notation. */
export function claim(name: string, size: string): object {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: meta(name),
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: size } } },
  };
}
