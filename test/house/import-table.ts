import { computed, type Import, isFileOfTree } from "./imports.ts";

/** Who may import what: the first row whose `from` fits a file holds for it. */
interface Row {
  /** The files that the row is about. */
  from: RegExp;
  /** Files of the tree that they may import; npm packages are everybody's, but for `never`. */
  may: RegExp;
  /** Exceptions to `may`, and npm packages that are not for them. */
  never: RegExp;
}

const nothing = /^$/;
// Each of the two generators has its own runtime: whoever uses one keeps away from the other's.
const connect = /^@connectrpc\//;
const niceGrpc = /^(?:nice-grpc|@grpc\/)/;

/** Folders of infra that know no product: everybody stands on them, and they stand on each other alone. */
const ground = ["audio", "balance", "clock", "cost", "log", "net", "process", "random", "script", "stores", "stream"]
  .concat("telemetry", "text")
  .join("|");
/**
 * What a process is told, and what an engine is started with: pure, and just above the ground, each on those before it.
 */
const rules = "settings|engines|config";
/** Programs of infra: they are spawned, and nobody imports them. */
const programs = ["twins", "models", "launch", "deploy"];

/** Files that see generated types inside a service; all others speak strings, bytes and plain records. */
const wireFiles = String.raw`(?:service|wire|start)\.ts$`;

const table: Row[] = [
  { from: /^test\//, may: /./, never: nothing },
  {
    from: /^services\/cli\//,
    may: path(`infra/(?:${ground}|${rules}|deploy)/`, "services/(?:cli|common|generate|synthesize)/"),
    never: path(`services/\\w+/${wireFiles}`),
  },
  {
    from: /^services\/common\//,
    may: path(`infra/(?:${ground}|${rules})/`, "services/(?:common|gen)/"),
    never: connect,
  },
  ...["generate", "synthesize"].flatMap((name) => [
    {
      from: path(`services/${name}/${wireFiles}`),
      may: path(`infra/(?:${ground}|${rules})/`, `services/(?:common|gen|${name})/`),
      never: connect,
    },
    {
      from: path(`services/${name}/`),
      may: path(`infra/(?:${ground}|${rules})/`, `services/(?:common|${name})/`),
      never: connect,
    },
  ]),
  // A turn is asked for in many ways: it knows of none of them, and of its services neither address nor contract.
  {
    from: /^edge\/(?:turn\/|call\.ts$|errors\.ts$|outward\.ts$)/,
    may: path(
      String.raw`edge/(?:turn/|gen/duet/assistant/|call\.ts$|errors\.ts$|outward\.ts$)`,
      `infra/(?:${ground})/`,
    ),
    never: new RegExp(`${connect.source}|${niceGrpc.source}`),
  },
  { from: /^edge\//, may: path("edge/", `infra/(?:${ground}|${rules})/`), never: niceGrpc },
  { from: path("infra/settings/"), may: path(`infra/(?:${ground}|settings)/`), never: nothing },
  { from: path("infra/engines/"), may: path(`infra/(?:${ground}|settings|engines|gen)/`), never: nothing },
  { from: path("infra/config/"), may: path(`infra/(?:${ground}|${rules}|gen)/`), never: nothing },
  ...programs.map((program) => ({
    from: path(`infra/${program}/`),
    may: path(`infra/(?:${ground}|${rules}|${program})/`),
    never: nothing,
  })),
  { from: path(`infra/(?:${ground})/`), may: path(`infra/(?:${ground})/`), never: nothing },
];

/** Held by every row besides its own. */
const never: { what: RegExp; unless: RegExp; why: string }[] = [
  { what: /\/main\.ts$/, unless: nothing, why: "a process is spawned, never imported" },
  { what: /\.test\.ts$/, unless: nothing, why: "a test is run, never imported" },
  {
    what: /^infra\/twins\/fish\//,
    unless: /^(?:infra\/twins\/fish|test)\//,
    why: "a twin shares only what stands in infra/twins",
  },
  {
    what: /^infra\/twins\/vllm\//,
    unless: /^(?:infra\/twins\/vllm|test)\//,
    why: "a twin shares only what stands in infra/twins",
  },
  {
    what: /^infra\/twins\/speech\//,
    unless: /^(?:infra\/twins\/speech|test)\//,
    why: "a twin shares only what stands in infra/twins",
  },
  {
    what: /^infra\/twins\/transcribe\//,
    unless: /^(?:infra\/twins\/transcribe|test)\//,
    why: "a twin shares only what stands in infra/twins",
  },
  {
    what: /^infra\/twins\/vits\//,
    unless: /^(?:infra\/twins\/vits|test)\//,
    why: "a twin shares only what stands in infra/twins",
  },
  {
    what: /^infra\/twins\/piper\//,
    unless: /^(?:infra\/twins\/piper|test)\//,
    why: "a twin shares only what stands in infra/twins",
  },
  {
    what: /^@echogarden\/espeak-ng/,
    unless: /^infra\/twins\/sound\//,
    why: "espeak-ng is GPL: it stays in the processes of stand-ins",
  },
  {
    what: /^@opentelemetry\/|^infra\/telemetry\/otel(?:-spans)?\.ts$/,
    unless: /^infra\/telemetry\/(?:otel|otel-spans|tracing)\.ts$|^test\//,
    why: "the SDK is loaded only where traces are asked for: use infra/telemetry/tracer.ts",
  },
  {
    what: /^@?node-llama-cpp\b/,
    unless: /^infra\/models\/llama\//,
    why: "llama.cpp is not installed for everybody: it stays in the process of --model",
  },
  {
    what: /^ioredis(?:\/|$)/,
    unless: /^infra\/stores\/client\.ts$/,
    why: "its habits are put right in one place: use infra/stores/redis.ts",
  },
];

/** What is wrong with an import, in words; undefined if nothing is. */
export function judge({ from, to }: Import): string | undefined {
  const row = table.find((row) => row.from.test(from));
  if (row === undefined) return `${from} has no row in the import table`;
  if (to === computed)
    return from.startsWith("test/") ? undefined : `${from} imports what no table can see: write it out`;
  const broken = never.find((rule) => rule.what.test(to) && !rule.unless.test(from));
  if (broken !== undefined) return `${from} imports ${to}: ${broken.why}`;
  if ((isFileOfTree(to) && !row.may.test(to)) || row.never.test(to)) return `${from} may not import ${to}`;
  return undefined;
}

/** Matches paths that begin with one of the given patterns. */
function path(...beginnings: string[]): RegExp {
  return new RegExp(`^(?:${beginnings.join("|")})`);
}
