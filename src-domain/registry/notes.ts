import { fromBase64, joinBytes, toBase64, utf8, type Hash } from './bytes.ts';

// Texts of C2SP: signed-note, tlog-checkpoint, tlog-proof, tlog-tiles. Bytes are theirs to the letter: other people's tools
// read them.

export type Checkpoint = { readonly origin: string; readonly size: number; readonly root: Uint8Array };

/** Of a signed note's signature line: the key's name, its four bytes of id, and the signature. */
export type NoteSignature = {
  readonly name: string;
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
};

export type SignedNote = { readonly text: string; readonly signatures: readonly NoteSignature[] };

const ED25519 = 1;
const KEY_ID_BYTES = 4;
const DASH = '\u2014';

export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

export function readCheckpoint(text: string): Checkpoint | null {
  const [origin = '', size = '', root = '', ...rest] = text.split('\n');
  const bytes = fromBase64(root);
  if (origin === '' || bytes?.length !== 32 || !/^(?:0|[1-9][0-9]{0,15})$/.test(size)) return null;
  // Lines of extensions may follow; the text ends with a line's end.
  if (rest.at(-1) !== '') return null;
  return { origin, size: Number(size), root: bytes };
}

/** First four bytes of SHA-256 over the name, a line's end, the kind of key and the key. */
export function keyIdOf(hash: Hash, name: string, publicKey: Uint8Array): Uint8Array {
  return hash(joinBytes(utf8(`${name}\n`), Uint8Array.of(ED25519), publicKey)).subarray(0, KEY_ID_BYTES);
}

/** The verifier key as tools take it: `name+hash+base64`. */
export function verifierKey(hash: Hash, name: string, publicKey: Uint8Array): string {
  const id = [...keyIdOf(hash, name, publicKey)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${name}+${id}+${toBase64(joinBytes(Uint8Array.of(ED25519), publicKey))}`;
}

/** The note's text ends with a line's end and is what was signed. */
export function signedNote(text: string, signatures: readonly NoteSignature[]): string {
  const lines = signatures.map(
    ({ name, keyId, signature }) => `${DASH} ${name} ${toBase64(joinBytes(keyId, signature))}\n`,
  );
  return `${text}\n${lines.join('')}`;
}

export function readNote(note: string): SignedNote | null {
  const at = note.lastIndexOf('\n\n');
  if (at < 0 || !note.endsWith('\n')) return null;
  const signatures: NoteSignature[] = [];
  for (const line of note.slice(at + 2, -1).split('\n')) {
    const match = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line);
    const bytes = match?.[2] === undefined ? null : fromBase64(match[2]);
    if (match?.[1] === undefined || bytes === null || bytes.length <= KEY_ID_BYTES) return null;
    const [keyId, signature] = [bytes.subarray(0, KEY_ID_BYTES), bytes.subarray(KEY_ID_BYTES)];
    signatures.push({ name: match[1], keyId, signature });
  }
  return { text: note.slice(0, at + 1), signatures };
}

export type LogProof = {
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint that the hashes lead to. */
  readonly checkpoint: string;
};

/** C2SP tlog-proof: leaf, hashes and checkpoint in one text that can be checked years later without a net. */
export function proofText({ index, hashes, checkpoint }: LogProof): string {
  const lines = hashes.map((hash) => `${toBase64(hash)}\n`).join('');
  return `c2sp.org/tlog-proof@v1\nindex ${index}\n${lines}\n${checkpoint}`;
}

export function readProof(text: string): LogProof | null {
  const at = text.indexOf('\n\n');
  const [title, index = '', ...lines] = text.slice(0, Math.max(0, at)).split('\n');
  const found = /^index (0|[1-9][0-9]{0,15})$/.exec(index)?.[1];
  if (at < 0 || title !== 'c2sp.org/tlog-proof@v1' || found === undefined) return null;
  const hashes = lines.map(fromBase64);
  if (!hashes.every((hash) => hash?.length === 32)) return null;
  return {
    index: Number(found),
    hashes: hashes.flatMap((hash) => (hash === null ? [] : [hash])),
    checkpoint: text.slice(at + 2),
  };
}

export const TILE_WIDTH = 256;

/** Path of a tile below the log's address: groups of three digits, all but the last with an x (tlog-tiles). */
export function tilePath(level: number, at: number, width: number): string {
  const digits = String(at).padStart(Math.ceil(String(at).length / 3) * 3, '0');
  const groups = digits.match(/.{3}/g) ?? [];
  const parts = groups.map((group, index) => (index < groups.length - 1 ? `x${group}` : group));
  return `tile/${level}/${parts.join('/')}${width < TILE_WIDTH ? `.p/${width}` : ''}`;
}
