/** The audio of an answer, kept for replay and download: 16-bit mono PCM as received. */
export interface Recording {
  /** Sample frames per second. */
  readonly sampleRate: number;
  /** Bytes of audio received so far; 0 after `release`. */
  readonly bytes: number;
  /** The audio in order, in pieces of whole frames. */
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  /** Appends received audio. */
  push(pcm: Uint8Array): void;
  /** Frees the audio, which can then no longer be replayed or saved. */
  release(): void;
}

/** Starts an empty recording. */
export function createRecording(sampleRate: number): Recording {
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  let isReleased = false;
  return {
    sampleRate,
    get bytes() {
      return bytes;
    },
    get pieces() {
      return pieces;
    },
    push(pcm) {
      if (isReleased) return;
      // The piece is copied, since it may be a view of a larger message, which would otherwise stay in memory.
      pieces.push(pcm.slice());
      bytes += pcm.length;
    },
    release() {
      pieces = [];
      bytes = 0;
      isReleased = true;
    },
  };
}

const headerBytes = 44;
const bytesPerFrame = 2;

/** The recording as the parts of a WAV file: 16-bit PCM, one channel. */
export function toWav({ sampleRate, bytes, pieces }: Recording): Uint8Array<ArrayBuffer>[] {
  const header = new Uint8Array(headerBytes);
  const view = new DataView(header.buffer);
  const write = (at: number, letters: string) =>
    header.set(
      [...letters].map((letter) => letter.charCodeAt(0)),
      at,
    );
  write(0, "RIFF");
  view.setUint32(4, headerBytes - 8 + bytes, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * bytesPerFrame, true);
  view.setUint16(32, bytesPerFrame, true);
  view.setUint16(34, 8 * bytesPerFrame, true);
  write(36, "data");
  view.setUint32(40, bytes, true);
  return [header, ...pieces];
}

/**
 * Releases the oldest recordings until all together take at most `mostBytes`; the last one is kept whatever its size.
 */
export function trimRecordings(oldestFirst: readonly Recording[], mostBytes: number): void {
  let sum = oldestFirst.reduce((total, { bytes }) => total + bytes, 0);
  for (const recording of oldestFirst.slice(0, -1)) {
    if (sum <= mostBytes) return;
    sum -= recording.bytes;
    recording.release();
  }
}
