import { EngineError } from "../../common/errors/engine-error.ts";
import type { Chat } from "../chat.ts";

/**
 * Checks complete answers against the requested shape, since engines have let answers of a wrong shape through, under
 * load and with speculative decoding. Such an answer ends with EngineError `misshapen` in place of `finished`. An
 * answer that was cut off at its token limit is not checked.
 */
export function withShapes(chat: Chat): Chat {
  return async function* chatWithShape(request, signal) {
    const { constraint } = request;
    if (constraint === undefined) return yield* chat(request, signal);
    // The checker of answers is loaded when an answer first needs it, while that answer is being written.
    const loading = import("./misshapen.ts");
    let text = "";
    for await (const event of chat(request, signal)) {
      if (event.type === "delta") text += event.text;
      if (event.type === "finished" && event.reason === "stop") {
        const { misshapen } = await loading;
        const fault = misshapen(text, constraint);
        if (fault !== undefined) throw new EngineError("misshapen", `the model server ${fault}: ask again`);
      }
      yield event;
    }
  };
}
