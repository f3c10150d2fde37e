/**
 * Where lines of a log go: a descriptor such as standard output, behind which is a file on a disk that may be full, a pipe that nobody reads, a
 * terminal. Whatever is there, writing never blocks, never throws and never ends the process: a log must not stop what it tells of. Lines that
 * cannot be written are dropped and counted, and the first that can be written again is preceded by one that says how many there were.
 */

import { fstatSync, write, writeSync } from "node:fs";
import { Socket } from "node:net";

/** Takes the lines of a log. */
export interface LineSink {
  /** Takes text that ends with a newline. Never blocks, never throws. */
  readonly write: (text: string) => void;
  /** How many lines were dropped so far. */
  readonly dropped: number;
}

/** What a log tells of lines that are missing: how many, and why, as the system calls it. */
export type TellDropped = (lines: number, code: string) => string;

/** How much may wait to be written, bytes: some seconds of a busy log. What comes on top of it is dropped. */
const mostWaiting = 1 << 20;

/** Writes a chunk; the system's code if it could not. */
type WriteChunk = (chunk: Buffer, done: (code: string | undefined) => void) => void;

/** Opens a sink on a descriptor that is open already and stays so. */
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
  // What is left when the process ends is written if that can be done at once.
  process.once("exit", () => {
    try {
      if (waiting.length > 0) writeSync(descriptor, take());
    } catch {
      // It is lost, and nobody is left to be told.
    }
  });
  return {
    write(text) {
      if (waitingBytes >= mostWaiting) return drop(1, "EAGAIN");
      waiting.push(text);
      waitingBytes += text.length;
      next();
    },
    get dropped() {
      return dropped;
    },
  };
}

/** How to write to a descriptor without waiting for whatever is behind it. */
function writerOf(descriptor: number): WriteChunk {
  let kind: "stream" | "file" = "file";
  try {
    const stat = fstatSync(descriptor);
    if (stat.isFIFO() || stat.isSocket()) kind = "stream";
  } catch {
    // It is closed: each write says so.
  }
  return kind === "stream" ? toStream(descriptor) : toFile(descriptor);
}

/** To a file, a device or a terminal: in Node's threads. A part that was written is not written again. */
function toFile(descriptor: number): WriteChunk {
  return function writeAll(chunk, done) {
    write(descriptor, chunk, 0, chunk.length, null, (error, written) => {
      if (error !== null) done(error.code ?? "EIO");
      else if (written < chunk.length) writeAll(chunk.subarray(written), done);
      else done(undefined);
    });
  };
}

/** To a pipe or a socket: what its reader does not take waits in here. */
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
