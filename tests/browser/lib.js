// What the tests in a browser have in common: pages of headless Chromium, and checks that count.
"use strict";
const path = require("path");
const { execFileSync } = require("child_process");
const { chromium } = require("playwright-core");

const counts = { passed: 0, failed: 0 };

// check NAME EXPECTED ACTUAL
function check(name, expected, actual) {
	if (JSON.stringify(expected) === JSON.stringify(actual)) {
		counts.passed++;
		return;
	}
	counts.failed++;
	console.log("FAILED: " + name + "\n  expected: " + JSON.stringify(expected) + "\n  actual:   " + JSON.stringify(actual));
}

function lafz(...args) {
	return execFileSync(process.env.LAFZ, args, { maxBuffer: 1 << 30 }).toString();
}

// All tokens of a text, as jsonl has them.
function tokensOf(...args) {
	return lafz("-f", "jsonl", "--explain", ...args).split("\n").filter(line => line)
		.flatMap(line => JSON.parse(line).tokens);
}

class Browser {
	async open() {
		this.browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
	}

	// A page of a file; its troubles (messages, errors, requests, dialogs) are collected in page.troubles.
	async page(file, options) {
		const context = await this.browser.newContext(Object.assign({ viewport: { width: 1280, height: 800 } }, options));
		const page = await context.newPage();
		const url = "file://" + path.resolve(file);
		page.troubles = [];
		page.on("console", message => page.troubles.push("console: " + message.text()));
		page.on("pageerror", error => page.troubles.push("error: " + error.message));
		page.on("dialog", dialog => {
			page.troubles.push("dialog: " + dialog.message());
			dialog.dismiss();
		});
		page.on("request", request => {
			if (request.url() !== url)
				page.troubles.push("request: " + request.url());
		});
		await page.goto(url);
		return page;
	}

	async close() {
		await this.browser.close();
	}
}

// The least contrast of text with what is behind it, among the elements of a selector that can be seen (WCAG 2, 1.4.3).
async function leastContrast(page, selector) {
	return page.evaluate(wanted => {
		const parse = color => {
			const numbers = color.match(/[\d.]+/g).map(Number);
			return { rgb: numbers.slice(0, 3), alpha: numbers.length > 3 ? numbers[3] : 1 };
		};
		const over = (top, bottom) => top.rgb.map((value, i) => value * top.alpha + bottom[i] * (1 - top.alpha));
		const light = rgb => {
			const [r, g, b] = rgb.map(value => value / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
			return 0.2126 * r + 0.7152 * g + 0.0722 * b;
		};
		const behind = element => {
			const chain = [];
			for (let e = element; e; e = e.parentElement)
				chain.unshift(parse(getComputedStyle(e).backgroundColor));
			return chain.reduce((below, layer) => over(layer, below), [255, 255, 255]);
		};
		let least = 21;
		for (const element of document.querySelectorAll(wanted)) {
			if (!element.textContent.trim() || element.getClientRects().length === 0)
				continue;
			const one = light(over(parse(getComputedStyle(element).color), behind(element))), other = light(behind(element));
			least = Math.min(least, (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05));
		}
		return least;
	}, selector);
}

function finish() {
	console.log(counts.passed + " passed, " + counts.failed + " failed");
	process.exitCode = counts.failed === 0 && counts.passed > 0 ? 0 : 1;
}

module.exports = { Browser, check, finish, lafz, leastContrast, tokensOf };
