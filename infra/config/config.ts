import type { HostPlan } from "../engines/host.ts";
import type { Plans } from "../engines/registry.ts";
import type { EngineConfig } from "../gen/duet/config/v1/engine_pb.ts";
import type { Draft } from "../settings/setting.ts";
import type { declared } from "./declared.ts";
import type { Given } from "./file/settings.ts";
import type { Tree } from "./file/tree.ts";
import type { Problem } from "./problem.ts";

/** All that one deployment is told: file, environment and defaults together. */
export interface Config {
  /** The file it was read from; undefined if there is none. */
  readonly file: string | undefined;
  /** Settings by group, defaults included. Undefined are those without a default that nobody sets, and those that are wrong. */
  readonly settings: Draft<typeof declared>;
  /** The engines as they were written: what `GetEngine` returns. */
  readonly engine: EngineConfig;
  /** The same with nothing left open. An engine that is absent is stood in for, or runs elsewhere. */
  readonly plan: { readonly host: HostPlan } & Plans;
}

/** A config, and what is wrong with it. */
export interface LoadedConfig {
  /** Whole even if there are errors: what is wrong is left out. */
  readonly config: Config;
  /** Everything that is wrong, sorted by place; an error among them means: do not use it. */
  readonly problems: readonly Problem[];
  /** The same by what it is about. */
  readonly faults: {
    /** A file that cannot be read, names that do not exist: the concern of every process. */
    readonly common: readonly Problem[];
    /** Settings that are wrong, by their paths: the concern of whoever takes them. */
    readonly settings: ReadonlyMap<string, Problem>;
    /** What is wrong about the engines. */
    readonly engines: readonly Problem[];
  };
  /** The settings that somebody has written, by path. */
  readonly given: ReadonlyMap<string, Given>;
  /** The file with the variables of engines over it: where each value was written. */
  readonly tree: Tree;
}
