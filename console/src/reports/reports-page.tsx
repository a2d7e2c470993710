import { Page } from '../shell/page.tsx';

/** What happened, in figures. */
export function ReportsPage() {
  return <Page title="Reports">{null}</Page>;
}
