package corpus

import (
	"fmt"
	"strings"
)

// readWenshu reads an answer of the old wenshu.court.gov.cn page createContentJS: a script that holds the metadata as an
// object and the page as a JSON object in a string.
func readWenshu(src *source, out *sink) error {
	script, fault := src.wholeText()
	if fault != nil {
		return out.fail(fault)
	}
	if out.skip() {
		return nil
	}
	a := newAssembler(src.opt)
	if fault := a.addScript(script); fault != nil {
		return out.record(nil, fault, 0)
	}
	rec, fault := a.finish(src.name)
	return out.record(rec, fault, 0)
}

func (a *assembler) addScript(script string) *RecordError {
	found := false
	if raw, ok := scriptString(script, "jsonHtmlData"); ok {
		object, fault := parseObject([]byte(raw))
		if fault != nil {
			fault.ByteOffset = -1
			return fault
		}
		if fault := a.addObject(object, 0); fault != nil {
			return fault
		}
		found = true
	}
	if _, rest, ok := strings.Cut(script, "JSON.stringify("); ok {
		if end := objectEnd([]byte(rest)); end > 0 {
			object, fault := parseObject([]byte(rest[:end]))
			if fault != nil {
				fault.ByteOffset = int64(len(script) - len(rest))
				return fault
			}
			if fault := a.addObject(object, 0); fault != nil {
				return fault
			}
			found = true
		}
	}
	if !found {
		return &RecordError{ByteOffset: 0, Code: CodeCorrupt, Message: "the script holds no document: neither caseinfo nor jsonHtmlData can be read",
			Excerpt: excerpt([]byte(script)), Remedy: "download the document again"}
	}
	return nil
}

// scriptString gives the value of a variable that a script sets to a string.
func scriptString(script, name string) (string, bool) {
	_, rest, ok := strings.Cut(script, name)
	if !ok {
		return "", false
	}
	rest = strings.TrimLeft(rest, " =\t\n")
	if rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return "", false
	}
	return unquoteScript(rest)
}

// unquoteScript reads a string literal of JavaScript at the start of s.
func unquoteScript(s string) (string, bool) {
	quote := s[0]
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == quote:
			return b.String(), true
		case c == '\\' && i+1 < len(s):
			i++
			switch s[i] {
			case 'n':
				b.WriteByte('\n')
			case 'r':
				b.WriteByte('\r')
			case 't':
				b.WriteByte('\t')
			case 'u':
				var r rune
				if n, _ := fmt.Sscanf(s[i+1:min(len(s), i+5)], "%04x", &r); n == 1 {
					b.WriteRune(r)
					i += 4
				}
			default:
				b.WriteByte(s[i])
			}
		default:
			b.WriteByte(c)
		}
	}
	return "", false
}
