import type { Fault, Kind, NamedPath, Reading, Yaml } from "./kind.ts";
import { type Group, isSetting, schemaOf, type Values } from "./setting.ts";

/** Matches the names that a group may have in a map of groups, such as the ids of profiles. */
export const groupName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const nameFault = "must have a name of 1 to 64 characters (A-Z a-z 0-9 . _ -) that begins with a letter or digit";
const mapFault = "must be a map of settings, such as { voice: anna }";

/**
 * A map of any number of groups, all with the same settings, each under a name chosen in duet.yaml. In an environment
 * variable the map is written as JSON. The groups' settings have no defaults: those that are not written are undefined.
 */
export function groups<const G extends Group>(group: G): Kind<ReadonlyMap<string, Values<G>>> {
  const read = (value: Yaml): Reading<ReadonlyMap<string, Values<G>>> => {
    if (!isMap(value)) return { fault: "must be a map of names, each with its settings below it" };
    const faults: Fault[] = [];
    const found = Object.entries(value).map(([name, below]): [string, Values<G>] => {
      if (!groupName.test(name)) faults.push({ fault: nameFault, at: name });
      if (!isMap(below)) faults.push({ fault: mapFault, at: name });
      else if (Object.keys(below).length === 0) faults.push({ fault: "is empty: put its settings below it", at: name });
      return [name, readGroup(group, isMap(below) ? below : {}, name, faults) as Values<G>];
    });
    const [first, ...besides] = faults;
    return first === undefined ? { value: new Map(found) } : { ...first, besides };
  };
  const toYaml = (value: ReadonlyMap<string, Values<G>>): Yaml =>
    Object.fromEntries(
      [...value].map(([name, values]) => [name, writeGroup(group, values as Record<string, unknown>)]),
    );
  return {
    fromText(text) {
      try {
        return read(JSON.parse(text) as Yaml);
      } catch {
        return { fault: "must be JSON" };
      }
    },
    fromYaml: read,
    write: (value) => (value.size === 0 ? "" : JSON.stringify(toYaml(value))),
    toYaml,
    mapPaths: (value, place) =>
      new Map([...value].map(([name, values]) => [name, mapPathsOf(group, values, name, place) as Values<G>])),
    schema: {
      type: "object",
      propertyNames: { pattern: groupName.source },
      additionalProperties: { ...schemaOf(group), minProperties: 1 },
    },
    values: "settings by name",
  };
}

function readGroup(group: Group, value: { readonly [key: string]: Yaml }, above: string, faults: Fault[]): object {
  for (const name of Object.keys(value))
    if (!Object.hasOwn(group, name))
      faults.push({
        fault: `is an unknown setting: use one of ${Object.keys(group).join(", ")}`,
        at: `${above}.${name}`,
      });
  return Object.fromEntries(
    Object.entries(group).map(([name, member]) => {
      const at = `${above}.${name}`;
      const below = value[name] ?? null;
      if (!isSetting(member)) {
        if (below !== null && !isMap(below)) faults.push({ fault: mapFault, at });
        return [name, readGroup(member, isMap(below) ? below : {}, at, faults)];
      }
      if (below === null) return [name, member.fallback];
      const reading = member.kind.fromYaml(below);
      if ("value" in reading) return [name, reading.value];
      faults.push({ fault: reading.fault, at });
      return [name, undefined];
    }),
  );
}

/** Replaces every file and folder path in a group by the path that `place` returns for it. */
function mapPathsOf(group: Group, values: object, above: string, place: (named: NamedPath) => string): object {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const member = group[name] as Group[string];
      const path = `${above}.${name}`;
      if (!isSetting(member)) return [name, mapPathsOf(member, value, path, place)];
      if (value === undefined || member.kind.mapPaths === undefined) return [name, value];
      const placeInside = (named: NamedPath) =>
        place({ ...named, at: named.at === undefined ? path : `${path}.${named.at}` });
      return [name, member.kind.mapPaths(value, placeInside)];
    }),
  );
}

function writeGroup(group: Group, values: Record<string, unknown>): { readonly [key: string]: Yaml } {
  const written = Object.entries(group).map(([name, member]): [string, Yaml | undefined] => {
    const value = values[name];
    if (isSetting(member)) return [name, value === undefined ? undefined : member.kind.toYaml(value)];
    const below = writeGroup(member, value as Record<string, unknown>);
    return [name, Object.keys(below).length === 0 ? undefined : below];
  });
  return Object.fromEntries(written.filter((one): one is [string, Yaml] => one[1] !== undefined));
}

function isMap(value: Yaml): value is { readonly [key: string]: Yaml } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
