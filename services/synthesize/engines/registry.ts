import type { Adapters } from "./adapter.ts";
import { fish } from "./fish/adapter.ts";
import { piper } from "./piper/adapter.ts";
import { speech } from "./speech/adapter.ts";
import { vits } from "./vits/adapter.ts";

/** The adapter of each engine that has a record in infra/engines. A new engine needs a folder and an entry here. */
export const adapters: Adapters = { fish, speech, vits, piper };
