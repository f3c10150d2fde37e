/**
 * What Duet knows of one engine, all of it in one record: what it is for, how it is reached, what `engine` in duet.yaml may say of
 * it, what of that is wrong, and what starts it. Whoever deals with engines goes through the registry and asks the records, so that
 * a further engine is a folder and a line there.
 */

import type { generate } from "../settings/generate.ts";
import type { Draft, Group, Setting, Values } from "../settings/setting.ts";
import type { synthesize } from "../settings/synthesize.ts";
import type { EngineDeployment, EngineServer, Storage } from "./container.ts";
import type { Fields } from "./field.ts";
import type { HostPlan } from "./host.ts";
import type { Judgement, Rule } from "./rule.ts";
import type { ProgramStart } from "./shell.ts";

/** What an engine does: `chat` writes answers for Generate, `speech` speaks them for Synthesize, `hearing` writes down what is said for the edge. */
export type EngineKind = "chat" | "speech" | "hearing";

/** The settings by which an engine is reached. An engine is used where its address is set. */
export interface EngineSettings extends Group {
  readonly url: Setting<readonly string[] | undefined>;
}

/** The settings of an engine that is used. */
export type UsedSettings<Settings> = Values<Settings> & { readonly url: readonly string[] };

/** What a rule about an engine and the settings of Duet sees. */
export interface Setup<Plan, Settings> {
  readonly plan: Plan;
  /** The engine's own settings. */
  readonly own: Draft<Settings>;
  readonly generate: Draft<typeof generate>;
  readonly synthesize: Draft<typeof synthesize>;
}

/** Memory that an engine takes of a card. */
export interface CardUse {
  readonly card: number;
  /** GiB, of all its servers there. */
  readonly memoryGib: number;
}

/** A further file that a config names, such as the one that holds a model's shape. */
export interface Attachment {
  /** The field that names it, below the engine. */
  readonly path: string;
  /** As it is written: relative to the config file. */
  readonly file: string;
  /** What it should be: `config.json of a model`. */
  readonly what: string;
  /** What to do if it is something else. */
  readonly remedy: string;
}

/**
 * An engine. `Message` is its part of `duet.config.v1.EngineConfig`, `Plan` the same with nothing left open. Nothing here asks the
 * engine itself: the services do.
 */
export interface EngineRecord<
  Name extends string,
  Kind extends EngineKind,
  Message,
  Plan,
  Settings extends Group,
  Extra = undefined,
> {
  /** Its group of settings, and its field in `engine`. */
  readonly name: Name;
  readonly kind: Kind;
  /** How people call it. */
  readonly title: string;
  readonly settings: Settings;

  /** The fields of its part, by their path below it. */
  readonly fields: Fields;
  /** Parts whose presence means something, by path below the engine: they are not shown where they are not written. */
  readonly optionalParts: readonly string[];
  /** Names that others use for a field, by the field's path below the engine. They count only where the engine is described. */
  readonly aliases: Readonly<Record<string, string>>;
  /** What to write instead of a name that is no field; undefined if the name is just wrong. */
  insteadOf(name: string): string | undefined;

  /** The further file that is named, if one is. */
  attachment?(message: Message): Attachment | undefined;
  /** Reads its text. Throws an Error that says what is wrong with it. */
  readAttachment?(text: string): Extra;
  /** Makes its part of the config whole. */
  complete(message: Message, host: HostPlan, extra: Extra | undefined): Plan;
  /** The rules that it enforces at its start, or silently gets wrong. Paths are below the engine, or begin with `host.`. */
  readonly rules: readonly Rule<Plan>[];
  /** Asks the rules. */
  judge(plan: Plan): Judgement<Plan>[];
  /** Rules about it and the settings of Duet. Paths are those of the file. */
  readonly setupRules: readonly Rule<Setup<Plan, Settings>>[];

  /** The cards that it uses, and what it takes of each. */
  cards(plan: Plan): readonly CardUse[];
  /** Where its cards are named, from the root of the file; and the field by which it takes less of a card, if there is one. */
  readonly cardFields: { readonly cards: string; readonly share?: string };
  /** The ports that it listens at where it runs beside Duet. */
  ports(plan: Plan): readonly { readonly path: string; readonly port: number }[];
  /** Comment lines for `config show`: what is good to know of it, such as what its memory is used for. */
  explain(plan: Plan): string[];

  /** What the command prints that renders its start: `the command line that starts vLLM`. */
  readonly renders: string;
  /** What starts each of its servers; `keyVariable` holds the key that it is to ask for, if it is to ask for one. */
  commands(plan: Plan, keyVariable?: string): readonly ProgramStart[];
  /** A container for each of its servers. */
  servers(plan: Plan): readonly EngineServer[];
  readonly deployment: EngineDeployment;
  /** What its servers keep; undefined if nothing. */
  storage(plan: Plan): Storage | undefined;
  /** What stands in for it: the program, and the port that it is given in a deployment. Undefined if nothing does. */
  readonly twin: { readonly script: string; readonly port: number } | undefined;
}

/** An engine, whichever it is. Its plan is opaque: only its own record can do something with it. */
export type AnyEngine = EngineRecord<string, EngineKind, unknown, unknown, EngineSettings, unknown>;
