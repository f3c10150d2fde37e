import { chooseChatModel } from "../../../../infra/engines/vllm/model/choose.ts";
import { EngineError } from "../../../common/errors/engine-error.ts";
import { isPage, readComplaint } from "./complaint/complaint.ts";
import { toError } from "./complaint/to-error.ts";
import { redirected } from "./response.ts";

/** A model server's response to a request other than one for an answer, such as `GET /v1/models`. */
export interface Page {
  readonly status: number;
  readonly text: string;
  /** The URL to which the response redirects, if it is a redirect. */
  readonly location?: string;
}

/** A model from the list at `/v1/models`. */
export interface ListedModel {
  readonly id: string;
  /** The model's owner, which reveals the kind of server; undefined if not given. */
  readonly owner: string | undefined;
  /** The maximum of prompt and answer tokens together; undefined if not given. */
  readonly maxModelLen: number | undefined;
}

/** Throws if a health page reports an error. A server without this page, such as Ollama, passes. */
export function checkHealth({ status, text }: Page): void {
  if (status >= 500) throw toError(readComplaint(status, text));
}

/**
 * The default model of a `/v1/models` page: the first chat model; undefined if it lists none. Throws if the page shows
 * that something is wrong with the server.
 */
export function readChatModel(page: Page): ListedModel | undefined {
  if (page.status >= 300 && page.status < 400) throw redirected(page.location);
  if (page.status !== 200) throw toError(readComplaint(page.status, page.text));
  if (isPage(page.text))
    throw new EngineError(
      "rejected",
      "/v1/models returned a web page instead of a list of models: is DUET_VLLM_URL a model server?",
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

/** The error for a server that lists no model, if no model is configured either. */
export function noModel(): EngineError {
  return new EngineError("rejected", "the model server lists no chat model: load one there, or set DUET_VLLM_MODEL");
}

/** The JSON object that a page contains; an empty object if the page is missing or contains anything else. */
export function readObject({ status, text }: Page): Record<string, unknown> {
  if (status !== 200) return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
