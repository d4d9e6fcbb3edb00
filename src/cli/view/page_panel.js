// The panel of a token.

const panel = make("aside", "empty");
panel.id = "panel";
panel.setAttribute("aria-live", "polite");
panel.setAttribute("aria-label", "Token");

function addRow(list, name, value) {
	list.append(make("dt", "", name), make("dd", "", value));
}

function cpTable(string) {
	const table = make("table");
	const all = Array.from(string);
	for (const character of all.slice(0, MOST)) {
		const cp = character.codePointAt(0);
		const row = table.insertRow();
		row.insertCell().className = "u";
		row.cells[0].textContent = hex(cp);
		const glyph = row.insertCell();
		glyph.className = "g";
		fill(glyph, /^\p{M}$/u.test(character) ? "\u25cc" + character : character);
		row.insertCell().textContent = nameOf(cp);
	}
	if (all.length > MOST) {
		const cell = table.insertRow().insertCell();
		cell.colSpan = 3;
		cell.textContent = "and " + (all.length - MOST) + " more";
	}
	return table;
}

function addForm(name, string, same) {
	panel.append(make("h4", "", name));
	if (same) {
		panel.append(make("div", "", "the same as " + same));
		return;
	}
	const form = make("bdi", "form");
	fill(form, string.length > 400 ? string.slice(0, 400) + "\u2026" : string);
	panel.append(string ? form : make("div", "", "empty"));
	if (string)
		panel.append(cpTable(string));
}

function addEdits(token) {
	panel.append(make("h4", "", "edits"));
	const list = make("ul");
	for (const [start, end, source, target, rules] of token.edits) {
		const item = make("li");
		const from = make("bdi"), to = make("bdi");
		fill(from, source);
		fill(to, target);
		item.append("bytes " + (token.start + start) + "\u2013" + (token.start + end) + ": ", from, " \u2192 ",
			target ? to : make("em", "", "nothing"), " by ", make("strong", "", rules.split(" ").join(", ")));
		list.append(item);
	}
	panel.append(list);
}

function addDifferences(token) {
	panel.append(make("h4", "", meta.against.name));
	const list = make("dl");
	for (const what of Object.keys(token.differences))
		addRow(list, what, token.differences[what] || "\u2205");
	if (!list.childElementCount)
		addRow(list, "tokens", "as the token before");
	panel.append(list);
}

function showPanel(element) {
	const token = tokens.get(element);
	const lang = meta.langs[token.lang];
	panel.textContent = "";
	panel.className = "";
	const close = make("button", "close", "\u00d7");
	close.setAttribute("aria-label", "Close");
	close.addEventListener("click", clear);
	const title = make("h3"), form = make("bdi");
	fill(form, token.surface.length > 80 ? token.surface.slice(0, 80) + "\u2026" : token.surface, token.kind === "emoji");
	title.append(form);
	const list = make("dl");
	addRow(list, "kind", token.kind);
	addRow(list, "language", token.lang + " " + (lang ? lang.name : ""));
	addRow(list, "confidence", String(token.confidence));
	addRow(list, "script", token.script);
	addRow(list, "bytes", token.start + "\u2013" + token.end);
	addRow(list, "characters", token.cstart + "\u2013" + token.cend);
	addRow(list, "flags", token.flags.join(", ") || "none");
	addRow(list, "place", "paragraph " + token.par + ", sentence " + token.sent + ", run " + token.run);
	if (token.hex)
		addRow(list, "source in hex", token.hex.replace(/(..)(?=.)/g, "$1 "));
	panel.append(close, title, list);
	if (token.differences)
		addDifferences(token);
	if (token.edits.length > 0)
		addEdits(token);
	addForm("surface", token.surface);
	addForm("norm", token.norm, token.norm === token.surface ? "surface" : "");
	addForm("key", token.key, token.key === token.surface ? "surface" : token.key === token.norm ? "norm" : "");
}

function mark(element) {
	if (state.at)
		state.at.classList.remove("at");
	state.at = element;
	element.classList.add("at");
	setStop(element);
	showPanel(element);
}

// The one token that Tab goes to.
function setStop(element) {
	if (state.stop)
		state.stop.tabIndex = -1;
	state.stop = element;
	element.tabIndex = 0;
}

// Scrolls if the panel lies over the token, as it does on a narrow screen.
function uncover(element) {
	const lower = element.getBoundingClientRect().bottom, top = panel.getBoundingClientRect().top;
	if (getComputedStyle(panel).position === "fixed" && lower > top - 8)
		scrollBy(0, lower - top + 24);
}

function clear() {
	const before = state.at;
	state.pinned = false;
	if (before)
		before.classList.remove("at");
	state.at = null;
	panel.className = "empty";
	panel.textContent = "";
	panel.append(make("p", "hint", "Point at a token, tap it, or press the arrow keys. Enter keeps it, Escape lets it go; 1, 2, 3 switch to " +
		"surface, norm, key; n and p go to the next " + (meta.against ? "difference" : "edit") + "."));
}
