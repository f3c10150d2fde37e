import { keepCompiled } from "../infra/process/compiled.ts";

keepCompiled();
await import("./run.ts");
