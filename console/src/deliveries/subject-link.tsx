import { Link } from '@tanstack/react-router';

/** What a delivery is about, with a way there where it has a page. */
export function SubjectLink({ subject }: { subject: string }) {
  const [kind, id = ''] = subject.split(':');
  if (kind !== 'alert' || Number(id) === 0) return subject;
  return (
    <Link to="/alerts/$id" params={{ id }} className="underline">
      {subject}
    </Link>
  );
}
