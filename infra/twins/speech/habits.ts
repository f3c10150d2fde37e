/** Behavior of the imitated servers that needs no trigger: names with their descriptions. */
export const habits: Readonly<Record<string, string>> = {
  batch:
    "serves requests concurrently up to a limit, the more slowly the more there are, at published speeds; the rest wait",
  headless: "raw samples come without a header; their sample rate is the model's, unless the response states one",
  deaf: "older versions of sglang-omni, LocalAI and openedai-speech go on working for a client that has left",
  blocks: "Kokoro-FastAPI answers no other request while it synthesizes a sentence",
  "idle-close": "a connection that is idle for 5 s is closed",
};
