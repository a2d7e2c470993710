import { useSelf } from '../session/use-self.ts';
import { CodeBlock } from '../ui/code-block.tsx';

/** The curl that sends a first event, ready to paste. It asks for the password itself, so none is on the screen. */
export function FirstEvent() {
  const { username } = useSelf();
  const { origin } = location;
  const event = `{"source": "my-laptop", "event_type": "test", "severity": "high", "description": "Hello, Edgewatch"}`;
  // Braces have the shell read it whole; line by line, the second would be taken for the password.
  const lines = [
    `{ read -rsp 'Password of ${username}: ' PASSWORD; echo`,
    `TOKEN=$(curl -s ${origin}/api/v1/token -H 'Content-Type: application/json' \\`,
    `  -d "{\\"username\\": \\"${username}\\", \\"password\\": \\"$PASSWORD\\"}" | sed -E 's/.*"access":"([^"]+)".*/\\1/')`,
    `curl -s ${origin}/api/v1/events -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\`,
    `  -d '${event}'; }`,
  ];
  return <CodeBlock label="Send a first event" code={lines.join('\n')} />;
}
