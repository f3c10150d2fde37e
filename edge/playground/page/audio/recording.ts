/** The sound of an answer, kept to be heard again and to be saved: 16-bit mono PCM as it came. */
export interface Recording {
  /** Sample frames a second. */
  readonly sampleRate: number;
  /** Bytes of sound that have come so far; 0 once it was let go. */
  readonly bytes: number;
  /** Pieces of the sound in order; each holds whole frames. */
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  /** Adds what came next. */
  push(pcm: Uint8Array): void;
  /** Frees its memory: it can be heard and saved no more. */
  release(): void;
}

/** Begins a recording; nothing is in it yet. */
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
      // A piece may be a view of a larger message, which it would keep.
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

/** Lets the oldest recordings go until all together take at most so many bytes; the last one is kept whatever it takes. */
export function trimRecordings(oldestFirst: readonly Recording[], mostBytes: number): void {
  let sum = oldestFirst.reduce((total, { bytes }) => total + bytes, 0);
  for (const recording of oldestFirst.slice(0, -1)) {
    if (sum <= mostBytes) return;
    sum -= recording.bytes;
    recording.release();
  }
}
