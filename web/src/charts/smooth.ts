/** An exponential moving average; weight 0 leaves the values as they are. Its beginning is corrected for the start. */
export function smooth(values: readonly number[], weight: number): readonly number[] {
  if (weight <= 0) return values;
  let last = 0;
  let norm = 1;
  return values.map((value) => {
    last = last * weight + (1 - weight) * value;
    norm *= weight;
    return last / (1 - norm);
  });
}
