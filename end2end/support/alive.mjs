/**
 * A page that the signed-in app has taken over, or one that never loads the app, such as the public ones.
 * @param {import("@playwright/test").Page} page
 */
export const alive = (page) => page.locator("html[data-hydrated], html:not(:has(link[rel=modulepreload]))");
