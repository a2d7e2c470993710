import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { mediaTypeOf } from '../../src/evidence/media-type.ts';

const REST = '00'.repeat(70);
const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const text = (value: string) => new TextEncoder().encode(value);
const typeOf = (filename: string, start: Uint8Array) => mediaTypeOf({ filename, start });

const FILES: [string, string, string][] = [
  ['a.png', '89504e470d0a1a0a', 'image/png'],
  ['a.JPG', 'ffd8ffe0', 'image/jpeg'],
  ['a.gif', '474946383961', 'image/gif'],
  ['a.webp', '52494646 10000000 57454250', 'image/webp'],
  ['a.bmp', '424d 36000000 00000000', 'image/bmp'],
  ['a.pdf', '255044462d312e37', 'application/pdf'],
  ['a.zip', '504b0304', 'application/zip'],
  ['a.docx', '504b0304', 'application/zip'],
  ['a.docx', 'd0cf11e0a1b11ae1', 'application/x-ole-storage'],
  ['a.jar', '504b0304', 'application/zip'],
  ['a.tar.gz', '1f8b08', 'application/gzip'],
  ['a.7z', '377abcaf271c', 'application/x-7z-compressed'],
  ['a.bz2', '425a6839 314159265359', 'application/x-bzip2'],
  ['a.xz', 'fd377a585a00', 'application/x-xz'],
  ['a.zst', '28b52ffd', 'application/zstd'],
  ['a.pcap', 'd4c3b2a1', 'application/vnd.tcpdump.pcap'],
  ['a.pcap', '0a0d0d0a', 'application/x-pcapng'],
  ['a.pcapng', '0a0d0d0a', 'application/x-pcapng'],
  ['Security.evtx', '456c6646696c6500', 'application/x-ms-evtx'],
  ['a.sqlite', '53514c69746520666f726d6174203300', 'application/vnd.sqlite3'],
  ['implant', '7f454c46', 'application/x-elf'],
  ['a.exe', '4d5a9000', 'application/vnd.microsoft.portable-executable'],
  ['a.mp4', '00000018 66747970', 'video/mp4'],
  ['memory.dmp', '5041474544554d50', 'application/octet-stream'],
];

describe('a file', () => {
  it.each(FILES)('%s that starts with %s is %s', (name, hex, type) => {
    expect(typeOf(name, bytes(hex + REST))).toBe(type);
  });

  it.each(FILES)('of any other name is what its bytes are: not %s, but %s', (_, hex, type) => {
    expect(typeOf('sample.bin', bytes(hex + REST))).toBe(type);
  });

  it.each(['a.png', 'a.pdf', 'a.docx', 'a.exe', 'a.pcap', 'A.PNG', 'a.txt.gif'])(
    'is refused when its name says %s and it is HTML',
    (name) => {
      const refusal = `The name says ${name.split('.').at(-1)?.toLowerCase()}, but the bytes are not.`;
      expect(() => typeOf(name, text('<html><script>alert(1)</script>'))).toThrow(refusal);
    },
  );

  it('is refused when its name claims another known type', () => {
    expect(() => typeOf('a.png', bytes(`ffd8ffe0${REST}`))).toThrow('png');
    expect(() => typeOf('a.jpg', bytes(`89504e470d0a1a0a${REST}`))).toThrow('jpg');
  });

  it('may be cut off in the middle of its signature', () => {
    expect(() => typeOf('a.png', bytes('89504e'))).toThrow('png');
    expect(typeOf('a', bytes('00'))).toBe('application/octet-stream');
  });
});

describe('text', () => {
  it.each(['a.txt', 'a.log', 'a.csv', 'a.json', 'a.html', 'a.svg', 'a.js', 'README', 'a.eml'])(
    'is plain whatever its name says: %s',
    (name) => expect(typeOf(name, text('<script>alert("ünïcode 漢字")</script>\r\n\ttab\x1b[31m'))).toBe('text/plain'),
  );

  it.each(['a.txt', 'a.log', 'a.csv', 'a.json'])('is not what has binary bytes: %s', (name) => {
    expect(() => typeOf(name, bytes(`89504e470d0a1a0a${REST}`))).toThrow('The name says');
    expect(() => typeOf(name, bytes('61620063'))).toThrow('The name says');
    expect(() => typeOf(name, text('%PDF-1.7 all text'))).toThrow('The name says');
  });

  it('may start with the letters of a signature', () => {
    expect(typeOf('a.txt', text('MZ is the code of Mozambique, and here is more of it, so that it is long.'))).toBe(
      'text/plain',
    );
    expect(typeOf('a.txt', text('BM, BZh and PK are other such letters.'))).toBe('text/plain');
  });

  it('of Windows is in UTF-16, and of old machines in Latin-1', () => {
    expect(typeOf('a.log', bytes('fffe 6100 6200 0d00 0a00'))).toBe('text/plain');
    expect(typeOf('a.log', bytes('fc6265720a'))).toBe('application/octet-stream');
  });

  it('is known although a character is cut by the end of what is looked at', () => {
    expect(typeOf('a.txt', text(`${'a'.repeat(65_535)}ü`))).toBe('text/plain');
  });
});
