/** Endings of host names that are recognized without `https://`. */
export const hostEndings =
  "com|cn|org|net|io|ai|dev|app|co|uk|us|edu|gov|me|tv|info|biz|xyz|top|site|online|shop|tech|cloud|jp|de|fr|eu|hk|tw|sg|kr|ca|au|in";
/** The file name extensions by which a word such as `notes.md` is recognized as a file name. */
export const fileEndings =
  "txt|md|pdf|docx?|xlsx?|pptx?|csv|json|ya?ml|toml|xml|html?|css|jsx?|tsx?|mjs|py|java|go|rs|rb|php|c|h|cpp|sh|bat|exe|zip|tar|gz|rar|7z|jpe?g|png|gif|svg|webp|mp3|mp4|wav|avi|mov|mkv|log|ini|conf|cfg|env|sql|db|ipynb|apk|dmg|iso|vue|swift|kt";
