import { EngineError } from "../../common/errors/engine-error.ts";
import type { Chat } from "../chat.ts";

/**
 * Holds complete answers against the shape that was asked for: under load and with speculation engines have let others through. An
 * answer of another shape ends with EngineError `misshapen` in place of `finished`; one that was cut at its limit is what it is.
 */
export function withShapes(chat: Chat): Chat {
  return async function* chatWithShape(request, signal) {
    const { constraint } = request;
    if (constraint === undefined) return yield* chat(request, signal);
    // What looks at shapes is loaded by the first answer that has one, while it is written.
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
