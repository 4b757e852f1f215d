// As PostHog's installation page says, with the newest defaults that this version knows.
import posthog from 'posthog-js'

posthog.init('phc_bench', { api_host: window.bench.sink, defaults: '2026-08-30' })

window.bench.fire = value => posthog.capture('add_to_cart', { value, currency: 'EUR', quantity: 1 })
