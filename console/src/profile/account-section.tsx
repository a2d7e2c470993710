import { TimeText } from '../kit/time-text.tsx';
import { useSelf } from '../session/use-self.ts';
import { EmailForm } from './email-form.tsx';
import { ProfileSection } from './profile-section.tsx';

const ROLES = {
  admin: 'Runs the instance: people, sensors, channels and settings.',
  analyst: 'Triages alerts and works on incidents.',
  member: 'Reads everything, and opens incidents.',
};

/** Who the person is here. Name and role are an admin's to change. */
export function AccountSection() {
  const { username, role, created_at: createdAt, last_login_at: lastLoginAt } = useSelf();
  return (
    <ProfileSection title="Account" hint={ROLES[role]}>
      <dl className="mb-4 grid grid-cols-[8rem_minmax(0,1fr)] gap-y-1">
        <dt className="text-muted">Username</dt>
        <dd className="break-words font-medium">{username}</dd>
        <dt className="text-muted">Role</dt>
        <dd>{role}</dd>
        <dt className="text-muted">Member since</dt>
        <dd>
          <TimeText time={createdAt} />
        </dd>
        <dt className="text-muted">Last sign-in</dt>
        <dd>
          <TimeText time={lastLoginAt} />
        </dd>
      </dl>
      <EmailForm />
    </ProfileSection>
  );
}
