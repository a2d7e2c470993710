import { Upload } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useActions } from '../kit/use-actions.ts';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';

/** Where files are dropped, or chosen. `u` opens the choice. */
export function DropZone({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  const choose = () => input.current?.click();
  useActions('Evidence', [{ label: 'Add files', keys: 'u', run: choose }]);
  function drop(event: DragEvent) {
    event.preventDefault();
    setIsOver(false);
    onFiles([...event.dataTransfer.files]);
  }
  return (
    <section
      aria-label="Add files"
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={classes(
        'flex flex-wrap items-center justify-center gap-3 rounded-md border border-dashed border-control px-4 py-6 text-muted',
        isOver && 'bg-chosen',
      )}
    >
      <Upload aria-hidden className="size-5" />
      Drop files here, or
      <Button size="small" onClick={choose}>
        Choose files
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])]);
          // So that the same file can be chosen again.
          target.value = '';
        }}
      />
    </section>
  );
}
