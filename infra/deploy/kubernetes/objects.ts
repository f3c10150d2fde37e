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

/** A container, without what it may do. */
export function container(part: Container): object {
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
  };
}
