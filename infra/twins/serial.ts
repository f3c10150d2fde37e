/** Does one thing at a time, in order of arrival, as a blocked event loop does. */
export type Serial = (work: () => Promise<void>) => Promise<void>;

/** Makes a Serial. */
export function createSerial(): Serial {
  let last = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}
