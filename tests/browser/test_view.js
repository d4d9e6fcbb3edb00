// The page of lafz view in a browser: what it shows, how it is used, what it never does.
"use strict";
const fs = require("fs");
const { Browser, check, finish, lafz, leastContrast, tokensOf } = require("./lib.js");

const corpora = process.env.CORPORA;
const mixed = corpora + "/mixed-2.txt";
const browser = new Browser();

function panelRow(page, name) {
	return page.evaluate(wanted => {
		const names = Array.from(document.querySelectorAll("#panel dt"));
		const found = names.find(element => element.textContent === wanted);
		return found ? found.nextElementSibling.textContent : null;
	}, name);
}

function title(page) {
	return page.evaluate(() => (document.querySelector("#panel h3") || { textContent: "" }).textContent);
}

function focused(page) {
	return page.evaluate(() => document.activeElement.textContent);
}

async function forms(page) {
	return page.evaluate(() => Array.from(document.querySelectorAll(".t"), element => element.textContent));
}

function squeeze(string) {
	return string.replace(/\s+/g, "");
}

// ---- What is shown ----

async function contents(page) {
	const tokens = tokensOf(mixed);
	const plain = string => string.replace(/\u200f/g, "RLM");
	check("the tokens of the page", tokens.map(token => plain(token.surface)), await forms(page));
	check("the text of the page", plain(squeeze(fs.readFileSync(mixed, "utf8"))), squeeze(await page.evaluate(() =>
		Array.from(document.querySelectorAll(".part p"), element => element.textContent).join(" "))));
	for (let i = 0; i < tokens.length; i += 3) {
		const token = tokens[i];
		await page.evaluate(at => document.querySelectorAll(".t")[at].focus(), i);
		const expected = [token.start + "\u2013" + token.end, token.cstart + "\u2013" + token.cend, token.kind, String(token.confidence),
			token.script, token.flags.join(", ") || "none", token.edits.map(edit => edit.rules.join(", "))];
		const actual = [await panelRow(page, "bytes"), await panelRow(page, "characters"), await panelRow(page, "kind"),
			await panelRow(page, "confidence"), await panelRow(page, "script"), await panelRow(page, "flags"),
			await page.evaluate(() => Array.from(document.querySelectorAll("#panel li strong"), element => element.textContent))];
		check("panel of token " + i, expected, actual);
	}
	const edited = tokens.findIndex(token => token.surface.startsWith("\u0639\u0644\u064a"));
	await page.evaluate(at => document.querySelectorAll(".t")[at].focus(), edited);
	const panel = await page.evaluate(() => document.getElementById("panel").innerText);
	check("code points with names", true, /U\+064A\s+.*\s*ARABIC LETTER YEH/.test(panel) && /U\+06CC\s+.*\s*ARABIC LETTER FARSI YEH/.test(panel));
	check("the rule behind the edit", true, panel.includes("fa-yeh"));
	check("an edit is underlined", "underline", await page.evaluate(at =>
		getComputedStyle(document.querySelectorAll(".t")[at]).textDecorationLine, edited));
	check("directions of runs", ["rtl ar", "rtl fa", "rtl ps", "ltr en"].sort(), await page.evaluate(() =>
		Array.from(new Set(Array.from(document.querySelectorAll(".r"), run => run.dir + " " + run.lang))).sort()));
	const looks = await page.evaluate(() => Array.from(document.querySelectorAll(".r"), run => [run.lang,
		getComputedStyle(run).borderBottomColor + getComputedStyle(run).borderBottomStyle]));
	check("a language, a look", new Set(looks.map(look => look[0])).size, new Set(looks.map(look => look[1])).size);
	const patterns = await page.evaluate(() => new Set(Array.from(document.querySelectorAll(".r"), run =>
		getComputedStyle(run).borderBottomStyle)).size);
	check("patterns beside colours", true, patterns >= 3);
	check("the bar", 4, await page.locator("svg.bar > g").count());
	check("shares", true, (await page.locator("svg.bar").getAttribute("aria-label")).startsWith("Persian 63.4"));
}

// ---- How it is used ----

