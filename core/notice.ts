/** The notice of a revision as a document to keep and to publish: what was asked, of whom it was asked, and by which files. */

import type { Config } from './config.ts'

export interface Notice
  extends Pick<
    Config,
    'site' | 'controller' | 'purposes' | 'categories' | 'recipients' | 'needs' | 'retention' | 'askAgainAfter' | 'words'
  > {
  readonly v: 1
  readonly revision: string
  /** The day from which visitors were asked so, `YYYY-MM-DD`. */
  readonly since: string
  /** Days that the collector keeps a pseudonymous report; absent where nothing is reported. */
  readonly reported?: number
  /** SHA-384 of the files that ask, by name: the words in every language are in them. */
  readonly files: { readonly [name: string]: string }
}

export const noticeOf = (config: Config, since: string, files: Notice['files']): Notice => {
  const { site, controller, purposes, categories, recipients, needs, retention, askAgainAfter, words, reports } = config
  return {
    v: 1,
    revision: config.notice,
    since,
    site,
    controller,
    purposes,
    categories,
    recipients,
    needs,
    retention,
    askAgainAfter,
    ...(reports ? { reported: reports.retention } : {}),
    words,
    files,
  }
}
