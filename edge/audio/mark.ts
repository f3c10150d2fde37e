/**
 * Metadata which states that a file was made by a machine. `AIGC` is the field that GB 45438-2025 defines, written as
 * the standard's annex specifies; `Label` 1 means machine-made. The digital source type is IPTC's field with the same
 * meaning, for programs that do not know `AIGC`.
 */

/** What a file's metadata says about its origin. */
export interface FileMark {
  /** Whoever runs the deployment; empty: not named. */
  readonly producer: string;
  /** The id of the turn in which the speech was made. */
  readonly id: string;
}

const software = "Duet";
const comment = "Speech made by a machine";
const sourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

/** The value of the metadata field `AIGC`, which states that a file was made by a machine. */
export function aigcOf({ producer, id }: FileMark): string {
  return JSON.stringify({
    Label: "1",
    ContentProducer: producer,
    ProduceID: id,
    ReservedCode1: "",
    ContentPropagator: "",
    PropagateID: "",
    ReservedCode2: "",
  });
}

/** The mark as a RIFF `LIST` chunk for a WAV file. The chunk's size is even, so another chunk can follow directly. */
export function wavMark(mark: FileMark): Uint8Array {
  const chunk = (id: string, body: Uint8Array) => {
    const head = Buffer.alloc(8);
    head.write(id, "latin1");
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
  };
  // Readers expect strings to end with a zero byte.
  const text = (id: string, value: string) => chunk(id, Buffer.from(`${value}\0`));
  const { producer } = mark;
  return chunk(
    "LIST",
    Buffer.concat([
      Buffer.from("INFO"),
      text("ISFT", software),
      ...(producer === "" ? [] : [text("IART", producer)]),
      text("ICMT", `${comment}; ${sourceType}`),
      text("AIGC", aigcOf(mark)),
    ]),
  );
}

/** The statement that the speech is machine-made, as an ID3v2.4 tag, to be placed before the frames of an MP3 file. */
export function mp3Mark(mark: FileMark): Uint8Array {
  const utf8 = 3;
  const frame = (id: string, ...texts: readonly string[]) => {
    const body = Buffer.concat([Buffer.from([utf8]), Buffer.from(texts.join("\0"))]);
    return Buffer.concat([Buffer.from(id), synchsafe(body.length), Buffer.alloc(2), body]);
  };
  const frames = Buffer.concat([
    frame("TSSE", software),
    ...(mark.producer === "" ? [] : [frame("TPE1", mark.producer)]),
    frame("TXXX", "comment", comment),
    frame("TXXX", "DigitalSourceType", sourceType),
    frame("TXXX", "AIGC", aigcOf(mark)),
  ]);
  return Buffer.concat([Buffer.from("ID3"), Buffer.from([4, 0, 0]), synchsafe(frames.length), frames]);
}

/** The statement that the speech is machine-made, as Ogg comments of the form `NAME=value`. */
export function oggMark(mark: FileMark): string[] {
  return [
    `ENCODER=${software}`,
    ...(mark.producer === "" ? [] : [`ARTIST=${mark.producer}`]),
    `COMMENT=${comment}`,
    `DIGITALSOURCETYPE=${sourceType}`,
    `AIGC=${aigcOf(mark)}`,
  ];
}

/** A 28-bit number in four bytes of seven bits, so that no byte looks like the start of an audio frame. */
function synchsafe(value: number): Uint8Array {
  return Uint8Array.from([21, 14, 7, 0], (shift) => (value >> shift) & 0x7f);
}
