import { CircleCheck, CircleDashed, CircleX } from 'lucide-react';
import type { Schemas } from '../api/schema.ts';
import { type Look, LookBadge } from './look-badge.tsx';

type Status = Schemas['Delivery']['status'];

const LOOKS: Record<Status, Look> = {
  pending: { icon: CircleDashed, label: 'On its way', color: 'text-accent' },
  delivered: { icon: CircleCheck, label: 'Delivered', color: 'text-success' },
  failed: { icon: CircleX, label: 'Failed', color: 'text-danger' },
};

/** Where a delivery stands. */
export function DeliveryStatus({ status }: { status: Status }) {
  return <LookBadge look={LOOKS[status]} />;
}
