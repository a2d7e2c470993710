import { ShieldAlert, ShieldCheck } from 'lucide-react';
import { Fields } from '../kit/fields.tsx';
import type { Verification } from './use-verification.ts';

/** What the verification found: all well, or which rows and seals are not as they were sealed. */
export function VerificationResult({ found }: { found: Verification }) {
  const isOk = found.faultCount === 0;
  const Icon = isOk ? ShieldCheck : ShieldAlert;
  const count = (number: number) => number.toLocaleString('en');
  return (
    <div className="space-y-4">
      <p
        role="status"
        className={`flex items-center gap-2 text-base font-semibold ${isOk ? 'text-success' : 'text-danger'}`}
      >
        <Icon aria-hidden className="size-5" />
        {isOk
          ? 'Nothing was altered'
          : `${count(found.faultCount)} ${found.faultCount === 1 ? 'fault' : 'faults'} found`}
      </p>
      {!isOk && (
        <ul aria-label="Faults" className="divide-y divide-line rounded-md border border-line">
          {found.faults.map(({ kind, first_id, last_id, sealed_as, detail }) => (
            <li key={`${kind} ${first_id}`} className="px-3 py-2">
              <span className="font-medium">
                {first_id === last_id ? `Row ${first_id}` : `Rows ${first_id} to ${last_id}`}
              </span>{' '}
              {detail}
              {sealed_as !== null && ` (sealed as row ${sealed_as})`}
            </li>
          ))}
        </ul>
      )}
      <Fields
        label="Examined"
        fields={[
          ['Rows', count(found.rows)],
          ['Signed seals', count(found.seals)],
          ['Not sealed yet', `${count(found.unsealed)} (rows are sealed every five minutes)`],
          [
            'Signed by',
            found.publicKeys.map((key) => (
              <code key={key} className="block break-all">
                {key}
              </code>
            )),
          ],
        ]}
      />
    </div>
  );
}
