import type { IncomingMessage, ServerResponse } from "node:http";
import { codeToHttpStatus, errorToJson } from "@connectrpc/connect/protocol-connect";
import { type Audience, toConnectError } from "../connect/errors.ts";
import { codeNumbers, Failure } from "../errors.ts";

/**
 * Answers a request with a failure, in the format of its client: gRPC's, or a Connect error in JSON. `status` is the
 * HTTP status; undefined: the one for the failure's code.
 */
export function sendFailure(
  { request, response }: { readonly request: IncomingMessage; readonly response: ServerResponse },
  status: number | undefined,
  failure: Failure,
  audience: Audience,
): void {
  const error = toConnectError(failure, audience);
  const type = request.headers["content-type"] ?? "";
  // A gRPC client reads only the gRPC status; if there is none, the client derives one from the HTTP status. A web page
  // whose request was refused can read neither of the two.
  if (/^application\/grpc/i.test(type) && failure.code === "UNIMPLEMENTED") {
    response.writeHead(200, {
      "content-type": /^application\/grpc-web/i.test(type) ? "application/grpc-web+proto" : "application/grpc",
      "grpc-status": String(codeNumbers[failure.code]),
      "grpc-message": encodeURIComponent(error.rawMessage),
    });
    response.end();
    return;
  }
  response.writeHead(status ?? codeToHttpStatus(error.code), {
    "content-type": "application/json",
    "cache-control": "no-store",
    ...(status === 405 && { allow: "POST" }),
  });
  response.end(`${JSON.stringify(errorToJson(error, undefined))}\n`);
}

/** The failure of a request to a path that does not exist; its message lists `calls`, the paths of the RPCs. */
export function nothingHere(calls: readonly string[]): Failure {
  return new Failure(
    "UNIMPLEMENTED",
    "PATH_NOT_FOUND",
    `there is nothing at this path: open the page with GET /, or make a call with POST to one of ${calls.join(", ")}`,
  );
}

/** The failures for requests that Connect refuses without a message, by HTTP status. */
export const wordless: Readonly<Record<number, Failure>> = {
  405: new Failure("UNIMPLEMENTED", "METHOD_NOT_ALLOWED", "calls must use POST"),
  415: new Failure(
    "INVALID_ARGUMENT",
    "CONTENT_TYPE_UNKNOWN",
    "the content type is not one of application/json, application/proto, application/connect+json, application/connect+proto, application/grpc, application/grpc-web and application/grpc-web-text: set content-type to one that fits the call",
  ),
  505: new Failure("UNIMPLEMENTED", "HTTP_VERSION_TOO_OLD", "this call needs HTTP/2"),
};
