type CallFrame = { functionName: string; url: string; lineNumber: number };

/** What V8 answers when a profile ends: a sample is the node that ran, and a delta the time since the one before. */
export type CpuProfile = {
  nodes: { id: number; callFrame: CallFrame }[];
  samples: number[];
  timeDeltas: number[];
};

export type SelfTime = { name: string; ms: number };

/**
 * The functions of a profile with the time in each itself, dearest first; the time in which nothing ran is left out.
 * `code` is the bundle, to tell from which file a function came.
 */
export function selfTimes({ nodes, samples, timeDeltas }: CpuProfile, code = ''): SelfTime[] {
  const files = filesOf(code);
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame, files)]));
  const times = new Map<string, number>();
  for (const [index, id] of samples.entries()) {
    const name = names.get(id) ?? '';
    times.set(name, (times.get(name) ?? 0) + (timeDeltas[index] ?? 0) / 1000);
  }
  times.delete('(idle)');
  return [...times].map(([name, ms]) => ({ name, ms })).sort((a, b) => b.ms - a.ms);
}

/** The file of each line: before the code of a file the bundler puts a comment with its path. */
function filesOf(code: string): string[] {
  let file = '';
  return code.split('\n').map((line) => {
    file = line.match(/^\s*\/\/ ((?:\S*\/)?\S+\.[cm]?[jt]s)$/)?.[1] ?? file;
    return file;
  });
}

function nameOf({ functionName, url, lineNumber }: CallFrame, files: string[]): string {
  if (functionName.startsWith('(')) return functionName;
  const name = functionName || '(anonymous)';
  if (url === '') return `${name}  (built in)`;
  const file = url.endsWith('index.js') ? files[lineNumber]?.replace(/^.*node_modules\//, '') : undefined;
  return `${name}  ${file || url.split('/').pop()}:${lineNumber + 1}`;
}
