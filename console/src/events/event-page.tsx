import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Page } from '../shell/page.tsx';
import { EventDetail } from './event-detail.tsx';

const route = getRouteApi('/app/events/$id');

/** One event on a page of its own. */
export function EventPage() {
  const { id } = route.useParams();
  const navigate = useNavigate();
  return (
    <Page key={id} title={`Event ${id}`}>
      <div className="p-4">
        <EventDetail id={Number(id)} search={{}} onFilter={(search) => void navigate({ to: '/events', search })} />
      </div>
    </Page>
  );
}
