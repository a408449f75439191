package corpus

import (
	"io"
	"strings"

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
			if p.z.Err() == io.EOF {
				return p.page()
			}
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
}

func (p *pageReader) characters() {
	switch {
	case p.inTitle:
		p.title.Write(p.z.Text())
	case p.inside == "":
		s := string(p.z.Text())
		if p.pre == 0 {
			s = strings.ReplaceAll(s, "\n", " ")
		}
		p.b.WriteString(s)
	}
}

func (p *pageReader) open(selfClosing bool) {
	raw, hasAttr := p.z.TagName()
	name := string(raw)
	hidden := false
	for hasAttr {
		var key, val []byte
		key, val, hasAttr = p.z.TagAttr()
		if name == "input" && string(key) == "type" && strings.EqualFold(string(val), "password") {
			p.login = true
		}
		if string(key) == "style" && strings.Contains(strings.ReplaceAll(string(val), " ", ""), "display:none") {
			hidden = true
		}
	}
	if name == "title" && !selfClosing {
		p.inTitle = true
		return
	}
	void := selfClosing || name == "br" || name == "input" || name == "img" || name == "hr" || name == "meta" || name == "link"
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
}

// page gives the lines: spaces at their ends cut, empty lines dropped.
func (p *pageReader) page() page {
	var b strings.Builder
	for line := range strings.Lines(p.b.String()) {
		if line = strings.Trim(line, " \t\n\u00a0"); line != "" {
			if b.Len() > 0 {
				b.WriteByte('\n')
			}
			b.WriteString(line)
		}
	}
	return page{title: strings.TrimSpace(p.title.String()), text: entities(b.String()), login: p.login}
}