async function pointer(page) {
	const token = i => page.locator(".t").nth(i);
	await page.keyboard.press("Escape");
	check("nothing is shown", "", await title(page));
	await token(0).hover();
	check("hover", await token(0).textContent(), await title(page));
	await token(2).hover();
	check("hover on", await token(2).textContent(), await title(page));
	await token(1).click();
	await token(3).hover();
	check("a click keeps it", await token(1).textContent(), await title(page));
	await token(1).click();
	await token(3).hover();
	check("a second one lets it go", await token(3).textContent(), await title(page));
	await page.keyboard.press("Escape");
}

async function keyboard(page) {
	const all = await forms(page);
	const lines = await page.evaluate(() => Array.from(document.querySelectorAll(".part p:not(.blank)"), line =>
		[line.dir, line.querySelectorAll(".t").length]));
	await page.keyboard.press("ArrowLeft");
	check("an arrow key begins", true, (await focused(page)) !== "");
	await page.evaluate(() => document.querySelectorAll(".t")[0].focus());
	await page.keyboard.press("ArrowLeft");
	check("left goes on where lines run to the left", ["rtl", all[1]], [lines[0][0], await focused(page)]);
	await page.keyboard.press("ArrowRight");
	check("right goes back", all[0], await focused(page));
	await page.keyboard.press("ArrowDown");
	check("down", all[lines[0][1]], await focused(page));
	await page.keyboard.press("End");
	check("end", all[lines[0][1] + lines[1][1] - 1], await focused(page));
	await page.keyboard.press("Home");
	check("home", all[lines[0][1]], await focused(page));
	await page.keyboard.press("ArrowUp");
	check("up", all[0], await focused(page));
	await page.keyboard.press("n");
	const edited = tokensOf(mixed).filter(token => token.edits.length > 0);
	check("n goes to an edit", String(edited[0].start), (await panelRow(page, "bytes")).split("\u2013")[0]);
	await page.keyboard.press("n");
	check("n goes on", String(edited[1].start), (await panelRow(page, "bytes")).split("\u2013")[0]);
	await page.keyboard.press("p");
	check("p goes back", String(edited[0].start), (await panelRow(page, "bytes")).split("\u2013")[0]);
	await page.keyboard.press("Enter");
	await page.locator(".t").nth(30).hover();
	check("Enter keeps it", String(edited[0].start), (await panelRow(page, "bytes")).split("\u2013")[0]);
	await page.keyboard.press("Escape");
	check("Escape lets it go", "", await title(page));
	check("one token can be reached by Tab", 1, await page.locator(".t[tabindex='0']").count());
	await page.locator("button[data-theme='dark']").focus();
	check("focus can be seen", true, await page.evaluate(() => {
		const style = getComputedStyle(document.activeElement);
		return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
	}));
}

async function switches(page) {
	const tokens = tokensOf(mixed);
	for (const view of ["norm", "key", "surface"]) {
		await page.locator("button[data-view='" + view + "']").click();
		check("view " + view, tokens.map(token => token[view].replace(/\u200f/g, "RLM")), await forms(page));
		check("view " + view + " is told", view, await page.locator("[data-view][aria-checked='true']").textContent());
	}
	await page.evaluate(() => document.activeElement.blur());
	await page.keyboard.press("2");
	check("key 2", tokens[30].norm, (await forms(page))[30]);
	await page.keyboard.press("1");
}

async function filters(page) {
	const off = () => page.evaluate(() => Array.from(document.querySelectorAll(".t.off"), element => element.textContent).length);
	const tokens = tokensOf(mixed);
	await page.locator("button[data-lang='ps']").click();
	check("a language is off", tokens.filter(token => token.lang === "ps").length, await off());
	check("a language is off: told", "false", await page.locator("button[data-lang='ps']").getAttribute("aria-pressed"));
	await page.locator("summary").click();
	await page.locator("button[data-kind='punct']").click();
	check("and a kind", tokens.filter(token => token.lang === "ps" || token.kind === "punct").length, await off());
	await page.locator("button[data-lang='ps']").click();
	await page.locator("button[data-kind='punct']").click();
	check("all are on again", 0, await off());
}

