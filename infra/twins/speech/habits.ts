/** Behavior that occurs without a trigger, by name: part of the imitated API. */
export const habits: Readonly<Record<string, string>> = {
  batch: "several requests at once, each slower the more there are, by a published curve; one more waits",
  headless: "samples have no header, and where nothing tells their rate it is that of the model",
  deaf: "sglang-omni before its last contract, LocalAI and openedai-speech work on for a client that has left",
  blocks: "Kokoro-FastAPI answers nobody while it makes a sentence",
  "idle-close": "a connection that is idle for 5 s is closed",
};
