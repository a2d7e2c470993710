import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

/** New recovery codes. They are shown this once, so the person says when they are kept. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  return (
    <div className="space-y-4">
      <p>Keep these recovery codes somewhere safe. Each lets you in once, without the app. They are not shown again.</p>
      <div className="flex items-start gap-2 rounded-md border border-line bg-surface p-3">
        <ul className="grid flex-1 grid-cols-2 gap-x-4 gap-y-1 font-mono text-xs">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <CopyButton text={codes.join('\n')} label="Copy the codes" />
      </div>
      <Button look="primary" onClick={onDone}>
        I have kept them
      </Button>
    </div>
  );
}
