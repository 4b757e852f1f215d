/** What the tabs of a site tell each other: the `seq` of a decision, or that everything is deleted. */

import { STANDING_KEY } from '../core/standing.ts'
import { attempt } from './attempt.ts'

export type News = number | 'gone'

export const createNews = (onNews: (news: News) => unknown) => {
  let channel: BroadcastChannel | undefined

  return {
    tell: (news?: News): void =>
      attempt(() => {
        channel ??= new BroadcastChannel(STANDING_KEY)
        channel.postMessage(news)
      }),

    /** @throws where the page has taken it away: without it a withdrawal elsewhere would not be heard */
    listen: (): void => {
      channel ??= new BroadcastChannel(STANDING_KEY)
      channel.onmessage = ({ data }) => onNews(data)
    },
  }
}
