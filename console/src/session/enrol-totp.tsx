import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiProblem } from '../api/api-problem.ts';
import { answerOf, client } from '../api/client.ts';
import { fieldError } from '../kit/field-error.ts';
import { FormProblem } from '../kit/form-problem.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { FormField } from '../ui/form-field.tsx';
import { Input } from '../ui/input.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type EnrolProps = {
  onDone: () => void;
  /** Left out where the person has to go through with it. */
  onCancel?: () => void;
};

/** Turns 2FA on: password, QR code, first code, recovery codes. Used by the profile, too. */
export function EnrolTotp({ onDone, onCancel }: EnrolProps) {
  const enrol = useMutation({
    mutationFn: (password: string) => answerOf(client.POST('/auth/totp', { body: { password } })),
  });
  const confirm = useMutation({
    mutationFn: (otp: string) => answerOf(client.POST('/auth/totp/confirm', { body: { otp } })),
  });

  if (confirm.data) return <RecoveryCodes codes={confirm.data.recovery_codes} onDone={onDone} />;
  if (!enrol.data) {
    return (
      <OneField
        key="password"
        name="password"
        label="Your password"
        action="Go on"
        attempt={enrol}
        onCancel={onCancel}
      />
    );
  }
  const { qr, secret } = enrol.data;
  return (
    <div className="space-y-4">
      <p>Scan this with an authenticator app, then enter the code that it shows.</p>
      <img
        src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
        alt="QR code of the secret"
        className="mx-auto size-48 bg-white p-2"
      />
      <div className="flex items-center gap-2">
        <code className="min-w-0 break-all text-xs">{secret}</code>
        <CopyButton text={secret} label="Copy the secret" />
      </div>
      <OneField key="otp" name="otp" label="Code of the app" action="Turn on" attempt={confirm} onCancel={onCancel} />
    </div>
  );
}

type Attempt = { mutate: (text: string) => void; isPending: boolean; error: Error | null };
type Props = {
  name: 'password' | 'otp';
  label: string;
  action: string;
  attempt: Attempt;
  onCancel: (() => void) | undefined;
};

function OneField({ name, label, action, attempt, onCancel }: Props) {
  const [text, setText] = useState('');
  const problem = attempt.error instanceof ApiProblem ? attempt.error : null;
  function submit(event: FormEvent) {
    event.preventDefault();
    attempt.mutate(text);
  }
  return (
    <form onSubmit={submit} className="space-y-4">
      <FormField label={label} error={fieldError(problem, `#/${name}`)}>
        <Input
          type={name === 'password' ? 'password' : 'text'}
          autoComplete={name === 'password' ? 'current-password' : 'one-time-code'}
          required
          autoFocus
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </FormField>
      <FormProblem problem={problem} known={[`#/${name}`]} />
      <div className="flex gap-2">
        <Button type="submit" look="primary" disabled={attempt.isPending}>
          {action}
        </Button>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
      </div>
    </form>
  );
}
