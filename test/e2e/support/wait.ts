const PAUSE_MS = 200;

/** Asks again until the answer is not undefined or false; fails after the bound with the last error or answer. */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T | undefined | false>): Promise<T> {
  const end = Date.now() + seconds * 1000;
  let last = 'no answer yet';
  while (Date.now() < end) {
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) {
        return answer;
      }
      last = `the last answer was ${String(answer)}`;
    } catch (error) {
      last = String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`not within ${seconds} s: ${what}; ${last}`);
}
