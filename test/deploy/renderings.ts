import { parse, parseAllDocuments } from "yaml";
import { loadConfig } from "../../infra/config/load.ts";
import { renderCompose } from "../../infra/deploy/compose.ts";
import { renderKubernetes } from "../../infra/deploy/kubernetes/kubernetes.ts";

// biome-ignore lint/suspicious/noExplicitAny: what is rendered is read as its programs read it.
export type Any = any;

/** A config, as `duet render` loads it: without the values of secrets. */
export const load = (text: string) => loadConfig({}, text, { secrets: false });

/** What a config is as a compose file. */
export const compose = (text: string, observe = false): Any => parse(renderCompose(load(text), "duet:latest", observe));

/** What a config is as Kubernetes objects. */
export const kubernetes = (text: string, observe = false): Any[] =>
  parseAllDocuments(
    renderKubernetes(load(text), { image: "duet:latest", gpuResource: "nvidia.com/gpu.shared", observe }),
  ).map((document) => document.toJS());

/** Those of some objects that run pods. */
export const workloads = (objects: Any[]) =>
  objects.filter(({ kind }) => kind === "Deployment" || kind === "StatefulSet");
