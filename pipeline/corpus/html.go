package corpus

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// page is what is left of a web page.
type page struct {
	title string
	text  string // block elements as lines
	login bool   // it has a password field
}

// loginChars: a page with a password field and less text than this is a login form and no judgment.
const loginChars = 400

func loginFault(text string) *RecordError {
	return &RecordError{ByteOffset: -1, Code: CodeLogin, Message: "the page asks to log in and holds no judgment", Excerpt: excerpt([]byte(text)),
		Remedy: "log in to the site and save the page again"}
}

// dropped elements go with everything in them.
var dropped = wordSet("script style noscript template iframe object svg select button textarea nav head option datalist dialog canvas")

// blocks end a line before and behind them.
var blocks = wordSet("p div br hr tr table tbody thead li ul ol dl dt dd h1 h2 h3 h4 h5 h6 section article header footer main center blockquote pre form fieldset address body caption title")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// htmlMarks tell HTML from a text that merely holds a less-than sign (适用<中华人民共和国民法典>).
var htmlMarks = []string{"</p>", "</div>", "<br>", "<br/>", "<br />", "</span>", "</td>", "</a>", "</html>", "</body>", "<p>", "<div ", "<p ", "</font>", "</table>", "</h1>"}

// looksHTML reports that a text is HTML.
func looksHTML(s string) bool {
	if strings.IndexByte(s, '<') < 0 {
		return false
	}
	for _, m := range htmlMarks {
		if strings.Contains(s, m) || strings.Contains(s, strings.ToUpper(m)) {
			return true
		}
	}
	return false
}

// readPage reads the text of a page or fragment. It never fails: what is no HTML stays as text.
func readPage(raw string) page {
	p := pageReader{z: html.NewTokenizer(strings.NewReader(strings.ReplaceAll(breaks(raw), "01lydyh01", "'")))}
	for {
		switch p.z.Next() {
		case html.ErrorToken:
			return p.page()
		case html.TextToken:
			p.characters()
		case html.StartTagToken:
			p.open(false)
		case html.SelfClosingTagToken:
			p.open(true)
		case html.EndTagToken:
			name, _ := p.z.TagName()
			p.shut(string(name))
		}
	}
}

type pageReader struct {
	z              *html.Tokenizer
	b              strings.Builder
	title          strings.Builder
	inside         string // the dropped element being passed over, "" if none
	depth          int
	inTitle, login bool
	pre            int
	box            string // the element that holds the document, "" outside it
	boxDepth       int
	boxes          [2]int // where the text in the largest box begins and ends
	boxStart       int
}

// wrapMark marks a line break in the source of a page, which is no line of the page.
const wrapMark = '\x1f'

// boxText: a box with less text than this is not taken for the document.
const boxText = 300

func (p *pageReader) characters() {
	switch {
	case p.inTitle:
		p.title.Write(p.z.Text())
	case p.inside == "":
		s := string(p.z.Text())
		if p.pre == 0 {
			s = strings.ReplaceAll(s, "\n", string(wrapMark))
		}
		p.b.WriteString(s)
	}
}

// attributes reads what the attributes of a tag say about it.
func (p *pageReader) attributes(name string, more bool) (hidden, box bool) {
	for more {
		var key, val []byte
		key, val, more = p.z.TagAttr()
		switch v := string(val); string(key) {
		case "type":
			p.login = p.login || name == "input" && strings.EqualFold(v, "password")
		case "style":
			hidden = strings.Contains(strings.ReplaceAll(v, " ", ""), "display:none") && (name == "div" || name == "span")
		case "id", "class":
			for _, word := range strings.Fields(v) {
				box = box || documentBoxes[word]
			}
		}
	}
	return hidden, box
}

var voids = wordSet("br input img hr meta link base col wbr area embed source")

func (p *pageReader) open(selfClosing bool) {
	raw, hasAttr := p.z.TagName()
	name := string(raw)
	hidden, box := p.attributes(name, hasAttr)
	if name == "title" && !selfClosing {
		p.inTitle = true
		return
	}
	if p.inside == "head" && (name == "body" || blocks[name]) { // a head that is never closed
		p.inside = ""
	}
	void := selfClosing || voids[name]
	switch {
	case p.inside != "":
		if name == p.inside && !void {
			p.depth++
		}
		return
	case (dropped[name] || hidden) && !void:
		p.inside, p.depth = name, 1
		return
	case name == "pre":
		p.pre++
	case name == "td" || name == "th":
		p.b.WriteByte(' ')
	}
	if blocks[name] {
		p.b.WriteByte('\n')
	}
	switch {
	case name == p.box && !void:
		p.boxDepth++
	case box && p.box == "" && !void:
		p.box, p.boxDepth, p.boxStart = name, 1, p.b.Len()
	}
}

// leaveBox notes the text of a box at its end.
func (p *pageReader) leaveBox() {
	p.box = ""
	if p.b.Len()-p.boxStart > p.boxes[1]-p.boxes[0] {
		p.boxes = [2]int{p.boxStart, p.b.Len()}
	}
}

func (p *pageReader) shut(name string) {
	switch {
	case name == "title":
		p.inTitle = false
	case p.inside != "":
		if name == p.inside {
			if p.depth--; p.depth == 0 {
				p.inside = ""
			}
		} else if name == "html" || name == "body" || p.inside == "head" && name == "body" {
			p.inside = ""
		}
	case name == "pre" && p.pre > 0:
		p.pre--
		p.b.WriteByte('\n')
	case blocks[name]:
		p.b.WriteByte('\n')
	}
	if p.inside == "" && name == p.box {
		if p.boxDepth--; p.boxDepth == 0 {
			p.leaveBox()
		}
	}
}

// page gives the lines: spaces at their ends cut, empty lines dropped.
func (p *pageReader) page() page {
	if p.box != "" {
		p.leaveBox()
	}
	all := p.b.String()
	if p.boxes[1]-p.boxes[0] >= boxText {
		all = all[p.boxes[0]:p.boxes[1]]
	}
	text := entities(trimLines(unwrap(all)))
	return page{title: strings.TrimSpace(p.title.String()), text: text, login: p.login}
}

// unwrap resolves the line breaks of the source: nothing between Chinese characters, where editors wrap words, else a space.
func unwrap(s string) string {
	if strings.IndexByte(s, wrapMark) < 0 {
		return s
	}
	var b strings.Builder
	for {
		before, rest, ok := strings.Cut(s, string(wrapMark))
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		s = strings.TrimLeft(rest, string(wrapMark)+" \t")
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, " \t"))
		next, _ := utf8.DecodeRuneInString(s)
		if !isWide(last) || !isWide(next) {
			b.WriteByte(' ')
		}
	}
}

// isWide reports characters that are written without spaces between them: Chinese and full-width ones.
func isWide(r rune) bool {
	const firstWide = 0x2E80
	return r >= firstWide && r != utf8.RuneError && r != '\u3000' || r == '“' || r == '”' || r == '‘' || r == '’' || r == '…' || r == '—'
}
