/** Refuses an input. `value` must show nothing of what is in Secrets and ConfigMaps. */
export type Reject = (property: string, rule: string, value: unknown, fix: string) => never;
