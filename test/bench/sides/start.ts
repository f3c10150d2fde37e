import type { Engines } from "../engines/engines.ts";
import { type Observed, startObserved } from "../processes/use.ts";
import type { SideName } from "./names.ts";

/** A side that runs. */
export interface RunningSide {
  readonly name: SideName;
  /** Where its callers ask. */
  readonly url: string;
  readonly processes: readonly Observed[];
  stop(): Promise<void>;
}

/** How a side is started. */
export interface SideOptions {
  readonly name: SideName;
  readonly engines: Pick<Engines, "vllmUrl" | "voiceUrls" | "voice">;
  /** A folder for CPU profiles of its processes. */
  readonly profileInto?: string | undefined;
  /** Settings of Duet that differ from the shipped ones. */
  readonly settings?: Record<string, string> | undefined;
}

/** Starts a side before engines that run. */
export async function startSide(options: SideOptions): Promise<RunningSide> {
  return options.name === "duet" ? startDuet(options) : startOther(options);
}

async function startOther({ name, engines, profileInto }: SideOptions): Promise<RunningSide> {
  const args = [name, engines.vllmUrl, engines.voiceUrls.join(",")];
  const only = await startObserved("test/bench/sides/main.ts", { name, role: "side", args, profileInto });
  return { name, url: only.url, processes: [only], stop: only.stop };
}

/** The three processes with the settings that they are shipped with, on ports of their own. */
async function startDuet({ name, engines, profileInto, settings }: SideOptions): Promise<RunningSide> {
  const port = "127.0.0.1:0";
  const start = (name: string, main: string, env: Record<string, string>) =>
    startObserved(main, {
      name,
      role: "side",
      env: { DUET_DRAIN_TIMEOUT_MS: "0", ...env, ...settings },
      profileInto,
    });
  await using started = new AsyncDisposableStack();
  const services = await Promise.allSettled([
    start("generate", "services/generate/main.ts", {
      DUET_VLLM_URL: engines.vllmUrl,
      DUET_GENERATE_LISTEN: port,
      DUET_GENERATE_ADMIN_LISTEN: port,
    }),
    start("synthesize", "services/synthesize/main.ts", {
      ...(engines.voice === "serial"
        ? { DUET_FISH_URL: engines.voiceUrls.join(","), DUET_FISH_MODE: "1.5.1" }
        : { DUET_SPEECH_URL: engines.voiceUrls.join(",") }),
      // The replies of a run come again and again: it would measure how few there are.
      DUET_SYNTHESIZE_CACHE_MAX_BYTES: "0",
      DUET_SYNTHESIZE_LISTEN: port,
      DUET_SYNTHESIZE_ADMIN_LISTEN: port,
    }),
  ]);
  const [generate, synthesize] = services.map((service) => {
    if (service.status === "fulfilled") started.defer(service.value.stop);
    return service;
  }) as [PromiseSettledResult<Observed>, PromiseSettledResult<Observed>];
  if (generate.status === "rejected") throw generate.reason;
  if (synthesize.status === "rejected") throw synthesize.reason;
  const edge = await start("edge", "edge/main.ts", {
    DUET_EDGE_LISTEN: port,
    DUET_EDGE_GENERATE_URL: generate.value.url,
    DUET_EDGE_SYNTHESIZE_URL: synthesize.value.url,
  });
  started.defer(edge.stop);
  const all = started.move();
  const processes = [edge, generate.value, synthesize.value];
  return { name, url: edge.url, processes, stop: () => all.disposeAsync() };
}
