// Parts of the text, and elements of those that are near.

function noteOf(differences) {
	const note = make("span", "note");
	const words = Object.keys(differences).map(what => what + ": " + (differences[what] || "\u2205"));
	fill(note, meta.against.name + " \u2260 " + words.join("; "));
	return note;
}

function isOff(token) {
	return state.langs.has(token.lang) || state.kinds.has(token.kind);
}

function style(element) {
	const token = tokens.get(element);
	element.classList.toggle("off", isOff(token));
}

// Reads the items of a part and makes its lines; one at a time holds the state.
class Builder {
	constructor(part) {
		this.part = part;
		this.data = JSON.parse(part.querySelector("script").textContent);
		this.byte = this.data.b;
		this.char = this.data.c;
		this.sent = this.data.s;
		this.par = this.data.p;
		this.line = null;
		this.run = null;
		this.gap = "";
		this.touches = false;
		this.info = { r: 0, l: "und", c: 0 };
		this.fragment = document.createDocumentFragment();
		this.note = null;
	}

	openLine() {
		if (!this.line) {
			this.line = make("p");
			this.line.dir = this.info.d ? "rtl" : "ltr";
			this.fragment.append(this.line);
		}
		return this.line;
	}

	openRun() {
		if (this.run)
			return this.run;
		const run = make("span", "r " + colorClass(this.info.l) + " " + styleClass(this.info.l));
		run.lang = this.info.l;
		run.dir = this.info.d ? "rtl" : "ltr";
		run.classList.toggle("off", state.langs.has(this.info.l));
		this.flushGap(this.openLine());
		this.line.append(run);
		this.run = run;
		return run;
	}

	flushGap(parent) {
		if (!this.gap)
			return;
		const gap = make("span");
		fill(gap, this.gap);
		parent.append(...gap.childNodes);
		this.gap = "";
	}

	addGap(string, length) {
		this.byte += length;
		this.char += count(string);
		const lines = string.split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);
		this.gap += lines[0];
		this.touches = false;
		for (const rest of lines.slice(1)) {
			if (this.line || this.gap)
				this.flushGap(this.openLine());
			else
				this.fragment.append(make("p", "blank"));
			this.line = this.run = null;
			this.gap = rest;
		}
	}

	addToken(item) {
		const rest = item[2] || {};
		const surface = item[1];
		const kind = meta.kinds[item[0]][0];
		const hasLetters = ["word", "url", "email", "mention", "hashtag"].includes(kind);
		const lang = meta.langs[this.info.l];
		const token = {
			kind, surface, norm: rest.n === undefined ? surface : rest.n, key: rest.k === undefined ? surface : rest.k,
			flags: meta.flags.filter((name, i) => (rest.f || 0) >> i & 1), script: rest.s || (hasLetters && lang ? lang.script : "Zyyy"),
			edits: rest.e || [], hex: rest.x, differences: rest.d, start: this.byte, cstart: this.char,
			sent: this.sent, par: this.par, run: this.info.r, lang: this.info.l, confidence: this.info.c,
		};
		this.byte += rest.b === undefined ? utf8Length(surface) : rest.b;
		this.char += count(surface);
		token.end = this.byte;
		token.cend = this.char;
		const run = this.openRun();
		this.flushGap(run);
		const element = make("span", "t");
		element.tabIndex = -1;
		element.classList.toggle("j", this.touches);
		element.classList.toggle("e", token.edits.length > 0);
		element.classList.toggle("x", rest.x !== undefined);
		element.classList.toggle("d", rest.d !== undefined);
		tokens.set(element, token);
		show(element);
		style(element);
		if (this.note && !(rest.d && Object.keys(rest.d).length === 0))
			this.flushNote();
		run.append(element);
		if (rest.d && Object.keys(rest.d).length > 0)
			this.note = rest.d;
		this.touches = true;
	}

	// Behind the last token of the row that differs.
	flushNote() {
		if (this.note)
			(this.run || this.openLine()).append(noteOf(this.note));
		this.note = null;
	}

	add(item) {
		if (Array.isArray(item)) {
			this.addToken(item);
			return;
		}
		if (item.d instanceof Object) {
			this.flushNote();
			this.note = item.d;
			this.flushNote();
		} else if (typeof item === "string" || item.g !== undefined) {
			const string = item.g === undefined ? item : item.g;
			if (/[\n\v\f\r\u0085\u2028\u2029]/.test(string))
				this.flushNote();
			this.addGap(string, item.b === undefined ? utf8Length(string) : item.b);
		} else if (item.r !== undefined) {
			this.flushNote();
			this.info = item;
			this.run = null;
		} else {
			this.sent = item.s;
			this.par = item.p;
		}
	}

	build() {
		for (const item of this.data.i.slice(1))
			this.add(item);
		this.flushNote();
		if (this.gap)
			this.flushGap(this.openLine());
		this.part.append(this.fragment);
	}
}

function isMade(part) {
	return part.childElementCount > 1;
}

function makePart(part) {
	if (isMade(part))
		return;
	new Builder(part).build();
	part.style.minHeight = "";
}

function guessHeight(part, columns) {
	return Math.ceil((Number(part.dataset.n) / columns + 1) * 38);
}

function dropPart(part) {
	if (!isMade(part) || part.contains(document.activeElement) || part.contains(state.at))
		return;
	part.style.minHeight = part.offsetHeight + "px";
	while (part.lastElementChild.tagName !== "SCRIPT")
		part.lastElementChild.remove();
}

// Only what is near is there as elements.
function watch() {
	if (parts.length <= KEEP) {
		parts.forEach(makePart);
		return;
	}
	const columns = Math.max(20, text.clientWidth / 9); // once: it asks for the layout
	for (const part of parts)
		part.style.minHeight = guessHeight(part, columns) + "px";
	const near = new IntersectionObserver(entries => {
		for (const entry of entries) {
			if (entry.isIntersecting)
				makePart(entry.target);
		}
	}, { rootMargin: "1200px" });
	const far = new IntersectionObserver(entries => {
		for (const entry of entries) {
			if (!entry.isIntersecting)
				dropPart(entry.target);
		}
	}, { rootMargin: "6000px" });
	for (const part of parts) {
		near.observe(part);
		far.observe(part);
	}
	makePart(parts[0]);
	addEventListener("beforeprint", () => parts.forEach(makePart));
}

function made() {
	return text.querySelectorAll(".t");
}
