// What an application has to download for both clients.

import { readFile } from "node:fs/promises";
import { brotliCompressSync, constants } from "node:zlib";
import { carewireIsBuilt, shippedFiles } from "./carewire.mjs";
import { peerFiles } from "./peers.mjs";

/** Bytes after brotli, by file and in all. `carewire` is left out when the package was not built. */
export async function measureSize() {
  const sizes = {
    heyApi: await sizeOf(peerFiles.heyApi),
    heyApiWithValidators: await sizeOf(peerFiles.heyApiWithValidators),
  };
  if (carewireIsBuilt()) {
    const files = (await shippedFiles([])).files.map(({ name, bytes }) => ({
      name,
      raw: bytes.length,
      compressed: brotli(bytes),
    }));
    sizes.carewire = {
      files,
      raw: sum(files.map((file) => file.raw)),
      compressed: sum(files.map((file) => file.compressed)),
    };
  }
  return sizes;
}

async function sizeOf(url) {
  const bytes = await readFile(url);
  return { raw: bytes.length, compressed: brotli(bytes) };
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
}
