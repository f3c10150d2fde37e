/**
 * A priority queue: items with numbers; the item with the least number is first, and among equal numbers the oldest
 * item. Each item occurs once, and its number may be changed. Reading the first item takes constant time, a change
 * logarithmic time.
 */
export interface Heap<T> {
  readonly size: number;
  /** The item with the least number; undefined if the heap is empty. */
  readonly first: T | undefined;
  /** The least number; Infinity if the heap is empty. */
  readonly least: number;
  has(item: T): boolean;
  /** Adds an item with its number, or changes the number of an item that is there. */
  set(item: T, number: number): void;
  /** Removes an item, if it is there. */
  remove(item: T): void;
  /** All items, in no particular order. */
  readonly all: Iterable<T>;
}

interface Entry<T> {
  readonly item: T;
  number: number;
  /** The entry's position in the heap's array. */
  at: number;
}

/** Makes an empty heap. `ageOf`: the item with the lower value counts as older. */
export function createHeap<T>(ageOf: (item: T) => number): Heap<T> {
  const entries: Entry<T>[] = [];
  const byItem = new Map<T, Entry<T>>();
  const isBefore = (a: Entry<T>, b: Entry<T>) =>
    a.number < b.number || (a.number === b.number && ageOf(a.item) < ageOf(b.item));

  function place(entry: Entry<T>, at: number): void {
    entries[at] = entry;
    entry.at = at;
  }

  /** Moves an entry towards the front to its proper position. */
  function rise(entry: Entry<T>): void {
    let { at } = entry;
    while (at > 0) {
      const above = entries[(at - 1) >> 1] as Entry<T>;
      if (!isBefore(entry, above)) break;
      const from = above.at;
      place(above, at);
      at = from;
    }
    place(entry, at);
  }

  /** Moves an entry towards the back to its proper position. */
  function sink(entry: Entry<T>): void {
    let { at } = entry;
    for (;;) {
      const [left, right] = [entries[2 * at + 1], entries[2 * at + 2]];
      const below = left !== undefined && right !== undefined && isBefore(right, left) ? right : left;
      if (below === undefined || !isBefore(below, entry)) break;
      const from = below.at;
      place(below, at);
      at = from;
    }
    place(entry, at);
  }

  return {
    get size() {
      return entries.length;
    },
    get first() {
      return entries[0]?.item;
    },
    get least() {
      return entries[0]?.number ?? Number.POSITIVE_INFINITY;
    },
    has: (item) => byItem.has(item),
    set(item, number) {
      const entry = byItem.get(item) ?? { item, number, at: entries.length };
      byItem.set(item, entry);
      entry.number = number;
      place(entry, entry.at);
      rise(entry);
      sink(entry);
    },
    remove(item) {
      const entry = byItem.get(item);
      if (entry === undefined) return;
      byItem.delete(item);
      const last = entries.pop() as Entry<T>;
      if (last === entry) return;
      place(last, entry.at);
      rise(last);
      sink(last);
    },
    get all() {
      return byItem.keys();
    },
  };
}
