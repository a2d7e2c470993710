import { useRouter } from '@tanstack/react-router';
import { answerOf, client } from '../api/client.ts';
import { queryClient } from '../api/query-client.ts';
import { useChange } from '../kit/use-change.ts';
import { selfQuery } from '../session/session.ts';
import { useSelf } from '../session/use-self.ts';
import { keepPerson, type Person } from './people-queries.ts';
import type { Role } from './people-search.ts';

type PersonChange = { person: Person; patch: { role?: Role; disabled?: boolean } };

function send({ person: { id }, patch }: PersonChange) {
  return answerOf(client.PATCH('/users/{id}', { params: { path: { id } }, body: patch }));
}

/** Changes what somebody may do, with undo. The API keeps the last active admin. */
export function usePersonChange() {
  const self = useSelf();
  const router = useRouter();
  return useChange<PersonChange, Person>({
    send,
    show: ({ person, patch }) => {
      keepPerson({ ...person, ...patch });
      return () => keepPerson(person);
    },
    settle: async (changed) => {
      keepPerson(changed);
      if (changed.id !== self.id) return;
      // What they may see is another now.
      await queryClient.invalidateQueries(selfQuery);
      await router.invalidate();
    },
    says: ({ person: { username }, patch: { role, disabled } }) =>
      role ? `${username} is ${role} now` : `${username} ${disabled ? 'disabled' : 'enabled'}`,
    undo: async (_, { person, patch }) => {
      const before = patch.role ? { role: person.role } : { disabled: person.disabled };
      keepPerson(await send({ person, patch: before }));
    },
  });
}
