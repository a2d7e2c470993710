/** What the page of people shows, as its address says. */
export type PeopleSearch = {
  role?: Role | undefined;
  /** Only those who may not, or only those who may sign in. */
  disabled?: boolean | undefined;
  /** Those who are invited instead of those who are there. */
  shelf?: 'invitations' | undefined;
  /** The person who is shown beside the list. */
  preview?: number | undefined;
  /** Whether the form of an invitation is open. */
  new?: true | undefined;
};

export const ROLES = ['admin', 'analyst', 'member'] as const;
export type Role = (typeof ROLES)[number];
