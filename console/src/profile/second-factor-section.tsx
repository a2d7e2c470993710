import { useQueryClient } from '@tanstack/react-query';
import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { EnrolTotp } from '../session/enrol-totp.tsx';
import { selfQuery } from '../session/session.ts';
import { useSelf } from '../session/use-self.ts';
import { Button } from '../ui/button.tsx';
import { DisableTotpDialog } from './disable-totp-dialog.tsx';
import { ProfileSection } from './profile-section.tsx';
import { RecoveryCodesDialog } from './recovery-codes-dialog.tsx';

type Step = 'enrol' | 'renew' | 'disable' | null;

/** A code beside the password: turns it on, renews its recovery codes, turns it off. */
export function SecondFactorSection() {
  const { totp_enabled: isOn } = useSelf();
  const [step, setStep] = useState<Step>(null);
  const queries = useQueryClient();
  async function finish() {
    await queries.invalidateQueries(selfQuery);
    setStep(null);
  }
  const Icon = isOn ? ShieldCheck : ShieldAlert;
  return (
    <ProfileSection title="Two-factor sign-in" hint="A code of an authenticator app beside the password.">
      <p className="mb-4 flex items-center gap-2">
        <Icon aria-hidden className={isOn ? 'size-4 text-success' : 'size-4 text-muted'} />
        {isOn ? 'It is on.' : 'It is off.'}
      </p>
      {step === 'enrol' ? (
        <div className="max-w-sm space-y-4">
          <EnrolTotp onDone={finish} onCancel={() => setStep(null)} />
        </div>
      ) : (
        <div className="flex flex-wrap gap-2">
          {!isOn && <Button onClick={() => setStep('enrol')}>Turn on</Button>}
          {isOn && <Button onClick={() => setStep('renew')}>New recovery codes</Button>}
          {isOn && <Button onClick={() => setStep('disable')}>Turn off</Button>}
        </div>
      )}
      {step === 'renew' && <RecoveryCodesDialog onClose={() => setStep(null)} />}
      {step === 'disable' && <DisableTotpDialog onDone={finish} onClose={() => setStep(null)} />}
    </ProfileSection>
  );
}
