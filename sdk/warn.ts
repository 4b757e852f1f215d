let warned = 0

/** One line, for the developer: where the fault is and how to mend it. A page is told once: what fails next follows from that. */
export const warn = (problem: unknown): void => {
  if (!warned++) console.warn(`[nearside] ${(problem as Error)?.message ?? problem}`)
}
