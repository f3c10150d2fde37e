import { createPipe } from "../../../infra/stream/pipe.ts";
import { eager } from "./fifo.ts";
import type { Side } from "./side.ts";
import type { Cue } from "./wire.ts";

/**
 * The floor: hands on every piece of the model's answer unread, and asks for speech when it is told to, by the count of
 * pieces. It knows neither JSON nor clauses, so that what another side takes beyond it is that side's own.
 */
export const relay: Side = async ({ question, cues = [] }, out, { model, voices }, signal) => {
  const spoken = createPipe<{ cue: Cue; sound: AsyncGenerator<Buffer> }>({ capacity: Number.POSITIVE_INFINITY });
  const write = async () => {
    try {
      let pieces = 0;
      let next = 0;
      const speakUpTo = (token: number) => {
        for (let cue = cues[next]; cue !== undefined && cue.afterToken <= token; cue = cues[++next])
          void spoken.write({ cue, sound: eager(voices.speak(cue.words, { streamed: true }, signal)) });
      };
      for await (const bytes of model.raw(question, signal))
        for (const event of eventsOf(bytes)) {
          out.text(event);
          // The first event holds the role.
          speakUpTo(pieces++);
        }
      speakUpTo(Number.POSITIVE_INFINITY);
      spoken.end();
    } catch (error) {
      spoken.fail(error);
    }
  };
  void write();
  for await (const { cue, sound } of spoken) {
    out.segment(cue.words);
    for await (const pcm of sound) out.sound(pcm);
  }
};

/**
 * Parts bytes after each blank line; the model server writes whole events, of which several may have met on the way.
 */
function* eventsOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const border = bytes.indexOf("\n\n", at);
    const end = border === -1 ? bytes.length : border + 2;
    yield bytes.subarray(at, end);
    at = end;
  }
}
