import { httpUrls, name, secret } from "../../settings/kinds.ts";
import { optional } from "../../settings/setting.ts";

/** How the model server is reached: `vllm` in duet.yaml. */
export const vllmSettings = {
  url: optional(
    httpUrls,
    "The OpenAI-compatible model server, without /v1: vLLM, Ollama, llama.cpp, ... Several that serve the same model, comma-separated, share the work.",
  ),
  apiKey: optional(secret(), "Sent to the model server as a bearer token."),
  model: optional(name, "The served model's name. Unset: the first that the server lists."),
};
