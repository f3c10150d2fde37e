import type { Clock } from "../../../infra/clock/clock.ts";
import { Failure } from "../../errors.ts";
import type { Services } from "../../hosts/clients.ts";

/** Model names that every deployment accepts, besides those of the models that it serves. */
const speechModels = ["tts-1", "tts-1-hd", "gpt-4o-mini-tts"] as const;
const ownModel = "duet";

/** The models that clients may name in requests. */
export interface Models {
  /** Answers `GET /v1/models`. */
  list(): Promise<object>;
  /** Answers `GET /v1/models/{id}`. Throws NOT_FOUND if there is no model with this id. */
  get(id: string): Promise<object>;
  /** Throws NOT_FOUND unless `id` names a model that can speak. */
  expectSpeech(id: string): void;
  /** Throws NOT_FOUND unless `id` is the name of a model that can write answers. */
  expectChat(id: string): Promise<void>;
}

// How long a fetched list of models is used, in milliseconds. The list rarely changes: a model server keeps the model
// that it was started with.
const knownMs = 30_000;
const askTimeoutMs = 2_000;

/** Lists models: our own names, and what the model servers report, which is fetched now and then. */
export function createModels({ generate }: Services, clock: Clock, unixNow: () => number): Models {
  const created = Math.floor(unixNow() / 1000);
  let served: readonly string[] = [];
  let asked: { readonly at: number; readonly done: Promise<void> } | undefined;

  const ask = async () => {
    try {
      const { servers } = await generate.client.getEngine({}, { timeoutMs: askTimeoutMs });
      const names = servers.map(({ model }) => model).filter((name) => name !== "");
      // An empty list is ignored, so that the models of a server that is briefly unreachable stay listed.
      if (names.length > 0) served = [...new Set(names)];
    } catch {
      // The error is ignored here: a turn will report what is wrong with the service.
    }
  };
  const refresh = async () => {
    if (asked === undefined || clock.now() - asked.at > knownMs) asked = { at: clock.now(), done: ask() };
    await asked.done;
  };
  const describe = (id: string) => ({ id, object: "model", created, owned_by: served.includes(id) ? "vllm" : "duet" });
  const names = () => [...new Set([ownModel, ...speechModels, ...served])];

  return {
    async list() {
      await refresh();
      return { object: "list", data: names().map(describe) };
    },
    async get(id) {
      await refresh();
      if (!names().includes(id)) throw unknownModel();
      return describe(id);
    },
    expectSpeech(id) {
      if (id !== ownModel && !(speechModels as readonly string[]).includes(id)) throw unknownModel();
    },
    async expectChat(id) {
      if (id === ownModel || served.includes(id)) return;
      await refresh();
      if (!served.includes(id)) throw unknownModel();
    },
  };
}

function unknownModel(): Failure {
  return new Failure(
    "NOT_FOUND",
    "MODEL_NOT_FOUND",
    "there is no such model here: see the list of models, which always includes duet",
    { fields: [{ field: "model", reason: "UNKNOWN_VALUE", description: "is not served here" }] },
  );
}