const TEXTS = "header h1, header small, header button, header button small, header legend, summary, main h2, .t, .m, .note, #panel h3, " +
	"#panel h4, #panel dt, #panel dd, #panel td, #panel li, #panel .hint";

async function contrast(page, name) {
	await page.evaluate(() => document.querySelector(".t.e").focus());
	check("contrast AA, " + name, true, (await leastContrast(page, TEXTS)) >= 4.5);
	await page.locator("button[data-lang='fa']").click();
	check("contrast AA of what is off, " + name, true, (await leastContrast(page, TEXTS)) >= 4.5);
	await page.locator("button[data-lang='fa']").click();
}

async function theMixedPage() {
	lafz("view", "-o", "mixed.html", mixed);
	const page = await browser.page("mixed.html");
	await contents(page);
	await pointer(page);
	await keyboard(page);
	await switches(page);
	await filters(page);
	await contrast(page, "light");
	check("light", "rgb(255, 255, 255)", await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
	await page.locator("button[data-theme='dark']").click();
	check("dark by the button", "rgb(22, 23, 26)", await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
	await contrast(page, "dark");
	await page.emulateMedia({ media: "print" });
	check("print: no panel, no tools", [false, false], [await page.locator("#panel").isVisible(),
		await page.locator("button[data-view='norm']").isVisible()]);
	check("print: the legend", true, await page.locator("button[data-lang='ps']").isVisible());
	await page.pdf();
	check("no trouble", [], page.troubles);
	const dark = await browser.page("mixed.html", { colorScheme: "dark" });
	check("dark by the system", "rgb(22, 23, 26)", await dark.evaluate(() => getComputedStyle(document.body).backgroundColor));
	await dark.emulateMedia({ colorScheme: "light" });
	await dark.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(255, 255, 255)");
	check("no trouble, dark", [], dark.troubles);
}

async function narrow() {
	const page = await browser.page("mixed.html", { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
	check("narrow: nothing to the side", true, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
	check("narrow: no panel", false, await page.locator("#panel").isVisible());
	const token = page.locator(".t").nth(12);
	await token.tap();
	check("tap", await token.textContent(), await title(page));
	const box = await page.locator("#panel").boundingBox();
	check("narrow: the panel is below, on half the screen at most", true, box.y >= 740 / 2 - 1 && box.width === 360);
	const seen = await token.boundingBox();
	check("narrow: the token can be seen", true, seen.y + seen.height <= box.y + 1);
	check("narrow: buttons are large enough", true, await page.evaluate(() => Array.from(document.querySelectorAll("button"))
		.filter(button => button.offsetParent).every(button => button.offsetHeight >= 44 && button.offsetWidth >= 44)));
	await page.locator("#panel .close").tap();
	check("closed", false, await page.locator("#panel").isVisible());
	check("no trouble, narrow", [], page.troubles);
}

// ---- Colour vision ----

// Linear sRGB as it is seen without one of the three kinds of cones (Machado, Oliveira, Fernandes 2009, severity 1).
const SEEN = {
	normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
	protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
	deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
	tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
};

// CIE L*a*b* of a colour as the style gives it.
function lab(color, matrix) {
	const linear = color.match(/[\d.]+/g).slice(0, 3).map(Number).map(value => value / 255)
		.map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
	const [r, g, b] = matrix.map(row => Math.min(1, Math.max(0, row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2])));
	const f = t => t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
	const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505), y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
	const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
	return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

// Two of the main languages have different patterns, or colours that everybody can tell apart: 25 in L*a*b*, ten times what
// is just seen.
async function colorVision() {
	const tags = ["ps", "fa-IR", "ar", "ur", "ug", "sd", "ckb", "en"];
	lafz("view", "-o", "all.html", ...tags.map(tag => corpora + "/" + tag + ".txt"));
	for (const colorScheme of ["light", "dark"]) {
		const page = await browser.page("all.html", { colorScheme });
		const looks = await page.evaluate(() => Object.fromEntries(Array.from(document.querySelectorAll(".r"), run =>
			[run.lang, [getComputedStyle(run).borderBottomColor, getComputedStyle(run).borderBottomStyle]])));
		const langs = tags.map(tag => tag.slice(0, 3).replace("-", ""));
		check("the languages of " + colorScheme, [], langs.filter(lang => !looks[lang]));
		const close = [];
		for (const one of langs) {
			for (const other of langs.slice(langs.indexOf(one) + 1)) {
				const least = Math.min(...Object.values(SEEN).map(matrix => {
					const [a, b] = [lab(looks[one][0], matrix), lab(looks[other][0], matrix)];
					return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
				}));
				if (least < 25 && looks[one][1] === looks[other][1])
					close.push(one + " " + other);
			}
		}
		check("told apart, " + colorScheme, [], close);
	}
}

// ---- The policy ----

async function policy() {
	const page = await browser.page("mixed.html");
	const done = await page.evaluate(async () => {
		const script = document.createElement("script");
		script.textContent = "document.title = 'changed'";
		document.body.append(script);
		const style = document.createElement("style");
		style.textContent = "body { background: rgb(1, 2, 3) }";
		document.body.append(style);
		const image = document.createElement("img");
		image.src = "https://example.org/x.png";
		document.body.append(image);
		const answer = await fetch("https://example.org/").then(() => "loaded", () => "refused");
		return [document.title, getComputedStyle(document.body).backgroundColor, answer];
	});
	check("no other script, style or request", ["corpora", "rgb(255, 255, 255)", "refused"], [done[0].includes("mixed") ? "corpora" : done[0], done[1], done[2]]);
}

// ---- Hostile text ----

const HOSTILE = "<script>alert(1)</script> </style><img src=x onerror=alert(2)> <!-- <script> --> </main></body>\n" +
	"https://example.org/?a=\"'><script>alert(3)</script>&lt;b&gt; javascript:alert(4) www.example.org/\"onclick=\"alert(5)\n" +
	"a\u202eevil\u202c b\u2067c\u2069 \u200fd\u061c \ufeff \u2028x\u2029y\u0085z \u0000NUL\u0000 \u001b[31m \u007f \\u003c \\ \"\n" +
	"\u0600\u06dd\ue000\uffff \ud83d\udc68\u200d\ud83c\udf3e \u0915\u094d\u0937 e\u0301\u0301\u0301\n";

async function hostile() {
	const raw = Buffer.concat([Buffer.from(HOSTILE), Buffer.from([0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x0a])]);
	fs.writeFileSync("hostile <b>\"'&.txt", raw);
	lafz("view", "-o", "hostile.html", "hostile <b>\"'&.txt");
	const page = await browser.page("hostile.html");
	const tokens = tokensOf("hostile <b>\"'&.txt");
	check("hostile: as many tokens", tokens.length, (await forms(page)).length);
	check("hostile: the name is text", true, (await page.evaluate(() => document.querySelector("main h2").textContent)) === "hostile <b>\"'&.txt");
	check("hostile: no element of the text", [0, 0], [await page.locator("main img, main b").count(), await page.locator("script:not([type])").count() - 1]);
	const shown = squeeze((await forms(page)).join(""));
	check("hostile: it is shown", true, shown.includes("<script>alert(1)</script>") && shown.includes("</style><imgsrc=xonerror=alert(2)>"));
	const whole = squeeze(await page.evaluate(() => document.getElementById("text").textContent));
	check("hostile: marks", [], ["RLO", "PDF", "RLI", "PDI", "RLM", "ALM", "BOM", "\u2400NUL\u2400", "\u241b[31m"].filter(mark =>
		!whole.includes(mark)));
	check("hostile: no bidi control is left", false, await page.evaluate(() =>
		/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/.test(document.getElementById("text").innerText)));
	check("hostile: links are text", 0, await page.locator("a").count());
	for (let i = 0; i < tokens.length; i++) {
		await page.evaluate(at => document.querySelectorAll(".t")[at].focus(), i);
		check("hostile: bytes of token " + i, tokens[i].start + "\u2013" + tokens[i].end, await panelRow(page, "bytes"));
	}
	check("hostile: bytes in hex", "ED A0 80", await panelRow(page, "source in hex"));
	check("hostile: no trouble", [], page.troubles);
}

async function longToken() {
	fs.writeFileSync("long.txt", "x".repeat(10000000) + "\n" + "\u0627".repeat(100000) + "\n");
	lafz("view", "-o", "long.html", "long.txt");
	const page = await browser.page("long.html");
	await page.waitForSelector(".t");
	await page.locator(".t").first().click({ position: { x: 5, y: 5 } });
	check("a token of 10 MB: its first piece", "0\u201365536", await panelRow(page, "bytes"));
	check("a token of 10 MB: nothing to the side", true, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
	check("a token of 10 MB: no trouble", [], page.troubles);
}

// ---- Long documents ----

async function longDocument() {
	const text = ["mixed-1", "mixed-2", "mixed-3"].map(name => fs.readFileSync(corpora + "/" + name + ".txt")).reduce((sum, part) =>
		Buffer.concat([sum, part]));
	const whole = Buffer.alloc(5000000);
	for (let at = 0; at < whole.length; at += text.length)
		text.copy(whole, at);
	fs.writeFileSync("5m.txt", whole);
	lafz("view", "-o", "5m.html", "5m.txt");
	const start = Date.now();
	const page = await browser.page("5m.html");
	await page.waitForSelector("html[data-ready] .t");
	console.log("a page of 5 MB opened in " + (Date.now() - start) + " ms");
	const made = () => page.locator(".t").count();
	check("5 MB: only what is near is made", true, (await made()) < 5000);
	for (const share of [0.5, 0.9, 0.2, 1]) {
		await page.evaluate(where => scrollTo(0, document.documentElement.scrollHeight * where), share);
		await page.waitForFunction(() => Array.from(document.querySelectorAll(".t")).some(element => {
			const box = element.getBoundingClientRect();
			return box.top >= 0 && box.bottom <= innerHeight;
		}));
	}
	check("5 MB: what is far is dropped", true, (await made()) < 20000);
	await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
	await page.waitForFunction(() => document.querySelector(".part:last-child .t"));
	await page.evaluate(() => Array.from(document.querySelectorAll(".t")).pop().focus());
	const last = lafz("-f", "tsv", "5m.txt").trimEnd().split("\n").pop().split("\t");
	check("5 MB: the last token", last[0] + "\u2013" + last[1], await panelRow(page, "bytes"));
	check("5 MB: its characters", last[2] + "\u2013" + last[3], await panelRow(page, "characters"));
	check("5 MB: no trouble", [], page.troubles);
}

// ---- Differences ----

async function differences() {
	const gold = fs.readFileSync(corpora + "/mixed-2.gold.jsonl", "utf8");
	fs.writeFileSync("gold.jsonl", gold.replace(/"kind":"number"/g, "\"kind\":\"word\"")
		.replace("\"surface\":\"\u062f\u0648\u0631\"", "\"surface\":\"\u062f\u0648\"").replace("\"end\":73,\"cstart\":37", "\"end\":71,\"cstart\":37"));
	lafz("view", "--gold", "gold.jsonl", "-o", "gold.html", mixed);
	const page = await browser.page("gold.html");
	const numbers = tokensOf(mixed).filter(token => token.kind === "number");
	check("gold: notes", numbers.length + 1, await page.locator(".note").count());
	check("gold: tokens that differ", numbers.length + 1, await page.locator(".t.d").count());
	check("gold: counts", true, (await page.locator(".against").textContent()).includes("tokens 1, kind " + numbers.length));
	await page.keyboard.press("n");
	check("gold: n goes to a difference", "67\u201373", await panelRow(page, "bytes"));
	check("gold: what it has", "\u062f\u0648", await panelRow(page, "tokens"));
	await page.locator("button[data-walk='next']").click();
	check("gold: on by the button", numbers[0].start + "\u2013" + numbers[0].end, await panelRow(page, "bytes"));
	check("gold: contrast", true, (await leastContrast(page, TEXTS)) >= 4.5);
	check("gold: no trouble", [], page.troubles);
}

async function main() {
	await browser.open();
	await theMixedPage();
	await narrow();
	await colorVision();
	await policy();
	await hostile();
	await longToken();
	await longDocument();
	await differences();
	await browser.close();
	finish();
}

main().catch(error => {
	console.log(error);
	process.exit(1);
});
