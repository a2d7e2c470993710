import { Page } from '../shell/page.tsx';

/** The account of the person who is signed in. */
export function ProfilePage() {
  return <Page title="Profile">{null}</Page>;
}
