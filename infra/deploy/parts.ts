import type { LoadedConfig } from "../config/config.ts";
import { allSettings, type declared, nameOf } from "../config/declared.ts";
import { describedEngines } from "../config/described.ts";
import { type ProcessName, processes, takes } from "../config/processes.ts";
import { usedEngines } from "../config/read-process.ts";
import type { Container, EngineServer, SecretVariable, Storage } from "../engines/container.ts";
import type { AnyEngine, EngineKind } from "../engines/record.ts";
import { enginesOf } from "../engines/registry.ts";
import { formatAddress } from "../net/address.ts";
import { isSecret } from "../settings/kind.ts";
import { type Values, variableOf } from "../settings/setting.ts";

/** An engine that the deployment runs, or what stands in for it. */
export interface EngineParts {
  readonly engine: AnyEngine;
  readonly servers: readonly EngineServer[];
  readonly storage: Storage | undefined;
  /** A stand-in comes out of Duet's own image. */
  readonly standIn: boolean;
}

/** All that a deployment runs. */
export interface Parts {
  /** Edge and services: they trust each other by being on one loopback interface. */
  readonly duet: Readonly<Record<ProcessName, Container>>;
  /** Those that run elsewhere are not among them. */
  readonly engines: readonly EngineParts[];
}

/** How a server of an engine is reached by Synthesize or Generate. Servers count from 0. */
export type UrlOf = (parts: EngineParts, index: number) => string;

/** What a deployment is made of. Its config must have no error. */
export function partsOf(loaded: LoadedConfig, image: string, urlOf: UrlOf): Parts {
  const kinds = Object.values(processes).flatMap(({ engines }) => engines ?? []);
  const engines = kinds.flatMap((kind) => enginesFor(kind, loaded, image));
  const part = (name: ProcessName) => duetPart(name, loaded, image, engines, urlOf);
  return { duet: { edge: part("edge"), generate: part("generate"), synthesize: part("synthesize") }, engines };
}

/** An engine that is neither described nor named is stood in for; one that is only named runs elsewhere. */
function enginesFor(kind: EngineKind, loaded: LoadedConfig, image: string): EngineParts[] {
  const described = describedEngines(loaded.config, kind);
  if (described.length > 0)
    return described.map(({ engine, plan }) => ({
      engine,
      servers: engine.servers(plan),
      storage: engine.storage(plan),
      standIn: false,
    }));
  if (usedEngines(kind, loaded).length > 0) return [];
  return enginesOf(kind)
    .filter(({ twin }) => twin !== undefined)
    .slice(0, 1)
    .map((engine) => ({ engine, servers: [standIn(engine, image)], storage: undefined, standIn: true }));
}

function standIn({ name, deployment, twin }: AnyEngine, image: string): EngineServer {
  const { script, port } = twin as NonNullable<typeof twin>;
  return {
    name: deployment.addressed === "each" ? `${name}-0` : name,
    image,
    command: ["node", script, "--host", "0.0.0.0", "--port", String(port)],
    args: [],
    env: {},
    secrets: [],
    secretArgs: [],
    port,
    gpus: [],
    startSeconds: 30,
    stopSeconds: 10,
  };
}

function duetPart(
  name: ProcessName,
  loaded: LoadedConfig,
  image: string,
  engines: readonly EngineParts[],
  urlOf: UrlOf,
): Container {
  const settings = loaded.config.settings as Values<typeof declared>;
  const own = engines.filter(({ engine }) => engine.kind === processes[name].engines);
  const urls = own.map((parts): [string, string] => [
    variableOf(`${parts.engine.name}.url`),
    parts.servers.map((_, index) => urlOf(parts, index)).join(","),
  ]);
  return {
    name,
    image,
    command: ["node", processes[name].script],
    args: [],
    env: {
      ...writtenFor(name, loaded),
      ...(name === "edge" ? edgeEnv(settings, engines) : {}),
      ...Object.fromEntries(urls),
    },
    secrets: [
      ...secretsFor(name, loaded, own).filter(({ variable }) => !urls.some(([known]) => known === variable)),
      { variable: collector, from: collector, optional: true },
    ],
    secretArgs: [],
    port: name === "edge" ? settings.edge.listen.port : settings[name].adminListen.port,
    startSeconds: 30,
    stopSeconds: Math.ceil(settings.drainTimeoutMs / 1000) + 5,
  };
}

/** No secret, but said where they are: in the environment of the deployment. */
const collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

function edgeEnv({ edge }: Values<typeof declared>, engines: readonly EngineParts[]): Record<string, string> {
  return {
    // Its own network is the container's: who may reach it is said where the port is published.
    [nameOf("edge.listen")]: formatAddress({ host: "0.0.0.0", port: edge.listen.port }),
    // So is this: what a loopback address was open to, its published port is open to.
    ...(edge.access === "open" ? { [nameOf("edge.openToAll")]: "1" } : {}),
    ...(engines.some(({ engine, standIn }) => engine.kind === "chat" && standIn)
      ? { [nameOf("edge.scripted")]: "1" }
      : {}),
  };
}

/** Settings that are written for a process, as variables. */
function writtenFor(name: ProcessName, { given }: LoadedConfig): Record<string, string> {
  const fits = (path: string) =>
    takes(name, path) &&
    // On one loopback interface there is nothing to encrypt, and its files are not in the container.
    !path.startsWith("tls.");
  return Object.fromEntries(
    [...given].flatMap(([path, { value }]) => {
      const one = allSettings.find((setting) => setting.path === path);
      if (one === undefined || isSecret(one.setting.kind, value) || !fits(path)) return [];
      return [[one.variable, one.setting.kind.write(value)]];
    }),
  );
}

/**
 * The secrets of a process. Those of its own and of the engine that it speaks to may be set later: one is needed if it was written, or
 * if an engine is started with it.
 */
function secretsFor(name: ProcessName, loaded: LoadedConfig, own: readonly EngineParts[]): SecretVariable[] {
  const { given } = loaded;
  const { engines: kind } = processes[name];
  const elsewhere = kind === undefined ? [] : usedEngines(kind, loaded);
  const groups = new Set([name, ...own.map(({ engine }) => engine.name), ...elsewhere.map(({ name }) => name)]);
  const asked = own.flatMap(({ servers }) => servers.flatMap(({ secretArgs }) => secretArgs));
  return allSettings
    .filter(({ path, setting }) => isSecret(setting.kind, given.get(path)?.value) && takes(name, path))
    .filter(({ path }) => given.has(path) || groups.has(path.split(".")[0] as string))
    .map(({ path, variable }) => ({
      variable,
      from: variable,
      optional: !given.has(path) && !asked.some((argument) => argument.variable === variable),
    }));
}
