import { concat, toBytes } from "../../infra/audio/pcm.ts";
import { type FileMark, oggMark } from "./mark.ts";
import { opusHead, opusTags, writePage } from "./ogg.ts";
import type { Encoder } from "./stage.ts";

/** The sample rates that Opus supports. */
export const opusRates = [8_000, 12_000, 16_000, 24_000, 48_000] as const;

const packetMs = 20;
const bitrate = 32_000;
// The encoder's effort, 0 to 10: more costs CPU without an audible difference for a single voice.
const complexity = 5;
// With five packets of 20 ms per page, headers take 7 % of the bits. The first page has only one packet, so that
// playback can begin sooner. `getLookahead` is the number of libopus's request OPUS_GET_LOOKAHEAD.
const packetsPerPage = 5;
const getLookahead = 4027;

/** Makes an Ogg Opus encoder for one of `opusRates`. A decoder gets exactly as many samples as went in. */
export async function createOpus(rate: number, mark?: FileMark): Promise<Encoder> {
  const { Encoder: OpusEncoder } = await import("@evan/opus");
  const encoder = new OpusEncoder({
    channels: 1,
    sample_rate: rate as (typeof opusRates)[number],
    application: "audio",
  });
  encoder.bitrate = bitrate;
  encoder.complexity = complexity;
  const scale = 48_000 / rate;
  const skip = encoder.ctl(getLookahead) * scale;
  const frame = new Int16Array((rate * packetMs) / 1000);
  const serial = Math.floor(Math.random() * 2 ** 32);
  let filled = 0;
  let samples = 0;
  let packets: Uint8Array[] = [];
  let written = 0;
  let page = 0;

  const flush = (pageOf: Uint8Array[], position: number, mark: { first?: boolean; last?: boolean } = {}) =>
    writePage(pageOf, { serial, page: page++, position, ...mark });
  const encodeFrame = (): void => {
    // The encoder returns a view of its own memory, so the bytes are copied.
    packets.push(Uint8Array.from(encoder.encode(toBytes(frame))));
    filled = 0;
  };
  const takePage = (last: boolean): Uint8Array => {
    written += packets.length * frame.length;
    const position = last ? skip + samples * scale : written * scale;
    const bytes = flush(packets, position, { last });
    packets = [];
    return bytes;
  };
  const begin = () => [
    flush([opusHead(skip, rate)], 0, { first: true }),
    flush([opusTags("duet", mark && oggMark(mark))], 0),
  ];

  return {
    push(given) {
      const pages: Uint8Array[] = page === 0 && given.length > 0 ? begin() : [];
      for (let at = 0; at < given.length; ) {
        const run = given.subarray(at, at + frame.length - filled);
        frame.set(run, filled);
        filled += run.length;
        samples += run.length;
        at += run.length;
        if (filled < frame.length) break;
        encodeFrame();
        // No packet has to be kept for the last page: the encoder's look-ahead always fills at least one more packet.
        if (packets.length >= (written === 0 ? 1 : packetsPerPage)) pages.push(takePage(false));
      }
      return concat(pages);
    },
    end() {
      const pages = page === 0 ? begin() : [];
      // Silence is encoded last, so that the encoder also outputs the samples that it still holds for its look-ahead.
      for (let rest = samples * scale + skip - (written + packets.length * frame.length) * scale; rest > 0; ) {
        frame.fill(0, filled);
        encodeFrame();
        rest -= frame.length * scale;
      }
      pages.push(takePage(true));
      return concat(pages);
    },
    close() {},
  };
}
