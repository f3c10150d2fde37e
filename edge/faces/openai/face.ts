/**
 * The OpenAI-compatible API: `/v1/audio/speech`, `/v1/chat/completions` and the other endpoints that clients expect. It
 * only translates: scopes, limits, sessions and turns are those of the RPCs. Every answer under `/v1` is JSON, unless
 * it is audio or a stream.
 */
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from "@connectrpc/connect-node";
import { Failure } from "../../errors.ts";
import type { Face } from "../../http/routes.ts";
import { createSpokenAnswers } from "./chat/spoken-answers.ts";
import { toErrorAnswer } from "./errors.ts";
import { createIdempotencyKeys } from "./idempotency.ts";
import { createModels } from "./models.ts";
import { serve } from "./serve.ts";
import type { OpenAiOptions, OpenAiTools } from "./tools.ts";

/** Makes the OpenAI-compatible API. */
export function createOpenAiFace(options: OpenAiOptions): Face {
  const { services, sessions, turn, unixNow } = options;
  const tools: OpenAiTools = {
    ...options,
    models: createModels(services, turn.clock, unixNow),
    join: sessions.join,
    spokenAnswers: createSpokenAnswers(unixNow),
    idempotency: createIdempotencyKeys(unixNow),
  };
  return {
    takes: (path) => path === "/v1" || path.startsWith("/v1/"),
    async answer(path, { request, response }, values) {
      let asked: ReturnType<typeof universalRequestFromNodeRequest>;
      try {
        asked = universalRequestFromNodeRequest(request, response, undefined, values);
      } catch {
        throw new Failure(
          "INVALID_ARGUMENT",
          "HOST_MISSING",
          "the request cannot be read: its Host header contains no host",
        );
      }
      await universalResponseToNodeResponse(await serve(asked, path, tools), response);
    },
    refuse(response, failure, inFull) {
      const { status, headers, body } = toErrorAnswer(failure, { spent: false, inFull });
      response.writeHead(status, { ...headers, "content-type": "application/json" });
      response.end(JSON.stringify(body));
    },
  };
}
