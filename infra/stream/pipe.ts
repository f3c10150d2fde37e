/** A bounded queue between one writer and one reader. */
export interface Pipe<T> extends AsyncIterable<T> {
  /**
   * Adds an item; resolves when there is room for the next. If the reader has left, resolves at once and drops the
   * item.
   */
  write(item: T): Promise<void>;
  /** Resolves once the reader has left, or has asked for another item after the last one written. */
  drained(): Promise<void>;
  /** Says that no more items will come: the reader receives the waiting items, and then its iteration ends. */
  end(): void;
  /** Makes the reader throw `error` after it has received the waiting items. */
  fail(error: unknown): void;
  /** Drops the items that the reader has not received yet. */
  clear(): void;
}

/** Options of createPipe. */
export interface PipeOptions<T> {
  /** How many items (or, with `sizeOf`, what total size of items) may wait before `write` blocks. At least 1. */
  capacity: number;
  /** How much of the capacity an item takes. Default: 1. */
  sizeOf?: (item: T) => number;
  /** Merges a new item with the last waiting item; if `join` returns undefined, the new item is queued by itself. */
  join?: (last: T, item: T) => T | undefined;
}

/** Makes a pipe, which only one reader can read, from beginning to end. */
export function createPipe<T>({ capacity, join, sizeOf = () => 1 }: PipeOptions<T>): Pipe<T> {
  const items: T[] = [];
  let size = 0;
  let ending: { error?: unknown } | undefined;
  let left = false;
  // Whether the reader is still dealing with the item that it received last.
  let isBusy = false;
  let wakeReader: (() => void) | undefined;
  // Wake-up functions of the waiting `write` and `drained` calls; called when the reader is done with an item.
  let waiting: (() => void)[] = [];

  const notify = () => {
    wakeReader?.();
    wakeReader = undefined;
  };
  const makeRoom = () => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  const untilRead = () => new Promise<void>((resolve) => waiting.push(resolve));

  async function* read() {
    try {
      for (;;) {
        while (items.length > 0) {
          const item = items.shift() as T;
          size -= sizeOf(item);
          isBusy = true;
          yield item;
          isBusy = false;
          makeRoom();
        }
        if (ending !== undefined) {
          if ("error" in ending) throw ending.error;
          return;
        }
        await new Promise<void>((resolve) => {
          wakeReader = resolve;
        });
      }
    } finally {
      left = true;
      clear();
    }
  }

  function clear(): void {
    items.length = 0;
    size = 0;
    makeRoom();
  }

  return {
    async write(item) {
      if (left || ending !== undefined) return;
      const last = items.at(-1);
      const joined = last === undefined ? undefined : join?.(last, item);
      if (joined !== undefined) items[items.length - 1] = joined;
      else items.push(item);
      size += sizeOf(joined ?? item) - (joined === undefined ? 0 : sizeOf(last as T));
      notify();
      while (size > capacity && !left) await untilRead();
    },
    async drained() {
      while ((isBusy || items.length > 0) && !left) await untilRead();
    },
    end() {
      ending ??= {};
      notify();
    },
    fail(error) {
      ending ??= { error };
      notify();
    },
    clear,
    [Symbol.asyncIterator]: read,
  };
}
