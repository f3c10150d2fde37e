/**
 * A process to be killed: asks the question of its arguments in every protocol at once, reads the answers or does not,
 * and says so once all are under way.
 */
import { ask, rawProtocols } from "./ask.ts";

const [url = "", text = "", manner] = process.argv.slice(2);
const stalls = manner === "stalls";

const calls = await Promise.all(Object.values(rawProtocols).map((protocol) => ask(url, protocol, text, { stalls })));
const wait = setInterval(() => {
  if (!stalls && !calls.every(({ received }) => received > 0)) return;
  clearInterval(wait);
  process.send?.("asked");
}, 5);
