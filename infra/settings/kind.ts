/** Something that is wrong with a value. */
export interface Fault {
  /** What it must be, such as `must be a whole number`. */
  readonly fault: string;
  /** Where inside of the value, such as `shop.voice`. Absent: it is the value itself. */
  readonly at?: string;
}

/** What came of reading a value: the value, or what is wrong with it; `besides` is what else is. */
export type Reading<T> = { readonly value: T } | (Fault & { readonly besides?: readonly Fault[] });

/** A value of YAML without its place: a scalar, a list or a map. */
export type Yaml = string | number | bigint | boolean | null | readonly Yaml[] | { readonly [key: string]: Yaml };

/** A file or a folder that a value names. */
export interface NamedPath {
  readonly path: string;
  readonly is: "file" | "folder";
  /** A folder that is written to, and made if it is not there. Absent: it is read. */
  readonly isWritten?: true;
  /** Where inside of the value, such as `shop.lexicon`. Absent: it is the value itself. */
  readonly at?: string;
}

/**
 * A type of value that settings have: how a variable says it, how YAML says it, and how both are written again. A reading never
 * throws. `write` and `toYaml` give what `fromText` and `fromYaml` read as the same value.
 */
export interface Kind<T> {
  /** Reads a variable's text, which is not empty. */
  fromText(text: string): Reading<T>;
  /** Reads what YAML holds, which is not null. */
  fromYaml(value: Yaml): Reading<T>;
  /** Writes the text of a variable. */
  write(value: T): string;
  /** Writes what YAML holds. */
  toYaml(value: T): Yaml;
  /** Its JSON Schema, from which editors complete duet.yaml. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** What it may be, for the reference: `1 to 64`, `list`. */
  readonly values: string;
  /** The value is a secret: it is shown nowhere, and a file names the place that holds it instead. */
  readonly secret?: true;
  /** The value with what `place` makes of each file and folder in it. Absent: it names none. */
  mapPaths?(value: T, place: (named: NamedPath) => string): T;
  /** Whether a value that is no secret by its kind holds one, such as an address with a password: it is then treated as a secret is. */
  holdsSecret?(value: T): boolean;
}

/** Whether a value is a secret, or holds one. */
export function isSecret<T>(kind: Kind<T>, value: T | undefined): boolean {
  return kind.secret === true || (value !== undefined && kind.holdsSecret?.(value) === true);
}

/** The files and folders that a value names. */
export function pathsIn<T>(kind: Kind<T>, value: T): NamedPath[] {
  const found: NamedPath[] = [];
  kind.mapPaths?.(value, (named) => {
    found.push(named);
    return named.path;
  });
  return found;
}
