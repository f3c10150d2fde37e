import type { ApiError } from "./events.ts";

/** A response that is sent instead of an answer. A `body` that is an object is sent as JSON, a string unchanged. */
export interface Refusal {
  status: number;
  body: object | string;
}

/** The response that carries an error. */
export function refusal(error: ApiError): Refusal {
  return { status: error.code, body: { error } };
}

/** 400 for a request that fits the schema: a value out of range, or a prompt that is too long. */
export function badRequest(message: string, param: string | null): ApiError {
  return { message, type: "BadRequestError", param, code: 400 };
}

/** 400 for a body that does not fit the schema: vLLM's name for this type of error, unlike others, contains a space. */
export function badSchema(message: string, param: string): ApiError {
  return { message, type: "Bad Request", param, code: 400 };
}

/** 404 for a model that is not served. */
export function unknownModel(model: string): ApiError {
  return { message: `The model \`${model}\` does not exist.`, type: "NotFoundError", param: "model", code: 404 };
}

/** 500 for an engine whose process has died. */
export const engineDead: ApiError = {
  message: "EngineCore encountered an issue. See stack trace (above) for the root cause.",
  type: "InternalServerError",
  param: null,
  code: 500,
};

/** 503 for a full queue. vLLM's wording is not known; only the status and the shape matter. */
export const overloaded: ApiError = {
  message: "The server is overloaded: too many queued requests. Please try again later.",
  type: "ServiceUnavailableError",
  param: null,
  code: 503,
};

/** The error with status 501, for a request that uses something the engine or its stand-in does not support. */
export function unsupported(message: string): ApiError {
  return { message, type: "NotImplementedError", param: null, code: 501 };
}
