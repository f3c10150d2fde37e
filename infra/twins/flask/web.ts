import type { OutgoingHttpHeaders, ServerResponse } from "node:http";

/**
 * The web server of a Flask application: Werkzeug, which comes with Flask and has one thread per request, or gunicorn
 * with one worker, which handles one request at a time.
 */
export type Web = "werkzeug" | "gunicorn";

/** A complete response that is sent at once, without making speech. */
export interface Reply {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

/** The reason phrases of HTTP statuses, as Werkzeug writes them. */
const words: Readonly<Record<number, string>> = {
  200: "OK",
  400: "BAD REQUEST",
  401: "UNAUTHORIZED",
  404: "NOT FOUND",
  405: "METHOD NOT ALLOWED",
  429: "TOO MANY REQUESTS",
  500: "INTERNAL SERVER ERROR",
  503: "SERVICE UNAVAILABLE",
};

/** Writes status and headers as Werkzeug 3.1 and gunicorn 23 do: both close the connection after each answer. */
export function writeHead(response: ServerResponse, web: Web, status: number, headers: OutgoingHttpHeaders): void {
  response.sendDate = false;
  const close = { Connection: "close" };
  response.writeHead(status, words[status] ?? "UNKNOWN", {
    ...(web === "werkzeug" ? { Server: "Werkzeug/3.1.9 Python/3.11.7" } : { Server: "gunicorn" }),
    Date: new Date().toUTCString(),
    ...(web === "gunicorn" && close),
    ...headers,
    ...(web === "werkzeug" && close),
  });
}

/** Sends a complete response. */
export function sendReply(response: ServerResponse, web: Web, { status, headers, body }: Reply): void {
  writeHead(response, web, status, { ...headers, "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}

const html = { "Content-Type": "text/html; charset=utf-8" };

/** The response that Flask sends if a view returns a string: its content type is that of HTML. */
export function textReply(status: number, body: string): Reply {
  return { status, headers: html, body };
}

/** The response of Flask's `jsonify`: compact JSON, keys sorted, all but ASCII escaped, with a final line break. */
export function jsonReply(status: number, value: unknown): Reply {
  const text = JSON.stringify(sorted(value)).replace(/[\u007f-\uffff]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
  return { status, headers: { "Content-Type": "application/json" }, body: `${text}\n` };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The title and the sentence of Werkzeug's own error page, keyed by HTTP status. */
const pages: Readonly<Record<number, readonly [name: string, says: string]>> = {
  400: ["Bad Request", "The browser (or proxy) sent a request that this server could not understand."],
  404: [
    "Not Found",
    "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.",
  ],
  405: ["Method Not Allowed", "The method is not allowed for the requested URL."],
  500: [
    "Internal Server Error",
    "The server encountered an internal error and was unable to complete your request. Either the server is overloaded or there is an error in the application.",
  ],
};

/** Werkzeug's error page for a status. The page for 500 says nothing about the exception, which is only logged. */
export function pageReply(status: number, headers: OutgoingHttpHeaders = {}): Reply {
  const [name, says] = pages[status] ?? ["", ""];
  const body = `<!doctype html>\n<html lang=en>\n<title>${status} ${name}</title>\n<h1>${name}</h1>\n<p>${says}</p>\n`;
  return { status, headers: { ...html, ...headers }, body };
}

/** The error page that an nginx in front of the server would send for a status. */
export function proxyReply(status: number, headers: OutgoingHttpHeaders = {}): Reply {
  const title = `${status} ${(words[status] ?? "").replace(/\B\w+/g, (rest) => rest.toLowerCase())}`;
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  return { status, headers: { "Content-Type": "text/html", ...headers }, body };
}
