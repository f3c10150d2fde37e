/** What the file system says of a file that cannot be read, in our words. */
export function fileFault(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return explain(code) ?? message;
}

/** The same by the code of an error; undefined if it is none of the file system's usual ones. */
export function explain(code: string | undefined): string | undefined {
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EACCES":
    case "EPERM":
      return "this process may not read it: check its owner and mode";
    case "EISDIR":
      return "is a folder, not a file";
    case "ENOTDIR":
      return "something on its way is a file, not a folder";
    default:
      return undefined;
  }
}
