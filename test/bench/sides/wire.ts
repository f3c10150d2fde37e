/**
 * The wire between the client of a run and every side but Duet: a POST of JSON over HTTP/2, answered with messages that
 * each have five bytes before them, a kind and a length, as gRPC's have a flag and a length.
 */

/** What a message is. */
export const kinds = { text: 0, segment: 1, sound: 2, end: 3 } as const;

/** What a side is asked. */
export interface SideRequest {
  readonly question: string;
  /** For the relay alone: what is to be spoken, and after which token of the answer. */
  readonly cues?: readonly Cue[];
}

/** Words, the token after which they are to be spoken, and the code point of the reply that they end at. */
export interface Cue {
  readonly writtenEnd: number;
  readonly afterToken: number;
  readonly words: string;
}

/** Puts kind and length before a message. */
export function frame(kind: number, payload: Uint8Array): Uint8Array[] {
  const head = Buffer.alloc(5);
  head.writeUInt8(kind, 0);
  head.writeUInt32BE(payload.length, 1);
  return [head, payload];
}

/** Cuts a stream of bytes into its messages; a payload is valid until the next call. */
export function createUnframer(onMessage: (kind: number, payload: Buffer) => void): (bytes: Buffer) => void {
  let waiting: Buffer[] = [];
  let size = 0;
  let wanted = headBytes;
  return (bytes) => {
    waiting.push(bytes);
    size += bytes.length;
    while (size >= wanted) {
      // Joined only when something is whole: a message of 32 KiB comes in several pieces.
      const all = waiting.length === 1 ? (waiting[0] as Buffer) : Buffer.concat(waiting);
      let at = 0;
      wanted = headBytes;
      while (all.length - at >= headBytes) {
        const end = at + headBytes + all.readUInt32BE(at + 1);
        if (end > all.length) {
          wanted = end - at;
          break;
        }
        onMessage(all.readUInt8(at), all.subarray(at + headBytes, end));
        at = end;
      }
      waiting = [all.subarray(at)];
      size = all.length - at;
    }
  };
}

const headBytes = 5;
