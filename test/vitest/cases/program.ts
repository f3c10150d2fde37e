/** Ends with 7: as a child process or a worker of clean.case.ts. */
const code: number = 7;
process.exit(code);
