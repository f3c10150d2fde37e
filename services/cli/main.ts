import { keepCompiled } from "../../infra/process/compiled.ts";

// A command runs for a fraction of a second, most of which is spent on loading modules. The script in package.json
// makes V8's young generation so large that no garbage collection happens.
keepCompiled();
await import("./duet.ts");
