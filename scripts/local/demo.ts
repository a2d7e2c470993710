import type { Api } from './api.ts';
import { newPassword, type State } from './state.ts';

const SCENES = [
  ['fw-berlin', 'port_scan', 'low', 'Twelve ports probed from one address'],
  ['vpn-gateway', 'login_failure', 'medium', 'Five failed sign-ins of one account'],
  ['fw-berlin', 'intrusion', 'high', 'Signature of a known exploit in inbound traffic'],
  ['laptop-0231', 'malware', 'critical', 'Ransomware behaviour: 400 files rewritten in a minute'],
  ['mail-relay', 'phishing', 'medium', 'Link to a domain registered yesterday'],
  ['db-payments', 'anomaly', 'high', 'Export of 90,000 rows outside office hours'],
  ['k8s-prod', 'privilege_escalation', 'critical', 'A pod asked for the host network and root'],
  ['vpn-gateway', 'login_success', 'low', 'Sign-in from a new device'],
] as const;

/** Fills a new instance with a few events and an analyst. Posted through the API, as sensors and admins would. */
export async function loadDemo(api: Api, state: State): Promise<void> {
  const events = [1, 2, 3].flatMap((round) =>
    SCENES.map(([source, event_type, severity, description], scene) => ({
      source,
      event_type,
      severity,
      description,
      attributes: { round, scene },
      external_id: `demo-${round}-${scene}`,
    })),
  );
  await api.post('/events/batch', events);
  const analyst = { username: 'analyst', password: newPassword() };
  await api.post('/users', { ...analyst, role: 'analyst' });
  state.saved.analyst = analyst;
  await state.save();
}
