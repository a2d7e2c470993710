/** Severities of incidents as lists and menus write them. */
export const SEVERITY_NAMES = { sev1: 'Sev 1', sev2: 'Sev 2', sev3: 'Sev 3', sev4: 'Sev 4' };
