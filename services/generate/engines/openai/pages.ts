import { chooseChatModel } from "../../../../infra/engines/vllm/model/choose.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { isPage, readComplaint } from "./complaint/complaint.ts";
import { toError } from "./complaint/to-error.ts";
import { redirected } from "./response.ts";

/** A page of a model server, besides its answers. */
export interface Page {
  readonly status: number;
  readonly text: string;
  /** Where it sends us, if it does. */
  readonly location?: string;
}

/** A model, as `/v1/models` lists it. */
export interface ListedModel {
  readonly id: string;
  /** Whose it is, which tells what kind of server this is; undefined if it does not tell. */
  readonly owner: string | undefined;
  /** Tokens of prompt and answer together; undefined if the server does not tell. */
  readonly maxModelLen: number | undefined;
}

/** Passes over a health page on which the server does not complain; Ollama has none, which says nothing against it. */
export function checkHealth({ status, text }: Page): void {
  if (status >= 500) throw toError(readComplaint(status, text));
}

/**
 * The model of the page `/v1/models` that is taken if none is named: the first that answers questions; undefined if it lists none.
 * Throws what is wrong with a server that does not show the page.
 */
export function readChatModel(page: Page): ListedModel | undefined {
  if (page.status >= 300 && page.status < 400) throw redirected(page.location);
  if (page.status !== 200) throw toError(readComplaint(page.status, page.text));
  if (isPage(page.text))
    throw new EngineError(
      "rejected",
      "a web page stands where the models are listed: is DUET_VLLM_URL a model server?",
    );
  const { data } = readObject(page);
  const models = (Array.isArray(data) ? data : []).flatMap((model) => (typeof model?.id === "string" ? [model] : []));
  const found = chooseChatModel(models);
  return (
    found && {
      id: found.id,
      owner: typeof found.owned_by === "string" ? found.owned_by.toLowerCase() : undefined,
      maxModelLen: typeof found.max_model_len === "number" ? found.max_model_len : undefined,
    }
  );
}

/** The error of a server that is asked for the first of its models, and has none. */
export function noModel(): EngineError {
  return new EngineError(
    "rejected",
    "the model server lists no model that answers questions: load one there, or set DUET_VLLM_MODEL",
  );
}

/** The JSON object of a page; an empty one if the page is missing or holds something else. */
export function readObject({ status, text }: Page): Record<string, unknown> {
  if (status !== 200) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
