import { parseArgs } from 'node:util';
import { isCommonPassword } from '../src/identity/common-passwords.ts';
import { newUser } from '../src/identity/contract.ts';
import { publicFiles } from './local/public-files.ts';
import { newPassword } from './local/state.ts';
import { createAdmin } from './local/write-admin.ts';

const HELP = `npm run create-admin -- --username NAME [--local DIR]

Adds an admin to the deployed instance, or with --local to the local one whose state is in DIR.
The password comes from ADMIN_PASSWORD; without it one is made and shown.`;

const { values } = parseArgs({
  options: { username: { type: 'string' }, local: { type: 'string' }, help: { type: 'boolean' } },
});

if (values.help || !values.username) {
  console.log(HELP);
  process.exit(values.help ? 0 : 1);
}

const password = process.env.ADMIN_PASSWORD ?? newPassword();
const checked = newUser.safeParse({ username: values.username, password, role: 'admin' });
if (!checked.success) {
  for (const { path, message } of checked.error.issues) console.error(`${path.join('.')}: ${message}`);
  process.exit(1);
}
if (await isCommonPassword(publicFiles, password)) {
  console.error('password: is one of the commonest passwords');
  process.exit(1);
}

const target = values.local ? ['--local', '--persist-to', values.local] : ['--remote'];
try {
  await createAdmin({ username: checked.data.username, password, target });
} catch (error) {
  const text = error instanceof Error ? error.message : String(error);
  console.error(text.includes('UNIQUE constraint failed') ? `There is a user ${checked.data.username} already.` : text);
  process.exit(1);
}
console.log(`Added the admin ${checked.data.username}.`);
if (!process.env.ADMIN_PASSWORD) console.log(`Password: ${password}`);
