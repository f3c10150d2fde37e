import { type FishTwin, startFishTwin } from "../../infra/twins/fish/server.ts";
import { type EarsTwin, startEarsTwin } from "../../infra/twins/transcribe/server.ts";
import { startVllmTwin, type VllmTwin } from "../../infra/twins/vllm/server.ts";
import { createGrpcClient } from "../support/callers.ts";
import { type Program, startProgram } from "../support/processes.ts";

/** The three processes as they run in production, and the twins. */
export interface TracedHouse {
  readonly customer: ReturnType<typeof createGrpcClient>["client"];
  /** Where the edge answers. */
  readonly url: string;
  readonly vllm: VllmTwin;
  readonly fish: FishTwin;
  readonly ears: EarsTwin;
  readonly edge: Program;
  readonly generate: Program;
  readonly synthesize: Program;
  /** Ends the processes, which send what they still have to; then the twins. May be called again. */
  close(): Promise<void>;
}

/** Starts them with what the environment says of traces; leaves nothing behind if one does not start. */
export async function startHouse(otel: Record<string, string>, timeScale = 0.05): Promise<TracedHouse> {
  await using started = new AsyncDisposableStack();
  const vllm = started.adopt(await startVllmTwin({ timeScale }), (twin) => twin.close());
  const fish = started.adopt(await startFishTwin({ timeScale }), (twin) => twin.close());
  const ears = started.adopt(await startEarsTwin({ timeScale, faults: false }), (twin) => twin.close());
  const start = async (main: string, settings: Record<string, string>) =>
    started.adopt(await startProgram(main, { DUET_DRAIN_TIMEOUT_MS: "500", ...otel, ...settings }), (it) => it.stop());
  const port = "127.0.0.1:0";
  const [generate, synthesize] = await Promise.all([
    start("services/generate/run.ts", {
      DUET_VLLM_URL: vllm.url,
      DUET_GENERATE_LISTEN: port,
      DUET_GENERATE_ADMIN_LISTEN: port,
    }),
    start("services/synthesize/run.ts", {
      DUET_FISH_URL: fish.url,
      // Each segment is to be a request, also where another test said the same.
      DUET_SYNTHESIZE_CACHE_MAX_BYTES: "0",
      DUET_SYNTHESIZE_LISTEN: port,
      DUET_SYNTHESIZE_ADMIN_LISTEN: port,
    }),
  ]);
  const edge = await start("edge/run.ts", {
    DUET_EDGE_LISTEN: port,
    DUET_EDGE_GENERATE_URL: generate.url,
    DUET_EDGE_SYNTHESIZE_URL: synthesize.url,
    DUET_TRANSCRIBE_URL: ears.url,
    DUET_PROFILES: '{"shop":{"language":"en"}}',
  });
  const { client, close } = createGrpcClient(edge.url);
  started.defer(close);
  const all = started.move();
  return {
    customer: client,
    url: edge.url,
    vllm,
    fish,
    ears,
    edge,
    generate,
    synthesize,
    close: () => all.disposeAsync(),
  };
}
