// The page of lafz stats in a browser.
"use strict";
const { Browser, check, finish, lafz, leastContrast } = require("./lib.js");

const browser = new Browser();
const TEXTS = "h1, h2, dt, dd, th, td, .note, footer";

// The fill of each text of the charts beside what is behind it: there is no background in SVG.
function chartColors(page) {
	return page.evaluate(() => [getComputedStyle(document.body).backgroundColor].concat(Array.from(new Set(
		Array.from(document.querySelectorAll(".chart text"), text => getComputedStyle(text).fill))).sort()));
}

async function one(options, name) {
	const page = await browser.page("report.html", options);
	check("charts, " + name, await page.locator("section .pair").count(), await page.locator("svg.chart").count());
	check("every chart has a name and a table, " + name, true, await page.evaluate(() => Array.from(document.querySelectorAll("svg.chart")).every(svg =>
		svg.getAttribute("aria-label") && svg.parentElement.querySelector("table tbody tr"))));
	check("as many bars as rows, " + name, true, await page.evaluate(() => Array.from(document.querySelectorAll(".pair")).every(pair =>
		pair.querySelectorAll("rect[class]").length === pair.querySelectorAll("tbody tr").length)));
	check("bars are as long as the numbers say, " + name, true, await page.evaluate(() => {
		const pair = document.querySelector(".pair");
		const bars = Array.from(pair.querySelectorAll("rect[class]"), rect => rect.getBoundingClientRect().width);
		const counts = Array.from(pair.querySelectorAll("td.n:nth-of-type(2)"), cell => Number(cell.textContent.replace(/\u202f/g, "")));
		const most = Math.max(...counts);
		return bars.every((width, i) => Math.abs(width - bars[0] * counts[i] / most) < 3);
	}));
	check("labels lie inside, " + name, true, await page.evaluate(() => Array.from(document.querySelectorAll(".chart text")).every(text => {
		const box = text.getBoundingClientRect(), frame = text.closest("svg").getBoundingClientRect();
		return box.left >= frame.left - 1 && box.right <= frame.right + 1;
	})));
	check("nothing to the side, " + name, true, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
	check("contrast AA, " + name, true, (await leastContrast(page, TEXTS)) >= 4.5);
	const colors = await chartColors(page);
	check("no trouble, " + name, [], page.troubles);
	return colors;
}

async function main() {
	await browser.open();
	const corpora = process.env.CORPORA;
	lafz("stats", "-o", "report.html", ...["ps", "fa-IR", "ar", "ur", "en", "tr", "mixed-1", "mixed-2", "mixed-3"].map(name => corpora + "/" + name + ".txt"));
	check("light", ["rgb(255, 255, 255)", "rgb(27, 27, 27)", "rgb(85, 85, 85)"], await one({}, "wide"));
	check("dark", ["rgb(22, 23, 26)", "rgb(181, 181, 181)", "rgb(236, 236, 236)"], await one({ colorScheme: "dark" }, "dark"));
	await one({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }, "narrow");
	await browser.close();
	finish();
}

main().catch(error => {
	console.log(error);
	process.exit(1);
});
