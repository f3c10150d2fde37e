/** Runs tasks one at a time, in order of arrival, like a server whose event loop is blocked. */
export type Serial = (work: () => Promise<void>) => Promise<void>;

/** Makes a Serial. Its tasks wait only for each other, not for the tasks of another Serial. */
export function createSerial(): Serial {
  let last = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}
