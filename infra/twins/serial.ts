/** Runs tasks one at a time, in order of arrival, like a server whose event loop is blocked. */
export type Serial = (work: () => Promise<void>) => Promise<void>;

/** Makes a Serial, whose tasks do not wait for those of any other Serial. */
export function createSerial(): Serial {
  let last = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}
