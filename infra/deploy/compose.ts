import { isIP } from "node:net";
import { basename } from "node:path";
import type { LoadedConfig } from "../config/config.ts";
import type { Container, EngineServer, Memory, Storage } from "../engines/container.ts";
import { formatAddress, isLoopback } from "../net/address.ts";
import type { EngineParts } from "./engine-parts.ts";
import { inMiB, MiB, memoryOf } from "./memory.ts";
import { collectorUrl, type Observer, observersOf } from "./observe/observers.ts";
import { targetsOf } from "./observe/targets.ts";
import { type DuetContainer, partsOf } from "./parts.ts";
import { type StoreServer, storeProbe, storeUser } from "./stores.ts";
import { writeYaml } from "./yaml.ts";

const header = `# Rendered from duet.yaml by \`duet render compose\`: edit that file, and render again.
# Secrets come from the environment of \`docker compose up\`, or from .env beside this file.
`;

/**
 * Renders the deployment as a compose file. `image` contains this source tree; the engines use their own images.
 * `observe` adds observability tools.
 */
export function renderCompose(loaded: LoadedConfig, image: string, observe = false): string {
  const host = loaded.config.settings.edge.listen?.host ?? "127.0.0.1";
  const isOpen = host === "0.0.0.0" || host === "::";
  const parts = partsOf(loaded, image, {
    urlOf,
    edge: [...edgeNames, ...(isOpen || isLoopback(host) ? [] : [host])],
    ...(observe ? { collector: collectorUrl } : {}),
  });
  const { duet, engines, stores } = parts;
  const observers = observe ? observersOf(targetsOf(parts, "net", urlOf)) : [];
  const { edge, generate, synthesize } = duet;
  const at = isLoopback(host) ? "127.0.0.1" : host;
  const published = isOpen || isIP(at) === 0 ? String(edge.port) : formatAddress({ host: at, port: edge.port });
  // Metrics are reachable from this machine, and from containers in the same network: http://net:9051/metrics.
  const admin = [...new Set([edge, generate, synthesize].map(({ adminPort }) => adminPort))]
    .filter((port) => port !== edge.port)
    .map((port) => `127.0.0.1:${port}:${port}`);
  const services = {
    // Edge, Generate and Synthesize share one loopback interface, on which nobody else reaches the services. The
    // interface belongs to a container of its own that does nothing else, and so outlives the three: if one of them
    // owned the network, its restart would leave the other two in a network that no longer exists.
    net: {
      image,
      command: ["node", "-e", "setInterval(() => {}, 2 ** 30)"],
      init: true,
      ports: [`${published}:${edge.port}`, ...admin],
      // The edge shares this container's network, so the edge's name has to be an alias of this container.
      networks: { default: { aliases: edgeNames.filter((name) => name !== "net") } },
      restart: "unless-stopped",
      stop_grace_period: "1s",
      ...locked,
      ...limited({ asked: 32 * MiB, most: 128 * MiB }),
    },
    edge: duetService(edge),
    generate: duetService(generate),
    synthesize: duetService(synthesize),
    ...Object.fromEntries(
      engines.flatMap((parts) => parts.servers.map((server) => [server.name, engineService(server, parts)])),
    ),
    ...Object.fromEntries(stores.map((store) => [store.name, storeService(store)])),
    ...Object.fromEntries(observers.map((observer) => [observer.name, observerService(observer)])),
  };
  const configs = observers.flatMap(observerConfigs);
  const volumes = [
    ...engines.flatMap(({ storage }) => (storage?.mounts.some(isVolume) ? [[storage.name, {}]] : [])),
    ...stores.flatMap(({ name, volume }) => (volume === undefined ? [] : [[name, {}]])),
    ...observers.flatMap(({ name, volume }) => (volume === undefined ? [] : [[name, {}]])),
  ];
  return (
    header +
    (isOpen ? callersHeader(loaded) : "") +
    writeYaml({
      name: "duet",
      services,
      ...(volumes.length > 0 ? { volumes: Object.fromEntries(volumes) } : {}),
      ...(configs.length > 0 ? { configs: Object.fromEntries(configs) } : {}),
    })
  );
}

/** The URL by which other containers reach a server of an engine. */
function urlOf({ servers }: EngineParts, index: number): string {
  const { name, port } = servers[index] as EngineServer;
  return `http://${name}:${port}`;
}

/** Restrictions of our own programs: they need no privileges, and no writable file system besides /tmp. */
const locked = {
  user: "10001:10001",
  read_only: true,
  tmpfs: ["/tmp"],
  cap_drop: ["ALL"],
  security_opt: ["no-new-privileges:true"],
};

/** The names by which other containers reach the edge: that of the container whose network it uses, and its own. */
const edgeNames = ["net", "edge"];

/**
 * A comment for the compose file: how to allow callers from other machines, since a container cannot find out by which
 * host names they reach this machine. Empty if the config already allows such callers.
 */
function callersHeader({ given }: LoadedConfig): string {
  if (given.has("edge.publicUrl") || given.has("edge.allowedHosts")) return "";
  return `# Callers on other machines are refused until edge.publicUrl or edge.allowedHosts names the host by which they reach this machine.
`;
}

/** A container's limits for CPU and memory, and the memory that is reserved for it. */
function limited({ asked, most }: Memory): object {
  const limits = { cpus: "2", memory: `${inMiB(most)}M` };
  return { deploy: { resources: { limits, reservations: { memory: `${inMiB(asked)}M` } } } };
}

