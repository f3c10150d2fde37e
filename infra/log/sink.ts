/**
 * Writes log lines to a descriptor such as standard output, which may be a file on a full disk, a pipe that nobody
 * reads, or a terminal. Writing never blocks, never throws and never ends the process, since a log must not stop what
 * it reports on. Lines that cannot be written are dropped and counted; before the next line that can be written, a
 * line with their number is written.
 */

import { fstatSync, write, writeSync } from "node:fs";
import { Socket } from "node:net";

/** A destination for log lines. */
export interface LineSink {
  /** Accepts text that ends with a newline. Never blocks, never throws. */
  readonly write: (text: string) => void;
  /** How many lines have been dropped so far. */
  readonly dropped: number;
}

/** Returns the log line that reports how many lines were dropped, and the system's error code. */
export type TellDropped = (lines: number, code: string) => string;

/** How many bytes may wait to be written: a few seconds of a busy log. Lines beyond this limit are dropped. */
const mostWaiting = 1 << 20;

/** Writes a chunk, then calls `done`: with the system's error code if writing failed, otherwise with undefined. */
type WriteChunk = (chunk: Buffer, done: (code: string | undefined) => void) => void;

/** Creates a sink for a descriptor that is already open; the sink never closes it. */
export function createLineSink(descriptor: number, tellDropped: TellDropped): LineSink {
  const writeChunk = writerOf(descriptor);
  let waiting: string[] = [];
  let waitingBytes = 0;
  let writing = false;
  let dropped = 0;
  let untold = 0;
  let cause = "";

  const drop = (lines: number, code: string) => {
    dropped += lines;
    untold += lines;
    cause = code;
  };
  const take = (): Buffer => {
    const notice = untold > 0 ? tellDropped(untold, cause) : "";
    const chunk = Buffer.from(notice + waiting.join(""));
    waiting = [];
    waitingBytes = 0;
    return chunk;
  };
  const next = () => {
    if (writing || waiting.length === 0) return;
    writing = true;
    const lines = waiting.length;
    const told = untold;
    writeChunk(take(), (code) => {
      writing = false;
      if (code === undefined) untold -= told;
      else drop(lines, code);
      next();
    });
  };
  // On exit, the remaining text is written if that is possible at once.
  process.once("exit", () => {
    try {
      if (waiting.length > 0) writeSync(descriptor, take());
    } catch {
      // The process is exiting, so the loss of this text can no longer be reported.
    }
  });
  return {
    write(text) {
      if (waitingBytes >= mostWaiting) return drop(1, "EAGAIN");
      waiting.push(text);
      waitingBytes += Buffer.byteLength(text);
      next();
    },
    get dropped() {
      return dropped;
    },
  };
}

/** Makes a function that writes to a descriptor without ever blocking, in the way that suits the descriptor's type. */
function writerOf(descriptor: number): WriteChunk {
  let kind: "stream" | "file" = "file";
  try {
    const stat = fstatSync(descriptor);
    if (stat.isFIFO() || stat.isSocket()) kind = "stream";
  } catch {
    // The descriptor is closed: every write will fail with an error.
  }
  return kind === "stream" ? toStream(descriptor) : toFile(descriptor);
}

/** Returns a function that writes to a file, device or terminal in Node's thread pool, in parts if necessary. */
function toFile(descriptor: number): WriteChunk {
  return function writeAll(chunk, done) {
    write(descriptor, chunk, 0, chunk.length, null, (error, written) => {
      if (error !== null) done(error.code ?? "EIO");
      else if (written < chunk.length) writeAll(chunk.subarray(written), done);
      else done(undefined);
    });
  };
}

/** Writes to a pipe or a socket: lines that the reader has not taken yet wait in memory. */
function toStream(descriptor: number): WriteChunk {
  const socket = new Socket({ fd: descriptor, readable: false, writable: true });
  socket.unref();
  let broken: string | undefined;
  socket.on("error", (error: NodeJS.ErrnoException) => {
    broken = error.code ?? "EPIPE";
  });
  return (chunk, done) => {
    if (broken !== undefined || socket.destroyed) return void setImmediate(done, broken ?? "EPIPE").unref();
    socket.write(chunk, (error) =>
      done(error == null ? undefined : ((error as NodeJS.ErrnoException).code ?? "EPIPE")),
    );
  };
}
