// What Postgres stores of a password (RFC 5803), computed here so that the password itself is in no statement.
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { Refusal } from './refusal.mjs';

const ITERATIONS = 4096;

export function scramVerifier(password, salt = randomBytes(16)) {
  // Other characters would have to be normalised the way every client does it.
  if (!/^[\x20-\x7e]+$/.test(password)) throw new Refusal('the password of livery_app: printable ASCII only');
  const salted = pbkdf2Sync(password, salt, ITERATIONS, 32, 'sha256');
  const hmac = (text) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(hmac('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${stored}:${hmac('Server Key').toString('base64')}`;
}
