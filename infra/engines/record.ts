/**
 * Everything that Duet knows about an engine, in one record: the engine's purpose, how to reach it, what `engine` in
 * duet.yaml may say about it, what makes that part invalid, and how to start it. Code that deals with engines uses the
 * registry and the records, so that a new engine needs only a folder and an entry in the registry.
 */

import type { generate } from "../settings/generate.ts";
import type { Draft, Group, Setting, Values } from "../settings/setting.ts";
import type { synthesize } from "../settings/synthesize.ts";
import type { EngineDeployment, EngineServer, Storage } from "./container.ts";
import type { Fields } from "./field.ts";
import type { HostPlan } from "./host.ts";
import type { Judgement, Rule } from "./rule.ts";
import type { ProgramStart } from "./shell.ts";

/**
 * What an engine does: `chat` writes answers for Generate, `speech` speaks them for Synthesize, `hearing` transcribes
 * speech for the edge.
 */
export type EngineKind = "chat" | "speech" | "hearing";

/** The settings that say how to reach an engine. An engine is used if its URL is set. */
export interface EngineSettings extends Group {
  readonly url: Setting<readonly string[] | undefined>;
}

/** The settings of an engine that is in use. */
export type UsedSettings<Settings> = Values<Settings> & { readonly url: readonly string[] };

/** The input of a rule about an engine and Duet's settings. */
export interface Setup<Plan, Settings> {
  readonly plan: Plan;
  /** The settings of the engine that the rule is about. */
  readonly own: Draft<Settings>;
  readonly generate: Draft<typeof generate>;
  readonly synthesize: Draft<typeof synthesize>;
}

/** The memory that an engine takes on one GPU. */
export interface CardUse {
  readonly card: number;
  /** The memory that all of the engine's servers on this GPU take together, in GiB. */
  readonly memoryGib: number;
}

/** An additional file that a config names, such as one that describes a model's shape. */
export interface Attachment {
  /** The path of the field that names the file, relative to the engine. */
  readonly path: string;
  /** The file's path as written in the field: relative to the config file. */
  readonly file: string;
  /** What the file should be, in words: `config.json of a model`. */
  readonly what: string;
  /** What the user has to do if the file is not what it should be. */
  readonly remedy: string;
}

/**
 * An engine. `Message` is the type of the engine's part of `duet.config.v1.EngineConfig`, `Plan` that of the same part
 * with all defaults filled in. Nothing here contacts the engine itself; that is up to the services.
 */
export interface EngineRecord<
  Name extends string,
  Kind extends EngineKind,
  Message,
  Plan,
  Settings extends Group,
  Extra = undefined,
> {
  /** The engine's name. Its group of settings and its field of `EngineConfig` have the same name. */
  readonly name: Name;
  readonly kind: Kind;
  /** The engine's name in texts for people. */
  readonly title: string;
  readonly settings: Settings;

  /** The fields of the engine's part of the config, by their paths relative to the engine. */
  readonly fields: Fields;
  /**
   * Optional groups of fields whose presence alone has a meaning, by path relative to the engine: `config show` leaves
   * out absent groups, instead of showing their defaults.
   */
  readonly optionalParts: readonly string[];
  /**
   * Other projects' names for fields of the engine, by path relative to the engine. They apply only if the config
   * describes the engine.
   */
  readonly aliases: Readonly<Record<string, string>>;
  /** What to write instead of a name that is not a field; undefined if there is nothing to suggest. */
  insteadOf(name: string): string | undefined;

  /** The additional file that the config names, if any. */
  attachment?(message: Message): Attachment | undefined;
  /** Parses the text of the additional file (see `attachment`). Throws an Error that says what is wrong with it. */
  readAttachment?(text: string): Extra;
  /** Fills in the defaults of the engine's part of the config. */
  complete(message: Message, host: HostPlan, extra: Extra | undefined): Plan;
  /**
   * The rules for the engine's part of the config. If one is violated, the engine itself fails at startup, or silently
   * does the wrong thing. Paths are relative to the engine, or begin with `host.`.
   */
  readonly rules: readonly Rule<Plan>[];
  /** Applies `rules` to a plan. */
  judge(plan: Plan): Judgement<Plan>[];
  /** Rules about the engine's config combined with Duet's settings. Paths begin at the root of the file. */
  readonly setupRules: readonly Rule<Setup<Plan, Settings>>[];

  /** The GPUs that the engine uses, and how much memory it takes on each. */
  cards(plan: Plan): readonly CardUse[];
  /**
   * The paths, from the root of the config file, of the field that lists the engine's GPUs, and of the field that
   * limits the engine's share of a GPU, if there is such a field.
   */
  readonly cardFields: { readonly cards: string; readonly share?: string };
  /** The ports on which the engine listens, if it runs beside Duet. */
  ports(plan: Plan): readonly { readonly path: string; readonly port: number }[];
  /** Comment lines for `config show`: useful information, such as how the engine's memory is used. */
  explain(plan: Plan): string[];

  /** A description of what `duet render` prints for the engine: `the command line that starts vLLM`. */
  readonly renders: string;
  /**
   * The commands that start the engine's servers. If the servers should require an API key, `keyVariable` names the
   * variable that contains it.
   */
  commands(plan: Plan, keyVariable?: string): readonly ProgramStart[];
  /** A container for each of the engine's servers. */
  servers(plan: Plan): readonly EngineServer[];
  readonly deployment: EngineDeployment;
  /** The persistent storage of the engine's servers; undefined if they need none. */
  storage(plan: Plan): Storage | undefined;
  /** The engine's stand-in: its program, and its port in a deployment. Undefined if the engine has no stand-in. */
  readonly twin: { readonly script: string; readonly port: number } | undefined;
}

/** Any engine. The type of its plan is hidden: only the engine's own record can use the plan. */
export type AnyEngine = EngineRecord<string, EngineKind, unknown, unknown, EngineSettings, unknown>;
