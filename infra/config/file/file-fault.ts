/** Describes a file system error for a file that cannot be read. */
export function fileFault(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return explain(code) ?? message;
}

/** Describes a file system error by its code; undefined if it is not one of the common ones. */
export function explain(code: string | undefined): string | undefined {
  switch (code) {
    case "ENOENT":
      return "the file does not exist";
    case "EACCES":
    case "EPERM":
      return "this process has no permission to read it: check its owner and mode";
    case "EISDIR":
      return "it is a folder, not a file";
    case "ENOTDIR":
      return "a part of its path is not a folder";
    default:
      return undefined;
  }
}
