import { useQuery } from '@tanstack/react-query';
import { ApiProblem } from '../api/api-problem.ts';
import { errorReader } from '../kit/field-error.ts';
import { useSettled } from '../kit/use-settled.ts';
import { CodeBlock } from '../ui/code-block.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { type ChannelType, channelPreviewQuery, type Template } from './channel-queries.ts';

/** What a channel would be sent of a made-up alert. Nothing is sent. */
export function ChannelPreview(trial: { type: ChannelType; template: Template | null }) {
  const { data, error } = useQuery(channelPreviewQuery(useSettled(trial)));
  const fault = error instanceof ApiProblem ? (errorReader(error)('#/template', 'deep') ?? error.detail) : undefined;
  return (
    <section aria-label="Preview" className="space-y-2">
      <h3 className="font-medium">Preview</h3>
      {fault && <p className="text-danger">{fault}</p>}
      {!data && !fault && <ProgressBar label="Loading the preview" />}
      {data && !fault && (
        <>
          <div className="rounded-md border border-line bg-surface px-3 py-2">
            <p className="font-medium break-words">{data.title}</p>
            <p className="break-words whitespace-pre-wrap text-muted">{data.body}</p>
          </div>
          <details>
            <summary className="cursor-pointer text-muted">The message as it is sent</summary>
            <CodeBlock label="Message" code={JSON.stringify(data.message, null, 2)} />
          </details>
        </>
      )}
    </section>
  );
}
