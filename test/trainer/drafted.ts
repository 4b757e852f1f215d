// Drafts a recipe from a file that is written for it.
import { readFileSync } from 'node:fs'
import { nearside, scratch } from './io.ts'

export const people = Array.from({ length: 90 }, (_, i) => i)
export const day = (n: number): string => `2026-01-${String(1 + (n % 28)).padStart(2, '0')}`

export const drafted = async (name: string, data: string, ...options: string[]) => {
  const at = scratch()
  const [file, recipe] = [at(name, data), at('recipe.json')]
  const ran = await nearside('recipe', file, '--out', recipe, '--yes', '--issued', '2026-02-01', ...options)
  return { ...ran, file, recipe, at, text: () => readFileSync(recipe, 'utf8') }
}
