import { PromptTooLongError, UnsupportedFormError } from "./model.ts";
import { FullError } from "./places.ts";

/** An error in the format of OpenAI's API. */
export interface ApiError {
  /** The HTTP status. */
  readonly status: number;
  readonly message: string;
  readonly type: "invalid_request_error" | "server_error";
  /** The field of the request that is at fault; null if no single field is. */
  readonly param: string | null;
  /** An error code for programs; null if there is none. */
  readonly code: string | null;
}

/** The body of an error response. */
export function errorBody({ status: _status, ...error }: ApiError): object {
  return { error };
}

/** Status 400: a field of the request is missing, has the wrong type or is out of range. */
export function invalid(param: string, message: string): ApiError {
  return { status: 400, message: `${param}: ${message}`, type: "invalid_request_error", param, code: "invalid_value" };
}

/** Status 400: the body of the request is not a JSON object. */
export const notJson: ApiError = {
  status: 400,
  message: "the body must be a JSON object",
  type: "invalid_request_error",
  param: null,
  code: null,
};

/** Status 413: the body of the request has more bytes than any conversation needs. */
export const bodyTooLarge: ApiError = { ...notJson, status: 413, message: "the body is too large" };

/** Status 404: the requested model is not the one that is loaded. */
export function unknownModel(name: string): ApiError {
  return {
    status: 404,
    message: `only the model ${name} is served here`,
    type: "invalid_request_error",
    param: "model",
    code: "model_not_found",
  };
}

/** Status 404: nothing is served at the requested path; status 405: nothing for the requested method. */
export function notServed(status: 404 | 405): ApiError {
  return { ...notJson, status, message: status === 404 ? "Not Found" : "Method Not Allowed" };
}

/** The error to report to the caller for an exception that was thrown while an answer was being written. */
export function classify(error: unknown): ApiError {
  if (error instanceof PromptTooLongError)
    return { ...invalid("messages", error.message), code: "context_length_exceeded" };
  if (error instanceof UnsupportedFormError) return invalid("response_format", error.message);
  if (error instanceof FullError)
    return { status: 503, message: error.message, type: "server_error", param: null, code: "overloaded" };
  return {
    status: 500,
    message: "the model failed: see the model server's log",
    type: "server_error",
    param: null,
    code: null,
  };
}
