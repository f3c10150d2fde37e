import { fileURLToPath } from "node:url";
import type { Clock } from "../clock/clock.ts";
import { nameOf, type SettingPath } from "../config/declared.ts";
import { processes } from "../config/processes.ts";
import { enginesOf } from "../engines/registry.ts";
import { type Address, formatAddress } from "../net/address.ts";
import { variableOf } from "../settings/setting.ts";
import { type Child, type ChildOptions, startChild } from "./child.ts";
import type { EarsChoice } from "./ears.ts";
import type { EngineChoice } from "./engines.ts";
import { nextFree } from "./port.ts";
import type { Print } from "./print.ts";

/** How to start the house. */
export interface HouseOptions {
  /** Where answers come from. */
  model: Promise<EngineChoice>;
  /** What speaks them. */
  voice: Promise<EngineChoice>;
  /** What hears, if anything does. Default: what settings name. */
  ears?: Promise<EarsChoice>;
  /** Where the edge is to listen; the next free port if `movable` and it is taken. */
  listen: Address;
  /** Whether another port will do: nobody asked for this one. */
  movable: boolean;
  /** Whether somebody has set a setting: a service's address that nobody has set gets a free port. */
  isSet: (path: SettingPath) => boolean;
  print: Print;
  clock: Clock;
}

/** The processes that make up Duet on one machine. */
export interface House {
  /** Starts them, engines first; resolves with the page's address. Rejects with one line that names who failed and why. */
  start(): Promise<string>;
  /** Rejects with one line as soon as a process ends by itself. */
  readonly broken: Promise<never>;
  /** Ends them all, within 1.5 s. */
  stop(): Promise<void>;
}

// With Node's own end this stays below 2 s.
const graceMs = 1_500;

type ServiceName = "generate" | "synthesize";

/** The engine that is stood in for where none is there. */
function imitated(service: ServiceName) {
  const kind = processes[service].engines;
  for (const { name, twin } of enginesOf(kind)) if (twin !== undefined) return { name, script: twin.script };
  throw new Error(`no engine for ${kind} has a stand-in`);
}

/** Whether the page is to say that a script answers. */
function edgeEnv(model: EngineChoice): Record<string, string> {
  if (model.kind === "stand-in") return { [nameOf("edge.scripted")]: "1" };
  return model.kind === "present" ? model.env : {};
}

/** Where speech is stored if nobody says where: where this is installed, out of sight of git. */
function storedEnv(isSet: HouseOptions["isSet"]): Record<string, string> {
  if (isSet("edge.stored.folder") || isSet("edge.stored.s3.endpoint")) return {};
  return { [nameOf("edge.stored.folder")]: fileURLToPath(new URL("../../.cache/audio", import.meta.url)) };
}

function engineProcess(
  engine: Exclude<EngineChoice, { kind: "present" }>,
  { name, script }: ReturnType<typeof imitated>,
): ChildOptions {
  return engine.kind === "file"
    ? {
        name: "model",
        script: "infra/models/llama/main.ts",
        args: ["--model", engine.file, "--listen", "127.0.0.1:0"],
      }
    : { name: `${name}-twin`, script, args: ["--port", "0"] };
}

/** Builds a house; nothing runs yet. */
export function createHouse(options: HouseOptions): House {
  const { print, clock, isSet } = options;
  const children: Child[] = [];
  const { promise: broken, reject: breakDown } = Promise.withResolvers<never>();
  broken.catch(() => {});
  let stopping = false;
  // Shorter than the grace, so that a turn that runs is told of its end.
  const drain: Record<string, string> = isSet("drainTimeoutMs") ? {} : { [nameOf("drainTimeoutMs")]: "1000" };

  const launch = async (child: ChildOptions): Promise<string> => {
    // What was decided while the house is being torn down is not begun.
    if (stopping) return broken;
    const started = startChild({ ...child, env: { ...drain, ...child.env } }, print);
    children.push(started);
    started.ended.then((reason) => breakDown(new Error(`${child.name} stopped: ${reason}`)));
    return started.listening.catch(() => broken);
  };

  /** Starts a service behind its engine, and before it the engine, or what stands in for it, if it does not run yet. */
  const startService = async (name: ServiceName, choice: Promise<EngineChoice>) => {
    const engine = await choice;
    const twin = imitated(name);
    const env =
      engine.kind === "present"
        ? engine.env
        : { [variableOf(`${twin.name}.url`)]: await launch(engineProcess(engine, twin)) };
    const freePorts = ([`${name}.listen`, `${name}.adminListen`] as const)
      .filter((path) => !isSet(path))
      .map((path) => [nameOf(path), "127.0.0.1:0"]);
    const { script } = processes[name];
    return launch({ name, script, env: { ...Object.fromEntries(freePorts), ...env } });
  };

  return {
    broken,
    async start() {
      const address = options.movable ? nextFree(options.listen) : Promise.resolve(options.listen);
      const [generate, synthesize, edge, model] = await Promise.all([
        startService("generate", options.model),
        startService("synthesize", options.voice),
        address,
        options.model,
      ]);
      if (edge.port !== options.listen.port)
        print({
          name: "start",
          text: `port ${options.listen.port} is taken: the page moves to ${edge.port}`,
          level: "warn",
        });
      return launch({
        name: "edge",
        script: processes.edge.script,
        env: {
          [nameOf("edge.listen")]: formatAddress(edge),
          [nameOf("edge.generateUrl")]: generate,
          [nameOf("edge.synthesizeUrl")]: synthesize,
          ...storedEnv(isSet),
          ...edgeEnv(model),
          ...(await options.ears)?.env,
        },
      });
    },
    async stop() {
      stopping = true;
      await Promise.all(children.map((child) => child.stop(graceMs, clock)));
    },
  };
}
