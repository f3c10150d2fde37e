import { create, toBinary } from "@bufbuild/protobuf";
import { EngineConfigSchema } from "../gen/duet/config/v1/engine_pb.ts";
import { VllmSchema } from "../gen/duet/config/v1/vllm_pb.ts";
import type { Log } from "../log/log.ts";
import { type Config, loadConfig } from "./load.ts";

/** What a service is told of the engine that it speaks to; nothing where no config describes it. */
export interface KnownEngines {
  /** With nothing left open. */
  readonly plan: Pick<Config["plan"], "vllm" | "fish">;
  /**
   * As they were written, in bytes for programs of another generator: the LLM as a `Vllm`; an engine that speaks, of which there are
   * several kinds, as an `EngineConfig` that has its part alone.
   */
  readonly bytes: { readonly vllm?: Uint8Array; readonly fish?: Uint8Array };
}

/**
 * Reads the engines' part of the config file. A part that has an error describes no engine that could run: it is logged, and left
 * out; `duet config check` tells what is wrong.
 */
export function readEngines(env: NodeJS.ProcessEnv, log: Log): KnownEngines {
  const { config, problems } = loadConfig(env);
  const errors = problems.filter(({ severity, path }) => severity === "error" && path.startsWith("engine"));
  if (errors.length > 0) {
    log.error(
      { errors: errors.length, first: errors[0]?.path },
      "the engines in the config file are not compared with those that run: npm run duet -- config check tells what is wrong",
    );
    return { plan: { vllm: undefined, fish: undefined }, bytes: {} };
  }
  const { plan, engine } = config;
  return {
    plan,
    bytes: {
      ...(engine.vllm && { vllm: toBinary(VllmSchema, engine.vllm) }),
      ...(engine.fish && { fish: toBinary(EngineConfigSchema, create(EngineConfigSchema, { fish: engine.fish })) }),
    },
  };
}
