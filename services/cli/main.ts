import { keepCompiled } from "../../infra/process/compiled.ts";

// A command lives for a fraction of a second, most of it spent on loading. The script in package.json gives it so much young memory that no
// garbage is collected.
keepCompiled();
await import("./duet.ts");
