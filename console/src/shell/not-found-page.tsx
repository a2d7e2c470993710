import { Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { buttonClasses } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from './page.tsx';

/** An address that leads nowhere. */
export function NotFoundPage() {
  return (
    <Page title="There is no such page">
      <EmptyState icon={SearchX} title="Nothing lives at this address">
        <Link to="/" className={buttonClasses({})}>
          Go to the overview
        </Link>
      </EmptyState>
    </Page>
  );
}
