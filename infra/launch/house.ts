import { createServer } from "node:net";
import type { Clock } from "../clock/clock.ts";
import { type Address, AddressInUseError, formatAddress, listen } from "../net/address.ts";
import { type Child, type ChildOptions, startChild } from "./child.ts";
import type { EngineChoice } from "./engines.ts";
import type { Print } from "./print.ts";

/** How to start the house. */
export interface HouseOptions {
  /** Where answers come from. */
  model: Promise<EngineChoice>;
  /** What speaks them. */
  voice: Promise<EngineChoice>;
  /** Where the edge is to listen; the next free port if `movable` and it is taken. */
  listen: Address;
  /** Whether another port will do: nobody asked for this one. */
  movable: boolean;
  /** The listen settings that somebody has set; the others get a free port. */
  isSet: (setting: string) => boolean;
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

/** Builds a house; nothing runs yet. */
export function createHouse(options: HouseOptions): House {
  const { print, clock, isSet } = options;
  const children: Child[] = [];
  const { promise: broken, reject: breakDown } = Promise.withResolvers<never>();
  broken.catch(() => {});
  let stopping = false;

  const launch = async (child: ChildOptions): Promise<string> => {
    // What was decided while the house is being torn down is not begun.
    if (stopping) return broken;
    const started = startChild({ ...child, env: { ...drain, ...child.env } }, print);
    children.push(started);
    started.ended.then((reason) => breakDown(new Error(`${child.name} stopped: ${reason}`)));
    return started.listening.catch(() => broken);
  };
  // Shorter than the grace, so that a turn that runs is told of its end.
  const drain: Record<string, string> = isSet("DUET_DRAIN_TIMEOUT_MS") ? {} : { DUET_DRAIN_TIMEOUT_MS: "1000" };
  const freePorts = (...settings: string[]) =>
    Object.fromEntries(settings.filter((setting) => !isSet(setting)).map((setting) => [setting, "127.0.0.1:0"]));

  const startGenerate = async () => {
    const model = await options.model;
    const env =
      model.kind === "present"
        ? model.env
        : {
            DUET_VLLM_URL: await launch({
              name: "vllm-twin",
              script: "infra/twins/vllm/main.ts",
              args: ["--port", "0"],
            }),
          };
    return launch({
      name: "generate",
      script: "services/generate/main.ts",
      env: { ...freePorts("DUET_GENERATE_LISTEN", "DUET_GENERATE_ADMIN_LISTEN"), ...env },
    });
  };
  const startSynthesize = async () => {
    const voice = await options.voice;
    const env =
      voice.kind === "present"
        ? voice.env
        : {
            DUET_FISH_URL: await launch({
              name: "fish-twin",
              script: "infra/twins/fish/main.ts",
              args: ["--port", "0"],
            }),
          };
    return launch({
      name: "synthesize",
      script: "services/synthesize/main.ts",
      env: { ...freePorts("DUET_SYNTHESIZE_LISTEN", "DUET_SYNTHESIZE_ADMIN_LISTEN"), ...env },
    });
  };

  return {
    broken,
    async start() {
      const address = options.movable ? nextFree(options.listen) : Promise.resolve(options.listen);
      const [generate, synthesize, edge, model] = await Promise.all([
        startGenerate(),
        startSynthesize(),
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
        script: "edge/main.ts",
        env: {
          DUET_LISTEN: formatAddress(edge),
          DUET_GENERATE_URL: generate,
          DUET_SYNTHESIZE_URL: synthesize,
          ...(model.kind === "stand-in" ? { DUET_SCRIPTED: "1" } : model.env),
        },
      });
    },
    async stop() {
      stopping = true;
      await Promise.all(children.map((child) => child.stop(graceMs, clock)));
    },
  };
}

/** The address, or the same with the next port that nobody listens on. */
async function nextFree({ host, port }: Address): Promise<Address> {
  for (let candidate = port; candidate < port + 100; candidate++) {
    const probe = createServer();
    try {
      await listen(probe, { host, port: candidate }, "DUET_LISTEN");
      await new Promise((resolve) => probe.close(resolve));
      return { host, port: candidate };
    } catch (error) {
      if (!(error instanceof AddressInUseError)) throw error;
    }
  }
  throw new Error(`ports ${port} to ${port + 99} are all taken: set DUET_LISTEN to a free one`);
}
