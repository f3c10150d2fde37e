import { computed, type Import, isFileOfTree } from "./imports.ts";

/** Who may import what: the first row whose `from` fits a file holds for it. */
interface Row {
  /** The files that the row is about. */
  from: RegExp;
  /** Files of the tree that they may import. */
  may: RegExp;
  /** Exceptions to `may`, and npm packages that are not for them. */
  never: RegExp;
}

const nothing = /^$/;
// Each of the two generators has its own runtime: whoever uses one keeps away from the other's.
const connect = /^@connectrpc\//;
const niceGrpc = /^(?:nice-grpc|@grpc\/)/;

const table: Row[] = [
  { from: /^test\//, may: /./, never: nothing },
  {
    from: /^services\/cli\//,
    may: /^(?:infra|services\/(?:cli|generate|synthesize))\//,
    never: /\/(?:service|wire|main)\.ts$/,
  },
  { from: /^services\/common\//, may: /^(?:services\/(?:common|gen)|infra)\//, never: connect },
  {
    from: /^services\/generate\/(?:service|wire|main)\.ts$/,
    may: /^(?:services\/(?:common|gen|generate)|infra)\//,
    never: connect,
  },
  {
    from: /^services\/synthesize\/(?:service|wire|main)\.ts$/,
    may: /^(?:services\/(?:common|gen|synthesize)|infra)\//,
    never: connect,
  },
  { from: /^services\/generate\//, may: /^(?:services\/(?:common|generate)|infra)\//, never: connect },
  { from: /^services\/synthesize\//, may: /^(?:services\/(?:common|synthesize)|infra)\//, never: connect },
  { from: /^edge\//, may: /^(?:edge|infra)\//, never: niceGrpc },
  { from: /^infra\/(?:config|engines)\//, may: /^infra\//, never: nothing },
  // `npm start` spawns processes and imports none of them.
  { from: /^infra\/launch\//, may: /^infra\/(?!twins\/)/, never: /\/gen\// },
  { from: /^infra\//, may: /^infra\//, never: /\/gen\// },
];

/** Held by every row besides its own. */
const never: { what: RegExp; unless: RegExp; why: string }[] = [
  { what: /\/main\.ts$/, unless: nothing, why: "a process is spawned, never imported" },
  { what: /^services\/cli\//, unless: /^(?:services\/cli|test)\//, why: "nobody imports the command line" },
  { what: /^test\//, unless: /^test\//, why: "only tests import tests" },
  { what: /\.test\.ts$/, unless: nothing, why: "a test is run, never imported" },
  {
    what: /^@echogarden\/espeak-ng/,
    unless: /^infra\/twins\/fish\//,
    why: "espeak-ng is GPL: it stays in the Fish twin's process",
  },
  {
    what: /^@opentelemetry\/|^infra\/telemetry\/otel\.ts$/,
    unless: /^infra\/telemetry\/(?:otel|tracing)\.ts$|^test\//,
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
