import { Page } from '../shell/page.tsx';

/** Where admins find what is theirs. */
export function AdminPage() {
  return <Page title="Admin">{null}</Page>;
}
