/** Behavior of the imitated servers that needs no trigger: names with their descriptions. */
export const habits: Readonly<Record<string, string>> = {
  batch: "serves requests concurrently up to a limit, each slower the more there are, as published; further ones wait",
  headless: "raw samples have no header; unless the response states a sample rate, it is that of the model",
  deaf: "older versions of sglang-omni, LocalAI and openedai-speech go on working for a client that has left",
  blocks: "Kokoro-FastAPI answers no other request while it makes a sentence",
  "idle-close": "a connection that is idle for 5 s is closed",
};
