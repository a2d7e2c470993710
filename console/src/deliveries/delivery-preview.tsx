import { X } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { DeliveryDetail } from './delivery-detail.tsx';

type Props = { id: number; onOpen: (id: number) => void; onClose: () => void };

/** One delivery beside the list; on a phone, over it. */
export function DeliveryPreview({ id, onOpen, onClose }: Props) {
  return (
    <aside
      aria-label={`Delivery ${id}`}
      className="flex min-w-0 flex-col border-line bg-canvas max-lg:absolute max-lg:inset-0 max-lg:z-20 lg:w-[24rem] lg:shrink-0 lg:border-l"
    >
      <div className="flex h-10 shrink-0 items-center gap-1 border-b border-line pr-2 pl-4">
        <h2 className="mr-auto font-semibold">Delivery {id}</h2>
        <Button look="quiet" size="icon" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto p-4">
        <DeliveryDetail key={id} id={id} onOpen={onOpen} />
      </div>
    </aside>
  );
}
