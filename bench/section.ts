/** Sections of docs/bench.md, each written by a command of its own. */

const pattern = (heading: string): RegExp => new RegExp(`^${heading}\\n[\\s\\S]*?(?=^## |(?![\\s\\S]))`, 'm')

/** The section out of a page, or nothing. @param heading its line, such as "## Store" */
export const sectionIn = (page: string, heading: string): string => pattern(heading).exec(page)?.[0].trimEnd() ?? ''

/** The page with this section in the place of its own, or at its end; as it is where there is none. */
export const withSection = (page: string, section: string): string => {
  if (!section) return page
  const heading = section.slice(0, section.indexOf('\n'))
  const parts = page.replace(pattern(heading), () => `${section.trimEnd()}\n\n`)
  return sectionIn(page, heading) ? `${parts.trimEnd()}\n` : `${page.trimEnd()}\n\n${section.trimEnd()}\n`
}
