/**
 * The face that OpenAI's API has: `/v1/audio/speech`, `/v1/chat/completions` and what clients look at besides. It translates, and nothing else:
 * rights, limits, sessions and turns are those of the RPCs. Whatever is asked under `/v1`, the answer is JSON, unless it is sound or a stream.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from "@connectrpc/connect-node";
import { Failure } from "../../errors.ts";
import { judgeOrigin } from "../cors.ts";
import { createSpokenAnswers } from "./chat/spoken-answers.ts";
import { toErrorAnswer } from "./errors.ts";
import { createIdempotencyKeys } from "./idempotency.ts";
import { createModels } from "./models.ts";
import { serve } from "./serve.ts";
import type { OpenAiOptions, OpenAiTools } from "./tools.ts";
import { readVoices } from "./voices.ts";

/** Answers a request if its path is of this face; false if it is not. */
export type Face = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Makes the face. */
export function createOpenAiFace(options: OpenAiOptions): Face {
  const { services, sessions, turn, unixNow, corsOrigins, readPeer } = options;
  const tools: OpenAiTools = {
    ...options,
    voices: readVoices(options.voices),
    models: createModels(services, turn.clock, unixNow),
    join: sessions.join,
    spokenAnswers: createSpokenAnswers(unixNow),
    idempotency: createIdempotencyKeys(unixNow),
  };

  const answer = async (path: string, request: IncomingMessage, response: ServerResponse) => {
    const { isPreflight, refused, headers } = judgeOrigin(request, corsOrigins);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (refused) return refuse(response, notFromThere());
    if (isPreflight) return response.writeHead(204).end();
    let asked: ReturnType<typeof universalRequestFromNodeRequest>;
    try {
      asked = universalRequestFromNodeRequest(request, response, undefined, undefined);
    } catch {
      return refuse(response, noHost());
    }
    const peer = readPeer(request.socket.remoteAddress, String(request.headers["x-forwarded-for"] ?? ""));
    await universalResponseToNodeResponse(await serve(asked, path, peer, tools), response);
  };

  return (request, response) => {
    const path = (request.url ?? "/").split("?")[0] as string;
    if (path !== "/v1" && !path.startsWith("/v1/")) return false;
    answer(path, request, response).catch((error: unknown) => {
      // Its caller has left, or the answer broke off: an end that looks whole would be taken for one.
      if (!response.destroyed && !response.headersSent) {
        turn.log.error({ path, error: String(error) }, "not answered");
        refuse(response, new Failure("INTERNAL", "INTERNAL", "the edge failed: its log says why"));
      } else response.destroy();
    });
    return true;
  };
}

function refuse(response: ServerResponse, failure: Failure): void {
  const { status, headers, body } = toErrorAnswer(failure, { spent: false });
  response.writeHead(status, { ...headers, "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

const notFromThere = () =>
  new Failure(
    "PERMISSION_DENIED",
    "ORIGIN_NOT_ALLOWED",
    "pages of this origin may not call: whoever runs this deployment has to name it",
  );
const noHost = () =>
  new Failure("INVALID_ARGUMENT", "INVALID_HEADER", "the request cannot be read: its Host header names no host");
