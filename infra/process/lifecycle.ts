/** What a child process tells the one that spawned it, once it takes work. */
export interface ListeningMessage {
  /** Tells it from other messages. */
  type: "listening";
  /** Where it listens, such as `http://127.0.0.1:50051`. */
  url: string;
}

/** Tells the parent process, if there is one that listens for it, where this process can be reached. */
export function announceListening(url: string): void {
  if (process.connected) process.send?.({ type: "listening", url } satisfies ListeningMessage);
}

/**
 * Resolves when the process is told to stop: SIGTERM, SIGINT, or the end of the process that spawned it.
 * A second signal ends the process at once.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const stop = () => {
      if (asked) process.exit(1);
      asked = true;
      resolve();
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
    process.once("disconnect", stop);
    // The parent may have ended before anybody listened for it.
    if (process.connected === false) resolve();
  });
}

// Standard error may be a file on a disk that is full: what cannot be said there ends nothing.
process.stderr.on("error", () => {});

/** Runs `main`; an error ends the process with status 1 and its message, one line for each fault, on standard error. */
export function runMain(main: () => Promise<void>): void {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
