/** The reference voices of a server, kept in memory. */
export interface References {
  /** Those that can be spoken with, sorted. */
  list(): string[];
  /** Whether speech with this id is this voice. */
  speaks(id: string): boolean;
  /** What speaking with an unknown id does: an empty folder appears, which blocks `add`. */
  touch(id: string): void;
  /** All folders, empty ones too, sorted. */
  folders(): string[];
  /** Whether there is a folder, empty or not. */
  has(id: string): boolean;
  /** Adds a voice. */
  add(id: string): void;
  /** Removes a voice or an empty folder. */
  remove(id: string): void;
}

/** What an id may be. */
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
