/** What is wrong with the value that a setting was given. */
export interface Fault {
  /** What the value must be, such as `must be a whole number`. */
  readonly fault: string;
  /** Where the fault is inside the value, such as `shop.voice`; absent if the value as a whole is wrong. */
  readonly at?: string;
}

/** The result of parsing a value: the value, or its first fault, with all further faults in `besides`. */
export type Reading<T> = { readonly value: T } | (Fault & { readonly besides?: readonly Fault[] });

/** A parsed YAML value, without its position in the file: a scalar, a list or a map. */
export type Yaml = string | number | bigint | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };

/** The path of a file or folder that is, or is part of, a setting's value. */
export interface NamedPath {
  readonly path: string;
  readonly is: "file" | "folder";
  /** True if the path is that of a folder to write to, which is created if missing; absent if the path is only read. */
  readonly isWritten?: true;
  /** Where the path is inside the value, such as `shop.lexicon`; absent if the value itself is the path. */
  readonly at?: string;
}

/**
 * A type of setting: how its values are parsed from, and written to, environment variables and YAML. Parsing never
 * throws. A value that is written and parsed again (`write` and `fromText`, or `toYaml` and `fromYaml`) stays the same.
 */
export interface Kind<T> {
  /** Parses the text of an environment variable; the text is not empty. */
  fromText(text: string): Reading<T>;
  /** Parses a YAML value; never called with null. */
  fromYaml(value: Yaml): Reading<T>;
  /** Formats a value for an environment variable. */
  write(value: T): string;
  /** Formats a value for YAML. */
  toYaml(value: T): Yaml;
  /** The JSON Schema of the values in duet.yaml, for editors that check and complete the file. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** A description of the possible values, for the reference documentation, such as `1 to 64` or `list`. */
  readonly values: string;
  /** True if the value is a secret: it is never shown, and a config file contains a reference to it instead. */
  readonly secret?: true;
  /**
   * Replaces every file and folder path in a value by the path that `place` returns for it. Absent if values contain no
   * paths.
   */
  mapPaths?(value: T, place: (named: NamedPath) => string): T;
  /**
   * Whether a value contains a secret although its kind is not a secret, such as a URL with a password: the value is
   * then treated as a secret.
   */
  holdsSecret?(value: T): boolean;
}

/** Whether a value is or contains a secret. */
export function isSecret<T>(kind: Kind<T>, value: T | undefined): boolean {
  return kind.secret === true || (value !== undefined && kind.holdsSecret?.(value) === true);
}

/** The file and folder paths in a value. */
export function pathsIn<T>(kind: Kind<T>, value: T): NamedPath[] {
  const found: NamedPath[] = [];
  kind.mapPaths?.(value, (named) => {
    found.push(named);
    return named.path;
  });
  return found;
}
