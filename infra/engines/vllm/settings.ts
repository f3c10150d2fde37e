import { choice, httpUrls, name, secret } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** How the model server is reached: `vllm` in duet.yaml. */
export const vllmSettings = {
  url: optional(
    httpUrls,
    "The OpenAI-compatible model server, without /v1: vLLM, Ollama, llama.cpp, ... Several that serve the same model, comma-separated, share the work.",
  ),
  apiKey: optional(secret(), "Sent to the model server as a bearer token."),
  model: optional(name, "The served model's name. Unset: the first in the server's list that answers questions."),
  startsThinking: setting(
    choice(["auto", "yes", "no"]),
    "auto",
    "Whether answers begin within a thought that the chat template has opened, so that only its closing tag comes. auto: for models that are known for it by their names, and once an answer has shown it.",
  ),
};
