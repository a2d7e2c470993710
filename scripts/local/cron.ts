const MINUTE = 60_000;

/**
 * Plays Cloudflare's clock, which `wrangler dev` lacks: each cron once now, since the last run may have been killed,
 * and then at every full minute. Stops when the process does.
 */
export async function driveCrons(url: string, crons: string[]): Promise<void> {
  for (;;) {
    for (const cron of crons) await fire(url, cron);
    await new Promise((resolve) => setTimeout(resolve, MINUTE - (Date.now() % MINUTE)));
  }
}

async function fire(url: string, cron: string): Promise<void> {
  const query = new URLSearchParams({ cron });
  const response = await fetch(`${url}/cdn-cgi/local/scheduled?${query}`).catch(() => null);
  if (!response?.ok) console.error(`The job of "${cron}" failed; it runs again in a minute.`);
}
