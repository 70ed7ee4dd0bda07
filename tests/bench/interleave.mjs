// Rounds in which every contender has its turn, so that a slow moment of the machine hits all of them alike.

/** How long to measure. */
export const effort = {
  full: { rounds: 25, warmUpMs: 400, sampleMs: 25 },
  quick: { rounds: 3, warmUpMs: 50, sampleMs: 5 },
};

/**
 * Runs each contender in turn, round after round, and returns the median milliseconds of one run by name,
 * with the quartiles and the time of each round beside it.
 */
export async function interleave(contenders, { rounds, warmUpMs, sampleMs }) {
  const names = Object.keys(contenders);
  const samples = Object.fromEntries(names.map((name) => [name, []]));
  const repeats = {};
  for (const name of names) {
    const one = await warmUp(contenders[name], warmUpMs);
    repeats[name] = Math.max(1, Math.ceil(sampleMs / one));
  }
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < names.length; turn++) {
      const name = names[(round + turn) % names.length];
      samples[name].push(await sample(contenders[name], repeats[name]));
    }
  }
  return Object.fromEntries(names.map((name) => [name, { ...summary(samples[name]), samples: samples[name] }]));
}

/** Runs until the engine has seen the code often enough to optimise it; returns the time of a late run. */
async function warmUp(run, milliseconds) {
  const start = performance.now();
  let runs = 0;
  while (runs < 3 || performance.now() - start < milliseconds) {
    await run();
    runs++;
  }
  const again = Math.max(1, Math.ceil(runs / 4));
  return Math.max(0.0001, await sample(run, again));
}

async function sample(run, repeats) {
  const start = performance.now();
  for (let index = 0; index < repeats; index++) await run();
  return (performance.now() - start) / repeats;
}

/**
 * The median of what one contender took more than another in the same round. Where both take long and the
 * difference is small, that of their medians would be mostly noise.
 */
export function difference(one, other) {
  return summary(one.samples.map((sample, round) => sample - other.samples[round])).median;
}

/** How many times as long as another one contender took in the same round: the median, with the quartiles. */
export function ratio(one, other) {
  return summary(one.samples.map((sample, round) => sample / other.samples[round]));
}

/** Median and quartiles of a list of numbers. */
export function summary(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share) => {
    const position = (sorted.length - 1) * share;
    const low = Math.floor(position);
    const high = Math.ceil(position);
    return sorted[low] + (sorted[high] - sorted[low]) * (position - low);
  };
  return { median: at(0.5), lower: at(0.25), upper: at(0.75) };
}
