module.exports = { layout: "article.njk", eleventyComputed: { permalink: (data) => `/tin-tuc/${data.name}/index.html` } };
