import { SidePane } from '../kit/side-pane.tsx';
import { DeliveryDetail } from './delivery-detail.tsx';

type Props = { id: number; onOpen: (id: number) => void; onClose: () => void };

/** One delivery beside the list. */
export function DeliveryPreview({ id, onOpen, onClose }: Props) {
  return (
    <SidePane title={`Delivery ${id}`} onClose={onClose}>
      <DeliveryDetail key={id} id={id} onOpen={onOpen} />
    </SidePane>
  );
}
