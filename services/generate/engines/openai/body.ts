import type { ChatRequest, Constraint, Tools } from "../../chat.ts";

/**
 * The JSON body of `POST /v1/chat/completions`. Fields that OpenAI does not define are sent only if the request needs
 * them, so that any compatible server accepts the rest. JSON omits undefined values.
 */
export function chatBody(request: ChatRequest, model: string) {
  const { sampling, stop, priority } = request;
  return {
    model,
    messages: request.messages,
    stream: true,
    stream_options: { include_usage: true },
    max_tokens: request.maxTokens,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    min_p: sampling.minP,
    presence_penalty: sampling.presencePenalty,
    frequency_penalty: sampling.frequencyPenalty,
    repetition_penalty: sampling.repetitionPenalty,
    seed: sampling.seed,
    logit_bias: sampling.logitBias,
    stop: stop.length > 0 ? stop : undefined,
    priority: priority !== 0 ? priority : undefined,
    ...constraintFields(request.constraint),
    ...toolFields(request.tools),
  };
}

/** The fields of a request's body for the caller's tools, which are passed on unchanged. */
function toolFields(tools: Tools | undefined): object {
  if (tools === undefined) return {};
  return { tools: tools.definitions, tool_choice: tools.choice, parallel_tool_calls: tools.parallel };
}

/** The field for a constraint: OpenAI's for JSON Schema, otherwise vLLM's (since 0.12, which dropped `guided_*`). */
function constraintFields(constraint: Constraint | undefined): object {
  switch (constraint?.type) {
    case "jsonSchema":
      return {
        response_format: {
          type: "json_schema",
          json_schema: { name: "answer", schema: constraint.schema, strict: true },
        },
      };
    case "regex":
      return { structured_outputs: { regex: constraint.pattern } };
    case "choice":
      return { structured_outputs: { choice: constraint.options } };
    default:
      return {};
  }
}
