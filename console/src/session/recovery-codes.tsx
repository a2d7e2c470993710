import { saveBlob } from '../kit/save-blob.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';

/** New recovery codes. They are shown this once, so the person says when they are kept. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const text = `${codes.join('\n')}\n`;
  return (
    <div className="space-y-4">
      <p>Keep these recovery codes somewhere safe. Each lets you in once, without the app. They are not shown again.</p>
      <div className="flex items-start gap-2 rounded-md border border-line bg-surface p-3">
        <ul className="min-w-0 flex-1 space-y-1 break-words font-mono text-xs">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ul>
        <CopyButton text={text} label="Copy the codes" />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={onDone}>
          I have kept them
        </Button>
        <Button onClick={() => saveBlob(new Blob([text], { type: 'text/plain' }), 'edgewatch-recovery-codes.txt')}>
          Save as a file
        </Button>
      </div>
    </div>
  );
}
