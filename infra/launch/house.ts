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

/** Options of createHouse. */
export interface HouseOptions {
  /** Where the model comes from, as soon as that is known. */
  model: Promise<EngineChoice>;
  /** Where the voice comes from, as soon as that is known. */
  voice: Promise<EngineChoice>;
  /** The speech recognizer that was found, if any. Default: the one that the settings name. */
  ears?: Promise<EarsChoice>;
  /** The address of the edge; if `movable`, the next free port is used when the address's port is taken. */
  listen: Address;
  /** Whether another port may be used if the port is taken: true if the user did not choose the port. */
  movable: boolean;
  /** Whether the user has set a setting. For example, a service whose listen address is not set gets a free port. */
  isSet: (path: SettingPath) => boolean;
  print: Print;
  clock: Clock;
}

/** All processes of one Duet on one machine. */
export interface House {
  /**
   * Starts all processes, engines first; resolves to the URL of Duet's web page. Rejects with a one-line message that
   * names the process that failed and says why.
   */
  start(): Promise<string>;
  /** Never resolves; rejects with a one-line message as soon as a process ends unexpectedly. */
  readonly broken: Promise<never>;
  /** Stops all processes, within 1.5 s. */
  stop(): Promise<void>;
}

// How long processes get to stop, in milliseconds. Together with the exit of Node itself, stopping takes less than 2 s.
const graceMs = 1_500;

type ServiceName = "generate" | "synthesize";

/** The engine to imitate if a service has no real engine: the first engine of its kind that has a stand-in. */
function imitated(service: ServiceName) {
  const kind = processes[service].engines;
  for (const { name, twin } of enginesOf(kind)) if (twin !== undefined) return { name, script: twin.script };
  throw new Error(`no engine of kind ${kind} has a stand-in`);
}

/** The edge's settings that depend on the model: if it is a stand-in, the web page says that a script answers. */
function edgeEnv(model: EngineChoice): Record<string, string> {
  if (model.kind === "stand-in") return { [nameOf("edge.scripted")]: "1" };
  return model.kind === "present" ? model.env : {};
}

/**
 * The setting that stores speech in a folder of this tree, which git ignores. Empty if the user's own settings already
 * say where speech is stored.
 */
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

/** Creates a house, that is, all processes of one Duet, without starting any of them. */
export function createHouse(options: HouseOptions): House {
  const { print, clock, isSet } = options;
  const children: Child[] = [];
  const { promise: broken, reject: breakDown } = Promise.withResolvers<never>();
  broken.catch(() => {});
  let stopping = false;
  // Answers in progress get less time than the grace period, so that callers can still be told that Duet is stopping.
  const drain: Record<string, string> = isSet("drainTimeoutMs") ? {} : { [nameOf("drainTimeoutMs")]: "1000" };

  const launch = async (child: ChildOptions): Promise<string> => {
    // Once Duet is being stopped, no further process is started.
    if (stopping) return broken;
    const started = startChild({ ...child, env: { ...drain, ...child.env } }, print);
    children.push(started);
    started.ended.then((reason) => breakDown(new Error(`${child.name} stopped: ${reason}`)));
    return started.listening.catch(() => broken);
  };

  /**
   * Starts a service. If its engine is not running already, first starts another in its place: a server for the model
   * file that was given, or else the engine's stand-in.
   */
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
          text: `port ${options.listen.port} is taken, so the page is served at port ${edge.port}`,
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