function duetService(part: DuetContainer): object {
  const volumes = part.files?.map(({ host, container, isWritten }) => ({
    type: "bind",
    source: undollar(host),
    target: container,
    ...(isWritten ? {} : { read_only: true }),
    // With this option Compose reports a missing file at the start, instead of creating an empty folder in its place.
    bind: { create_host_path: false },
  }));
  return {
    ...service(part),
    network_mode: "service:net",
    depends_on: { net: { condition: "service_started", restart: true } },
    ...locked,
    ...(volumes === undefined ? {} : { volumes }),
    ...limited(part.memory),
    ...probe(nodeProbe(part.adminPort), part),
  };
}

function storeService(store: StoreServer): object {
  return {
    ...service(store),
    ...locked,
    user: `${storeUser}:${storeUser}`,
    // The image declares a volume at /data, which would otherwise leave an anonymous volume behind at each start.
    ...(store.volume === undefined ? { tmpfs: ["/tmp", "/data"] } : { volumes: [`${store.name}:/data`] }),
    ...limited(store.memory),
    ...probe(["CMD", ...storeProbe(store)], store),
  };
}

/** The service of an observability tool. Its file system is writable, since Compose copies config files into it. */
function observerService(observer: Observer): object {
  const { name, pagePort, user, volume, texts, scratch, memory } = observer;
  const { cap_drop, security_opt } = locked;
  const configs = Object.keys(texts).map((target) => ({ source: configName(name, target), target }));
  return {
    ...service(observer),
    // The tools' web pages are only published on this machine.
    ...(pagePort === undefined ? {} : { ports: [`127.0.0.1:${pagePort}:${pagePort}`] }),
    user: `${user}:${user}`,
    tmpfs: [...scratch],
    cap_drop,
    security_opt,
    ...(configs.length > 0 ? { configs } : {}),
    ...(volume === undefined ? {} : { volumes: [`${name}:${volume.path}`] }),
    ...limited(memory),
  };
}

/** The config texts of a tool, embedded in the rendered file. */
function observerConfigs({ name, texts }: Observer): [string, object][] {
  return Object.entries(texts).map(([path, text]) => [configName(name, path), { content: undollar(text) }]);
}

const configName = (program: string, path: string) => `${program}-${basename(path)}`;

/** Doubles each dollar sign: Compose would take a single one as the beginning of a variable reference. */
function undollar(text: string): string {
  return text.replaceAll("$", "$$$$");
}

function service(part: Container): object {
  const environment = {
    ...Object.fromEntries(Object.entries(part.env).map(([name, value]) => [name, undollar(value)])),
    ...Object.fromEntries(
      part.secrets.map(({ variable, from, optional }) => [variable, optional ? `\${${from}:-}` : need(from)]),
    ),
  };
  const secret = part.secretArgs.flatMap(({ flag, variable }) => [flag, need(variable)]);
  const words = [...(part.command ?? []), ...part.args].map(undollar);
  return {
    image: part.image,
    ...(words.length + secret.length > 0 ? { command: [...words, ...secret] } : {}),
    ...(Object.keys(environment).length > 0 ? { environment } : {}),
    restart: "unless-stopped",
    stop_grace_period: `${part.stopSeconds}s`,
  };
}

function engineService(server: EngineServer, { engine, storage, standIn }: EngineParts): object {
  const { healthPath, sharedMemory } = engine.deployment;
  if (standIn)
    return { ...service(server), ...locked, ...limited(memoryOf(0)), ...probe(nodeSocketProbe(server.port), server) };
  const { port, gpus } = server;
  const check =
    healthPath === undefined ? socketProbe(port) : ["CMD", "curl", "-fsS", `http://127.0.0.1:${port}${healthPath}`];
  const devices = [{ driver: "nvidia", device_ids: gpus.map(String), capabilities: ["gpu"] }];
  return {
    ...service(server),
    // GPUs that work together communicate through shared memory.
    ...(sharedMemory ? { ipc: "host" } : {}),
    ...(storage === undefined ? {} : { volumes: storage.mounts.map((mount) => mounted(storage, mount)) }),
    ...(gpus.length > 0 ? { deploy: { resources: { reservations: { devices } } } } : {}),
    ...probe(check, server),
  };
}

type Mount = Storage["mounts"][number];

/** Whether a mount is a volume and not a folder of the host. */
function isVolume({ hostFolder }: Mount): boolean {
  return hostFolder === undefined;
}

function mounted({ name }: Storage, { path, hostFolder }: Mount): string {
  return `${hostFolder === undefined ? name : undollar(hostFolder)}:${path}`;
}

function socketProbe(port: number): string[] {
  return ["CMD", "bash", "-c", `exec 3<>/dev/tcp/127.0.0.1/${port}`];
}

function nodeSocketProbe(port: number): string[] {
  const connect = `require("net").connect(${port}).on("error", () => process.exit(1)).on("connect", () => process.exit())`;
  return ["CMD", "node", "-e", connect];
}

function nodeProbe(port: number): string[] {
  return [
    "CMD",
    "node",
    "-e",
    `fetch("http://127.0.0.1:${port}/readyz", { signal: AbortSignal.timeout(4000) }).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`,
  ];
}

function probe(test: readonly string[], part: Container): object {
  return { healthcheck: { test, interval: "10s", timeout: "5s", retries: 3, start_period: `${part.startSeconds}s` } };
}

function need(variable: string): string {
  return `\${${variable}:?set it in the environment or in .env}`;
}
