// Answers that are asked for again and again, or never: each is computed when it is first asked for, and only then.

/** The same function, which computes its answer once. */
export function once<V>(compute: () => V): () => V {
  let answer: { readonly value: V } | undefined;
  return () => {
    answer ??= { value: compute() };
    return answer.value;
  };
}

/** The same function, which computes the answer for each key once. */
export function remembered<K, V>(compute: (key: K) => V): (key: K) => V {
  const answers = new Map<K, () => V>();
  return (key) => {
    const known = answers.get(key) ?? once(() => compute(key));
    answers.set(key, known);
    return known();
  };
}
