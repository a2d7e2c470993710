/**
 * What a facet holds: values that are wanted and values that are not. In the URL it is one short text, `critical,high`
 * or `-low`.
 */
export type Choices = { include: readonly string[]; exclude: readonly string[] };

export function readChoices(text: string | undefined): Choices {
  const parts = (text ?? '').split(',').filter(Boolean);
  return {
    include: parts.filter((part) => !part.startsWith('-')),
    exclude: parts.filter((part) => part.startsWith('-')).map((part) => part.slice(1)),
  };
}

/** Whether a value can be said in such a text, and in the filters of the API: their lists are parted by commas. */
export const canBeChosen = (value: string) => !value.includes(',') && !value.startsWith('-');

export function writeChoices({ include, exclude }: Choices): string | undefined {
  return [...include, ...exclude.map((value) => `-${value}`)].join(',') || undefined;
}

/** The choices with one value wanted, unwanted, or free again when it was that already. */
export function choose(choices: Choices, { value, as }: { value: string; as: keyof Choices }): Choices {
  const was = choices[as].includes(value);
  const without = (values: readonly string[]) => values.filter((other) => other !== value);
  const left = { include: without(choices.include), exclude: without(choices.exclude) };
  return was ? left : { ...left, [as]: [...left[as], value] };
}

/** The values of a closed list that remain, as the API's filters take them; nothing where all do. */
export function remaining(choices: Choices, all: readonly string[]): string | undefined {
  const wanted = choices.include.length > 0 ? choices.include : all;
  const left = wanted.filter((value) => !choices.exclude.includes(value));
  return left.length === all.length ? undefined : left.join(',');
}
