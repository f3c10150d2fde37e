/** The reference voices of a server, kept in memory. */
export interface References {
  /** The voices that can be used, sorted. */
  list(): string[];
  /** Whether the voice with this id exists. */
  speaks(id: string): boolean;
  /** The side effect of speaking with an unknown id: an empty folder is created, which blocks `add`. */
  touch(id: string): void;
  /** All folders, including empty ones, sorted. */
  folders(): string[];
  /** Whether a folder exists, empty or not. */
  has(id: string): boolean;
  /** Adds a voice. */
  add(id: string): void;
  /** Removes a voice or an empty folder. */
  remove(id: string): void;
}

/** The form of an id. */
export const referenceIdPattern = /^[a-zA-Z0-9\-_ ]{1,255}$/;

/** Makes the references of a server. */
export function createReferences(ids: readonly string[]): References {
  const voices = new Set(ids);
  const folders = new Set(ids);
  return {
    list: () => [...voices].sort(),
    speaks: (id) => voices.has(id),
    touch(id) {
      if (referenceIdPattern.test(id)) folders.add(id);
    },
    folders: () => [...folders].sort(),
    has: (id) => folders.has(id),
    add(id) {
      voices.add(id);
      folders.add(id);
    },
    remove(id) {
      voices.delete(id);
      folders.delete(id);
    },
  };
}
