import { keepCompiled } from "../../infra/process/compiled.ts";

// A command spends most of its time on loading modules, so their compiled code is kept for the next command. The script
// `duet` in package.json makes V8's young generation so large that no garbage collection happens.
keepCompiled();
await import("./duet.ts");
