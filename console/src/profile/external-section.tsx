import { ProfileSection } from './profile-section.tsx';

/** What stands in the place of password and second factor, for whom another issuer signs in. */
export function ExternalSection() {
  return (
    <ProfileSection title="Single sign-on">
      <p>Your identity provider signs you in. Password, second factor and role are looked after there.</p>
    </ProfileSection>
  );
}
