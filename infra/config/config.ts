import type { HostPlan } from "../engines/host.ts";
import type { Plans } from "../engines/registry.ts";
import type { EngineConfig } from "../gen/duet/config/v1/engine_pb.ts";
import type { Draft } from "../settings/setting.ts";
import type { declared } from "./declared.ts";
import type { Given } from "./file/settings.ts";
import type { Tree } from "./file/tree.ts";
import type { Problem } from "./problem.ts";

/** The complete configuration of a deployment: file, environment and defaults together. */
export interface Config {
  /** The file that the config was read from; undefined if there is none. */
  readonly file: string | undefined;
  /**
   * Settings by group, with defaults. A setting is undefined if nobody sets it and it has no default, or if its value
   * is invalid.
   */
  readonly settings: Draft<typeof declared>;
  /** The engines as written in the config, without defaults: what `GetEngine` returns. */
  readonly engine: EngineConfig;
  /** The engines with all defaults filled in. An engine that is absent is simulated, or runs elsewhere. */
  readonly plan: { readonly host: HostPlan } & Plans;
}

/** A config, and its problems. */
export interface LoadedConfig {
  /** The config, even if there are errors: only the invalid values are missing from it. */
  readonly config: Config;
  /** All problems, sorted by position; if one of them is an error, the config must not be used. */
  readonly problems: readonly Problem[];
  /** The same problems as in `problems`, grouped by what they affect. */
  readonly faults: {
    /** Problems that concern every process: an unreadable file, or names of settings that do not exist. */
    readonly common: readonly Problem[];
    /** The problems of invalid settings, by path. They concern only the processes that use these settings. */
    readonly settings: ReadonlyMap<string, Problem>;
    /** Problems in the engines' part of the config. */
    readonly engines: readonly Problem[];
  };
  /** The settings that are given in the file or the environment, keyed by path. */
  readonly given: ReadonlyMap<string, Given>;
  /** The parsed file with the engines' environment variables merged in; each value states where it was written. */
  readonly tree: Tree;
}
