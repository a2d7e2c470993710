const keys = new WeakMap<Env, Promise<CryptoKey>>();
const encoder = new TextEncoder();

type Claims = { iss?: unknown; aud?: unknown; exp?: unknown };

/** Whether this is an HS256 token of ours that has not expired. */
export async function isGood(header: string | null, env: Env): Promise<boolean> {
  const [head, body, signature] = header?.startsWith('Bearer ') ? header.slice(7).split('.') : [];
  if (!head || !body || !signature) return false;
  const signed = encoder.encode(`${head}.${body}`);
  if (!(await crypto.subtle.verify('HMAC', await keyOf(env), bytes(signature), signed))) return false;
  const { iss, aud, exp }: Claims = JSON.parse(new TextDecoder().decode(bytes(body)));
  return iss === env.TOKEN_ISSUER && aud === env.TOKEN_AUDIENCE && typeof exp === 'number' && exp * 1000 > Date.now();
}

function keyOf(env: Env): Promise<CryptoKey> {
  const known = keys.get(env);
  if (known) return known;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = crypto.subtle.importKey('raw', encoder.encode(env.JWT_SECRET), algorithm, false, ['verify']);
  keys.set(env, key);
  return key;
}

function bytes(base64url: string): Uint8Array {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
