import { useSelf } from '../session/use-self.ts';
import { Page } from '../shell/page.tsx';
import { AccountSection } from './account-section.tsx';
import { ExternalSection } from './external-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { PreferencesSection } from './preferences-section.tsx';
import { SecondFactorSection } from './second-factor-section.tsx';
import { SessionsSection } from './sessions-section.tsx';

/** The account of the person who is signed in. */
export function ProfilePage() {
  const { external } = useSelf();
  return (
    <Page title="Profile">
      <div className="mx-auto max-w-4xl divide-y divide-line px-4">
        <AccountSection />
        {external ? (
          <ExternalSection />
        ) : (
          <>
            <PasswordSection />
            <SecondFactorSection />
          </>
        )}
        <SessionsSection />
        <PreferencesSection />
      </div>
    </Page>
  );
}
