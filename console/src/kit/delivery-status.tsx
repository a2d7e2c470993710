import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { Schemas } from '../api/schema.ts';

type Status = Schemas['Delivery']['status'];

const LOOKS = {
  pending: { icon: CircleDashed, label: 'On its way', color: 'text-accent' },
  delivered: { icon: CircleCheck, label: 'Delivered', color: 'text-success' },
  failed: { icon: CircleX, label: 'Failed', color: 'text-danger' },
} satisfies Record<Status, { icon: typeof CircleX; label: string; color: string }>;

/** Where a delivery stands, by shape and word. */
export function DeliveryStatus({ status }: { status: Status }) {
  const { icon: Icon, label, color } = LOOKS[status];
  return (
    <span className={`inline-flex items-center gap-1 align-bottom whitespace-nowrap ${color}`}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {label}
    </span>
  );
}
