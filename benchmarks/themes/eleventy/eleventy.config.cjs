const PER = 20;
const ZONE = 7 * 3600 * 1000;
const local = (date) => new Date(date.getTime() + ZONE);
const two = (number) => String(number).padStart(2, "0");

module.exports = function (config) {
  config.setQuietMode(true);
  config.addFilter("iso", (date) => local(date).toISOString().slice(0, 19) + "+07:00");
  config.addFilter("day", (date) => {
    const d = local(date);
    return `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}/${d.getUTCFullYear()} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
  });
  config.addFilter("json", (value) => JSON.stringify(value));
  config.addFilter("take", (items, count) => items.slice(0, count));
  let sorted = null;
  config.on("eleventy.before", () => { sorted = null; });
  const every = (api) => (sorted ||= api.getFilteredByGlob("content/**/*.md").sort((a, b) => b.date - a.date));
  config.addCollection("news", every);
  const groups = (api) => {
    const found = new Map([["/tin-tuc/", { title: "Tin chính thống", items: every(api), feed: true }]]);
    const put = (address, title, feed, item) => {
      if (!found.has(address)) found.set(address, { title, items: [], feed });
      found.get(address).items.push(item);
    };
    for (const item of every(api)) {
      put(`/tin-tuc/${item.data.section}/`, item.data.section_name, true, item);
      item.data.topics.forEach((tag) => put(`/chu-de/${tag.slug}/`, tag.name, false, item));
    }
    return found;
  };
  config.addCollection("pages", (api) => {
    const pages = [];
    for (const [base, { title, items }] of groups(api)) {
      const count = Math.ceil(items.length / PER);
      const address = (number) => (number === 1 ? base : `${base}trang/${number}/`);
      for (let number = 1; number <= count; number++) {
        pages.push({
          title,
          address: address(number),
          items: items.slice((number - 1) * PER, number * PER),
          newer: number > 1 ? address(number - 1) : null,
          older: number < count ? address(number + 1) : null,
        });
      }
    }
    return pages;
  });
  config.addCollection("feeds", (api) =>
    [...groups(api)].filter(([, group]) => group.feed).map(([base, group]) => ({ base, title: group.title, items: group.items.slice(0, PER) })),
  );
  return { dir: { input: ".", output: "_site", includes: "_includes" }, markdownTemplateEngine: false, htmlTemplateEngine: "njk", templateFormats: ["md", "njk"] };
};
