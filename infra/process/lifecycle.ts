/** The message that a child process sends to its parent process as soon as the child accepts work. */
export interface ListeningMessage {
  /** Distinguishes this message from other messages. */
  type: "listening";
  /** The URL of the child process, such as `http://127.0.0.1:50051`. */
  url: string;
}

/** Tells the parent process where this process can be reached, if there is a message channel to the parent. */
export function announceListening(url: string): void {
  if (process.connected) process.send?.({ type: "listening", url } satisfies ListeningMessage);
}

/**
 * Resolves when the process is told to stop: by SIGTERM, SIGINT, or the end of its parent process. A second signal ends
 * the process at once.
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
    // If the parent ended before the handler above was set, the handler is never called.
    if (process.connected === false) resolve();
  });
}

// Standard error may be a file on a full disk: failing to write there must not end the process.
process.stderr.on("error", () => {});

/**
 * Runs `main`, then exits with status 0. If `main` fails, prints the error's message, which has one line per fault, on
 * standard error, and exits with status 1.
 */
export function runMain(main: () => Promise<void>): void {
  main().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exit(1);
    },
  );
}
