-- Nine short texts in seven languages, indexed with the tokenizer lafz, and again with unicode61.
CREATE VIRTUAL TABLE news USING fts5(body, tokenize='lafz');
CREATE VIRTUAL TABLE plain USING fts5(body, tokenize='unicode61');
INSERT INTO news(body) VALUES
	('زما نوی کتاب ډېر ښه دی، خو ستا کتابونه ښايي نور هم ښه وي.'),
	('نن ۱۲۴ پيلوټان راغلل.'),
	('دانش‌آموزان در کتابخانهٔ کابل درس می‌خواندند.'),
	('مُدَّت کے بعد لاہور میں ۱۲۴ کتابیں ملیں۔'),
	('ذَهَبَتْ إلى المَدْرَسَةِ في القاهرة ومعها كتابٌ.'),
	('کوردستان وڵاتێکی جوانە و کتێبی نوێ هەیە.'),
	('ئۇيغۇر تىلىدىكى كىتابلار ۱۲۴ بەت.'),
	('The Café in Kabul doesn’t open before 10:30.'),
	('More on #Kabul: https://example.af/news');
INSERT INTO plain SELECT body FROM news;
