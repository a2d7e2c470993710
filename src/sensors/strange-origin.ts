import { HOUR_MS } from '../core/clock.ts';
import type { NewEvent } from '../events/contract.ts';
import type { Sensor, SensorOrigin } from './contract.ts';

/** Where a key was used just now. The continent is empty where Cloudflare does not say, as of Tor. */
export type Place = { asn: number; continent: string; country: string | null; colo: string | null; seenAt: Date };

type Sighting = { sensor: Sensor; place: Place; known: SensorOrigin[] };

// An event is to be read by people; the list of all places is at hand.
const MAX_TOLD = 10;

/** The events that tell what is strange about a place, by what is known of the sensor; none if nothing is. */
export function strangeEvents(sighting: Sighting): NewEvent[] {
  return [newNetwork(sighting), twoContinents(sighting)].filter((event) => event !== undefined);
}

function newNetwork({ sensor, place, known }: Sighting): NewEvent | undefined {
  if (known.some(({ asn }) => asn === place.asn)) return undefined;
  return {
    ...eventOf({ sensor, place, known }, 'sensor_new_network'),
    description: `The key of ${sensor.name} was used from ${told(place)}, a network in which it was never seen.`,
    external_id: `sensor-new-network:${sensor.id}:${place.asn}`,
  };
}

/** It is told once an hour for as long as it goes on. */
function twoContinents({ sensor, place, known }: Sighting): NewEvent | undefined {
  const now = place.seenAt.getTime();
  const elsewhere = known.filter(
    ({ continent, lastSeenAt }) =>
      continent && place.continent && continent !== place.continent && now - lastSeenAt.getTime() <= HOUR_MS,
  );
  const [last] = newestFirst(elsewhere);
  if (!last) return undefined;
  const both = [last.continent, place.continent].sort().join('-');
  return {
    ...eventOf({ sensor, place, known: elsewhere }, 'sensor_two_continents'),
    description: `The key of ${sensor.name} was used from ${told(place)} within an hour of ${told(last)}.`,
    external_id: `sensor-two-continents:${sensor.id}:${both}:${Math.floor(now / HOUR_MS)}`,
  };
}

function eventOf({ sensor, place, known }: Sighting, kind: string) {
  const { asn, continent, country, colo } = place;
  const before = newestFirst(known).slice(0, MAX_TOLD);
  return {
    source: sensor.name,
    event_type: kind,
    severity: 'high' as const,
    attributes: {
      sensor_id: sensor.id,
      now: { asn, continent: continent || null, country, colo },
      before: before.map((one) => ({
        asn: one.asn,
        continent: one.continent || null,
        country: one.country,
        last_seen_at: one.lastSeenAt.toISOString(),
      })),
    },
    dedup_key: `${kind}:${sensor.id}`,
  };
}

function newestFirst(places: SensorOrigin[]): SensorOrigin[] {
  return places.toSorted((one, other) => other.lastSeenAt.getTime() - one.lastSeenAt.getTime());
}

/** `AS3320 (DE, EU)`. */
function told({ asn, country, continent }: Pick<Place, 'asn' | 'country' | 'continent'>): string {
  const where = [country, continent].filter(Boolean).join(', ');
  return where ? `AS${asn} (${where})` : `AS${asn}`;
}
