/** The token of an invitation or reset link, from behind `#`, where no server sees it. It leaves the address bar. */
export function takeLinkToken(): string | undefined {
  const token = location.hash.slice(1);
  if (token) history.replaceState(history.state, '', location.pathname);
  return token || undefined;
}
