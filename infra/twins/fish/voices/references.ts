/** The reference voices of a server, kept in memory. */
export interface References {
  /** The voices that can be used, sorted. */
  list(): string[];
  /** Whether the voice with this id exists. */
  speaks(id: string): boolean;
  /** To be called when a voice speaks: an unknown id gets an empty folder as a side effect, which blocks `add`. */
  touch(id: string): void;
  /** The ids of all voices that have a folder, including empty folders, sorted. */
  folders(): string[];
  /** Whether the voice with this id has a folder, empty or not. */
  has(id: string): boolean;
  /** Adds a voice. */
  add(id: string): void;
  /** Removes a voice or an empty folder. */
  remove(id: string): void;
}

/** The form that the id of a reference voice must have. */
export const referenceIdPattern = /^[a-zA-Z0-9\-_ ]{1,255}$/;

/** Makes the reference voices of a server, at first those with the given ids. */
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
