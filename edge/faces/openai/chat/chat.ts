import { readBody } from "../read.ts";
import type { Asked, Reply } from "../reply.ts";
import type { OpenAiTools } from "../tools.ts";
import { chatBody } from "./request.ts";
import { answerStreamed } from "./streamed.ts";
import { answerWhole } from "./whole.ts";

/** Answers `POST /v1/chat/completions`: a Converse turn, spoken if audio is asked for. */
export async function createChatCompletion(asked: Asked, tools: OpenAiTools): Promise<Reply> {
  const body = readBody(chatBody, asked.body);
  await tools.models.expectChat(body.model);
  return body.stream === true ? answerStreamed(asked, body, tools) : answerWhole(asked, body, tools);
}
