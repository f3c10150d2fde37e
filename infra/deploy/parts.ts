import type { LoadedConfig } from "../config/config.ts";
import { allSettings, type declared, nameOf } from "../config/declared.ts";
import { describedEngines } from "../config/described.ts";
import { type ProcessName, processes } from "../config/processes.ts";
import { usedEngines } from "../config/read-process.ts";
import type { Container, EngineServer, Memory } from "../engines/container.ts";
import type { AnyEngine, EngineKind } from "../engines/record.ts";
import { enginesOf } from "../engines/registry.ts";
import { formatAddress, isLoopback } from "../net/address.ts";
import { type Values, variableOf } from "../settings/setting.ts";
import type { EngineParts } from "./engine-parts.ts";
import { memoryOf } from "./memory.ts";
import { type StoreServer, storesOf } from "./stores.ts";
import { filesFor, refuseLoopback, secretsFor, writtenFor } from "./written.ts";

/** One of Duet's own processes. */
export interface DuetContainer extends Container {
  /** The port of `/healthz`, `/readyz` and `/metrics`. */
  readonly adminPort: number;
  readonly memory: Memory;
}

/** Everything that a deployment runs. */
export interface Parts {
  /** Edge and services, which trust each other because they share a loopback interface. */
  readonly duet: Readonly<Record<ProcessName, DuetContainer>>;
  /** The engines that the deployment runs itself. */
  readonly engines: readonly EngineParts[];
  readonly stores: readonly StoreServer[];
}

/** The names and URLs by which the parts of a deployment reach each other. */
export interface Names {
  /** The URL by which Synthesize or Generate reaches a server of an engine; `index` is the server's number, from 0. */
  readonly urlOf: (parts: EngineParts, index: number) => string;
  /** The host names by which other parts of the deployment reach the edge. */
  readonly edge: readonly string[];
  /** Where spans are sent; if absent, a variable of the environment in which the deployment is started decides. */
  readonly collector?: string;
}

/** The parts of the deployment that a config describes. The config must be free of errors. */
export function partsOf(loaded: LoadedConfig, image: string, names: Names): Parts {
  const kinds = Object.values(processes).flatMap(({ engines }) => engines ?? []);
  const engines = kinds.flatMap((kind) => enginesFor(kind, loaded, image));
  const part = (name: ProcessName) => duetPart(name, loaded, image, engines, names);
  return {
    duet: { edge: part("edge"), generate: part("generate"), synthesize: part("synthesize") },
    engines,
    stores: storesOf(loaded),
  };
}

/**
 * The engines of a kind that the deployment runs: those that the config describes. An engine of which only the URL is
 * set runs elsewhere. If no engine of the kind is described and no URL is set, a stand-in is used.
 */
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
  names: Names,
): DuetContainer {
  const settings = loaded.config.settings as Values<typeof declared>;
  const own = engines.filter(({ engine }) => engine.kind === processes[name].engines);
  const urls = own.map((parts): [string, string] => [
    variableOf(`${parts.engine.name}.url`),
    parts.servers.map((_, index) => names.urlOf(parts, index)).join(","),
  ]);
  const files = filesFor(name, loaded);
  refuseLoopback(name, loaded, own);
  return {
    name,
    image,
    command: ["node", processes[name].script],
    args: [],
    env: {
      ...writtenFor(name, loaded),
      ...(name === "edge" ? edgeEnv(loaded, settings, engines, names.edge) : serviceEnv(name, settings)),
      ...Object.fromEntries(urls),
      ...(names.collector === undefined ? {} : { [collector]: names.collector }),
    },
    secrets: [
      ...secretsFor(name, loaded, own).filter(({ variable }) => !urls.some(([known]) => known === variable)),
      ...(names.collector === undefined ? [{ variable: collector, from: collector, optional: true }] : []),
    ],
    secretArgs: [],
    port: settings[name].listen.port,
    adminPort: adminPortOf(name, settings),
    memory: memoryOf(name === "synthesize" ? settings.synthesize.cache.maxBytes : 0),
    ...(files.length > 0 ? { files } : {}),
    startSeconds: 30,
    stopSeconds: Math.ceil(settings.drainTimeoutMs / 1000) + 5,
  };
}

/**
 * The variable that says where spans are sent. It is not a secret, but like a secret it is taken from the environment
 * in which the deployment is started.
 */
const collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

/** The port on which a process of a deployment serves its probes and metrics, which are not for callers. */
function adminPortOf(name: ProcessName, settings: Values<typeof declared>): number {
  if (name !== "edge") return settings[name].adminListen.port;
  return hasEdgeAdmin ? edgeAdminPort : settings.edge.listen.port;
}

const edgeAdmin = "edge.adminListen";
const hasEdgeAdmin = allSettings.some(({ path }) => path === edgeAdmin);
/** The port for the edge's probes and metrics: just below the ports that the services use for theirs. */
const edgeAdminPort = 9050;

const anywhere = (port: number) => formatAddress({ host: "0.0.0.0", port });

/**
 * The variables for a service's addresses. The service listens for calls on the loopback interface that it shares with
 * the edge. For metrics it listens on all addresses, since these must be reachable from outside.
 */
function serviceEnv(name: "generate" | "synthesize", settings: Values<typeof declared>): Record<string, string> {
  const { listen, adminListen } = settings[name];
  return {
    ...(isLoopback(listen.host) ? {} : { [nameOf(`${name}.listen`)]: `127.0.0.1:${listen.port}` }),
    [nameOf(`${name}.adminListen`)]: anywhere(adminListen.port),
  };
}

function edgeEnv(
  { given }: LoadedConfig,
  { edge, generate, synthesize }: Values<typeof declared>,
  engines: readonly EngineParts[],
  names: readonly string[],
): Record<string, string> {
  const beside = { "edge.generateUrl": generate, "edge.synthesizeUrl": synthesize } as const;
  return {
    ...Object.fromEntries(
      Object.entries(beside)
        .filter(([path, { listen }]) => given.has(path) || listen.port !== defaultPort(path))
        .map(([path, { listen }]) => [variableOf(path), `http://127.0.0.1:${listen.port}`]),
    ),
    ...(hasEdgeAdmin ? { [variableOf(edgeAdmin)]: anywhere(edgeAdminPort) } : {}),
    // The edge listens on all addresses of its container's network: access is controlled where the port is published.
    [nameOf("edge.listen")]: formatAddress({ host: "0.0.0.0", port: edge.listen.port }),
    [nameOf("edge.allowedHosts")]: [...new Set([...edge.allowedHosts, ...names])].join(","),
    // With open access the edge does not start if other machines can reach its address, unless this variable is set.
    // In a container it is set, since the published port decides who can reach the edge.
    ...(edge.access === "open" ? { [nameOf("edge.openToAll")]: "1" } : {}),
    ...(engines.some(({ engine, standIn }) => engine.kind === "chat" && standIn)
      ? { [nameOf("edge.scripted")]: "1" }
      : {}),
  };
}

function defaultPort(path: string): number {
  return Number(new URL(String(allSettings.find((one) => one.path === path)?.setting.fallback)).port);
}
