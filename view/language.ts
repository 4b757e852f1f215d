/** Which of the languages we have is meant, and which are written from right to left. */

/** The one of `languages` that is meant by a tag: `zh-TW` means `zh-hant`, `no` means `nb`, `pt-PT` means `pt`. */
export const meant = (tag: string, languages: readonly string[]): string | undefined => {
  // Most have one way to be written. What Intl knows of tags is not there yet on a page's first question, and slow to come.
  const [first = ''] = tag.toLowerCase().split('-')
  if (languages.filter(each => each.startsWith(first)).join() === first) return first
  try {
    const { language, script, region } = new Intl.Locale(tag.replace(/^n[on]\b/i, 'nb')).maximize()
    return [`${language}-${script}`, `${language}-${region}`, language]
      .map(each => each.toLowerCase())
      .find(each => languages.includes(each))
  } catch {
    // What a page writes into `lang` need not be a language.
  }
}

/** Languages that are written from right to left. */
export const RIGHT_TO_LEFT = /^(ar|fa|he|ur)\b/
