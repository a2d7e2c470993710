import { Page } from '../shell/page.tsx';
import { AccountSection } from './account-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { PreferencesSection } from './preferences-section.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import { SessionsSection } from './sessions-section.tsx';

/** The account of the person who is signed in. */
export function ProfilePage() {
  return (
    <Page title="Profile">
      <div className="mx-auto max-w-4xl divide-y divide-line px-4">
        <AccountSection />
        <PasswordSection />
        <SecondFactorSection />
        <SessionsSection />
        <PreferencesSection />
      </div>
    </Page>
  );
}
