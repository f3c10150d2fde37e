import type { Kind } from "./kind.ts";

/** The declaration of a setting: its kind, its default, and what it does. */
export interface Setting<T> {
  readonly kind: Kind<T>;
  /** The default; undefined if there is none. */
  readonly fallback: T;
  /** What the setting does, and the reason for the default, in sentences. */
  readonly does: string;
}

/**
 * The members of a group in duet.yaml, by name: settings and further groups. A setting is declared only in its group:
 * its path, variable and type, its documentation, and the editors' schema are derived from this declaration.
 */
export interface Group {
  readonly [name: string]: Setting<unknown> | Group;
}

/** The values of a group's settings, under the same names as the settings. */
export type Values<G> = G extends Setting<infer T> ? T : { readonly [Name in keyof G]: Values<G[Name]> };

/** The values of a group with possible faults: those that are invalid, or required but not set, are undefined. */
export type Draft<G> = {
  readonly [Name in keyof G]: G[Name] extends Setting<infer T> ? T | undefined : Draft<G[Name]>;
};

/** The path of any setting in a group, such as `opener.waitMs`. */
export type PathOf<G> = {
  [Name in keyof G & string]: G[Name] extends Setting<infer _> ? Name : `${Name}.${PathOf<G[Name]>}`;
}[keyof G & string];

/** Declares a setting. */
export function setting<T>(kind: Kind<T>, fallback: T, does: string): Setting<T> {
  return { kind, fallback, does };
}

/** Declares a setting without a default. */
export function optional<T>(kind: Kind<T>, does: string): Setting<T | undefined> {
  // The cast is safe, since a kind is never asked to format an absent value.
  return { kind: kind as Kind<T | undefined>, fallback: undefined, does };
}

/** Whether a member of a group is a setting and not a further group. */
export function isSetting(member: Setting<unknown> | Group): member is Setting<unknown> {
  return typeof member.does === "string";
}

/** Every setting of a group with its path, in the order of declaration. */
export function* settingsOf(group: Group, above = ""): Generator<readonly [path: string, setting: Setting<unknown>]> {
  for (const [name, member] of Object.entries(group)) {
    const path = above + name;
    if (isSetting(member)) yield [path, member];
    else yield* settingsOf(member, `${path}.`);
  }
}

/** The JSON Schema of a group. */
export function schemaOf(group: Group): Record<string, unknown> {
  const properties = Object.entries(group).map(([name, member]) => [
    name,
    isSetting(member) ? { description: member.does, ...member.kind.schema } : schemaOf(member),
  ]);
  return { type: "object", additionalProperties: false, properties: Object.fromEntries(properties) };
}

/** The environment variable for a path in duet.yaml: `DUET_`, then the path in capitals, with `_` between words. */
export function variableOf(path: string): string {
  return `DUET_${path.replace(/\./g, "_").replace(/(?<=[a-z\d])(?=[A-Z])/g, "_")}`.toUpperCase();
}
