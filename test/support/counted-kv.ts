/** What KV was asked. */
export type KvCost = { writes: number; lists: number };

/** The binding, counting. `cost` grows. */
export function countedKv(kv: KVNamespace): { kv: KVNamespace; cost: KvCost } {
  const cost: KvCost = { writes: 0, lists: 0 };
  const counting = {
    put: (...args: Parameters<KVNamespace['put']>) => {
      cost.writes += 1;
      return kv.put(...args);
    },
    list: (...args: Parameters<KVNamespace['list']>) => {
      cost.lists += 1;
      return kv.list(...args);
    },
  };
  return { kv: counting as unknown as KVNamespace, cost };
}

/** A KV of which these operations fail, all unless they are named; the others find nothing and keep nothing. */
export function brokenKv(...operations: ('put' | 'list')[]): KVNamespace {
  const fails = (operation: 'put' | 'list') => operations.length === 0 || operations.includes(operation);
  return {
    put: async () => {
      if (fails('put')) throw new Error('KV PUT failed: 500 Internal Server Error');
    },
    list: async () => {
      if (fails('list')) throw new Error('KV LIST failed: 500 Internal Server Error');
      return { keys: [], list_complete: true };
    },
  } as unknown as KVNamespace;
}
