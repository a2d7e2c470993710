import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const PACKAGE = 'node_modules/@sparticuz/chromium';
const CACHE = 'node_modules/.cache';

const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>`;

/**
 * A real Chromium with its own libraries and font, from a package: the machine needs none. The flags are those of
 * Playwright; the ones that come with the package turn web security off, which is what some tests look at.
 */
export async function launchBrowser(): Promise<Browser> {
  // The package is for Linux on x64. Elsewhere the installed Chrome has to do.
  if (process.platform !== 'linux' || process.arch !== 'x64') return chromium.launch({ channel: 'chrome' });
  const home = await unpackOnce();
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(home, 'al2023/lib'),
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
    },
  });
}

/** The folder with the unpacked browser. It appears whole or not at all, however many runs start or are killed. */
async function unpackOnce(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8'));
  const home = resolve(CACHE, `chromium-${version}`);
  if (existsSync(home)) return home;

  await mkdir(CACHE, { recursive: true });
  const draft = await mkdtemp(`${home}-`);
  await unpackInto(draft);
  await writeFile(join(draft, 'fonts.conf'), FONTS);
  await rename(draft, home).catch(async (error) => {
    await rm(draft, { recursive: true });
    if (!existsSync(home)) throw error;
  });
  return home;
}

async function unpackInto(folder: string): Promise<void> {
  // `inflate` has no parameter for the target: it asks for the temporary folder, at once when it is called.
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  const parts = ['chromium.br', 'al2023.tar.br', 'fonts.tar.br'].map((part) => inflate(join(PACKAGE, 'bin', part)));
  if (TMPDIR === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = TMPDIR;
  await Promise.all(parts);
}
