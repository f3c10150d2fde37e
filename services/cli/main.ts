import { keepCompiled } from "../../infra/process/compiled.ts";

// A command runs for a fraction of a second, most of it spent on loading. The script in package.json makes the young
// generation so large that no garbage collection happens.
keepCompiled();
await import("./duet.ts");
