import { Download } from 'lucide-react';
import { useState } from 'react';
import { toastProblem } from '../shell/toast.ts';
import { Button } from '../ui/button.tsx';
import { formatSize } from './format-size.ts';
import { saveFile } from './save-file.ts';
import { useActions } from './use-actions.ts';

type Props = {
  /** What is exported, in the plural: "incidents". Its route is `/<things>/export`. */
  things: string;
  filters: Record<string, string | number | undefined>;
};

/** Saves what the list shows, all of it, as CSV. How much has come is shown on the way. */
export function ExportButton({ things, filters }: Props) {
  const [bytes, setBytes] = useState<number>();
  async function save() {
    const given = Object.entries(filters).filter(([, value]) => value !== undefined);
    const query = new URLSearchParams([['format', 'csv'], ...given.map(([name, value]) => [name, String(value)])]);
    setBytes(0);
    await saveFile({ path: `/${things}/export?${query}`, filename: `${things}.csv`, onBytes: setBytes }).catch(
      toastProblem,
    );
    setBytes(undefined);
  }
  useActions('Export', [{ label: `Save these ${things} as CSV`, keys: 'Shift+c', run: () => void save() }]);
  return (
    <Button size="small" disabled={bytes !== undefined} onClick={() => void save()}>
      <Download aria-hidden className="size-4" />
      {bytes === undefined ? 'CSV' : formatSize(bytes)}
    </Button>
  );
}
