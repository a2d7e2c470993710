import type { State } from '../local/state.ts';
import type { FirstIds } from './database.ts';
import { type Entry, toAuditRows } from './history.ts';
import { linkAlerts } from './link-alerts.ts';
import { makeAlerts } from './make-alerts.ts';
import { makeEvents } from './make-events.ts';
import { makeIncidents } from './make-incidents.ts';
import { makeNotes } from './make-notes.ts';
import { makeSensors } from './make-sensors.ts';
import type { Options } from './options.ts';
import { makePeople, teamOf } from './people.ts';
import { periodOf } from './period.ts';
import { planEvents } from './plan-events.ts';
import { planIncidents } from './plan-incidents.ts';
import { randomOf } from './random.ts';

export type Data = Awaited<ReturnType<typeof makeData>>;

/** All rows of a seeded state. Each kind draws from a stream of its own. */
export async function makeData({ seed, days, ...count }: Options, { state, first }: { state: State; first: FirstIds }) {
  const stream = (name: string) => randomOf(seed, name);
  const period = periodOf(days);
  const team = teamOf(state);
  const opened = planIncidents(stream('incidents'), { period, count: count.incidents, firstId: first.incident, team });
  const planned = planEvents(stream('events'), {
    period,
    count: count.events,
    incidents: opened,
    firstId: first.event,
    firstAlertId: first.alert,
  });
  const links = linkAlerts(stream('links'), { planned, incidents: opened, team });
  const people = await makePeople(stream('people'), { state, period });
  const sensors = makeSensors(stream('sensors'), { planned, admin: team.admin, period });
  const alerts = makeAlerts(stream('alerts'), { planned, links, team, period });
  const incidents = makeIncidents(stream('lives'), { planned: opened, team, period });
  const notes = makeNotes(stream('notes'), { incidents: incidents.rows, team, period, firstId: first.note });
  const log = [people.log, sensors.log, alerts.log, incidents.log, notes.log].flat();
  return {
    people: people.rows,
    sensors: sensors.rows,
    planned,
    events: makeEvents(stream('texts'), planned),
    alerts: alerts.rows,
    incidents: incidents.rows,
    notes: notes.rows,
    revisions: notes.revisions,
    auditRows: toAuditRows([...log, loaded({ planned: planned.length, incidents: opened.length })]),
  };
}

/** The log itself says that what stands before was made up. */
function loaded({ planned: events, incidents }: { planned: number; incidents: number }): Entry {
  return {
    at: Date.now(),
    actor: 'system:console',
    action: 'seed.load',
    target: 'events',
    after: { events, incidents },
  };
}
