import type { IncomingMessage, ServerResponse } from "node:http";
import { pathOf, send } from "../../http.ts";
import { sendError } from "./error-body.ts";

/** Sends 401 and returns true if the API key is wrong; the word `Bearer` is case-sensitive, as in the real server. */
export function refusesKey({ headers }: IncomingMessage, response: ServerResponse, apiKey: string): boolean {
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1];
  if (token === apiKey) return false;
  if (token === undefined) sendError(response, 401, null, { "www-authenticate": "Bearer" });
  else sendError(response, 401, "Invalid token");
  return true;
}

/** Sends 404, or 405 if only the method is wrong. */
export function refuseRoute(request: IncomingMessage, response: ServerResponse, routes: string[]): void {
  const allowed = routes.filter((route) => route.endsWith(` ${pathOf(request)}`)).map((route) => route.split(" ")[0]);
  if (allowed.length === 0) sendError(response, 404, null);
  else send(response, 405, "", { allow: allowed.join(", ") });
}
