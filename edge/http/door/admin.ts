import { isRebound } from "../../../infra/net/host.ts";
import { Failure } from "../../errors.ts";
import { type Door, hostOf } from "./door.ts";

/** The door of the admin address, which serves whoever reaches it, but no web page. */
export const adminDoor: Door = (request) => {
  if (request.headers.origin === undefined && !isRebound(hostOf(request), request.socket.localAddress)) return false;
  throw new Failure("PERMISSION_DENIED", "ORIGIN_NOT_ALLOWED", "web pages may not ask here");
};
