// Compresses the built files once, so that the server never does. A text that shrinks is kept compressed only: the
// binary stays small, and the rare client that takes no compressed form gets it unpacked.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = new URL("../../internal/web/dist/console/", import.meta.url).pathname;
// Which file holds what is for budget.mjs, not for browsers.
const cache = new URL("../../.cache/web/", import.meta.url).pathname;
mkdirSync(cache, { recursive: true });
renameSync(join(root, "manifest.json"), join(cache, "manifest.json"));

const texts = /\.(js|css|svg|json|txt)$/;

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

for (const path of files(root)) {
  if (!texts.test(path)) continue;
  const data = readFileSync(path);
  const gzip = gzipSync(data, { level: 9 });
  if (gzip.length > data.length * 0.95) continue;
  writeFileSync(`${path}.gz`, gzip);
  writeFileSync(
    `${path}.br`,
    brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: data.length } }),
  );
  rmSync(path);
}
