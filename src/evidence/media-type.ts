import { MisnamedFileError } from '../core/errors.ts';

/** What starts with one of these bytes, in hex (`..` is any byte), is of this type; these extensions claim it. */
type Kind = { type: string; extensions: string[]; magic: string[] };

const OFFICE = ['docx', 'xlsx', 'pptx'];

// Where two or three bytes are all there is, more of the format is asked for: `MZ` may as well start a text.
const KINDS: Kind[] = [
  { type: 'image/png', extensions: ['png'], magic: ['89504e470d0a1a0a'] },
  { type: 'image/jpeg', extensions: ['jpg', 'jpeg'], magic: ['ffd8ff'] },
  { type: 'image/gif', extensions: ['gif'], magic: ['474946383761', '474946383961'] },
  { type: 'image/webp', extensions: ['webp'], magic: ['52494646........57454250'] },
  { type: 'image/bmp', extensions: ['bmp'], magic: ['424d........00000000'] },
  { type: 'application/pdf', extensions: ['pdf'], magic: ['255044462d'] },
  {
    type: 'application/zip',
    extensions: ['zip', 'jar', 'apk', 'odt', 'ods', 'odp', ...OFFICE],
    magic: ['504b0304', '504b0506'],
  },
  // Office before 2007, Outlook messages, and newer Office files under a password.
  { type: 'application/x-ole-storage', extensions: ['msg', 'msi', ...OFFICE], magic: ['d0cf11e0a1b11ae1'] },
  { type: 'application/gzip', extensions: ['gz', 'tgz'], magic: ['1f8b08'] },
  { type: 'application/x-7z-compressed', extensions: ['7z'], magic: ['377abcaf271c'] },
  { type: 'application/x-bzip2', extensions: ['bz2'], magic: ['425a68..314159265359', '425a68..177245385090'] },
  { type: 'application/x-xz', extensions: ['xz'], magic: ['fd377a585a00'] },
  { type: 'application/zstd', extensions: ['zst'], magic: ['28b52ffd'] },
  {
    type: 'application/vnd.tcpdump.pcap',
    extensions: ['pcap', 'cap'],
    magic: ['d4c3b2a1', 'a1b2c3d4', '4d3cb2a1', 'a1b23c4d'],
  },
  // Wireshark writes pcapng under either name.
  { type: 'application/x-pcapng', extensions: ['pcapng', 'pcap'], magic: ['0a0d0d0a'] },
  { type: 'application/x-ms-evtx', extensions: ['evtx'], magic: ['456c6646696c6500'] },
  { type: 'application/vnd.sqlite3', extensions: ['sqlite', 'sqlite3'], magic: ['53514c69746520666f726d6174203300'] },
  { type: 'application/x-elf', extensions: ['elf'], magic: ['7f454c46'] },
  {
    type: 'application/vnd.microsoft.portable-executable',
    extensions: ['exe', 'dll', 'sys'],
    // The DOS header's pointer to the rest, at 60, is below 64 KB.
    magic: [`4d5a${'..'.repeat(60)}0000`],
  },
  { type: 'video/mp4', extensions: ['mp4', 'm4v'], magic: ['........66747970'] },
];

// Whatever kind of text it is, a browser shall show it as text and run none of it.
const TEXT: Kind = {
  type: 'text/plain',
  extensions: ['txt', 'log', 'csv', 'tsv', 'json', 'ndjson', 'jsonl', 'xml', 'html', 'htm', 'md', 'yaml', 'yml', 'eml'],
  magic: [],
};
/** Text in an encoding of the eight-bit days: no UTF-8, but no binary bytes either. */
const OLD_TEXT: Kind = { ...TEXT, type: 'application/octet-stream' };
const UNKNOWN: Kind = { type: 'application/octet-stream', extensions: [], magic: [] };

const EXTENSIONS = new Set([...KINDS, TEXT].flatMap(({ extensions }) => extensions));

/** So many bytes of a file are looked at. */
const HEAD_BYTES = 65_536;

/**
 * The media type of a file by its first bytes, whatever the client declares. Throws when the extension of the name claims
 * a type that we know and the bytes are something else.
 */
export function mediaTypeOf({ filename, start }: { filename: string; start: Uint8Array }): string {
  const kind = kindOf(start.subarray(0, HEAD_BYTES));
  const extension = filename.split('.').at(-1)?.toLowerCase() ?? '';
  if (EXTENSIONS.has(extension) && !kind.extensions.includes(extension)) throw new MisnamedFileError(extension);
  return kind.type;
}

function kindOf(head: Uint8Array): Kind {
  return KINDS.find(({ magic }) => magic.some((pattern) => startsWith(head, pattern))) ?? textKindOf(head);
}

function startsWith(head: Uint8Array, pattern: string): boolean {
  const bytes = pattern.match(/../g) ?? [];
  return bytes.every((byte, at) => (byte === '..' ? at < head.length : head[at] === Number.parseInt(byte, 16)));
}

function textKindOf(head: Uint8Array): Kind {
  // Windows writes logs in UTF-16, with a byte order mark.
  const mark = `${head[0]} ${head[1]}`;
  if (mark === '255 254' || mark === '254 255') return TEXT;
  if (head.some(isBinary)) return UNKNOWN;
  try {
    // A character that the end of the head cuts through is no fault.
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(head, { stream: head.length === HEAD_BYTES });
    return TEXT;
  } catch {
    return OLD_TEXT;
  }
}

/** Bytes that no text has (mimesniff.spec.whatwg.org, "binary data byte"); ESC colours the logs of terminals. */
function isBinary(byte: number): boolean {
  return byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d && byte !== 0x0b) && byte !== 0x1b;
}
