const FAULTS = {
  done: 'The session has not begun. Try again.',
  expired: 'The sign-in was not begun in this browser, or took longer than ten minutes. Try again.',
  refused: 'Your identity provider did not sign you in.',
  failed: 'Your identity provider could not be reached, or its answer could not be trusted. Try again.',
  no_account: 'Your identity provider knows you, but you may not use this instance. Ask one of its admins.',
};

/** Why a sign-in at the issuer came to nothing. */
export function SsoFault({ sso }: { sso: keyof typeof FAULTS }) {
  return (
    <p role="alert" className="mb-4 rounded-md border border-danger/40 px-3 py-2 text-danger">
      {FAULTS[sso]}
    </p>
  );
}
