// Text for a storage that others can look into: nobody reads it without the secret.

/** Closes and opens text with a key that is derived from a secret, for one purpose. */
export async function sealFor(secret, purpose) {
  const bytes = (text) => new TextEncoder().encode(text);
  const { subtle } = crypto;
  const material = await subtle.importKey("raw", bytes(secret), "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: bytes(`carewire token vault ${purpose}`) };
  const key = await subtle.deriveKey(derivation, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return {
    async close(text) {
      const iv = crypto.getRandomValues(new Uint8Array(12));
      return { iv, sealed: await subtle.encrypt({ name: "AES-GCM", iv }, key, bytes(text)) };
    },
    /** `undefined` for what was closed with another secret. */
    async open({ iv, sealed }) {
      try {
        return new TextDecoder().decode(await subtle.decrypt({ name: "AES-GCM", iv }, key, sealed));
      } catch {
        return undefined;
      }
    },
  };
}
