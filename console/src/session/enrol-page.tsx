import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { EnrolTotp } from './enrol-totp.tsx';
import { FrontPage } from './front-page.tsx';

/** Where admins land whose instance asks them for a second factor. Nothing else is open to them before. */
export function EnrolPage() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  return (
    <FrontPage title="Set up two-factor sign-in">
      <p className="mb-4 text-muted">This instance asks its admins for a second factor.</p>
      <EnrolTotp
        onDone={async () => {
          await queries.invalidateQueries();
          await navigate({ to: '/' });
        }}
      />
    </FrontPage>
  );
}
