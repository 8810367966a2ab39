import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The signing keys of one running system, made once and kept in `dir`: an Ed25519 key in PKCS #8. */
export function signingKeys(dir) {
  const path = join(dir, 'signing-keys.json');
  if (!existsSync(path)) {
    mkdirSync(dir, { recursive: true });
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(path, JSON.stringify([{ kid: `dev-${randomUUID().slice(0, 8)}`, private_key: pem }]), { mode: 0o600 });
  }
  return readFileSync(path, 'utf8');
}
