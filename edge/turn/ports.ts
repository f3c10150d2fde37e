import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Call } from "../call.ts";
import type { GenerateRequestSchema, GenerateResponse } from "../gen/duet/generate/v1/generate_pb.ts";
import type { SynthesizeRequestSchema, SynthesizeResponse } from "../gen/duet/synthesize/v1/synthesize_pb.ts";

/** Asks Generate on behalf of a call, whose signal ends it: leaving the stream alone does not. Throws Failure. */
export type Generate = (
  request: MessageInitShape<typeof GenerateRequestSchema>,
  call: Call,
) => AsyncIterable<GenerateResponse>;

/** Asks Synthesize on behalf of a call, whose signal ends it: leaving the stream alone does not. Throws Failure. */
export type Synthesize = (
  requests: AsyncIterable<MessageInitShape<typeof SynthesizeRequestSchema>>,
  call: Call,
) => AsyncIterable<SynthesizeResponse>;
