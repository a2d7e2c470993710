import { Page } from '../shell/page.tsx';

/** How things stand. */
export function OverviewPage() {
  return <Page title="Overview">{null}</Page>;
}
