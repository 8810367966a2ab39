// The wrangler files of one running system: the committed ones, with absolute paths and development's settings.
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const FUNCTIONS = ['embed', 'live', 'objects', 'auth', 'admin', 'theme'];

/** Writes the configuration into `dir` and gives the paths, the primary Worker's first. */
export function writeConfig(root, dir, { environment = 'development', signingKeys } = {}) {
  mkdirSync(dir, { recursive: true });
  signingKeys ??= keys(dir);
  const vars = [`LIVERY_ENVIRONMENT = ${JSON.stringify(environment)}`];
  // A TOML basic string has JSON's escapes.
  if (signingKeys) vars.push(`LIVERY_SIGNING_KEYS = ${JSON.stringify(signingKeys)}`);
  const sources = [['edge', join(root, 'wrangler.toml'), root]];
  for (const name of FUNCTIONS) sources.push([name, join(root, 'functions', name, 'wrangler.toml'), join(root, 'functions', name)]);
  return sources.map(([name, source, base]) => {
    let text = readFileSync(source, 'utf8')
      .replace(/^main = "(.*)"$/gm, (_, path) => `main = ${JSON.stringify(join(base, path))}`);
    // Only the platform's settings know keys; the objects have none.
    text = text.replace(/^\[vars\]$/m, `[vars]\n${vars.join('\n')}`);
    const path = join(dir, `${name}.toml`);
    writeFileSync(path, text);
    return path;
  });
}

/** This checkout's own signing keys, made once: an Ed25519 key in PKCS #8. */
function keys(dir) {
  const path = join(dir, 'signing-keys.json');
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(path, JSON.stringify([{ kid: `dev-${randomUUID().slice(0, 8)}`, private_key: pem }]), { mode: 0o600 });
  }
  return readFileSync(path, 'utf8');
}
