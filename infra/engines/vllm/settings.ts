import { choice, httpUrls, name, secret } from "../../settings/kinds.ts";
import { optional, setting } from "../../settings/setting.ts";

/** The settings that say how Duet reaches the model server: the group `vllm` in duet.yaml. */
export const vllmSettings = {
  url: optional(
    httpUrls,
    "The address of the OpenAI-compatible model server, without /v1: vLLM, Ollama, llama.cpp, ... Several servers of the same model, comma-separated, share the load.",
  ),
  apiKey: optional(secret(), "Sent to the model server as a bearer token."),
  model: optional(name, "The served model's name. Unset: the first chat model in the server's list."),
  startsThinking: setting(
    choice(["auto", "yes", "no"]),
    "auto",
    "Whether the chat template already contains the tag that opens the model's reasoning, so that answers contain only the closing tag. auto: decided by the name of the model where that is known, and otherwise by its first answer with such a tag.",
  ),
};
