package corpus

import (
	_ "embed"
	"html"
	"regexp"
	"strings"
)

// breaks unifies line breaks: CRLF, CR, NEL, line and paragraph separators become "\n".
func breaks(s string) string {
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	}
	if strings.Contains(s, "\u2028") || strings.Contains(s, "\u2029") || strings.Contains(s, "\u0085") {
		s = strings.NewReplacer("\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(s)
	}
	return s
}

// entities resolves HTML entities that end in a semicolon, also where they were escaped twice (&amp;times;).
func entities(s string) string {
	for range 3 {
		next := resolveOnce(s)
		if next == s {
			break
		}
		s = next
	}
	return s
}

func resolveOnce(s string) string {
	at := strings.IndexByte(s, '&')
	if at < 0 {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for at >= 0 {
		b.WriteString(s[:at])
		s = s[at:]
		n := entityLen(s)
		if n > 1 {
			b.WriteString(html.UnescapeString(s[:n]))
		} else {
			b.WriteByte('&')
		}
		s = s[n:]
		at = strings.IndexByte(s, '&')
	}
	b.WriteString(s)
	return b.String()
}

// entityLen is the length of the entity at the start of s, its semicolon included; 1 if there is none.
func entityLen(s string) int {
	const longest = 34
	for i := 1; i < len(s) && i < longest; i++ {
		switch c := s[i]; {
		case c == ';' && i > 1:
			return i + 1
		case c == '#' && i == 1, c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9':
		default:
			return 1
		}
	}
	return 1
}

// plainText turns the raw text of a record into lines: HTML is resolved if the text is HTML, entities in any case.
// pieces says that the text was put together from cells in which a paragraph break is written 。、
func plainText(raw string, pieces bool) (text, title string, fault *RecordError) {
	raw = strings.TrimPrefix(raw, "\ufeff")
	if looksHTML(raw) {
		page := readPage(raw)
		if page.login && len([]rune(page.text)) < loginChars {
			return "", "", loginFault(page.text)
		}
		return page.text, page.title, nil
	}
	raw = entities(breaks(raw))
	if pieces {
		raw = restoreBreaks(raw)
	}
	return raw, "", nil
}

func trimText(s string) string {
	return strings.Trim(s, " \t\n\u00a0\u3000\ufeff")
}

//go:embed sites.tsv
var sitesTable string

var siteHeads, siteTails, documentBoxes = readSites(sitesTable)

func readSites(table string) (heads, tails []string, boxes map[string]bool) {
	boxes = map[string]bool{}
	for line := range strings.Lines(table) {
		col := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(col) != 4 {
			continue
		}
		switch col[0] {
		case "head":
			heads = append(heads, col[1])
		case "tail":
			tails = append(tails, col[1])
		case "box":
			boxes[col[1]] = true
		}
	}
	return heads, tails, boxes
}

// cutSiteWords drops what sites put before and behind a judgment.
func cutSiteWords(s string) string {
	for again := true; again; {
		again = false
		for _, h := range siteHeads {
			if rest, ok := strings.CutPrefix(s, h); ok && rest != "" && strings.ContainsAny(rest[:1], " \n\t") {
				s, again = trimText(rest), true
			}
		}
		for _, t := range siteTails {
			if rest, ok := cutLoose(s, t); ok {
				s, again = strings.TrimRight(rest, " \n\t\u3000\u00a0"), true
			}
		}
	}
	return s
}

// cutLoose cuts a suffix, white space inside it set aside.
func cutLoose(s, suffix string) (string, bool) {
	for len(suffix) > 0 {
		s = strings.TrimRight(s, " \n\t\u3000\u00a0")
		if len(s) == 0 || s[len(s)-1] != suffix[len(suffix)-1] {
			return "", false
		}
		s, suffix = s[:len(s)-1], suffix[:len(suffix)-1]
	}
	return s, true
}

// blockKey is a line of a database's header block: 【案号】（2019）京0105民初1号.
var blockKey = regexp.MustCompile(`^\s*【\s*([^】]{1,12}?)\s*】[:：\s]*(.*)$`)

// crawlKey is a line of a crawler's header: title:….
var crawlKey = regexp.MustCompile(`^(category|title|publictime|url|content):(.*)$`)

// cutHeaderBlock reads a header block at the beginning of a text into the fields that are still empty and cuts it off.
// A block has at least two known keys; its title may stand on the line before it.
func cutHeaderBlock(f *Fields, text string) string {
	if strings.HasPrefix(text, "category:") || strings.HasPrefix(text, "title:") {
		return cutCrawlHeader(f, text)
	}
	var got Fields
	rest, title, known := text, "", 0
	for n := 0; n < 40 && rest != ""; n++ {
		line, after, _ := strings.Cut(rest, "\n")
		m := blockKey.FindStringSubmatch(line)
		switch {
		case m != nil:
			if r := builtIn(columnName(m[1])); r.field == "text" {
				known++
				rest = strings.TrimLeft(m[2]+"\n"+after, "\n ")
				n = 40
				continue
			} else if p := got.at(r.field); p != nil && *p == "" {
				known++
				*p = plainValue(m[2])
			}
		case strings.TrimSpace(line) == "":
		case known == 0 && title == "" && n < 3:
			title = strings.TrimSpace(line)
		default:
			n = 40
			continue
		}
		rest = after
	}
	if known < 2 {
		return text
	}
	if got.Title == "" {
		got.Title = title
	}
	f.fillFrom(got)
	return rest
}

func cutCrawlHeader(f *Fields, text string) string {
	var got Fields
	rest := text
	for {
		line, after, more := strings.Cut(rest, "\n")
		m := crawlKey.FindStringSubmatch(line)
		if m == nil {
			return text
		}
		if m[1] == "content" {
			f.fillFrom(got)
			return m[2] + "\n" + after
		}
		if p := got.at(builtIn(m[1]).field); p != nil {
			*p = plainValue(m[2])
		}
		if !more {
			return text
		}
		rest = after
	}
}

// fillFrom fills the empty fields from another source of metadata.
func (f *Fields) fillFrom(o Fields) {
	for _, name := range FieldNames() {
		if to := f.at(name); to != nil && *to == "" {
			*to = *o.at(name)
		}
	}
}

var (
	nameNumber = regexp.MustCompile(`[（(〔\[]\s*(?:19|20)\d\d\s*[）)〕\]][^（()）〔〕_\s]{2,24}?号(?:之[一二三四五六七八九十\d]+)?`)
	nameTitle  = regexp.MustCompile(`(?:判决|裁定|决定|调解|通知)书`)
)

// nameFields uses a file's name as metadata where nothing else gave it. name is "" for files of many records.
func nameFields(f *Fields, name string) {
	if name == "" {
		return
	}
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		name = name[:dot]
	}
	if f.CaseNumber == "" {
		f.CaseNumber = nameNumber.FindString(name)
	}
	if f.Title == "" && nameTitle.MatchString(name) {
		f.Title = strings.TrimSpace(name)
	}
}

// restoreBreaks gives cells of an OpenLaw export their paragraphs back: there a break is written 、 behind the
// punctuation that ends a sentence or announces a list, where no Chinese sentence has one.
func restoreBreaks(s string) string {
	return cellBreaks.Replace(s)
}

var cellBreaks = strings.NewReplacer("。、", "。\n", "；、", "；\n", ":、", ":\n", "：、", "：\n")
