import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { SynthesizeResponse } from "../../services/gen/duet/synthesize/v1/synthesize.ts";
import { pieceBytes } from "../../services/synthesize/speak/speech.ts";
import { leanDefinition } from "../../services/synthesize/wire.ts";

const { encode, fromPartial } = leanDefinition.methods.synthesize.responseType;
const waits = { clauseMs: 1.5, wordsMs: 2.5, queueMs: 3, engineMs: 4, leadingSilenceMs: 5 };
const sound = (length: number) => Buffer.from(Uint8Array.from({ length }, (_, at) => at * 7));

describe("speech that is written with one copy", () => {
  for (const [what, value] of Object.entries({
    "the first of a text": { segment: 0, offset: 0, pcm: sound(pieceBytes), first: waits },
    "what comes later": { segment: 300, offset: 4_000_000_000, pcm: sound(1000) },
    "a sample": { segment: 1, offset: 1, pcm: sound(2) },
    nothing: { segment: 2, offset: 3, pcm: sound(0) },
  }))
    it(`means what is generated: ${what}`, () => {
      const message = fromPartial({ event: { $case: "audio", value } });
      const plain = SynthesizeResponse.encode(SynthesizeResponse.fromPartial(message)).finish();
      const lean = encode(message).finish();
      assert.deepEqual(SynthesizeResponse.decode(lean), SynthesizeResponse.decode(plain));
      assert.ok(lean.length <= plain.length + 2, "but for what says that there is nothing");
    });

  it("leaves all else as it is", () => {
    const message = fromPartial({ event: { $case: "segmentDone", value: { segment: 3, sampleCount: 5 } } });
    assert.deepEqual(encode(message).finish(), SynthesizeResponse.encode(message).finish());
  });
});
